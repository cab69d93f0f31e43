import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identityMap } from "../../src/derive/identity-map.ts";
import { interactions } from "../../src/derive/interactions.ts";
import { messages } from "../../src/derive/messages.ts";
import { peopleTable } from "../../src/derive/people.ts";
import { refresh } from "../../src/derive/refresh.ts";
import { sightings } from "../../src/derive/sightings.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import { raw } from "../../src/sql/fragment.ts";
import { emptyLedger, identityOf, type Recorded, record } from "./ledger.ts";
import { load, pieces } from "./random-ledger.ts";

const tables = [identityMap, sightings, peopleTable, interactions, messages];
const ann = identityOf("email", "ann@x.example");

const event = (kind: string, at: string, more: Recorded = {}): Recorded => ({
  kind,
  occurred_at: at,
  identity: ann,
  source: "esp/events",
  ...more,
});

async function derived(events: readonly Recorded[], columns: string) {
  const store = await emptyLedger();
  await record(store, "events", events);
  await refresh(store, defaultSettings, { tables });
  const rows = await store.query(
    raw(`SELECT ${columns} FROM derived.messages ORDER BY message, sent_at`),
  );
  await store.close();
  return rows;
}

describe("messages", () => {
  it("count a message once, whatever was opened and clicked how often", async () => {
    const rows = await derived(
      [
        event("email_sent", "2025-01-01 09:00:00", { message: "m1", campaign: "spring" }),
        event("email_opened", "2025-01-01 10:00:00", { message: "m1" }),
        event("email_opened", "2025-01-01 11:00:00", { message: "m1" }),
        event("email_clicked", "2025-01-01 11:00:05", { message: "m1", link: "a" }),
        event("email_clicked", "2025-01-01 11:30:05", { message: "m1", link: "a" }),
        event("email_sent", "2025-01-02 09:00:00", { message: "m2" }),
        event("email_bounced", "2025-01-02 09:01:00", { message: "m2", detail: "hard" }),
        event("email_sent", "2025-01-03 09:00:00", { message: "m3" }),
        event("email_opened", "2025-01-03 09:20:00", { message: "m3", user_agent: "Mozilla/5.0" }),
        event("email_sent", "2025-01-04 09:00:00", { message: "m4" }),
        event("email_bounced", "2025-01-04 09:01:00", { message: "m4", detail: "soft" }),
        event("email_clicked", "2025-01-04 12:00:00", { message: "m4", link: "a" }),
      ],
      "message, sent, delivered, opened, machine_opened AS machine, clicked, bounced, hard_bounced AS hard, campaign",
    );
    const row = (message: string, counts: readonly number[], campaign: string | null = null) => {
      const [delivered, opened, machine, clicked, bounced, hard] = counts;
      return { message, sent: 1, delivered, opened, machine, clicked, bounced, hard, campaign };
    };
    expect(rows).toEqual([
      row("m1", [1, 1, 0, 1, 0, 0], "spring"),
      row("m2", [0, 0, 0, 0, 1, 1]),
      row("m3", [1, 0, 1, 0, 0, 0]),
      row("m4", [1, 1, 0, 1, 0, 0]),
    ]);
  });

  it("believe a source that reports deliveries, and infer them for one that never does", async () => {
    const rows = await derived(
      [
        event("email_sent", "2025-01-01 09:00:00", { message: "a", source: "careful/events" }),
        event("email_delivered", "2025-01-01 09:00:05", { message: "a", source: "careful/events" }),
        event("email_sent", "2025-01-02 09:00:00", { message: "b", source: "careful/events" }),
        event("email_sent", "2025-01-03 09:00:00", { message: "c", source: "silent/events" }),
      ],
      "message, delivered",
    );
    expect(rows).toEqual([
      { message: "a", delivered: 1 },
      { message: "b", delivered: 0 },
      { message: "c", delivered: 1 },
    ]);
  });

  it("tell sends of one e-mail apart when no message id is given", async () => {
    const rows = await derived(
      [
        event("email_sent", "2025-01-01 09:00:00", { campaign: "weekly" }),
        event("email_opened", "2025-01-02 09:00:00", { campaign: "weekly" }),
        event("email_sent", "2025-01-08 09:00:00", { campaign: "weekly" }),
        event("email_unsubscribed", "2025-01-09 09:00:00", { campaign: "weekly" }),
      ],
      "message, sent_at::DATE::VARCHAR AS day, opened, unsubscribed",
    );
    expect(rows).toEqual([
      { message: "weekly", day: "2025-01-01", opened: 1, unsubscribed: 0 },
      { message: "weekly", day: "2025-01-08", opened: 0, unsubscribed: 1 },
    ]);
  });

  it("take counted batches as they are, later opens for the day of sending before", async () => {
    const batch = (kind: string, at: string, quantity: number): Recorded =>
      event(kind, at, { identity: null, campaign: "launch", quantity });
    const rows = await derived(
      [
        batch("email_sent", "2025-01-01 09:00:00", 1000),
        batch("email_bounced", "2025-01-01 09:00:00", 40),
        batch("email_opened", "2025-01-01 09:00:00", 200),
        batch("email_opened", "2025-01-03 09:00:00", 50),
        batch("email_clicked", "2025-01-03 09:00:00", 30),
        batch("email_sent", "2025-01-05 09:00:00", 10),
        batch("email_opened", "2025-01-06 09:00:00", 25),
      ],
      "sent, delivered, opened, clicked, bounced",
    );
    expect(rows).toEqual([
      { sent: 1000, delivered: 960, opened: 250, clicked: 30, bounced: 40 },
      { sent: 10, delivered: 10, opened: 10, clicked: 0, bounced: 0 },
    ]);
  });

  it("never give a share above 100 %, whatever the events", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { minLength: 20, maxLength: 80 }), async (all) => {
        const store = await emptyLedger();
        await load(store, all, 1);
        await refresh(store, defaultSettings, { tables });
        const wrong = await store.query(
          raw(`SELECT * FROM derived.messages WHERE NOT (clicked <= opened AND opened <= delivered AND delivered <= sent
            AND bounced <= sent AND hard_bounced + soft_bounced <= bounced AND opened + machine_opened <= delivered
            AND clicked + machine_clicked <= delivered AND complained <= delivered AND unsubscribed <= delivered
            AND replied <= delivered AND least(clicked, complained, machine_opened, machine_clicked, bounced) >= 0)
            OR sent_at IS NULL OR (person IS NOT NULL AND delivered + bounced > sent)`),
        );
        await store.close();
        expect(wrong).toEqual([]);
      }),
      { numRuns: 10, seed: 5 },
    );
  }, 120_000);
});
