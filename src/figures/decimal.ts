import { divide, type Exact, subtract, toDecimal, toExactDecimal } from "../ledger/exact.ts";

/** Decimals to which a value without an end is rounded; enough that printing it rounds to the same digits. */
const mostDigits = 12;

/**
 * Writes an exact number as decimal text: whole when its decimals end, otherwise rounded half-even once.
 *
 * @param value the number
 * @example decimalText(fraction(1n, 8n)) // "0.125"
 */
export function decimalText(value: Exact): string {
  const exact = toExactDecimal(value);
  const isShort = exact !== null && (exact.split(".")[1] ?? "").length <= mostDigits;
  const text = isShort ? exact : toDecimal(value, mostDigits);
  const trimmed = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return trimmed === "-0" ? "0" : trimmed;
}

/**
 * Returns the change of a value: the difference for shares and points, otherwise the share of the former value's size.
 *
 * @param value now
 * @param before then
 * @param isRelative share of the former value, or difference
 * @returns null for the relative change of zero
 */
export function changeOf(value: Exact, before: Exact, isRelative: boolean): Exact | null {
  const difference = subtract(value, before);
  if (!isRelative) return difference;
  const { numerator, denominator } = before;
  return divide(difference, { numerator: numerator < 0n ? -numerator : numerator, denominator });
}
