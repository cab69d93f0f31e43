import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { exported, type Imported, importFiles } from "./importing.ts";

const folder = sharedData("vendor-fivetran", "salesforce");

describe.skipIf(folder === null)("salesforce tables as synced", () => {
  let imported: Imported;
  beforeAll(async () => {
    imported = await importFiles(folder ?? "");
  });
  afterAll(() => imported.close());

  it("takes opportunities with state, amount and times; deleted ones stay marked", async () => {
    const state =
      "CASE WHEN is_won = 'true' THEN 'won' WHEN is_closed = 'true' THEN 'lost' ELSE 'open' END";
    expect(
      await imported.rows(
        `SELECT state, count(*) AS deals, sum(amount) AS amount, min(closed_at) AS first,
          count(CASE WHEN deleted THEN 1 END) AS deleted
        FROM ledger.deals GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual(
      await imported.rawRows(
        `${folder}/sf_opportunity_data.csv`,
        `${state} AS state, count(*) AS deals, sum(CAST(amount AS DECIMAL(18,6))) AS amount,
        min(CASE WHEN is_closed = 'true' THEN CAST(close_date AS TIMESTAMP) END) AS first,
        count(CASE WHEN is_deleted = 'true' THEN 1 END) AS deleted`,
        "GROUP BY 1 ORDER BY 1",
      ),
    );
  });

  it("takes the history of opportunities", async () => {
    expect(imported.receipt("salesforce/opportunity-history")).toMatchObject({
      read: 10,
      taken: 10,
    });
    expect(await imported.value("SELECT min(changed_at) FROM ledger.deal_history")).toBe(
      await imported.rawValue(
        `${folder}/sf_opportunity_history_data.csv`,
        "min(CAST(_fivetran_start AS TIMESTAMP))",
      ),
    );
  });

  it("takes a converted lead as a person with two stages, one with the contact it became", async () => {
    expect(
      await imported.rows("SELECT stage, entered_at FROM ledger.stages ORDER BY stage"),
    ).toEqual([
      { stage: "lead", entered_at: "2019-11-11 17:23:34" },
      { stage: "opportunity", entered_at: "2019-11-11 17:23:34" },
    ]);
    expect(
      await imported.rows(
        `SELECT kind, value FROM ledger.identities
        WHERE value IN ('00Q1G00000nDnM5UAK', '0031G00001QtDPlQAN')
          AND identity IN (SELECT left_identity FROM ledger.identity_links
            UNION SELECT right_identity FROM ledger.identity_links)
        ORDER BY value`,
      ),
    ).toEqual([
      { kind: "id", value: "0031G00001QtDPlQAN" },
      { kind: "id", value: "00Q1G00000nDnM5UAK" },
    ]);
  });

  it("takes calls, meetings and done tasks with the person they were about", async () => {
    const kinds = await imported.rawRows(
      `${folder}/sf_event_data.csv`,
      "CASE type WHEN 'Call' THEN 'call' ELSE 'meeting' END AS kind, count(*) AS events",
      "GROUP BY 1 ORDER BY 1",
    );
    expect(
      await imported.rows(
        `SELECT kind, count(identity) AS events FROM ledger.events WHERE source = 'salesforce/events'
        GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual(kinds);
    expect(imported.receipt("salesforce/tasks")).toMatchObject({ read: 10, taken: 10 });
  });

  it("loses no row", () => imported.expectBalanced());
});

describe("salesforce exports", () => {
  let imported: Imported;
  beforeAll(async () => {
    imported = await importFiles(
      ["salesforce-opportunity-objects.csv", "salesforce-lead-objects.csv"].map(exported),
    );
  });
  afterAll(() => imported.close());

  it("reads Data Loader names like the synced ones", async () => {
    expect(
      await imported.rows(
        "SELECT name, state, amount, currency, created_at, closed_at, kind FROM ledger.deals ORDER BY name",
      ),
    ).toEqual([
      {
        name: "Example pilot",
        state: "won",
        amount: "12000.000000",
        currency: "EUR",
        created_at: "2025-01-20 09:00:00",
        closed_at: "2025-03-14 00:00:00",
        kind: "new",
      },
      {
        name: "Example seats",
        state: "open",
        amount: null,
        currency: "EUR",
        created_at: "2025-04-01 09:00:00",
        closed_at: null,
        kind: "upsell",
      },
      {
        name: "Sample pilot",
        state: "lost",
        amount: "8000.000000",
        currency: "USD",
        created_at: "2025-02-03 09:00:00",
        closed_at: "2025-03-02 00:00:00",
        kind: "new",
      },
    ]);
  });

  it("takes leads, converted or not", async () => {
    expect(
      await imported.rows("SELECT email, stage, converted FROM ledger.people ORDER BY email"),
    ).toEqual([
      { email: "anna@example.com", stage: "opportunity", converted: true },
      { email: "bo@example.net", stage: "lead", converted: false },
    ]);
  });
});

describe("salesforce opportunities report", () => {
  let imported: Imported;
  beforeAll(async () => {
    imported = await importFiles(exported("salesforce-opportunities.csv"), {
      time_zone: "Europe/Berlin",
    });
  });
  afterAll(() => imported.close());

  it("takes the deals and leaves the lines below them out", async () => {
    const receipt = imported.receipt("salesforce/opportunities-report");
    expect(receipt.taken).toBe(3);
    expect(receipt.reasons[0]?.reason).toMatch(/below the report's rows/);
    expect(
      await imported.rows("SELECT state, amount, closed_at FROM ledger.deals ORDER BY amount"),
    ).toEqual([
      { state: "open", amount: "4500.000000", closed_at: null },
      { state: "lost", amount: "8000.000000", closed_at: "2025-03-01 23:00:00" },
      { state: "won", amount: "12000.000000", closed_at: "2025-03-13 23:00:00" },
    ]);
    imported.expectBalanced();
  });
});
