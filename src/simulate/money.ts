/** Digits after the point of each currency that the company uses. */
const minorDigits: Readonly<Record<string, number>> = { EUR: 2, GBP: 2, JPY: 0, ZZZ: 2 };

/**
 * Returns the number of digits of a currency's minor unit.
 *
 * @param currency ISO 4217 code
 */
export function digitsOf(currency: string): number {
  return minorDigits[currency] ?? 2;
}

/**
 * Returns minor units as millionths of the currency.
 *
 * @param minor amount in minor units
 * @param currency ISO 4217 code
 */
export function toMicros(minor: bigint, currency: string): bigint {
  return minor * 10n ** BigInt(6 - digitsOf(currency));
}
