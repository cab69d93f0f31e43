import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  csvValue,
  type FigureLocale,
  printDelta,
  printFigure,
  printGroup,
} from "../../src/figures/print.ts";

const locales = ["en", "zh-Hans", "zh-Hant", "id"] as const satisfies readonly FigureLocale[];

/** Spaces as Intl writes them differ between releases; they are made plain before comparing. */
const plain = (text: string) => text.replaceAll(/\s/g, " ");

const printed = (value: string | null, unit: string, currency?: string) =>
  locales.map((locale) =>
    plain(printFigure({ value, unit, ...(currency ? { currency } : {}) }, locale)),
  );

describe("printing figures", () => {
  it("keeps every digit of money, and the currency's decimals", () => {
    expect(printed("12345678901234567.895", "money", "EUR")).toEqual([
      "€12,345,678,901,234,567.90",
      "€12,345,678,901,234,567.90",
      "€12,345,678,901,234,567.90",
      "€12.345.678.901.234.567,90",
    ]);
    expect(printed("1234.5", "money", "JPY")[0]).toBe("¥1,234");
    expect(printed("1.2345", "money", "KWD")[0]).toBe("KWD 1.234");
  });

  it("never prints Taiwan dollars as a bare $", () => {
    expect(printed("1234.5", "money", "TWD")).toEqual([
      "NT$1,234.50",
      "NT$1,234.50",
      "NT$1,234.50",
      "NT$1.234,50",
    ]);
  });

  it("prints shares with one decimal, small ones with two", () => {
    expect(printed("0.1234", "percent")).toEqual(["12.3%", "12.3%", "12.3%", "12,3%"]);
    expect(printed("0.0004", "percent")[0]).toBe("0.04%");
    expect(printed("0", "percent")[0]).toBe("0.0%");
  });

  it("rounds halves to even", () => {
    expect(printed("0.005", "money", "EUR")[0]).not.toBe("€0.01");
    expect(printed("2.345", "money", "EUR")[0]).toBe("€2.34");
    expect(printed("2.355", "money", "EUR")[0]).toBe("€2.36");
  });

  it("shows small money with more decimals instead of as nothing", () => {
    expect(printed("0.0031", "money", "USD")[0]).toBe("$0.0031");
  });

  it("names units of time in the language", () => {
    expect(printed("12.54", "hours")).toEqual(["12.5 hours", "12.5小时", "12.5 小時", "12,5 jam"]);
    expect(printed("1", "days")).toEqual(["1 day", "1天", "1 天", "1 hari"]);
  });

  it("prints a dash where there is no value and words for flags", () => {
    expect(printed(null, "money", "EUR")).toEqual(["–", "–", "–", "–"]);
    expect(printed("1", "flag")).toEqual(["yes", "是", "是", "ya"]);
    expect(csvValue({ value: null })).toBe("");
    expect(csvValue({ value: "1234.5" })).toBe("1234.5");
    expect(printGroup(null, "en")).toBe("(none)");
  });

  it("prints changes with their sign: points for shares, percent for the rest", () => {
    const comparison = { kind: "previous", value: "1", betterWhen: "up" } as const;
    const points = { ...comparison, delta: "-0.0123", deltaUnit: "pp" } as const;
    const share = { ...comparison, delta: "0.1234", deltaUnit: "percent" } as const;
    const none = { ...comparison, delta: null, deltaUnit: "percent" } as const;
    expect(printDelta({ unit: "percent", comparison: points }, "en")).toBe("-1.2 pp");
    expect(printDelta({ unit: "percent", comparison: points }, "zh-Hant")).toBe("-1.2 個百分點");
    expect(plain(printDelta({ unit: "money", comparison: share }, "id"))).toBe("+12,3%");
    expect(printDelta({ unit: "money", comparison: none }, "en")).toBe("–");
    expect(printDelta({ unit: "money" }, "en")).toBe("–");
  });

  it("never writes minus zero and loses no digit of a whole number", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (value) => {
        const text = printFigure({ value: String(value), unit: "count" }, "en");
        expect(text.replaceAll(",", "")).toBe(String(value));
      }),
    );
    expect(printFigure({ value: "-0.0000000001", unit: "ratio" }, "en")).toBe("0.00");
  });
});
