import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { exported, type Imported, importFiles } from "./importing.ts";

const folder = sharedData("vendor-fivetran", "facebook_ads");

describe.skipIf(folder === null)("meta ads tables as synced", () => {
  let imported: Imported;
  beforeAll(async () => {
    imported = await importFiles(folder ?? "");
  });
  afterAll(() => imported.close());

  it("books the spend per ad and day once, in currency units", async () => {
    const file = `${folder}/facebook_ads_basic_ad_data.csv`;
    const spend = await imported.rawValue(file, "sum(CAST(spend AS DECIMAL(18,6)))");
    expect(spend).toBe("643.630000");
    expect(await imported.value("SELECT sum(amount) FROM ledger.costs")).toBe(spend);
    expect(await imported.value("SELECT sum(clicks) FROM ledger.costs")).toBe("149");
    expect(imported.receipt("meta-ads/ads-daily")).toMatchObject({ read: 10, taken: 10 });
  });

  it("finds the campaign of each ad in the table of ads", async () => {
    const rows = await imported.rows(
      "SELECT DISTINCT asset, campaign FROM ledger.costs WHERE amount <> 0 ORDER BY asset",
    );
    expect(rows).toEqual([
      { asset: "6215293456071", campaign: "6215293444271" },
      { asset: "6215304566671", campaign: "6215304559271" },
      { asset: "6215762744671", campaign: "6215762731271" },
      { asset: "6229007992271", campaign: "6229007982271" },
    ]);
  });

  it("counts an action under one of its names only", async () => {
    expect(imported.receipt("meta-ads/ad-actions")).toMatchObject({ taken: 2, rejected: 8 });
    expect(await imported.value("SELECT sum(claimed_leads) FROM ledger.costs")).toBe("3");
    expect(imported.receipt("meta-ads/ad-action-values")).toMatchObject({ taken: 0, rejected: 10 });
  });

  it("keeps break-downs by country and region apart", () => {
    for (const format of ["demographics-country", "demographics-region"]) {
      const receipt = imported.receipt(`meta-ads/${format}`);
      expect(receipt).toMatchObject({ taken: 0, rejected: receipt.read });
      expect(receipt.reasons[0]?.reason).toMatch(/count them twice/);
    }
  });

  it("loses no row", () => imported.expectBalanced());
});

describe("ads manager report", () => {
  let imported: Imported;
  beforeAll(async () => {
    imported = await importFiles(exported("meta-ads-report.csv"));
  });
  afterAll(() => imported.close());

  it("reads the currency from the header and leaves the row of totals out", async () => {
    expect(imported.receipt("meta-ads/report")).toMatchObject({ read: 4, taken: 3, rejected: 1 });
    const rows = await imported.rows(
      `SELECT sum(amount) AS amount, min(currency) AS currency, sum(impressions) AS impressions, sum(clicks) AS clicks,
        sum(claimed_conversions) AS purchases, sum(claimed_value) AS claimed, sum(claimed_leads) AS leads
      FROM ledger.costs`,
    );
    expect(rows).toEqual([
      {
        amount: "77.350000",
        currency: "EUR",
        impressions: 15800,
        clicks: 117,
        purchases: 5,
        claimed: "402.500000",
        leads: 4,
      },
    ]);
  });
});
