import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { exported, type Imported, importFiles } from "./importing.ts";

const folder = sharedData("vendor-fivetran", "hubspot");

describe.skipIf(folder === null)("hubspot tables as synced", () => {
  let imported: Imported;
  beforeAll(async () => {
    imported = await importFiles(folder ?? "");
  });
  afterAll(() => imported.close());

  it("takes every contact, company and deal", async () => {
    for (const [format, file] of [
      ["contacts", "contact_data"],
      ["companies", "company_data"],
      ["deals", "deal_data"],
    ]) {
      const rows = await imported.rawValue(`${folder}/${file}.csv`, "count(DISTINCT COLUMNS(*))");
      expect(Number(rows)).toBeGreaterThan(0);
      const receipt = imported.receipt(`hubspot/${format}`);
      expect(receipt.rejected, format).toBe(0);
      expect(receipt.taken + receipt.repeated).toBe(receipt.read);
    }
  });

  it("takes e-mail events that count, and marks what HubSpot filtered as done by a machine", async () => {
    expect(imported.receipt("hubspot/email-events")).toMatchObject({
      read: 100,
      taken: 97,
      repeated: 0,
      rejected: 3,
    });
    const kinds =
      "CASE type WHEN 'OPEN' THEN 'email_opened' WHEN 'SENT' THEN 'email_sent' ELSE 'email_delivered' END";
    expect(
      await imported.rows(
        `SELECT kind, count(*) AS events, count(CASE WHEN machine THEN 1 END) AS machine
        FROM ledger.events WHERE source = 'hubspot/email-events' GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual(
      await imported.rawRows(
        `${folder}/email_event_data.csv`,
        `${kinds} AS kind, count(*) AS events, count(CASE WHEN filtered_event = 'true' THEN 1 END) AS machine`,
        "WHERE type <> 'PROCESSED' GROUP BY 1 ORDER BY 1",
      ),
    );
  });

  it("takes calls, meetings and sales e-mails at their own time", async () => {
    expect(
      await imported.rows(
        `SELECT kind, min(occurred_at) AS first, count(*) AS events FROM ledger.events
        WHERE kind IN ('call', 'sales_email') GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual([
      { kind: "call", first: "2014-08-27 20:50:44.778", events: 1n },
      { kind: "sales_email", first: "2014-08-27 20:50:44.778", events: 1n },
    ]);
    expect(imported.receipt("hubspot/meetings").rejected).toBe(0);
  });

  it("gives a call the contact that it is linked to", async () => {
    expect(
      await imported.rows(
        `SELECT i.value FROM ledger.events AS e JOIN ledger.identities AS i ON i.identity = e.identity
        WHERE e.kind = 'call'`,
      ),
    ).toEqual([{ value: "501" }]);
  });

  it("links merged contacts", async () => {
    const merges = Number(
      await imported.rawValue(`${folder}/contact_merge_audit_data.csv`, "count(*)"),
    );
    expect(imported.receipt("hubspot/contact-merges").taken).toBe(merges);
    expect(
      Number(
        await imported.value(
          `SELECT count(*) FROM ledger.identity_links WHERE source = 'hubspot/contact-merges'`,
        ),
      ),
    ).toBe(merges);
  });

  it("loses no row", () => imported.expectBalanced());
});

describe("hubspot exports", () => {
  let imported: Imported;
  beforeAll(async () => {
    imported = await importFiles(
      ["hubspot-contacts.csv", "hubspot-companies.csv", "hubspot-deals.csv"].map(exported),
      { time_zone: "Europe/Berlin" },
    );
  });
  afterAll(() => imported.close());

  it("takes all rows", () => {
    for (const format of ["contacts", "companies", "deals"]) {
      const receipt = imported.receipt(`hubspot/${format}-export`);
      expect(receipt.taken, format).toBe(receipt.read);
    }
  });

  it("reads the stages that a contact's dates tell, in the workspace's zone", async () => {
    expect(
      await imported.rows(
        `SELECT i.value AS id, s.stage, s.entered_at FROM ledger.stages AS s
        JOIN ledger.identities AS i ON i.identity = s.identity ORDER BY s.entered_at, s.stage`,
      ),
    ).toEqual([
      { id: "101", stage: "lead", entered_at: "2025-01-10 08:30:00" },
      { id: "101", stage: "mql", entered_at: "2025-01-24 10:00:00" },
      { id: "102", stage: "lead", entered_at: "2025-02-11 11:20:00" },
      { id: "101", stage: "customer", entered_at: "2025-03-14 16:05:00" },
    ]);
  });

  it("normalises the address and leaves stages of one's own open", async () => {
    expect(
      await imported.rows("SELECT email, stage, company FROM ledger.people ORDER BY email"),
    ).toEqual([
      { email: "anna@example.com", stage: "customer", company: "Example GmbH" },
      { email: "bo@example.net", stage: "lead", company: "Sample BV" },
      { email: "cy@example.org", stage: null, company: null },
    ]);
  });

  it("takes deals as won, lost or open; a forecast is no close", async () => {
    expect(
      await imported.rows(
        "SELECT deal, state, amount, currency, closed_at, lost_reason FROM ledger.deals ORDER BY deal",
      ),
    ).toEqual([
      {
        deal: "9001",
        state: "won",
        amount: "12000.000000",
        currency: "EUR",
        closed_at: "2025-03-14 16:05:00",
        lost_reason: null,
      },
      {
        deal: "9002",
        state: "lost",
        amount: "8000.000000",
        currency: "EUR",
        closed_at: "2025-03-02 11:00:00",
        lost_reason: "Price",
      },
      {
        deal: "9003",
        state: "open",
        amount: "4500.000000",
        currency: "EUR",
        closed_at: null,
        lost_reason: null,
      },
      {
        deal: "9004",
        state: "open",
        amount: null,
        currency: null,
        closed_at: null,
        lost_reason: null,
      },
    ]);
  });
});
