/**
 * An exact number: a fraction of whole numbers in lowest terms, the denominator above zero.
 * Ratios of sums are computed with it, so that a figure is rounded once, where it is written as text.
 */
export interface Exact {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** 0. */
export const zero: Exact = { numerator: 0n, denominator: 1n };

/** 1. */
export const one: Exact = { numerator: 1n, denominator: 1n };

const decimalText = /^([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,4}))?$/;

/**
 * Returns the fraction of two whole numbers in lowest terms.
 *
 * @param numerator above the line
 * @param denominator below the line
 * @throws RangeError when the denominator is zero
 */
export function fraction(numerator: bigint, denominator = 1n): Exact {
  if (denominator === 0n) throw new RangeError(`fraction with zero denominator: ${numerator}/0`);
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(magnitude(numerator), magnitude(denominator)) * sign;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/**
 * Reads decimal text exactly: "12", "-0.125", "1.5e3".
 *
 * @param text digits with a decimal point, optionally a sign and a power of ten
 * @throws RangeError when the text is not a decimal number
 */
export function parseExact(text: string): Exact {
  const found = decimalText.exec(text.trim());
  if (!found) throw new RangeError(`not a decimal number: ${text}`);
  const [, sign = "", digits = "", power = "0"] = found;
  const [whole = "", decimals = ""] = digits.split(".");
  const units = BigInt(`${whole}${decimals}`) * (sign === "-" ? -1n : 1n);
  const exponent = Number(power) - decimals.length;
  return exponent < 0
    ? fraction(units, 10n ** BigInt(-exponent))
    : fraction(units * 10n ** BigInt(exponent));
}

/**
 * Returns the exact value of a number as JavaScript prints it: 0.1 is one tenth.
 *
 * @param value a finite number
 * @throws RangeError when it is NaN or infinite
 */
export function exactOf(value: number | bigint): Exact {
  return typeof value === "bigint" ? fraction(value) : parseExact(String(value));
}

/** a + b. */
export function add(a: Exact, b: Exact): Exact {
  return fraction(
    a.numerator * b.denominator + b.numerator * a.denominator,
    a.denominator * b.denominator,
  );
}

/** a − b. */
export function subtract(a: Exact, b: Exact): Exact {
  return add(a, negate(b));
}

/** a × b. */
export function multiply(a: Exact, b: Exact): Exact {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** a ÷ b; null when b is zero, since such a ratio has no value. */
export function divide(a: Exact, b: Exact): Exact | null {
  if (b.numerator === 0n) return null;
  return fraction(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** −a. */
export function negate(a: Exact): Exact {
  return { numerator: -a.numerator, denominator: a.denominator };
}

/** −1, 0 or 1 as a is below, equal to or above b. */
export function compareExact(a: Exact, b: Exact): -1 | 0 | 1 {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/**
 * Rounds a quotient of whole numbers to a whole number, halves to the even neighbour.
 *
 * @param numerator above the line
 * @param denominator below the line, above zero
 */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = magnitude(numerator % denominator) * 2n;
  const isUp = twice > denominator || (twice === denominator && quotient % 2n !== 0n);
  if (!isUp) return quotient;
  return numerator < 0n ? quotient - 1n : quotient + 1n;
}

/**
 * Returns the decimal text of a number with a fixed count of decimals, halves rounded to even.
 *
 * @param value the number
 * @param digits decimals, 0 or more
 * @example toDecimal(parseExact("2.345"), 2) // "2.34"
 */
export function toDecimal(value: Exact, digits: number): string {
  return unitsToText(
    divideHalfEven(value.numerator * 10n ** BigInt(digits), value.denominator),
    digits,
  );
}

/**
 * Rounds to a count of decimals, halves to even.
 *
 * @param value the number
 * @param digits decimals, 0 or more
 */
export function roundExact(value: Exact, digits: number): Exact {
  const scale = 10n ** BigInt(digits);
  return fraction(divideHalfEven(value.numerator * scale, value.denominator), scale);
}

/**
 * Returns the shortest decimal text that is the number exactly; null when its decimals never end.
 *
 * @param value the number
 */
export function toExactDecimal(value: Exact): string | null {
  let rest = value.denominator;
  let twos = 0;
  let fives = 0;
  for (; rest % 2n === 0n; rest /= 2n) twos += 1;
  for (; rest % 5n === 0n; rest /= 5n) fives += 1;
  return rest === 1n ? toDecimal(value, Math.max(twos, fives)) : null;
}

/** The nearest double, for drawing only; figures are printed from {@link toDecimal}. */
export function toNumber(value: Exact): number {
  return Number(toDecimal(value, 20));
}

/**
 * Writes a whole number of units as decimal text.
 *
 * @param units the number × 10^digits
 * @param digits decimals
 * @example unitsToText(-5n, 2) // "-0.05"
 */
export function unitsToText(units: bigint, digits: number): string {
  const text = magnitude(units)
    .toString()
    .padStart(digits + 1, "0");
  const sign = units < 0n ? "-" : "";
  if (digits === 0) return `${sign}${text}`;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [left, right] = [a, b];
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}
