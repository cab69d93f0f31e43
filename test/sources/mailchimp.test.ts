import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { exported, type Imported, importFiles } from "./importing.ts";

const folder = sharedData("vendor-fivetran", "mailchimp");

describe.skipIf(folder === null)("mailchimp tables as synced", () => {
  let imported: Imported;
  beforeAll(async () => {
    imported = await importFiles(folder ?? "");
  });
  afterAll(() => imported.close());

  it("takes opens and clicks of campaigns and automations", async () => {
    for (const name of ["campaign", "automation"]) {
      const raw = await imported.rawRows(
        `${folder}/${name}_recipient_activity.csv`,
        `CASE action WHEN 'open' THEN 'email_opened' WHEN 'click' THEN 'email_clicked' END AS kind, count(*) AS events`,
        "GROUP BY 1 ORDER BY 1",
      );
      expect(
        await imported.rows(
          `SELECT kind, count(*) AS events FROM ledger.events WHERE source = 'mailchimp/${name}-activity'
          GROUP BY 1 ORDER BY 1`,
        ),
      ).toEqual(raw);
    }
  });

  it("counts a message as sent when its campaign was", async () => {
    expect(
      await imported.rows(
        `SELECT DISTINCT occurred_at, campaign, count(*) OVER () AS sent, count(DISTINCT identity) OVER () AS people
        FROM ledger.events WHERE kind = 'email_sent'`,
      ),
    ).toEqual([
      { occurred_at: "2019-11-27 16:59:27", campaign: "c2b4c1c0d9", sent: 10n, people: 10n },
    ]);
  });

  it("says that the table of automation recipients has no time", () => {
    const receipt = imported.receipt("mailchimp/automation-recipients");
    expect(receipt).toMatchObject({ read: 3, taken: 0, rejected: 3 });
    expect(receipt.reasons[0]?.reason).toMatch(/does not say when/);
  });

  it("takes members, subscriptions and unsubscribes", async () => {
    expect(imported.receipt("mailchimp/members")).toMatchObject({ read: 9, taken: 9 });
    expect(
      await imported.rows(
        `SELECT kind, count(*) AS events, min(list) AS list FROM ledger.events
        WHERE kind LIKE '%subscribed' GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual([
      { kind: "email_subscribed", events: 9n, list: "8e423a4179" },
      { kind: "email_unsubscribed", events: 1n, list: "8e423a4179" },
    ]);
  });

  it("knows when an automation went live and which e-mails it has", async () => {
    expect(
      await imported.rows(
        "SELECT automation, name, went_live_at FROM ledger.automations ORDER BY automation DESC",
      ),
    ).toEqual([
      { automation: "71ad2ce945", name: "Welcome Email", went_live_at: "2020-04-17 12:56:37" },
      { automation: "12345", name: null, went_live_at: null },
    ]);
    expect(
      await imported.value("SELECT automation FROM ledger.campaigns WHERE campaign = 'b63e7b8aff'"),
    ).toBe("71ad2ce945");
  });

  it("loses no row", () => imported.expectBalanced());
});

describe("mailchimp files that people download", () => {
  let imported: Imported;
  beforeAll(async () => {
    imported = await importFiles(
      [exported("mailchimp-campaigns.csv"), exported("mailchimp-audience.csv")],
      { time_zone: "Europe/Berlin" },
    );
  });
  afterAll(() => imported.close());

  it("turns the counts of a campaign report into counted events at its time", async () => {
    expect(
      await imported.rows(
        `SELECT kind, detail, sum(quantity) AS quantity, min(occurred_at) AS at FROM ledger.events
        WHERE source = 'mailchimp/campaign-report' AND campaign = 'Spring' GROUP BY 1, 2 ORDER BY 1, 2`,
      ),
    ).toEqual(
      [
        ["email_bounced", "hard", 10],
        ["email_bounced", "soft", 14],
        ["email_clicked", null, 402],
        ["email_complained", null, 1],
        ["email_delivered", null, 5180],
        ["email_opened", null, 1890],
        ["email_sent", null, 5204],
        ["email_unsubscribed", null, 11],
      ].map(([kind, detail, quantity]) => ({ kind, detail, quantity, at: "2025-03-03 09:00:00" })),
    );
  });

  it("takes who subscribed and unsubscribed, and when", async () => {
    expect(
      await imported.rows(
        `SELECT kind, occurred_at, campaign FROM ledger.events
        WHERE source = 'mailchimp/audience-export' ORDER BY occurred_at`,
      ),
    ).toEqual([
      { kind: "email_subscribed", occurred_at: "2024-11-07 10:05:46", campaign: null },
      { kind: "email_subscribed", occurred_at: "2024-12-01 09:00:00", campaign: null },
      { kind: "email_unsubscribed", occurred_at: "2025-03-03 12:30:00", campaign: "Spring" },
    ]);
  });

  it("loses no row", () => imported.expectBalanced());
});
