import { describe, expect, it } from "vitest";
import { decide } from "../../src/derive/merges.ts";
import { refresh } from "../../src/derive/refresh.ts";
import { settingsSchema } from "../../src/ledger/settings.ts";
import { sql } from "../../src/sql/fragment.ts";
import type { Store } from "../../src/store/store.ts";
import { contents, emptyLedger, link, record } from "./ledger.ts";

const settings = settingsSchema.parse({ time_zone: "UTC" });

/** Three people, each with visits of their own; everybody but the second buys something. */
async function threePeople(store: Store): Promise<readonly bigint[]> {
  const names = ["ann", "beth", "cleo"];
  const people: bigint[] = [];
  for (const name of names) {
    const [identity = 0n] = await link(store, {
      kind: "email",
      value: `${name}@${name}.example`,
    });
    people.push(identity);
  }
  const sources = ["google", "newsletter", "facebook"];
  await record(
    store,
    "events",
    people.flatMap((identity, index) =>
      [3, 9].map((day) => ({
        ...{
          identity,
          source: "ga4/events",
          kind: "page_viewed",
          utm_source: sources[index] ?? "",
        },
        ...{ utm_medium: "cpc", occurred_at: `2025-01-0${day} 1${index}:00:00` },
      })),
    ),
  );
  await record(
    store,
    "orders",
    people.flatMap((identity, index) =>
      index === 1
        ? []
        : [
            {
              ...{ identity, order: `o${index}`, line: "1", line_type: "sale", currency: "EUR" },
              ...{ booked_at: "2025-01-20 12:00:00", amount: "10.01" },
            },
          ],
    ),
  );
  return people;
}

async function creditOf(store: Store, order: string): Promise<string> {
  const [row] = await store.query(
    sql`SELECT count(*) || ' ' || sum(credit_linear) || ' ' || sum(share_shapley) AS credit FROM derived.credits WHERE conversion = ${order}`,
  );
  return String(row?.credit);
}

describe("a merge of two people", () => {
  it("credits their orders anew and nobody else's, and its undo gives everything back", async () => {
    const store = await emptyLedger();
    const [left = 0n, right = 0n] = await threePeople(store);
    await refresh(store, settings);
    const [before, weights] = [
      await contents(store, "credits"),
      await contents(store, "channel_weights"),
    ];
    expect(await creditOf(store, "o0")).toBe("2 10.010000 1.000000");
    await decide(store, { action: "merge", left, right });
    const merged = await refresh(store, settings);
    const after = await contents(store, "credits");
    // Both visits of the other now stand before the order, and are paid out of the same cents.
    expect(await creditOf(store, "o0")).toBe("4 10.010000 1.000000");
    const isOther = (row: string) => row.includes('"conversion":"o2"');
    // Rule models depend on nobody else; the weights of the month follow the longer journey.
    expect(after.filter(isOther).map(withoutFits)).toEqual(before.filter(isOther).map(withoutFits));
    expect(merged.touchedPeople).toBeLessThan(3);
    await refresh(store, settings, { full: true });
    expect(await contents(store, "credits")).toEqual(after);
    await decide(store, { action: "undo", left, right });
    await refresh(store, settings);
    expect(await contents(store, "channel_weights")).toEqual(weights);
    expect(await contents(store, "credits")).toEqual(before);
    await store.close();
  });
});

const fitted = /^(credit|share)_(markov_[1-4]|data_driven)$/;

function withoutFits(row: string): string {
  const entries = Object.entries(JSON.parse(row) as Record<string, unknown>);
  return JSON.stringify(entries.filter(([name]) => !fitted.test(name)));
}
