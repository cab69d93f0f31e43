import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  compareExact,
  divide,
  divideHalfEven,
  exactOf,
  fraction,
  multiply,
  parseExact,
  roundExact,
  subtract,
  toDecimal,
  toExactDecimal,
  toNumber,
  unitsToText,
  zero,
} from "../../src/ledger/exact.ts";

const rational = fc
  .tuple(fc.bigInt(-(10n ** 24n), 10n ** 24n), fc.bigInt(1n, 10n ** 12n))
  .map(([numerator, denominator]) => fraction(numerator, denominator));

describe("exact numbers", () => {
  it("reads decimal text without losing a digit", () => {
    expect(parseExact("0.1")).toEqual({ numerator: 1n, denominator: 10n });
    expect(parseExact("-123456789012345678.000001").numerator).toBe(-123456789012345678000001n);
    expect(parseExact("1.5e3")).toEqual(fraction(1500n));
    expect(parseExact("1E-3")).toEqual(fraction(1n, 1000n));
    expect(exactOf(0.1)).toEqual(fraction(1n, 10n));
    expect(toExactDecimal(exactOf(1e-7))).toBe("0.0000001");
  });

  it.each(["", "abc", "1,5", "1.2.3", "--1", "NaN", "Infinity", "."])("refuses %j", (text) => {
    expect(() => parseExact(text)).toThrow(RangeError);
  });

  it("adds tenths exactly, which doubles do not", () => {
    expect(toExactDecimal(add(parseExact("0.1"), parseExact("0.2")))).toBe("0.3");
  });

  it("gives no value for a division by zero", () => {
    expect(divide(fraction(1n), zero)).toBeNull();
    expect(() => fraction(1n, 0n)).toThrow(RangeError);
  });

  it.each([
    ["0.5", 0, "0"],
    ["1.5", 0, "2"],
    ["2.5", 0, "2"],
    ["-0.5", 0, "0"],
    ["-1.5", 0, "-2"],
    ["-2.5", 0, "-2"],
    ["2.345", 2, "2.34"],
    ["2.355", 2, "2.36"],
    ["2.3450001", 2, "2.35"],
    ["-0.004", 2, "0.00"],
    ["1005", 0, "1005"],
    ["0.000001", 6, "0.000001"],
  ])("rounds %s at %i decimals to %s, halves to even", (text, digits, expected) => {
    expect(toDecimal(parseExact(text), digits)).toBe(expected);
  });

  it("writes endless decimals only when told how many", () => {
    expect(toExactDecimal(fraction(1n, 3n))).toBeNull();
    expect(toDecimal(fraction(1n, 3n), 4)).toBe("0.3333");
    expect(toDecimal(fraction(2n, 3n), 4)).toBe("0.6667");
    expect(toNumber(fraction(1n, 3n))).toBe(1 / 3);
  });

  it("writes units as text", () => {
    expect(unitsToText(-5n, 2)).toBe("-0.05");
    expect(unitsToText(123n, 0)).toBe("123");
  });

  it("obeys the laws of arithmetic", () => {
    fc.assert(
      fc.property(rational, rational, rational, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(subtract(add(a, b), b)).toEqual(a);
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        const quotient = divide(a, b);
        if (quotient) expect(multiply(quotient, b)).toEqual(a);
        expect(compareExact(a, b)).toBe(compareExact(subtract(a, b), zero));
      }),
    );
  });

  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 12 }), (units, digits) => {
        const value = fraction(units, 10n ** BigInt(digits));
        expect(parseExact(toDecimal(value, digits))).toEqual(value);
      }),
    );
  });

  it("rounds to within half a unit, the same for both signs", () => {
    fc.assert(
      fc.property(rational, fc.integer({ min: 0, max: 8 }), (value, digits) => {
        const error = subtract(roundExact(value, digits), value);
        const half = fraction(1n, 2n * 10n ** BigInt(digits));
        expect(compareExact(multiply(error, error), multiply(half, half))).toBeLessThanOrEqual(0);
        expect(divideHalfEven(-value.numerator, value.denominator)).toBe(
          -divideHalfEven(value.numerator, value.denominator),
        );
      }),
    );
  });
});
