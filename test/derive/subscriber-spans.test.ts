import { describe, expect, it } from "vitest";
import { identityMap } from "../../src/derive/identity-map.ts";
import { interactions } from "../../src/derive/interactions.ts";
import { peopleTable } from "../../src/derive/people.ts";
import { refresh } from "../../src/derive/refresh.ts";
import { sightings } from "../../src/derive/sightings.ts";
import { subscriberSpans } from "../../src/derive/subscriber-spans.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import { raw } from "../../src/sql/fragment.ts";
import { emptyLedger, identityOf, type Recorded, record } from "./ledger.ts";

const tables = [identityMap, sightings, peopleTable, interactions, subscriberSpans];

/** Spans as text: from day, to day, state, how it began and ended. */
async function spans(...events: readonly (readonly [string, string, Recorded?])[]) {
  const store = await emptyLedger();
  await record(
    store,
    "events",
    events.map(([kind, day, more = {}]) => ({
      kind: `email_${kind}`,
      occurred_at: `${day} 00:00:00`,
      identity: identityOf("email", "ann@x.example"),
      ...more,
    })),
  );
  await refresh(store, defaultSettings, { tables });
  const rows = await store.query(
    raw(`SELECT concat_ws(' ', list, from_at::DATE, coalesce(to_at::DATE::VARCHAR, 'open'), state, started_by, ended_by) AS span
      FROM derived.subscriber_spans ORDER BY list, from_at`),
  );
  await store.close();
  return rows.map((row) => row.span);
}

describe("subscriber spans", () => {
  it("turn inactive ninety days after the last open or click, and active again with the next", async () => {
    expect(
      await spans(
        ["subscribed", "2025-01-01", { list: "news" }],
        ["opened", "2025-02-01"],
        ["clicked", "2025-07-01"],
        ["unsubscribed", "2025-07-11", { list: "news" }],
      ),
    ).toEqual([
      "news 2025-01-01 2025-05-02 active subscribed lapsed",
      "news 2025-05-02 2025-07-01 inactive lapsed reactivated",
      "news 2025-07-01 2025-07-11 active reactivated unsubscribed",
    ]);
  });

  it("do not count what machines open", async () => {
    expect(
      await spans(
        ["subscribed", "2025-01-01"],
        ["opened", "2025-03-01", { user_agent: "Mozilla/5.0" }],
      ),
    ).toEqual([
      "2025-01-01 2025-04-01 active subscribed lapsed",
      "2025-04-01 open inactive lapsed",
    ]);
  });

  it("start with the first e-mail where no source tells of a subscription", async () => {
    expect(
      await spans(
        ["sent", "2025-01-01"],
        ["sent", "2025-02-01"],
        ["bounced", "2025-02-02", { detail: "hard" }],
      ),
    ).toEqual(["2025-01-01 2025-02-02 active imported bounced"]);
  });

  it("end every list with a complaint, one with an unsubscribe from it, and start anew", async () => {
    expect(
      await spans(
        ["subscribed", "2025-01-01", { list: "a" }],
        ["subscribed", "2025-01-01", { list: "b" }],
        ["unsubscribed", "2025-01-10", { list: "a" }],
        ["subscribed", "2025-01-20", { list: "a" }],
        ["bounced", "2025-01-21", { detail: "soft" }],
        ["complained", "2025-01-30"],
      ),
    ).toEqual([
      "a 2025-01-01 2025-01-10 active subscribed unsubscribed",
      "a 2025-01-20 2025-01-30 active subscribed complained",
      "b 2025-01-01 2025-01-30 active subscribed complained",
    ]);
  });
});
