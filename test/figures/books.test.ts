import { afterEach, describe, expect, it } from "vitest";
import { catalogue } from "../../src/catalogue/catalogue.ts";
import { answer } from "../../src/figures/answer.ts";
import type { FiguresContext } from "../../src/figures/context.ts";
import { coverageOf } from "../../src/figures/coverage.ts";
import { reconcile } from "../../src/figures/reconcile.ts";
import { spanOfDays } from "../../src/figures/spans.ts";
import { recordedMeasures, unlockable } from "../../src/figures/unlock.ts";
import { warnings } from "../../src/figures/warnings.ts";
import { allColumns } from "../../src/ledger/table.ts";
import { bookkeepingTables } from "../../src/ledger/tables/bookkeeping.ts";
import { type LedgerTableName, ledgerTable } from "../../src/ledger/tables.ts";
import { creditRows } from "./credited.ts";
import {
  coverageRows,
  daysFrom,
  insertRows,
  type Seed,
  type SeedRow,
  seededWorkspace,
} from "./workspace.ts";

let open: FiguresContext[] = [];
afterEach(async () => {
  for (const { store } of open) await store.close();
  open = [];
});

async function workspace(
  seed: Seed,
  ledger: Readonly<Partial<Record<LedgerTableName, readonly SeedRow[]>>> = {},
  books: Readonly<Partial<Record<keyof typeof bookkeepingTables, readonly SeedRow[]>>> = {},
): Promise<FiguresContext> {
  const context = await seededWorkspace(seed);
  open = [...open, context];
  for (const [name, rows] of Object.entries(ledger)) {
    const columns = allColumns(ledgerTable(name as LedgerTableName));
    await insertRows(context.store, "ledger", name, columns, rows);
  }
  for (const [name, rows] of Object.entries(books)) {
    const columns = bookkeepingTables[name as keyof typeof bookkeepingTables];
    await insertRows(context.store, "ledger", name, columns, rows);
  }
  return context;
}

const order = (row_key: number, amount: string, more: SeedRow = {}): SeedRow => ({
  row_key,
  source: "shopify/orders",
  order: "A",
  line_type: "sale",
  amount,
  currency: "EUR",
  booked_at: "2025-03-05 10:00:00",
  ...more,
});

const derivedLine = (row_key: number, amount: string, more: SeedRow = {}): SeedRow => ({
  row_key,
  order: "A",
  booked_at: "2025-03-05 10:00:00",
  original_amount: amount,
  amount,
  currency: "EUR",
  stream: "product",
  data_source: "shopify/orders",
  ...more,
});

const unattributed = (sale: bigint, returned = 0n) =>
  creditRows({
    conversion: "A",
    convertedAt: "2025-03-05 10:00:00",
    touches: [],
    entries: [
      { kind: "sale", cents: sale },
      { kind: "return", cents: returned },
    ],
  });

describe("reconciliation", () => {
  it("ties when every line, cost and receipt is accounted for", async () => {
    const { store, settings } = await workspace(
      {
        revenue_lines: [
          derivedLine(1, "100"),
          derivedLine(2, "-20"),
          derivedLine(3, "5", { currency: "XYZ", amount: null, excluded: "currency_unknown" }),
        ],
        credits: unattributed(10_000n, -2_000n),
        purchases: [{ order: "A", revenue: "80" }],
        cost_days: [
          { row_key: 9, day: "2025-03-01", amount: "3.333334", original_amount: "3.333334" },
          { row_key: 9, day: "2025-03-02", amount: "3.333333", original_amount: "3.333333" },
          { row_key: 9, day: "2025-03-03", amount: "3.333333", original_amount: "3.333333" },
        ],
      },
      {
        orders: [
          order(1, "119", { tax: "19" }),
          order(2, "-20"),
          order(3, "5", { currency: "XYZ" }),
          order(4, "19", { line_type: "tax" }),
          order(5, "7", { is_test: true }),
        ],
        costs: [
          {
            row_key: 9,
            from_day: "2025-03-01",
            to_day: "2025-03-03",
            amount: "10",
            currency: "EUR",
          },
        ],
      },
      {
        loads: [{ load: 1, source: "s", file: "f", read: 10, taken: 6, repeated: 3, rejected: 1 }],
        rejects: [{ load: 1, source: "s", line: 4, code: "x", state: "open" }],
      },
    );
    const found = await reconcile(store, settings);
    expect(found.checks.filter(({ ties }) => !ties)).toEqual([]);
    expect(found.ties).toBe(true);
    expect(found.checks.filter(({ code }) => code === "revenue_by_month")).toEqual([
      {
        code: "revenue_by_month",
        about: { currency: "EUR", stream: "product", month: "2025-03", excluded: "0" },
        expected: "80.000000",
        found: "80.000000",
        ties: true,
      },
      {
        code: "revenue_by_month",
        about: { currency: "XYZ", stream: "product", month: "2025-03", excluded: "1" },
        expected: "5.000000",
        found: "5.000000",
        ties: true,
      },
    ]);
  });

  it("lists a lost line, a wrong amount, a cost that does not add up, an unbalanced header and a bad receipt", async () => {
    const { store, settings } = await workspace(
      {
        revenue_lines: [derivedLine(1, "99")],
        credits: unattributed(9_900n),
        purchases: [{ order: "A", revenue: "99" }],
        cost_days: [{ row_key: 9, day: "2025-03-01", amount: "9", original_amount: "9" }],
      },
      {
        orders: [order(1, "100"), order(2, "50", { order: "B" })],
        order_headers: [
          {
            row_key: 7,
            source: "shopify/orders",
            order: "A",
            total: "120",
            booked_at: "2025-03-05 10:00:00",
          },
        ],
        costs: [{ row_key: 9, from_day: "2025-03-01", amount: "10", currency: "EUR" }],
      },
      {
        loads: [{ load: 1, source: "s", file: "f", read: 10, taken: 6, repeated: 3, rejected: 2 }],
      },
    );
    const found = await reconcile(store, settings);
    expect(found.ties).toBe(false);
    const failed = found.checks.filter(({ ties }) => !ties);
    expect(failed.map(({ code, expected, found: got }) => [code, expected, got])).toEqual([
      ["load_adds_up", "10", "11"],
      ["rejects_kept", "2", "0"],
      ["line_derived", "100.000000", "99.000000"],
      ["line_derived", "50.000000", "–"],
      ["revenue_by_month", "100.000000", "99.000000"],
      ["cost_spread", "10.000000", "9.000000"],
      ["header_is_lines", "120.000000", "100.000000"],
    ]);
  });
});

describe("reconciliation of many and of foreign amounts", () => {
  it("counts every failure and lists the first hundred", async () => {
    const { store, settings } = await workspace(
      {},
      { orders: Array.from({ length: 130 }, (_, number) => order(number + 1, "1")) },
    );
    const { ties, checks, counts } = await reconcile(store, settings);
    expect(ties).toBe(false);
    expect(counts.line_derived).toEqual({ made: 130, failed: 130 });
    expect(checks.filter(({ code }) => code === "line_derived")).toHaveLength(100);
  });

  it("adds the days of a cost up in its own currency, whether it can be converted or not", async () => {
    const cost = { from_day: "2025-03-01", to_day: "2025-03-02", amount: "10", currency: "USD" };
    const share = (row_key: number, day: string, original_amount: string) => ({
      row_key,
      day,
      original_amount,
      excluded: "rate_missing",
    });
    const { store, settings } = await workspace(
      {
        cost_days: [
          share(1, "2025-03-01", "5"),
          share(1, "2025-03-02", "5"),
          share(2, "2025-03-01", "5"),
          share(2, "2025-03-02", "4"),
          share(3, "2025-03-01", "10"),
        ],
      },
      { costs: [1, 2, 3].map((row_key) => ({ row_key, ...cost })) },
    );
    const { checks, counts } = await reconcile(store, settings);
    expect(counts.cost_spread).toEqual({ made: 3, failed: 2 });
    expect(checks.map(({ code, expected, found }) => [code, expected, found])).toEqual([
      ["cost_spread", "10.000000", "9.000000"],
      ["cost_spread", "10.000000", "10.000000"],
    ]);
  });
});

describe("warnings", () => {
  it("finds what the books hide", async () => {
    const days = daysFrom("2025-03-01", 40).filter((day) => day !== "2025-03-20");
    const bought = { person: 1, placed_at: "2025-03-05 10:00:00", sales: "20" };
    const context = await workspace(
      {
        coverage: coverageRows("ga4/events", days),
        revenue_lines: [
          derivedLine(1, "5", { currency: "DOGE", amount: null, excluded: "currency_unknown" }),
        ],
        messages: [{ sent_at: "2025-03-05 10:00:00", sent: 1, delivered: 2, data_source: "m" }],
        purchases: [
          { ...bought, order: "1", data_source: "shopify/orders" },
          { ...bought, order: "2", data_source: "shopify/orders" },
          {
            ...bought,
            order: "S-9",
            placed_at: "2025-03-05 10:00:07",
            data_source: "stripe/charges",
          },
        ],
        cost_days: [
          { day: "2025-03-01", cost_kind: "media", campaign: "x", amount: "3", data_source: "a" },
          { day: "2025-03-01", cost_kind: "media", campaign: "x", amount: "3", data_source: "b" },
        ],
      },
      {
        orders: [order(1, "100")],
        order_headers: [{ row_key: 7, source: "shopify/orders", order: "A", total: "120" }],
      },
    );
    const found = await warnings(context);
    expect(found.map(({ code }) => code)).toEqual([
      "coverage_hole",
      "currency_unknown",
      "order_broken",
      "same_order_twice",
      "order_from_two_sources",
      "same_cost_twice",
      "header_unbalanced",
    ]);
    expect(found[0]?.params).toEqual({ source: "ga4/events", count: "1", days: "2025-03-20" });
    expect(found[1]?.params).toMatchObject({ currency: "DOGE", count: "1", amount: "5.000000" });
    expect(found[3]?.params).toEqual({ count: "1", example: "1 / 2" });
  });

  it("keeps quiet about an empty workspace", async () => {
    expect(await warnings(await workspace({}))).toEqual([]);
  });
});

describe("coverage", () => {
  it("does not expect rows on weekdays on which a source never has any", async () => {
    const weekdays = daysFrom("2025-03-03", 40).filter((_, index) => index % 7 < 5);
    const context = await workspace({ coverage: coverageRows("crm", weekdays) });
    const [cover] = await coverageOf(
      context,
      spanOfDays("2025-03-10", "2025-03-24", context.settings),
    );
    expect(cover).toMatchObject({ expected: 10, missing: [], staleDays: 0 });
  });
});

describe("what would unlock a metric", () => {
  it("names the ledger table and the kinds of rows that are missing", async () => {
    const context = await workspace({
      revenue_lines: [derivedLine(1, "5")],
      customers: [{ person: 1, first_at: "2025-03-05 10:00:00" }],
    });
    const recorded = await recordedMeasures(context);
    expect(recorded.has("revenue")).toBe(true);
    const locked = unlockable(catalogue, recorded);
    const inputsOf = (metric: string) => locked.find((one) => one.metric === metric)?.inputs;
    expect(inputsOf("revenue")).toBeUndefined();
    expect(inputsOf("mer")).toEqual([{ fact: "cost_days", tables: ["costs"], kinds: [] }]);
    expect(inputsOf("nps")).toEqual([
      { fact: "survey_answers", tables: ["surveys"], kinds: ["nps"] },
    ]);
    expect(inputsOf("mql_to_sql_rate")).toEqual([
      { fact: "stage_entries", tables: ["stages", "people"], kinds: ["sql"] },
      { fact: "stage_entries", tables: ["stages", "people"], kinds: ["mql"] },
    ]);
  });
});

describe("figures that rest on what became of rows", () => {
  it("are zero, not missing, where nothing of the kind happened", async () => {
    const context = await workspace({
      customer_spans: [{ person: 1, from_at: "2025-02-05 10:00:00" }],
      interactions: [
        { occurred_at: "2025-03-05 10:00:00", kind: "social_like", quantity: 3, data_source: "x" },
      ],
    });
    const question = {
      metrics: ["churn_rate", "social_engagements"],
      from: "2025-03-01",
      to: "2025-04-01",
    };
    const { figures } = await answer(context, question);
    expect(figures.map(({ value }) => value)).toEqual(["0", "3"]);
    const parts = figures[1]?.reasons.filter(({ code }) => code === "part_missing") ?? [];
    expect(parts.map(({ params }) => params.measure)).toContain("social_shares");
    expect(parts.map(({ params }) => params.measure)).not.toContain("social_likes");
    const locked = unlockable(catalogue, await recordedMeasures(context)).map(
      ({ metric }) => metric,
    );
    expect(locked).not.toContain("churn_rate");
    expect(locked).not.toContain("social_engagements");
    expect(locked).toContain("social_shares");
  });
});
