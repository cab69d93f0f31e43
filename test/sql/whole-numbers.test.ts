import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { literal, raw, type Sql, sql } from "../../src/sql/fragment.ts";
import { openDuckdb } from "../../src/store/duckdb.ts";
import type { Store } from "../../src/store/store.ts";

let store: Store;
beforeAll(async () => {
  store = await openDuckdb(":memory:");
});
afterAll(() => store.close());

/** A value of the engine as text, and its type. */
async function shown(value: Sql): Promise<readonly [string, string]> {
  const [row] = await store.query(
    sql`SELECT CAST(v AS VARCHAR) AS "value", typeof(v) AS "type" FROM (SELECT ${value} AS v) AS t`,
  );
  return [String(row?.value), String(row?.type)];
}

const whole = (value: bigint): Sql => raw(`CAST(${value} AS BIGINT)`);
const money = (text: string): Sql => sql`CAST(${text} AS DECIMAL(18,6))`;

describe("money in minor units on the engine", () => {
  it.each([
    ["12.34", 2, "1234"],
    ["-0.01", 2, "-1"],
    ["1250", 0, "1250"],
    ["1.234", 3, "1234"],
    ["9999999999.99", 2, "999999999999"],
  ] as const)("makes %s with %i decimals %s, and back", async (amount, digits, units) => {
    const { minorUnits, moneyOfUnits } = store.dialect;
    expect(await shown(minorUnits(money(amount), digits))).toEqual([units, "BIGINT"]);
    const [value, type] = await shown(moneyOfUnits(whole(BigInt(units)), digits));
    expect([Number(value), type]).toEqual([Number(amount), "DECIMAL(18,6)"]);
  });

  it("goes back and forth for every amount", async () => {
    const { minorUnits, moneyOfUnits } = store.dialect;
    const digits = fc.constantFrom(0, 2, 3, 6);
    await fc.assert(
      fc.asyncProperty(fc.bigInt(-(10n ** 11n), 10n ** 11n), digits, async (units, decimals) => {
        const back = minorUnits(moneyOfUnits(whole(units), decimals), decimals);
        expect(await shown(back)).toEqual([String(units), "BIGINT"]);
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});

describe("whole numbers on the engine", () => {
  it("divides without a remainder", async () => {
    const { quotient } = store.dialect;
    expect(await shown(quotient(whole(17n), whole(5n)))).toEqual(["3", "BIGINT"]);
    expect(await shown(quotient(whole(15n), whole(5n)))).toEqual(["3", "BIGINT"]);
    expect(await shown(quotient(whole(0n), whole(5n)))).toEqual(["0", "BIGINT"]);
  });

  it("takes a portion and its remainder exactly, however large the product", async () => {
    const { portion, portionRest } = store.dialect;
    const large = fc.bigInt(0n, 10n ** 18n);
    const total = fc.oneof(large, fc.bigInt(0n, 4_000_000_000n));
    const parts = fc.tuple(total, total).map(([weight, rest]) => [weight, weight + rest] as const);
    await fc.assert(
      fc.asyncProperty(total, parts, async (of, [weight, sum]) => {
        const by = sum === 0n ? 1n : sum;
        const [quotient] = await shown(portion(whole(of), whole(weight), whole(by)));
        const [rest] = await shown(portionRest(whole(of), whole(weight), whole(by)));
        expect([quotient, rest].map(BigInt)).toEqual([(of * weight) / by, (of * weight) % by]);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it("rounds a number to a whole one", async () => {
    const { wholeOf } = store.dialect;
    expect(await shown(wholeOf(sql`2.6::DOUBLE`))).toEqual(["3", "BIGINT"]);
    expect(await shown(wholeOf(sql`999999999.9999::DOUBLE`))).toEqual(["1000000000", "BIGINT"]);
  });

  it("computes in 128 bits where it is told to, and comes back to 64", async () => {
    const { wideWhole, whole: narrow } = store.dialect;
    const product = sql`${wideWhole(whole(10n ** 18n))} * ${whole(10n ** 9n)}`;
    expect(await shown(product)).toEqual([String(10n ** 27n), "HUGEINT"]);
    const back = narrow(sql`(${product}) // ${wideWhole(whole(10n ** 9n))}`);
    expect(await shown(back)).toEqual([String(10n ** 18n), "BIGINT"]);
  });
});

describe("lists on the engine", () => {
  const numbers = raw("[30, 10, 20]");

  it("are sorted, put together of rows, and taken apart again", async () => {
    const { lists } = store.dialect;
    expect((await shown(lists.ascending(numbers)))[0]).toBe("[10, 20, 30]");
    const values = sql`(SELECT ${lists.sorted(sql`x`)} FROM (VALUES (2), (3), (1)) AS t(x))`;
    expect((await shown(values))[0]).toBe("[1, 2, 3]");
    const rows = await store.query(sql`SELECT ${lists.rows(numbers)} AS n`);
    expect(rows.map((row) => Number(row.n))).toEqual([30, 10, 20]);
  });

  it("count places from 1, and have nothing where there is no place", async () => {
    const { lists } = store.dialect;
    const at = async (place: number) => (await shown(lists.at(numbers, literal(place))))[0];
    expect([await at(1), await at(3), await at(4)]).toEqual(["30", "20", "null"]);
    expect((await shown(lists.placeOf(numbers, raw("20"))))[0]).toBe("3");
    expect((await shown(lists.length(numbers)))[0]).toBe("3");
    expect((await shown(lists.sum(numbers)))[0]).toBe("60");
    expect((await shown(lists.largest(raw("[1, NULL, 3]"))))[0]).toBe("3");
  });

  it("change each element by its place, and keep those for which a condition holds", async () => {
    const { lists } = store.dialect;
    const placed = lists.map(numbers, "x", (x, nth) => sql`${x} + ${nth}`);
    expect((await shown(placed))[0]).toBe("[31, 12, 23]");
    const large = lists.keep(numbers, "x", (x) => sql`${x} > 15`);
    expect((await shown(large))[0]).toBe("[30, 20]");
  });

  it("order records by their first value and then by the second", async () => {
    const { lists } = store.dialect;
    const record = lists.record({ a: sql`x`, b: sql`y` });
    const sorted = sql`(SELECT ${lists.sorted(record)} FROM (VALUES (2, 1), (1, 9), (1, 3)) AS t(x, y))`;
    const seconds = lists.map(sorted, "each", (each) => lists.valueOf(each, "b"));
    expect((await shown(seconds))[0]).toBe("[3, 9, 1]");
  });
});

describe("texts of a group in an order on the engine", () => {
  it("are put together, and found at either end", async () => {
    const { orderedTexts, textsOf, textAt } = store.dialect;
    const rows = sql`(VALUES (2, 5, 'direct'), (1, 9, 'social'), (2, 3, 'email')) AS t(a, b, name)`;
    const texts = sql`(SELECT ${orderedTexts(sql`name`, sql`a, b`)} FROM ${rows})`;
    expect((await shown(textsOf(texts, " > ")))[0]).toBe("social > email > direct");
    expect((await shown(textAt(texts, 1)))[0]).toBe("social");
    expect((await shown(textAt(texts, -1)))[0]).toBe("direct");
  });
});
