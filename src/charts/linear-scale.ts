import { tickIncrement, ticks } from "d3-array";

/** Maps values to px, and knows the round values between its ends. */
export interface LinearScale {
  (value: number): number;
  readonly domain: readonly [number, number];
  /** Where the ends are drawn, in px. */
  readonly range: readonly [number, number];
  readonly ticks: (count: number) => readonly number[];
}

/**
 * Returns the line through two points: lengths in px that are in proportion to values.
 *
 * @param domain lowest and highest value; a domain of no length is drawn at the start of the range
 * @param range where they are drawn, in px
 */
export function linearScale(
  domain: readonly [number, number],
  range: readonly [number, number],
): LinearScale {
  const [low, high] = domain;
  const [from, to] = range;
  const place = (value: number) =>
    high === low ? from : from + ((value - low) / (high - low)) * (to - from);
  return Object.assign(place, { domain, range, ticks: (count: number) => ticks(low, high, count) });
}

/**
 * Widens a domain to round ends, as far as its ticks then stand at the ends.
 *
 * @param domain lowest and highest value
 * @param count ticks wanted
 */
export function roundedDomain(
  domain: readonly [number, number],
  count: number,
): readonly [number, number] {
  let [low, high] = domain;
  // A wider domain may have wider steps; it settles after a few.
  for (let step = tickIncrement(low, high, count), before = 0; step !== before; ) {
    before = step;
    const down = (value: number) =>
      step > 0 ? Math.floor(value / step) * step : Math.floor(value * -step) / -step;
    const up = (value: number) =>
      step > 0 ? Math.ceil(value / step) * step : Math.ceil(value * -step) / -step;
    if (!Number.isFinite(step) || step === 0) return domain;
    [low, high] = [down(low), up(high)];
    step = tickIncrement(low, high, count);
  }
  return [low, high];
}
