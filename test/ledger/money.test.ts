import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExact } from "../../src/ledger/exact.ts";
import {
  allocate,
  convertMoney,
  isCurrency,
  minorDigitsOf,
  moneyText,
  parseMoney,
  roundMoney,
} from "../../src/ledger/money.ts";

describe("money", () => {
  it("knows the minor unit of each currency", () => {
    expect(["JPY", "EUR", "KWD", "CLF", "IDR", "TWD"].map(minorDigitsOf)).toEqual([
      0, 2, 3, 4, 2, 2,
    ]);
    expect(isCurrency("XYZ")).toBe(false);
    expect(() => minorDigitsOf("XYZ")).toThrow("unknown currency: XYZ");
  });

  it("reads and writes exact text", () => {
    expect(parseMoney("12.500000", "EUR")).toEqual({ micros: 12_500_000n, currency: "EUR" });
    expect(moneyText(parseMoney("12.5", "EUR"))).toBe("12.50");
    expect(moneyText(parseMoney("-0.000001", "EUR"))).toBe("-0.000001");
    expect(moneyText(parseMoney("1200", "JPY"))).toBe("1200");
    expect(moneyText(parseMoney("1.25", "KWD"))).toBe("1.250");
    expect(moneyText(parseMoney("999999999999.999999", "USD"))).toBe("999999999999.999999");
    expect(() => parseMoney("0.0000001", "EUR")).toThrow("finer than a millionth");
  });

  it.each([
    ["0.125", "EUR", "0.12"],
    ["0.135", "EUR", "0.14"],
    ["-0.125", "EUR", "-0.12"],
    ["2.5", "JPY", "2"],
    ["3.5", "JPY", "4"],
    ["0.0005", "KWD", "0.000"],
    ["0.0015", "KWD", "0.002"],
  ])("rounds %s %s to %s, halves to even", (text, currency, expected) => {
    expect(moneyText(roundMoney(parseMoney(text, currency)))).toBe(expected);
  });

  it("converts with one rounding", () => {
    expect(moneyText(convertMoney(parseMoney("10", "USD"), parseExact("0.92345"), "EUR"))).toBe(
      "9.23",
    );
    expect(moneyText(convertMoney(parseMoney("0.5", "USD"), parseExact("0.25"), "EUR"))).toBe(
      "0.12",
    );
    expect(moneyText(convertMoney(parseMoney("100", "EUR"), parseExact("163.455"), "JPY"))).toBe(
      "16346",
    );
  });
});

describe("allocation by largest remainder", () => {
  it.each([
    [1003n, [49, 51], [491n, 512n]],
    [5n, [100, 101, 100, 100], [1n, 2n, 1n, 1n]],
    [613n, [98, 92, 98, 123, 102, 92], [99n, 93n, 99n, 125n, 104n, 93n]],
    [-100n, [1, 1, 1], [-34n, -33n, -33n]],
    [9999n, [75, 25], [7499n, 2500n]],
    [10n, [0, 1, 0], [0n, 10n, 0n]],
    [100n, [0.1, 0.2], [33n, 67n]],
  ])("splits %s by %j", (total, weights, expected) => {
    expect(allocate(total, weights)).toEqual(expected);
  });

  it("refuses weights that cannot share anything", () => {
    expect(() => allocate(1n, [0, 0])).toThrow(RangeError);
    expect(() => allocate(1n, [1, -1])).toThrow(RangeError);
    expect(allocate(0n, [0, 0])).toEqual([0n, 0n]);
  });

  it("always adds up, stays within one unit of the exact share and gives zero weights nothing", () => {
    const weights = fc
      .array(fc.nat(1000), { minLength: 1, maxLength: 12 })
      .filter((all) => all.some((w) => w > 0));
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), weights, (total, all) => {
        const parts = allocate(total, all);
        const sum = BigInt(all.reduce((a, b) => a + b, 0));
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        parts.forEach((part, index) => {
          const weight = BigInt(all[index] ?? 0);
          const off = part * sum - total * weight;
          expect(off < sum && off > -sum).toBe(true);
          if (weight === 0n) expect(part).toBe(0n);
        });
      }),
    );
  });
});
