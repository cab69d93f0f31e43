import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { exported, type Imported, importFiles } from "./importing.ts";

const folder = sharedData("vendor-fivetran", "google_ads");

describe.skipIf(folder === null)("google ads tables as synced", () => {
  let imported: Imported;
  beforeAll(async () => {
    imported = await importFiles(folder ?? "");
  });
  afterAll(() => imported.close());

  it("books the campaign statistics, micros divided", async () => {
    const raw = await imported.rawValue(
      `${folder}/campaign_stats_data.csv`,
      "sum(CAST(cost_micros AS HUGEINT))",
    );
    expect(raw).toBe("231330000");
    expect(await imported.value("SELECT sum(amount) FROM ledger.costs")).toBe("231.330000");
    expect(imported.receipt("google-ads/campaign-stats")).toMatchObject({
      read: 16,
      taken: 16,
      rejected: 0,
    });
  });

  it("keeps what the platform reports and claims", async () => {
    const file = `${folder}/campaign_stats_data.csv`;
    for (const [ours, theirs] of [
      ["impressions", "impressions"],
      ["clicks", "clicks"],
      ["claimed_conversions", "conversions"],
    ] as const) {
      const sum = await imported.rawValue(file, `sum(CAST(${theirs} AS DOUBLE))`);
      expect(await imported.value(`SELECT sum(${ours}) FROM ledger.costs`)).toBe(sum);
    }
  });

  it("takes the currency of the account and dates each cost by its day", async () => {
    const rows = await imported.rows(
      "SELECT DISTINCT currency, ad_account, kind, utm_source FROM ledger.costs",
    );
    expect(rows).toEqual([
      { currency: "USD", ad_account: "2121450128", kind: "media", utm_source: "google" },
    ]);
    const first = await imported.value("SELECT min(from_day) FROM ledger.costs");
    expect(first).toBe(
      await imported.rawValue(`${folder}/campaign_stats_data.csv`, "min(CAST(date AS DATE))"),
    );
  });

  it.each([
    ["account-stats", 19],
    ["ad-group-stats", 15],
    ["ad-stats", 10],
    ["keyword-stats", 15],
    ["search-term-stats", 10],
  ])("keeps %s apart, because it states the same money again", (format, rows) => {
    const receipt = imported.receipt(`google-ads/${format}`);
    expect(receipt).toMatchObject({ read: rows, taken: 0, repeated: 0, rejected: rows });
    expect(receipt.reasons[0]?.reason).toMatch(/count it twice/);
  });

  it("names each campaign once, by its newest name", async () => {
    const ids = await imported.rawValue(
      `${folder}/campaign_history_data.csv`,
      "count(DISTINCT id)",
    );
    expect(await imported.value("SELECT count(*) FROM ledger.campaigns")).toBe(ids);
  });

  it("loses no row", () => imported.expectBalanced());
});

describe("google ads campaign report", () => {
  let imported: Imported;
  beforeAll(async () => {
    imported = await importFiles(exported("google-ads-report.csv"));
  });
  afterAll(() => imported.close());

  it("reads amounts with separators and leaves the total rows out", async () => {
    expect(imported.receipt("google-ads/campaign-report")).toMatchObject({
      read: 6,
      taken: 4,
      rejected: 2,
    });
    const rows = await imported.rows(
      `SELECT sum(amount) AS amount, sum(impressions) AS impressions, sum(clicks) AS clicks,
        sum(claimed_conversions) AS conversions, sum(claimed_value) AS claimed, min(currency) AS currency
      FROM ledger.costs`,
    );
    expect(rows).toEqual([
      {
        amount: "1134.710000",
        impressions: 56680,
        clicks: 1122,
        conversions: 37.5,
        claimed: "2581.000000",
        currency: "EUR",
      },
    ]);
  });

  it("says why a total row is not counted", () => {
    const reason = imported.receipt("google-ads/campaign-report").reasons[0]?.reason;
    expect(reason).toBe("a total row: its parts are counted already");
  });
});
