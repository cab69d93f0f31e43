import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../src/ledger/calendar.ts";
import { parseMoney } from "../../src/ledger/money.ts";
import { expandRecurringCost, parseRecurringCost } from "../../src/ledger/recurring-costs.ts";

const span = { since: "2025-01-01", until: "2025-12-31", currency: "EUR" };
const rowsOf = (entry: unknown, over = span): readonly unknown[] =>
  expandRecurringCost(parseRecurringCost(entry), over).map(({ from_day, to_day, amount }) => [
    from_day,
    to_day,
    amount,
  ]);
const total = (rows: readonly { readonly amount: string }[]): bigint =>
  rows.reduce((sum, { amount }) => sum + parseMoney(amount, "EUR").micros, 0n);

describe("recurring costs", () => {
  it("are read from sentences", () => {
    expect(parseRecurringCost("licence 900 EUR monthly from 2025-01-01")).toEqual({
      kind: "licence",
      amount: "900",
      currency: "EUR",
      every: "month",
      from: "2025-01-01",
    });
    expect(parseRecurringCost("staff 0.6 FTE at 62,000/year")).toEqual({
      kind: "staff",
      amount: "62000",
      fte: "0.6",
      every: "year",
    });
    expect(
      parseRecurringCost("set_up 4500.50 USD once from 2025-02-01 to 2025-02-28 for HubSpot Pro"),
    ).toEqual({
      kind: "set_up",
      amount: "4500.50",
      currency: "USD",
      every: "once",
      from: "2025-02-01",
      to: "2025-02-28",
      tool: "HubSpot Pro",
    });
    expect(parseRecurringCost("agency 1,250.75 GBP per quarter").every).toBe("quarter");
  });

  it.each([
    "nonsense",
    "licence 900 EUR monthly from yesterday",
    "licence 900 EUR monthly from 2025-02-30",
    "wages 900 EUR monthly",
    "licence 900 XYZ monthly",
    "licence 900 EUR monthly from 2025-02-01 to 2025-01-01",
    { kind: "licence", amount: -1 },
    { kind: "licence", amount: 1, colour: "red" },
    null,
  ])("refuse %j", (entry) => {
    expect(() => parseRecurringCost(entry)).toThrow(
      expect.objectContaining({ code: "cost_invalid" }),
    );
  });

  it("give a row per month with the whole amount", () => {
    expect(rowsOf("licence 900 EUR monthly from 2025-01-01 to 2025-03-31")).toEqual([
      ["2025-01-01", "2025-01-31", "900.000000"],
      ["2025-02-01", "2025-02-28", "900.000000"],
      ["2025-03-01", "2025-03-31", "900.000000"],
    ]);
  });

  it("spread a year over its months by their days, to the millionth", () => {
    const rows = expandRecurringCost(parseRecurringCost("staff 0.6 FTE at 62,000/year"), span);
    expect(rows).toHaveLength(12);
    expect(rows[0]?.amount).toBe("3159.452079");
    expect(total(rows)).toBe(37_200_000_000n);
  });

  it("split a month that starts inside a calendar month, and stop where they end", () => {
    expect(rowsOf("licence 310 EUR monthly from 2025-01-15 to 2025-02-17")).toEqual([
      ["2025-01-15", "2025-01-31", "170.000000"],
      ["2025-02-01", "2025-02-14", "140.000000"],
      ["2025-02-15", "2025-02-17", "33.214287"],
    ]);
  });

  it("add up to the amount exactly, and do not change when time goes on", () => {
    const entry = fc.record({
      cents: fc.integer({ min: 1, max: 10_000_000 }),
      every: fc.constantFrom("month" as const, "quarter" as const, "year" as const),
      start: fc.integer({ min: 0, max: 700 }),
      shown: fc.integer({ min: 0, max: 800 }),
    });
    fc.assert(
      fc.property(entry, ({ cents, every, start, shown }) => {
        const from = addDays("2024-01-01", start);
        const cost = parseRecurringCost({
          kind: "licence",
          amount: (cents / 100).toFixed(2),
          every,
          from,
        });
        const year = expandRecurringCost(cost, {
          ...span,
          until: addDays(`${Number(from.slice(0, 4)) + 1}${from.slice(4)}`, -1),
        });
        const times = { month: 12n, quarter: 4n, year: 1n }[every];
        expect(total(year)).toBe(BigInt(cents) * 10_000n * times);
        const early = expandRecurringCost(cost, {
          ...span,
          until: addDays(from, Math.min(shown, 364)),
        });
        expect(year.slice(0, early.length - 1)).toEqual(early.slice(0, -1));
      }),
    );
  });
});
