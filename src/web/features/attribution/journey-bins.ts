/** How many conversions have which whole number of touches or days. */
export interface Counted {
  readonly at: number;
  readonly count: string;
}

/** Conversions of a class; both bounds are included. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: bigint;
}

const mostBins = 14;

/**
 * Sums counts in classes of one width, from the smallest to the largest, empty ones too.
 *
 * @param counted counts by whole number
 */
export function binsOf(counted: readonly Counted[]): readonly Bin[] {
  const known = counted.filter(({ count }) => BigInt(count) > 0n);
  if (known.length === 0) return [];
  const least = Math.min(...known.map(({ at }) => at));
  const most = Math.max(...known.map(({ at }) => at));
  const width = Math.ceil((most - least + 1) / mostBins);
  return Array.from({ length: Math.ceil((most - least + 1) / width) }, (_, index) => {
    const from = least + index * width;
    const to = Math.min(from + width - 1, most);
    const inside = known.filter(({ at }) => at >= from && at <= to);
    return { from, to, count: inside.reduce((sum, { count }) => sum + BigInt(count), 0n) };
  });
}

/**
 * Returns the whole number up to which half of the conversions lie.
 *
 * @param counted counts by whole number
 * @returns null where there is none
 */
export function medianOf(counted: readonly Counted[]): number | null {
  const sorted = counted.toSorted((a, b) => a.at - b.at);
  const whole = sorted.reduce((sum, { count }) => sum + BigInt(count), 0n);
  let below = 0n;
  for (const { at, count } of sorted) {
    below += BigInt(count);
    if (below > 0n && below * 2n >= whole) return at;
  }
  return null;
}
