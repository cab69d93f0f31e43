import { area } from "d3-shape";
import { type Box, round } from "./hatch.ts";
import { reduceToColumns } from "./reduce.ts";

/** Positions of a series and how to draw them. */
export interface Run {
  /** Lower ends: the baseline, or what it is stacked on. */
  readonly from: readonly number[];
  /** Upper ends in the unit of the axis; null where there is nothing. */
  readonly to: readonly (number | null)[];
  /** Whether a bucket is over. */
  readonly isComplete: readonly boolean[];
  /** Whether a value stands alone, because too little is behind it. */
  readonly isWeak: readonly boolean[];
}

/** Where buckets and values stand, in px. */
export interface Scales {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  /** px between two buckets. */
  readonly step: number;
  /** px of the plot. */
  readonly width: number;
}

/** A line: what is certain, what is not over, what stands alone. */
export interface LineShape {
  readonly solid: string;
  readonly dashed: string;
  readonly dots: readonly { readonly x: number; readonly y: number; readonly isWeak: boolean }[];
}

/**
 * Draws a line that stops at holes; the part of buckets that are not over is apart, values without neighbours are dots.
 *
 * @param run positions
 * @param scales where they stand
 */
export function lineShape(run: Run, scales: Scales): LineShape {
  const firm = run.to.map((value, index) => (run.isWeak[index] ? null : value));
  const kept = reduceToColumns(firm, scales.width);
  const place = (index: number) => `${round(scales.x(index))},${round(scales.y(firm[index] ?? 0))}`;
  const linked = new Set<number>();
  let [solid, dashed] = ["", ""];
  let pen: number | null = null;
  for (const [order, index] of kept.entries()) {
    const before = kept[order - 1];
    if (before === undefined || firm[index] === null || firm[before] === null) continue;
    linked.add(before).add(index);
    if (run.isComplete[index] !== false && run.isComplete[before] !== false) {
      solid += `${pen === before ? "" : `M${place(before)}`}L${place(index)}`;
      pen = index;
    } else {
      dashed += `M${place(before)}L${place(index)}`;
    }
  }
  return { solid, dashed, dots: dotsOf(run, scales, kept, linked) };
}

function dotsOf(
  run: Run,
  scales: Scales,
  kept: readonly number[],
  linked: ReadonlySet<number>,
): LineShape["dots"] {
  const alone = kept.filter((index) => !linked.has(index));
  const weak = run.to.flatMap((_, index) => (run.isWeak[index] ? [index] : []));
  return [...new Set([...alone, ...weak])].flatMap((index) => {
    const value = run.to[index] ?? null;
    if (value === null) return [];
    const isWeak = run.isWeak[index] ?? false;
    return [{ x: round(scales.x(index)), y: round(scales.y(value)), isWeak }];
  });
}

/**
 * Draws the area between two rows of positions; it stops at holes.
 *
 * @param low lower ends
 * @param high upper ends
 * @param scales where they stand
 */
export function bandShape(
  low: readonly (number | null)[],
  high: readonly (number | null)[],
  scales: Scales,
): string {
  const kept = [
    ...new Set([...reduceToColumns(high, scales.width), ...reduceToColumns(low, scales.width)]),
  ].sort((a, b) => a - b);
  const draw = area<number>()
    .defined((index) => typeof low[index] === "number" && typeof high[index] === "number")
    .x((index) => scales.x(index))
    .y0((index) => scales.y(low[index] ?? 0))
    .y1((index) => scales.y(high[index] ?? 0))
    .digits(2);
  return draw(kept) ?? "";
}

/** A bar and the bucket it belongs to. */
export interface Bar extends Box {
  readonly index: number;
}

/**
 * Draws bars side by side with those of other series; a zero is a line on the baseline.
 *
 * @param run positions
 * @param scales where they stand
 * @param slot which of how many bars of a bucket
 */
export function barShapes(
  run: Run,
  scales: Scales,
  slot: { readonly at: number; readonly of: number },
): readonly Bar[] {
  const room = Math.min(scales.step * 0.72, 48 * slot.of);
  const width = room / slot.of;
  const space = width > 6 ? 1 : 0;
  return run.to.flatMap((to, index) => {
    if (to === null) return [];
    const ends = [scales.y(run.from[index] ?? 0), scales.y(to)];
    const [top, bottom] = [Math.min(...ends), Math.max(...ends)];
    const x = scales.x(index) - room / 2 + slot.at * width;
    const height = Math.max(1, bottom - top);
    return [
      {
        index,
        x: round(x),
        y: round(bottom - top < 1 ? bottom - 1 : top),
        width: round(Math.max(0.5, width - space)),
        height: round(height),
      },
    ];
  });
}
