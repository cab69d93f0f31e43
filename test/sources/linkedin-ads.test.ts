import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csv, type Folder, folderOf } from "./files.ts";
import { type Imported, importFiles } from "./importing.ts";

const reportColumns =
  "Start Date (in UTC)|Account Name|Currency|Campaign Group ID|Campaign Group Name|Campaign Group Status|Campaign ID|Campaign Name|Campaign Type|Campaign Status|Cost Type|Total Spent|Impressions|Clicks|Click Through Rate|Average CPM|Average CPC|Reactions|Conversions|Total Conversion Value|Leads".split(
    "|",
  );
const day = (date: string, campaign: string, spent: string, clicks: string) =>
  [
    date,
    "Kopi Ltd.",
    "EUR",
    "610",
    "Wholesale",
    "Active",
    campaign,
    `Campaign ${campaign}`,
    "Sponsored Update",
    "Active",
    "CPC",
    spent,
    "12345",
    clicks,
    "0.32%",
    "",
    "",
    "3",
    "2",
    "150.00",
    "1",
  ].join("\t");

const report = [
  "\ufeffCampaign Performance Report (in UTC)",
  "Report Start: February 1, 2025, 12:00 AM",
  "Report End: February 28, 2025, 11:59 PM",
  "Date Generated: March 1, 2025, 6:12 AM",
  "",
  reportColumns.join("\t"),
  day("2/3/2025", "77", "1034.56", "40"),
  day("2/3/2025", "78", "0.44", "0"),
  day("2/13/2025", "77", "12.50", "4"),
  day("2/13/2025", "77", "12.50", "4"),
  "",
].join("\r\n");

const analyticsColumns =
  "campaign_id,day,clicks,impressions,cost_in_local_currency,cost_in_usd,conversion_value_in_local_currency,external_website_conversions,one_click_leads,likes,_fivetran_synced".split(
    ",",
  );
const spent = (campaign: number, date: string, local: string, dollars: string) => ({
  campaign_id: campaign,
  day: `${date} 00:00:00`,
  clicks: 5,
  impressions: 100,
  cost_in_local_currency: local,
  cost_in_usd: dollars,
  conversion_value_in_local_currency: "20.5",
  external_website_conversions: 1,
  one_click_leads: 2,
});

describe("linkedin ads", () => {
  let folder: Folder;
  let imported: Imported;
  beforeAll(async () => {
    folder = folderOf({
      "account_campaign_performance_report.csv": Buffer.from(report, "utf16le"),
      "synced/account_history.csv": csv(
        ["id", "last_modified_time", "created_time", "name", "currency", "version_tag"],
        [
          { id: 507, last_modified_time: "2020-10-12 19:05:20.398", name: "Kopi", currency: "GBP" },
          { id: 507, last_modified_time: "2020-10-19 10:50:13.021", name: "Kopi", currency: "EUR" },
        ],
      ),
      "synced/campaign_history.csv": csv(
        [
          "id",
          "last_modified_time",
          "account_id",
          "campaign_group_id",
          "created_time",
          "name",
          "version_tag",
        ],
        [
          {
            id: 1,
            last_modified_time: "2020-10-19 08:00:30",
            account_id: 507,
            name: "old",
            created_time: "2020-05-06 20:41:33",
          },
          {
            id: 1,
            last_modified_time: "2020-10-22 21:56:41",
            account_id: 507,
            name: "new",
            created_time: "2020-05-06 20:41:33",
          },
        ],
      ),
      "synced/ad_analytics_by_campaign.csv": csv(analyticsColumns, [
        spent(1, "2025-03-01", "10.123456", "11.1"),
        spent(1, "2025-03-02", "20.00", "22.0"),
        spent(2, "2025-03-02", "99.00", "7.77"),
      ]),
      "synced/ad_analytics_by_creative.csv": csv(
        ["creative_id", ...analyticsColumns.slice(1)],
        [{ ...spent(1, "2025-03-01", "10.123456", "11.1"), creative_id: 9 }],
      ),
    });
    imported = await importFiles(folder.path, { time_zone: "America/New_York" });
  });
  afterAll(async () => {
    await imported.close();
    folder.remove();
  });

  it("reads the report: UTF-16, tabs, title lines, month first, equal rows kept apart", async () => {
    expect(imported.receipt("linkedin-ads/campaign-report")).toMatchObject({
      read: 4,
      taken: 4,
      rejected: 0,
    });
    expect(
      await imported.rows(
        `SELECT from_day, campaign, sum(amount) AS amount, sum(clicks) AS clicks, min(impressions) AS impressions,
          min(currency) AS currency, sum(claimed_value) AS claimed
        FROM ledger.costs WHERE source = 'linkedin-ads/campaign-report' GROUP BY 1, 2 ORDER BY 1, 2`,
      ),
    ).toEqual([
      {
        from_day: "2025-02-03",
        campaign: "Campaign 77",
        amount: "1034.560000",
        clicks: 40,
        impressions: 12345,
        currency: "EUR",
        claimed: "150.000000",
      },
      {
        from_day: "2025-02-03",
        campaign: "Campaign 78",
        amount: "0.440000",
        clicks: 0,
        impressions: 12345,
        currency: "EUR",
        claimed: "150.000000",
      },
      {
        from_day: "2025-02-13",
        campaign: "Campaign 77",
        amount: "25.000000",
        clicks: 8,
        impressions: 12345,
        currency: "EUR",
        claimed: "300.000000",
      },
    ]);
  });

  it("knows the report again", async () => {
    const again = await imported.load(folder.file("account_campaign_performance_report.csv"));
    expect(again).toMatchObject({ read: 4, taken: 0, repeated: 4 });
  });

  it("takes the account's currency through the campaign, or else US dollars", async () => {
    expect(
      await imported.rows(
        `SELECT from_day, campaign, amount, currency, ad_account, claimed_value, claimed_leads FROM ledger.costs
        WHERE source = 'linkedin-ads/campaign-days' ORDER BY 1, 2`,
      ),
    ).toEqual([
      {
        from_day: "2025-03-01",
        campaign: "1",
        amount: "10.123456",
        currency: "EUR",
        ad_account: "507",
        claimed_value: "20.500000",
        claimed_leads: 2,
      },
      {
        from_day: "2025-03-02",
        campaign: "1",
        amount: "20.000000",
        currency: "EUR",
        ad_account: "507",
        claimed_value: "20.500000",
        claimed_leads: 2,
      },
      {
        from_day: "2025-03-02",
        campaign: "2",
        amount: "7.770000",
        currency: "USD",
        ad_account: null,
        claimed_value: null,
        claimed_leads: 2,
      },
    ]);
  });

  it("keeps the newest version of a campaign and leaves the costs per creative out", async () => {
    expect(await imported.rows("SELECT campaign, name FROM ledger.campaigns")).toEqual([
      { campaign: "1", name: "new" },
    ]);
    expect(imported.receipt("linkedin-ads/creative-days")).toMatchObject({ taken: 0, rejected: 1 });
    imported.expectBalanced();
  });
});
