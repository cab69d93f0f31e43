import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refresh } from "../../src/derive/refresh.ts";
import { attributionModels } from "../../src/ledger/attribution.ts";
import { settingsSchema } from "../../src/ledger/settings.ts";
import { join, raw, type Sql, sql } from "../../src/sql/fragment.ts";
import type { Store } from "../../src/store/store.ts";
import { contents, emptyLedger } from "./ledger.ts";
import { load, pieces } from "./random-ledger.ts";

const settings = [
  settingsSchema.parse({ time_zone: "Europe/Berlin", attribution: { window_days: 60 } }),
  settingsSchema.parse({
    revenue: { from: "both" },
    attribution: {
      level: "account",
      window_days: 45.5,
      channel_windows: { email: 10 },
      view_window_days: 3,
      own_weights: { first: 12.5, lead: 10, opportunity: 20, last: 0, others: 7.25 },
      fit_conversions: 1,
    },
  }),
];

const models = (each: (model: string) => string): Sql =>
  join(attributionModels.map((model) => raw(each(model))));

async function none(store: Store, query: Sql): Promise<void> {
  expect(await store.query(query)).toEqual([]);
}

async function holds(store: Store): Promise<void> {
  await none(
    store,
    sql`SELECT * FROM (
      SELECT date_trunc('month', booked_at) AS month, currency, stream, sum(amount) AS amount
      FROM derived.revenue_lines GROUP BY ALL
    ) AS l FULL JOIN (
      SELECT date_trunc('month', booked_at) AS month, currency, stream,
        ${models((model) => `sum(credit_${model}) AS ${model}`)}
      FROM derived.credits WHERE entry_kind <> 'cost_of_goods' GROUP BY ALL
    ) AS c ON l.month IS NOT DISTINCT FROM c.month AND l.currency IS NOT DISTINCT FROM c.currency
      AND l.stream IS NOT DISTINCT FROM c.stream
    WHERE ${join(
      attributionModels.map((model) => raw(`c.${model} IS DISTINCT FROM l.amount`)),
      " OR ",
    )}`,
  );
  await none(
    store,
    sql`SELECT entry FROM derived.credits GROUP BY entry HAVING ${join(
      attributionModels.map((model) =>
        raw(`sum(credit_${model}) IS DISTINCT FROM any_value(amount)`),
      ),
      " OR ",
    )}`,
  );
  await none(
    store,
    sql`SELECT conversion, data_source FROM derived.credits WHERE is_conversion GROUP BY ALL HAVING ${join(
      attributionModels.map((model) => raw(`sum(share_${model}) <> 1`)),
      " OR ",
    )}`,
  );
  await none(
    store,
    sql`SELECT * FROM derived.credits WHERE entry_kind = 'sale' AND amount >= 0 AND least(${models(
      (model) => `credit_${model}, share_${model}`,
    )}) < 0`,
  );
  await none(
    store,
    sql`SELECT * FROM derived.credits WHERE touched_at > converted_at OR age_seconds > 60 * 86400 OR nth > touches`,
  );
}

const tables = ["touchpoints", "journeys", "channel_weights", "credits", "sourced_lines"] as const;

async function attributed(store: Store): Promise<unknown> {
  return Promise.all(tables.map((table) => contents(store, table)));
}

describe("attribution by accounts", () => {
  it.each(["orders", "deals", "demo"])(
    "gives after any loads what a rebuild gives, for %s",
    async (goal) => {
      const [, chosen] = settings;
      if (!chosen) return;
      const own = { ...chosen, attribution: { ...chosen.attribution, goal } };
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(pieces, { minLength: 1, maxLength: 25 }), {
            minLength: 2,
            maxLength: 3,
          }),
          async (chunks) => {
            const store = await emptyLedger();
            for (const [index, chunk] of chunks.entries()) {
              await load(store, chunk, index + 1);
              await refresh(store, own);
            }
            const before = await attributed(store);
            await refresh(store, own, { full: true });
            expect(before).toEqual(await attributed(store));
            await store.close();
          },
        ),
        { numRuns: 2, seed: 11 },
      );
    },
    120_000,
  );
});

describe("credits", () => {
  it.each([0, 1])(
    "add up to the ledger whatever it holds (%i)",
    async (which) => {
      const chosen = settings[which];
      if (!chosen) return;
      await fc.assert(
        fc.asyncProperty(fc.array(pieces, { minLength: 60, maxLength: 140 }), async (all) => {
          const store = await emptyLedger();
          await load(store, all, 1);
          await refresh(store, chosen);
          await holds(store);
          await store.close();
        }),
        { numRuns: 5, seed: 3 },
      );
    },
    120_000,
  );
});
