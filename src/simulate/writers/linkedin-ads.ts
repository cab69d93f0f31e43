import { type AdDay, euros } from "../ad-day.ts";
import type { World } from "../world.ts";

const columns = [
  "Start Date (in UTC)",
  "Account Name",
  "Currency",
  "Campaign Group ID",
  "Campaign Group Name",
  "Campaign Group Status",
  "Campaign ID",
  "Campaign Name",
  "Campaign Type",
  "Campaign Status",
  "Cost Type",
  "Total Spent",
  "Impressions",
  "Clicks",
  "Click Through Rate",
  "Average CPM",
  "Average CPC",
  "Reactions",
  "Comments",
  "Shares",
  "Total Engagements",
  "Conversions",
  "Leads",
] as const;

/**
 * Writes the campaign performance report of LinkedIn's Campaign Manager as it is downloaded: UTF-16, tabs, a few lines
 * of preamble, days written month first.
 *
 * @param world what the run shares
 * @param days the cost of each campaign and day
 */
export function writeLinkedinAds(world: World, days: readonly AdDay[]): void {
  const { calendar, open } = world;
  const american = (day: number): string => {
    const [year, month, date] = (calendar.dayTexts[day] ?? "").split("-");
    return `${month}/${date}/${year}`;
  };
  const preamble = `\ufeffCampaign Performance Report (in UTC)\nReport Start: ${american(0)}, 12:00 AM\nReport End: ${american(calendar.days - 1)}, 11:59 PM\nDate Generated: ${american(calendar.days)}, 6:12 AM\n\n`;
  const file = open(
    "linkedin_ads/account_campaign_performance_report.csv",
    `${preamble}${columns.join("\t")}\n`,
    "utf16le",
  );
  for (const one of days) {
    const clickRate = ((one.clicks / one.impressions) * 100).toFixed(2);
    file.add(
      [
        american(one.day),
        "Kopi & Kiln",
        "EUR",
        "610000001",
        "Wholesale",
        "Active",
        one.campaignId.slice(1),
        one.campaign,
        "Sponsored Update",
        "Active",
        "CPC",
        euros(one.cost),
        one.impressions,
        one.clicks,
        `${clickRate}%`,
        "",
        "",
        Math.round(one.clicks / 3),
        0,
        Math.round(one.clicks / 20),
        one.clicks + Math.round(one.clicks / 3) + Math.round(one.clicks / 20),
        one.conversions,
        0,
      ].join("\t"),
    );
  }
}
