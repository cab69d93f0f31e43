import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadRawTable } from "../../src/intake/load.ts";
import type { Receipt } from "../../src/intake/raw-table.ts";
import { defaultSettings, type Settings } from "../../src/ledger/settings.ts";
import {
  clickId,
  constant,
  currency,
  day,
  filled,
  first,
  header,
  money,
  number,
  ordinal,
  product,
  share,
  sum,
  text,
  time,
  total,
  urlParameter,
} from "../../src/sources/expressions.ts";
import type { Expression, Source } from "../../src/sources/source.ts";
import type { Cell, Store } from "../../src/store/store.ts";
import { emptyTables, emptyWorkspace, rawTable, rowsOf } from "../intake/raw-rows.ts";

let store: Store;
beforeAll(async () => {
  store = await emptyWorkspace();
});
afterAll(() => store.close());

const settings: Settings = { ...defaultSettings, time_zone: "Europe/Berlin" };

/** Values of one ledger column of costs or carts, for texts in one column of a file. */
async function convert(
  into: { readonly table: "costs" | "carts"; readonly column: string },
  expression: Expression,
  rows: readonly (readonly (string | null)[])[],
  more: Partial<Source> & { readonly columns?: readonly string[] } = {},
): Promise<{ readonly values: readonly Cell[]; readonly receipt: Receipt }> {
  await emptyTables(store);
  const columns = more.columns ?? ["v"];
  const raw = await rawTable(
    store,
    ["n", ...columns],
    rows.map((row, index) => [String(index), ...row]),
  );
  const required: Readonly<Record<string, Expression>> =
    into.table === "costs"
      ? { from_day: day(constant("2024-01-01")), amount: money(constant("0")), note: text("n") }
      : { cart: text("n"), created_at: time(constant("2024-01-01")) };
  const source: Source = {
    id: "test/values",
    vendor: "Test",
    title: "Values",
    ...more,
    columns: ["n"],
    record: [
      { into: into.table, key: [text("n")], set: { ...required, [into.column]: expression } },
    ],
  };
  const receipt = await loadRawTable(store, {
    rawTable: raw,
    source,
    settings,
    clock: () => new Date(0),
  });
  const id = into.table === "costs" ? "note" : "cart";
  const found = await rowsOf(
    store,
    `SELECT ${into.column} AS value FROM ledger.${into.table} ORDER BY CAST(${id} AS INTEGER)`,
  );
  return { values: found.map((row) => row.value ?? null), receipt };
}

const lines = (...values: readonly (string | null)[]) => values.map((value) => [value]);
const times = async (
  values: readonly (string | null)[],
  more: Partial<Source> = {},
  options = {},
) =>
  convert({ table: "carts", column: "abandoned_at" }, time("v", options), lines(...values), more);
const amounts = async (values: readonly string[], unit?: "micros" | "cents") =>
  convert({ table: "costs", column: "amount" }, money("v", unit), lines(...values));
const numbers = async (values: readonly string[]) =>
  convert({ table: "costs", column: "clicks" }, number("v"), lines(...values));

describe("times in a file", () => {
  it("are read as ISO with or without a zone of their own", async () => {
    const { values } = await times([
      "2024-03-05T10:00:00Z",
      "2024-03-05T10:00:00+02:00",
      "2024-03-05 10:00:00 +0200",
      "2024-03-05 10:00:00 UTC",
      "2024-03-05 10:00",
      "2024-03-05",
      "2024-03-05T10:00:00.123456",
    ]);
    expect(values).toEqual([
      "2024-03-05 10:00:00",
      "2024-03-05 08:00:00",
      "2024-03-05 08:00:00",
      "2024-03-05 10:00:00",
      "2024-03-05 10:00:00",
      "2024-03-05 00:00:00",
      "2024-03-05 10:00:00.123456",
    ]);
  });

  it("without a zone lie in the source's zone, with one in their own", async () => {
    const { values } = await times(["2024-07-01 12:00:00", "2024-07-01T12:00:00Z"], {
      zone: "America/New_York",
    });
    expect(values).toEqual(["2024-07-01 16:00:00", "2024-07-01 12:00:00"]);
    const own = await times(["2024-07-01 12:00:00"], {}, { zone: "workspace" });
    expect(own.values).toEqual(["2024-07-01 10:00:00"]);
  });

  it("skipped by the clock count with the offset before, doubled ones as the later", async () => {
    const { values } = await times(["2024-03-31 02:30:00", "2024-10-27 02:30:00"], {
      zone: "Europe/Berlin",
    });
    expect(values).toEqual(["2024-03-31 01:30:00", "2024-10-27 01:30:00"]);
  });

  it.each([
    ["12/31/2024 11:05 PM", "2024-12-31 23:05:00"],
    ["31.12.2024 23:05", "2024-12-31 23:05:00"],
    ["31-12-24", "2024-12-31 00:00:00"],
    ["31/12/2024, 23:05:09", "2024-12-31 23:05:09"],
    ["Tue, 31 Dec 2024 23:05:00 +0100", "2024-12-31 22:05:00"],
    ["Tue, 31 Dec 2024 23:05:00 GMT", "2024-12-31 23:05:00"],
    ["Dec 31, 2024 at 11:05 pm", "2024-12-31 23:05:00"],
    ["31 December 2024", "2024-12-31 00:00:00"],
    ["2024/12/31 23:05", "2024-12-31 23:05:00"],
    ["2024年12月31日", "2024-12-31 00:00:00"],
    ["20241231", "2024-12-31 00:00:00"],
    ["2024123123", "2024-12-31 23:00:00"],
    ["20241231230509", "2024-12-31 23:05:09"],
    ["1735686300", "2024-12-31 23:05:00"],
    ["1735686300123", "2024-12-31 23:05:00.123"],
    ["1735686300123456", "2024-12-31 23:05:00.123456"],
  ])("%s is %s", async (given, expected) => {
    const { values, receipt } = await times([given]);
    expect(values).toEqual([expected]);
    expect(receipt.warnings).toEqual([]);
  });

  it("have one order of day and month per column, told by the numbers above 12", async () => {
    const dayFirst = await times(["03/04/2024", "25/04/2024"]);
    expect(dayFirst.values).toEqual(["2024-04-03 00:00:00", "2024-04-25 00:00:00"]);
    const monthFirst = await times(["03/04/2024", "04/25/2024"]);
    expect(monthFirst.values).toEqual(["2024-03-04 00:00:00", "2024-04-25 00:00:00"]);
    expect(monthFirst.receipt.warnings).toEqual([]);
  });

  it("that nothing tells are month first with slashes and day first with dots, with a warning", async () => {
    const slashes = await times(["03/04/2024"]);
    expect(slashes.values).toEqual(["2024-03-04 00:00:00"]);
    expect(slashes.receipt.warnings).toEqual([
      { code: "dates_ambiguous", params: { field: "v", sample: "03/04/2024" } },
    ]);
    expect((await times(["03.04.2024"])).values).toEqual(["2024-04-03 00:00:00"]);
    const told = await times(["03/04/2024"], { dayFirst: true });
    expect(told.values).toEqual(["2024-04-03 00:00:00"]);
    expect(told.receipt.warnings).toEqual([]);
  });

  it("with a stated unit are epoch numbers", async () => {
    const { values } = await times(["1735686300", "1735686300.25"], {}, { unit: "seconds" });
    expect(values).toEqual(["2024-12-31 23:05:00", "2024-12-31 23:05:00.25"]);
  });

  it("that cannot be read reject their row with the value; zero dates and such are missing", async () => {
    const { values, receipt } = await times([
      "2024-02-30",
      "infinity",
      "epoch",
      "soon",
      "0000-00-00 00:00:00",
      "NULL",
      "",
      null,
    ]);
    expect(values).toEqual([null, null, null, null]);
    expect(receipt.rejected).toBe(4);
    expect(receipt.reasons).toEqual([
      {
        code: "not_a_time",
        field: "v",
        count: 4,
        line: 1,
        reason: "not a date or time that can be read: 2024-02-30",
      },
    ]);
  });

  it("become days as written, or the workspace's day when they name a zone", async () => {
    const { values } = await convert(
      { table: "costs", column: "to_day" },
      day("v"),
      lines("2024-03-05 23:30:00", "2024-03-05T23:30:00Z", "05.03.2024"),
    );
    expect(values).toEqual(["2024-03-05", "2024-03-06", "2024-03-05"]);
  });
});

describe("amounts in a file", () => {
  it("are read with decimal points, thousands, signs and currencies", async () => {
    const { values, receipt } = await amounts([
      "1234.5",
      "1,234.56",
      "$1,234,567.89",
      "(12.00)",
      "12.00-",
      "-$5.10",
      "$-5.10",
      "1'234.56",
      "EUR 7.25",
      "7.25 €",
      "１２.５",
      ".5",
      "+3",
    ]);
    expect(receipt.rejected).toBe(0);
    expect(values).toEqual([
      "1234.500000",
      "1234.560000",
      "1234567.890000",
      "-12.000000",
      "-12.000000",
      "-5.100000",
      "-5.100000",
      "1234.560000",
      "7.250000",
      "7.250000",
      "12.500000",
      "0.500000",
      "3.000000",
    ]);
  });

  it("have a decimal comma when the column shows one", async () => {
    const { values, receipt } = await amounts([
      "1.234,56",
      "0,5",
      "1.234",
      "1 234,50",
      "1\u00a0234,50 €",
      "1.234.567",
      "12",
    ]);
    expect(receipt).toMatchObject({ rejected: 0, warnings: [] });
    expect(values).toEqual([
      "1234.560000",
      "0.500000",
      "1234.000000",
      "1234.500000",
      "1234.500000",
      "1234567.000000",
      "12.000000",
    ]);
  });

  it("that nothing tells have thousands, with a warning", async () => {
    const { values, receipt } = await amounts(["1,234", "5"]);
    expect(values).toEqual(["1234.000000", "5.000000"]);
    expect(receipt.warnings).toEqual([
      { code: "numbers_ambiguous", params: { field: "v", sample: "1,234" } },
    ]);
  });

  it("in micros and cents are divided exactly, also large ones", async () => {
    expect((await amounts(["1", "12345678", "123456789012345678"], "micros")).values).toEqual([
      "0.000001",
      "12.345678",
      "123456789012.345678",
    ]);
    expect((await amounts(["1", "-1999"], "cents")).values).toEqual(["0.010000", "-19.990000"]);
  });

  it("in scientific notation count only when they are exact", async () => {
    const { values, receipt } = await amounts(["1.5e3", "1e-7", "2E-2"]);
    expect(values).toEqual(["1500.000000", "0.020000"]);
    expect(receipt.reasons).toMatchObject([
      { code: "not_an_amount", reason: "not an amount: 1e-7" },
    ]);
  });

  it("that are none reject their row", async () => {
    const { receipt } = await amounts(["12x", "1,23,4", "--5", "nan", "1.2.3", "9999999999999999"]);
    expect(receipt.rejected).toBe(6);
  });

  it("stay exact in sums, products and shares", async () => {
    const of = (expression: Expression, cells: readonly string[]) =>
      convert({ table: "costs", column: "amount" }, expression, [cells], {
        columns: ["a", "b", "c"],
      });
    expect((await of(sum(money("a"), money("b")), ["0.1", "0.2", ""])).values).toEqual([
      "0.300000",
    ]);
    expect((await of(sum(money("a"), money("b")), ["0.1", "", ""])).values).toEqual(["0.100000"]);
    expect((await of(product(money("a"), number("b")), ["0.07", "3", ""])).values).toEqual([
      "0.210000",
    ]);
    expect((await of(share(money("a"), money("b"), money("c")), ["100", "1", "3"])).values).toEqual(
      ["33.333333"],
    );
  });
});

describe("numbers in a file", () => {
  it("may be percentages and have separators", async () => {
    const { values } = await numbers(["12.5%", "1,200.5", "1e3", "7"]);
    expect(values).toEqual([0.125, 1200.5, 1000, 7]);
  });

  it("are finite", async () => {
    const { receipt } = await numbers(["inf", "1e999"]);
    expect(receipt.reasons).toMatchObject([{ code: "not_a_number", count: 2 }]);
  });
});

describe("texts in a file", () => {
  const note = (
    expression: Expression,
    rows: readonly (readonly (string | null)[])[],
    columns = ["v"],
    more: Partial<Source> = {},
  ) => convert({ table: "costs", column: "campaign" }, expression, rows, { ...more, columns });

  it("are trimmed, and placeholders mean nothing", async () => {
    const { values } = await note(text("v"), lines(" a\u00a0", "", "Select", "  ", "b"), ["v"], {
      placeholders: ["select"],
    });
    expect(values).toEqual(["a", null, null, null, "b"]);
  });

  it("are found under names that differ in case, spaces, dots, dashes and underscores", async () => {
    expect((await note(text("utm_campaign"), [["x"]], ["UTM Campaign"])).values).toEqual(["x"]);
    expect(
      (await note(header("Amount spent (*)"), [["1"]], ["Amount spent (EUR)"])).values,
    ).toEqual(["EUR"]);
  });

  it("inside JSON are reached by keys and places; broken JSON is nothing", async () => {
    const rows = lines('{"a":{"b":[{"c":"x"}]}}', "{broken", "{}");
    expect((await note(text("v", "a", "b", "0", "c"), rows)).values).toEqual(["x", null, null]);
  });

  it("of addresses give parameters and kinds of click ids", async () => {
    const address = "https://x.example/?utm_source=a%20b+c&GCLID=1#utm_term=t";
    expect((await note(urlParameter("v", "utm_source"), [[address]])).values).toEqual(["a b c"]);
    expect((await note(clickId("v"), [[address]])).values).toEqual(["gclid"]);
  });

  it("of currencies become codes, unknown ones stay with a warning", async () => {
    const { values, receipt } = await convert(
      { table: "costs", column: "currency" },
      currency("v"),
      lines("€", "usd", "Rp", "XYZ"),
    );
    expect(values).toEqual(["EUR", "USD", "IDR", "XYZ"]);
    expect(receipt.warnings).toEqual([{ code: "unknown_currency", params: { currency: "XYZ" } }]);
  });

  it("are filled from other rows of their group, numbered and added up within it", async () => {
    const rows = [
      ["A", "x", "1.10"],
      ["A", null, "2.20"],
      ["B", null, "5"],
      [null, null, "7"],
    ];
    const columns = ["g", "t", "m"];
    expect((await note(filled("t", "g"), rows, columns)).values).toEqual(["x", "x", null, null]);
    expect((await note(ordinal("g"), rows, columns)).values).toEqual(["1", "2", "1", "1"]);
    const sums = await convert({ table: "costs", column: "amount" }, total(money("m"), "g"), rows, {
      columns,
    });
    expect(sums.values).toEqual(["3.300000", "3.300000", "5.000000", "7.000000"]);
  });

  it("take the first that is there", async () => {
    expect(
      (
        await note(
          first("a", "b"),
          [
            [null, "2"],
            ["1", "2"],
          ],
          ["a", "b"],
        )
      ).values,
    ).toEqual(["2", "1"]);
  });
});
