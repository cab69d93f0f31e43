import { intlTags, type Locale } from "../locales/translate.ts";
import type { AxisUnit } from "./datum.ts";
import { type LinearScale, linearScale, roundedDomain } from "./linear-scale.ts";
import { textWidth } from "./text-width.ts";

/** Height of small text in px. */
export const smallText = 11;

/** A tick of an axis. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** An axis of values. */
export interface ValueAxis {
  readonly scale: LinearScale;
  readonly ticks: readonly Tick[];
  /** px that its widest label takes. */
  readonly labelWidth: number;
}

/**
 * Returns the range that shows all values: with zero where it is asked for or near, never of no length.
 *
 * @param values positions; null is left out
 * @param isFromZero whether lengths are compared, as with bars
 */
export function valueRange(
  values: Iterable<number | null>,
  isFromZero: boolean,
): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [0, 1];
  const isNearZero = low > 0 ? low <= high * 0.6 : high < 0 && high >= low * 0.6;
  if (isFromZero || isNearZero) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  if (low < high) return [low, high];
  if (low === 0) return [0, 1];
  const room = Math.abs(low) * 0.1;
  return [low - room, high + room];
}

/**
 * Returns an axis with round ticks, few enough for their labels.
 *
 * @param range lowest and highest value
 * @param pixels where they are drawn, in px
 * @param unit of the values
 * @param locale language of the labels
 * @param space least distance of two ticks in px
 */
export function valueAxis(
  range: readonly [number, number],
  pixels: readonly [number, number],
  unit: AxisUnit,
  locale: Locale,
  space = 44,
): ValueAxis {
  const count = Math.max(2, Math.min(6, Math.floor(Math.abs(pixels[1] - pixels[0]) / space)));
  const scale = linearScale(roundedDomain(range, count), pixels);
  const values = scale
    .ticks(count)
    .filter((tick) => unit.unit !== "count" || Number.isInteger(tick));
  const labels = axisLabels(values, unit, locale);
  const ticks = values.map((at, index) => ({ at, label: labels[index] ?? "" }));
  return {
    scale,
    ticks,
    labelWidth: Math.max(0, ...labels.map((one) => textWidth(one, smallText))),
  };
}

const timeUnits: Readonly<Record<string, string>> = {
  days: "day",
  hours: "hour",
  minutes: "minute",
  seconds: "second",
  months: "month",
};

/**
 * Prints the values of an axis, short (56.8K, 5.7万, 56,8 rb) and with as many digits as it takes to tell them apart.
 *
 * @param values ticks of an axis
 * @param unit of the values
 * @param locale language
 */
export function axisLabels(
  values: readonly number[],
  unit: AxisUnit,
  locale: Locale,
): readonly string[] {
  for (let digits = 0; digits < 8; digits += 1) {
    const labels = values.map((value) => axisLabel(value, unit, locale, digits));
    if (new Set(labels).size === new Set(values).size) return labels;
  }
  return values.map((value) => value.toPrecision(4));
}

function axisLabel(value: number, { unit }: AxisUnit, locale: Locale, digits: number): string {
  const time = timeUnits[unit];
  const options: Intl.NumberFormatOptions = {
    maximumFractionDigits: digits,
    ...(unit === "percent" ? { style: "percent" } : { notation: "compact" }),
    ...(time === undefined ? {} : { style: "unit", unit: time, unitDisplay: "short" }),
  };
  const zeroSafe = value === 0 ? 0 : value;
  return new Intl.NumberFormat(intlTags[locale], options).format(zeroSafe);
}
