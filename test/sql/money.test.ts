import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fraction, multiply, parseExact, toDecimal } from "../../src/ledger/exact.ts";
import { literal, sql } from "../../src/sql/fragment.ts";
import { openDuckdb } from "../../src/store/duckdb.ts";
import type { Store } from "../../src/store/store.ts";

let store: Store;
beforeAll(async () => {
  store = await openDuckdb(":memory:");
});
afterAll(() => store.close());

async function converted(amount: string, rate: string, digits: number): Promise<string> {
  const { convertMoney, moneyFromText, rateOf } = store.dialect;
  const value = convertMoney(moneyFromText(sql`${amount}`), rateOf(sql`${rate}`), literal(digits));
  const [row] = await store.query(sql`SELECT ${value} AS "value"`);
  return String(row?.value);
}

describe("money × rate on the engine", () => {
  it.each([
    ["2.5", "1", 0, "2.000000"],
    ["3.5", "1", 0, "4.000000"],
    ["-2.5", "1", 0, "-2.000000"],
    ["-3.5", "1", 0, "-4.000000"],
    ["0.125", "1", 2, "0.120000"],
    ["0.135", "1", 2, "0.140000"],
    ["10.00", "0.853", 2, "8.530000"],
  ] as const)(
    "rounds %s × %s half to even at %i decimals",
    async (amount, rate, digits, expected) => {
      expect(await converted(amount, rate, digits)).toBe(expected);
    },
  );

  // 1,000,000,000 IDR at 17,800 IDR for one EUR: 56,179.775… EUR.
  it("keeps the cents of currencies with small units", async () => {
    const { divideRates, rateOf } = store.dialect;
    const rate = divideRates(rateOf(sql`'1'`), rateOf(sql`'17800'`));
    const [row] = await store.query(sql`SELECT CAST(${rate} AS VARCHAR) AS "rate"`);
    expect(await converted("1000000000", String(row?.rate), 2)).toBe("56179.780000");
  });

  it("agrees with exact fractions for any amount and rate", async () => {
    const micros = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
    const rates = fc.bigInt({ min: 1n, max: 10n ** 20n });
    await fc.assert(
      fc.asyncProperty(
        micros,
        rates,
        fc.integer({ min: 0, max: 4 }),
        async (amount, rate, digits) => {
          const exactAmount = fraction(amount, 10n ** 6n);
          const exactRate = fraction(rate, 10n ** 15n);
          const expected = toDecimal(multiply(exactAmount, exactRate), digits);
          const found = await converted(
            toDecimal(exactAmount, 6),
            toDecimal(exactRate, 15),
            digits,
          );
          expect(toDecimal(parseExact(found), digits)).toBe(expected);
        },
      ),
      { numRuns: 60, seed: 11 },
    );
  });
});
