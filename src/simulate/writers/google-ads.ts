import type { AdDay } from "../ad-day.ts";
import { csvRow } from "../sink.ts";
import type { World } from "../world.ts";

const customerId = "2121450128";

const statsColumns =
  "_fivetran_id,customer_id,date,_fivetran_synced,active_view_impressions,active_view_measurability,active_view_measurable_cost_micros,active_view_measurable_impressions,active_view_viewability,ad_network_type,base_campaign,clicks,conversions,conversions_value,cost_micros,device,id,impressions,interaction_event_types,interactions,view_through_conversions";

const historyColumns =
  "id,updated_at,name,customer_id,advertising_channel_type,advertising_channel_subtype,start_date,end_date,serving_status,status,tracking_url_template";

const accountColumns =
  "id,updated_at,_fivetran_synced,auto_tagging_enabled,currency_code,descriptive_name,final_url_suffix,hidden,manager,manager_customer_id,optimization_score,pay_per_conversion_eligibility_failure_reasons,test_account,time_zone,tracking_url_template";

/**
 * Returns the id of a campaign on its platform.
 *
 * @param source the platform
 * @param campaign the campaign's name
 */
export function campaignId(source: string, campaign: string): string {
  let hash = 0;
  for (const letter of source + campaign) hash = (hash * 31 + letter.charCodeAt(0)) % 900_000_000;
  return String(9_000_000_000 + hash);
}

/**
 * Writes the synced tables of Google Ads: campaign_stats (costs in millionths), campaign_history, and account_history,
 * which alone names the currency.
 *
 * @param world what the run shares
 * @param days the cost of each campaign and day
 */
export function writeGoogleAds(world: World, days: readonly AdDay[]): void {
  const { calendar, open, truth } = world;
  const stats = open("google_ads/campaign_stats.csv", `${statsColumns}\n`);
  const statsRow = csvRow(statsColumns);
  const synced = calendar.utc(calendar.to);
  const names = new Map<string, string>();
  days.forEach((one, index) => {
    names.set(one.campaignId, one.campaign);
    const row = statsRow({
      _fivetran_id: `ga${one.campaignId}${one.day}=`,
      customer_id: customerId,
      date: calendar.dayTexts[one.day] ?? "",
      _fivetran_synced: synced,
      ad_network_type: "SEARCH",
      base_campaign: `customers/${customerId}/campaigns/${one.campaignId}`,
      clicks: String(one.clicks),
      conversions: String(one.conversions),
      conversions_value: String(one.conversions * 38),
      cost_micros: one.cost.toString(),
      device: "MOBILE",
      id: one.campaignId,
      impressions: String(one.impressions),
      interaction_event_types: "[CLICK]",
      interactions: String(one.clicks),
      view_through_conversions: "0",
    });
    stats.add(row);
    if (index % 500 === 250) {
      truth.fault("repeated_rows", { file: stats.name, row: stats.add(row, "repeated") });
    }
  });
  const bad = statsRow({
    customer_id: customerId,
    date: "2025-02-30",
    id: "9000000001",
    cost_micros: "n/a",
    impressions: "x",
    clicks: "0",
    base_campaign: "customers/x",
    _fivetran_id: "bad=",
  });
  truth.fault("bad_rows", {
    file: stats.name,
    row: stats.add(bad, "rejected"),
    note: "no such day, cost is not a number",
  });
  const accountRow = csvRow(accountColumns);
  open("google_ads/account_history.csv", `${accountColumns}\n`).add(
    accountRow({
      id: customerId,
      updated_at: calendar.utc(calendar.from),
      _fivetran_synced: synced,
      currency_code: "EUR",
      time_zone: "Europe/Berlin",
      descriptive_name: "Kopi & Kiln",
      auto_tagging_enabled: "true",
      hidden: "false",
      manager: "false",
      test_account: "false",
    }),
  );
  writeHistory(world, names);
}

function writeHistory({ calendar, open }: World, names: ReadonlyMap<string, string>): void {
  const history = open("google_ads/campaign_history.csv", `${historyColumns}\n`);
  const historyRow = csvRow(historyColumns);
  for (const [id, name] of names) {
    history.add(
      historyRow({
        id,
        updated_at: `${calendar.utc(calendar.from).replace(" ", "T")}.000`,
        name,
        customer_id: customerId,
        advertising_channel_type: "SEARCH",
        start_date: calendar.dayTexts[0] ?? "",
        end_date: "2037-12-30",
        serving_status: "SERVING",
        status: "ENABLED",
      }),
    );
  }
}
