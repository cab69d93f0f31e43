import { type AdDay, euros } from "../ad-day.ts";
import { csvRow } from "../sink.ts";
import type { World } from "../world.ts";

const columns =
  "Campaign name,Campaign ID,Day,Campaign delivery,Reach,Impressions,Frequency,Attribution setting,Result indicator,Results,Amount spent (EUR),Cost per results,Link clicks,Purchases,Purchases conversion value,Reporting starts,Reporting ends";

/**
 * Writes the report of Meta Ads Manager, by campaign and day.
 *
 * @param world what the run shares
 * @param days the cost of each campaign and day
 */
export function writeMetaAds(world: World, days: readonly AdDay[]): void {
  const { calendar, open, truth } = world;
  const file = open("meta_ads/Kopi-Kiln-Campaigns.csv", `${columns}\n`);
  const row = csvRow(columns);
  for (const one of days) {
    const day = calendar.dayTexts[one.day] ?? "";
    const reach = Math.ceil(one.impressions * 0.8);
    file.add(
      row({
        "Campaign name": one.campaign,
        "Campaign ID": `2384${one.campaignId}`,
        Day: day,
        "Campaign delivery": "active",
        Reach: String(reach),
        Impressions: String(one.impressions),
        Frequency: (one.impressions / reach).toFixed(2),
        "Attribution setting": "7-day click or 1-day view",
        "Result indicator": "actions:offsite_conversion.fb_pixel_purchase",
        Results: String(one.conversions),
        "Amount spent (EUR)": euros(one.cost),
        "Link clicks": String(one.clicks),
        Purchases: String(one.conversions),
        "Purchases conversion value": String(one.conversions * 41),
        "Reporting starts": day,
        "Reporting ends": day,
      }),
    );
  }
  const bad = row({
    "Campaign name": "Always-on beans",
    Day: "yesterday",
    "Amount spent (EUR)": "a lot",
    Impressions: "1",
    "Reporting starts": "yesterday",
    "Reporting ends": "yesterday",
  });
  truth.fault("bad_rows", {
    file: file.name,
    row: file.add(bad, "rejected"),
    note: "neither a day nor an amount",
  });
}
