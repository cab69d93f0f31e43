import { divideHalfEven, type Exact, exactOf, multiply, parseExact, unitsToText } from "./exact.ts";

/** An amount in millionths of a currency's unit. */
export interface Money {
  readonly micros: bigint;
  /** ISO 4217 code. */
  readonly currency: string;
}

/** Decimals of the minor unit by ISO 4217; codes withdrawn since 2010 are kept, since old ledgers carry them. */
const codesByDigits = {
  0: "BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  2:
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF " +
    "CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL " +
    "HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL LTL LVL MAD MDL MGA MKD MMK MNT MOP " +
    "MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR " +
    "SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED " +
    "VEF VES WST XCD XCG YER ZAR ZMK ZMW ZWG ZWL",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
} as const;

/** Decimals of the minor unit of every known currency. */
export const minorDigits: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(codesByDigits).flatMap(([digits, codes]) =>
    codes.split(" ").map((code) => [code, Number(digits)]),
  ),
);

/** True for an ISO 4217 code that lastpenny can count in. */
export function isCurrency(code: string): boolean {
  return Object.hasOwn(minorDigits, code);
}

/**
 * Returns the decimals of a currency's minor unit: 0 for JPY, 2 for EUR, 3 for KWD.
 *
 * @param currency ISO 4217 code
 * @throws RangeError when the code is not known
 */
export function minorDigitsOf(currency: string): number {
  const digits = minorDigits[currency];
  if (digits === undefined) throw new RangeError(`unknown currency: ${currency}`);
  return digits;
}

/**
 * Reads decimal text as money, exactly.
 *
 * @param text such as "12.50" or the engine's "12.500000"
 * @param currency ISO 4217 code
 * @throws RangeError when the text is no number or finer than a millionth
 */
export function parseMoney(text: string, currency: string): Money {
  const { numerator, denominator } = multiply(parseExact(text), exactOf(1_000_000n));
  if (denominator !== 1n) throw new RangeError(`finer than a millionth of ${currency}: ${text}`);
  return { micros: numerator, currency };
}

/**
 * Writes money as exact decimal text: at least the minor unit, more decimals only where they are not zero.
 *
 * @param money the amount
 * @example moneyText({ micros: 12_500_000n, currency: "EUR" }) // "12.50"
 */
export function moneyText(money: Money): string {
  const least = minorDigitsOf(money.currency);
  const text = unitsToText(money.micros, 6);
  const kept = text.length - (6 - least);
  const zeros = /0*$/.exec(text.slice(kept))?.[0].length ?? 0;
  return text.slice(0, text.length - zeros).replace(/\.$/, "");
}

/**
 * Rounds to the currency's minor unit, halves to even.
 *
 * @param money the amount
 */
export function roundMoney(money: Money): Money {
  const step = 10n ** BigInt(6 - minorDigitsOf(money.currency));
  return { ...money, micros: divideHalfEven(money.micros, step) * step };
}

/**
 * Converts to another currency and rounds once, half to even, at its minor unit.
 *
 * @param money the amount
 * @param rate units of the other currency for one unit of this one
 * @param currency the other currency
 */
export function convertMoney(money: Money, rate: Exact, currency: string): Money {
  const step = 10n ** BigInt(6 - minorDigitsOf(currency));
  const units = divideHalfEven(money.micros * rate.numerator, rate.denominator * step);
  return { micros: units * step, currency };
}

/**
 * Splits a whole number by weights so that the parts add up to it (largest remainder, Hamilton's method).
 * Ties go to the earlier part; a negative total is split as its mirror image; a weight of zero gets nothing.
 *
 * As with every such method that stays within one unit of the exact share, a larger total can lower one part by a
 * unit (Balinski and Young 1982, Fair Representation).
 *
 * @param total minor units, micro-units or anything else that is counted whole
 * @param weights zero or more each, read exactly as they print
 * @throws RangeError when a weight is below zero, or all are zero while the total is not
 */
export function allocate(
  total: bigint,
  weights: readonly (number | bigint | string)[],
): readonly bigint[] {
  if (total < 0n) return allocate(-total, weights).map((part) => -part);
  const scaled = wholeWeights(weights);
  const sum = scaled.reduce((left, right) => left + right, 0n);
  if (sum === 0n) {
    if (total === 0n) return scaled;
    throw new RangeError(`nothing to allocate ${total} to: all weights are zero`);
  }
  const parts = scaled.map((weight) => (total * weight) / sum);
  const left = total - parts.reduce((a, b) => a + b, 0n);
  const favoured = scaled
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
    )
    .slice(0, Number(left));
  const extra = new Set(favoured.map(({ index }) => index));
  return parts.map((part, index) => (extra.has(index) ? part + 1n : part));
}

function wholeWeights(weights: readonly (number | bigint | string)[]): readonly bigint[] {
  const exact = weights.map((weight) =>
    typeof weight === "string" ? parseExact(weight) : exactOf(weight),
  );
  if (exact.some(({ numerator }) => numerator < 0n)) {
    throw new RangeError(`weights below zero: ${weights.join(", ")}`);
  }
  const scale = exact.reduce((product, { denominator }) => product * denominator, 1n);
  return exact.map(({ numerator, denominator }) => numerator * (scale / denominator));
}
