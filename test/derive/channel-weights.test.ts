import { describe, expect, it } from "vitest";
import { ensureLens } from "../../src/derive/lens.ts";
import { refresh } from "../../src/derive/refresh.ts";
import { settingsSchema } from "../../src/ledger/settings.ts";
import { identifier, sql } from "../../src/sql/fragment.ts";
import type { Store } from "../../src/store/store.ts";
import { contents, emptyLedger, identityOf, record } from "./ledger.ts";

const settings = settingsSchema.parse({ attribution: { window_days: 10, fit_conversions: 1 } });

interface Way {
  readonly person: string;
  /** Day and time of each visit, with its medium. */
  readonly visits: readonly (readonly [at: string, medium: string])[];
  readonly orderedAt?: string;
}

let loads = 0;

async function bring(store: Store, ways: readonly Way[]): Promise<void> {
  loads += 1;
  for (const { person, visits, orderedAt } of ways) {
    const identity = identityOf("email", person);
    const rows = visits.map(([at, medium]) => ({
      ...{ occurred_at: at, kind: "page_viewed", identity, page: "/" },
      ...{ utm_source: medium === "cpc" ? "google" : "news", utm_medium: medium },
    }));
    await record(store, "events", rows, loads);
    if (orderedAt === undefined) continue;
    const order = { order: `o-${person}-${orderedAt}`, line: "1", line_type: "sale", identity };
    await record(
      store,
      "orders",
      [{ ...order, booked_at: orderedAt, amount: "10", currency: "EUR" }],
      loads,
    );
  }
}

/** Markov order 1 of one month, as shares of the month in billionths. */
async function weightsOf(store: Store, month: string, schema = "derived") {
  const rows = await store.query(sql`SELECT channel, weight, conversions, nulls,
      CAST(fitted_from AS VARCHAR) AS fitted_from, CAST(fitted_to AS VARCHAR) AS fitted_to
    FROM ${identifier(schema, "channel_weights")}
    WHERE model = 'markov_1' AND month = CAST(${month} AS DATE) ORDER BY channel`);
  return rows.map((row) => ({ ...row, weight: Number(row.weight) }));
}

const january: readonly Way[] = [
  {
    person: "a",
    visits: [
      ["2025-01-05 08:00:00", "cpc"],
      ["2025-01-06 08:00:00", "email"],
    ],
    orderedAt: "2025-01-07 08:00:00",
  },
  { person: "b", visits: [["2025-01-05 09:00:00", "cpc"]], orderedAt: "2025-01-08 08:00:00" },
  { person: "c", visits: [["2025-01-05 10:00:00", "email"]] },
];
const february: readonly Way[] = [
  { person: "d", visits: [["2025-02-10 08:00:00", "email"]], orderedAt: "2025-02-12 08:00:00" },
];

describe("channel weights", () => {
  it("are fitted to the journeys that ended in the month, converting or not", async () => {
    const store = await emptyLedger();
    await bring(store, [...january, ...february]);
    await refresh(store, settings);
    // Start goes to cpc twice and to email once; cpc to email or the order, email to the order or nothing, half each.
    // P = 2/3 · (1/2 + 1/2 · 1/2) + 1/3 · 1/2 = 2/3; without cpc 1/6, without email 1/3: effects 3/4 and 1/2.
    expect(await weightsOf(store, "2025-01-01")).toEqual([
      expect.objectContaining({
        channel: "email",
        weight: 400_000_000,
        conversions: 2n,
        nulls: 1n,
      }),
      expect.objectContaining({
        ...{ channel: "paid search", weight: 600_000_000 },
        ...{ fitted_from: "2025-01-01", fitted_to: "2025-02-01" },
      }),
    ]);
    await store.close();
  });

  it("of the running month take in no journey of the last day, and the month before while there are too few", async () => {
    const store = await emptyLedger();
    await bring(store, [...january, ...february]);
    await refresh(store, settings);
    expect(await weightsOf(store, "2025-02-01")).toEqual([
      expect.objectContaining({ channel: "email", conversions: 2n }),
      expect.objectContaining({ fitted_from: "2025-01-01", fitted_to: "2025-02-12" }),
    ]);
    await store.close();
  });

  it("of closed months stay when later journeys arrive, and follow when older ones do", async () => {
    const store = await emptyLedger();
    await bring(store, [...january, ...february]);
    await refresh(store, settings);
    const before = await weightsOf(store, "2025-01-01");
    const credits = await contents(store, "credits");
    await bring(store, [
      {
        ...february[0],
        person: "e",
        visits: [["2025-02-11 08:00:00", "cpc"]],
        orderedAt: "2025-02-20 08:00:00",
      },
    ]);
    await refresh(store, settings);
    expect(await weightsOf(store, "2025-01-01")).toEqual(before);
    expect(await contents(store, "credits")).toEqual(
      expect.arrayContaining([...credits].filter((row) => row.includes("o-a"))),
    );
    await bring(store, [
      { person: "f", visits: [["2025-01-09 08:00:00", "email"]], orderedAt: "2025-01-10 08:00:00" },
    ]);
    await refresh(store, settings);
    expect(await weightsOf(store, "2025-01-01")).not.toEqual(before);
    const credited = await contents(store, "credits");
    expect(credited).not.toEqual(expect.arrayContaining([...credits]));
    const weights = await contents(store, "channel_weights");
    await refresh(store, settings, { full: true });
    expect(await contents(store, "credits")).toEqual(credited);
    expect(await contents(store, "channel_weights")).toEqual(weights);
    await store.close();
  });
});

describe("a lens", () => {
  it("shows what a workspace with these settings would", async () => {
    const [store, other] = [await emptyLedger(), await emptyLedger()];
    const attribution = { ...settings.attribution, window_days: 1 };
    await bring(store, [...january, ...february]);
    await bring(other, [...january, ...february]);
    await refresh(store, settings);
    await refresh(other, { ...settings, attribution });
    const lens = await ensureLens(store, settings, attribution);
    for (const table of ["journeys", "channel_weights", "credits"]) {
      const seen = await rowsOf(store, lens, table);
      expect(seen).toEqual(await rowsOf(other, "derived", table));
      expect(seen).not.toEqual(await rowsOf(store, "derived", table));
    }
    await store.close();
    await other.close();
  });

  it("is the workspace itself under its own settings, whatever the model", async () => {
    const store = await emptyLedger();
    await refresh(store, settings);
    const attribution = { ...settings.attribution, model: "last" as const };
    expect(await ensureLens(store, settings, attribution)).toBe("derived");
    await store.close();
  });

  it("is computed again only when the ledger changed, and the last three are kept", async () => {
    const store = await emptyLedger();
    await bring(store, january);
    await refresh(store, settings);
    const look = (window_days: number) =>
      ensureLens(store, settings, { ...settings.attribution, window_days });
    const lens = await look(1);
    await store.run(sql`DELETE FROM ${identifier(lens, "journeys")}`);
    expect(await look(1)).toBe(lens);
    expect(await rowsOf(store, lens, "journeys")).toEqual([]);
    await bring(store, february);
    await refresh(store, settings);
    await look(1);
    expect(await rowsOf(store, lens, "journeys")).not.toEqual([]);
    for (const window of [2, 3, 4]) await look(window);
    const rows = await store.query(
      sql`SELECT DISTINCT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'lens%'`,
    );
    expect(rows).toHaveLength(3);
    expect(rows.map((row) => row.schema_name)).not.toContain(lens);
    await store.close();
  });
});

async function rowsOf(store: Store, schema: string, table: string): Promise<readonly string[]> {
  const rows = await store.query(sql`SELECT * FROM ${identifier(schema, table)}`);
  return rows.map((row) => Object.values(row).map(String).join("|")).sort();
}
