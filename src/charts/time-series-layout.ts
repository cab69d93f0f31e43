import type { Locale } from "../locales/translate.ts";
import { calendarTicks, type TimeBucket, type TimeTick } from "./calendar-ticks.ts";
import { isWeak, positionOf } from "./datum.ts";
import type { Box } from "./hatch.ts";
import type { Run, Scales } from "./series-shapes.ts";
import type { Series, TimeSeriesData } from "./time-series-data.ts";
import { type ValueAxis, valueAxis, valueRange } from "./value-axis.ts";

/** A series with its positions. */
export interface PlacedSeries {
  readonly series: Series;
  readonly form: "line" | "area" | "bars";
  readonly colour: number;
  readonly run: Run;
  readonly comparison: readonly (number | null)[] | null;
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** Where everything of a chart over time stands. */
export interface TimeLayout {
  readonly plot: Box;
  readonly axis: ValueAxis;
  readonly ticks: readonly TimeTick[];
  readonly scales: Scales;
  readonly series: readonly PlacedSeries[];
  /** Hatched: no source brought anything. */
  readonly holes: readonly Box[];
}

/** The room of a chart over time. */
export interface TimeRoom {
  readonly box: Box;
  readonly locale: Locale;
  /** Values that all charts of a group share. */
  readonly range?: readonly [number, number] | undefined;
}

const none: readonly (number | null)[] = [];

/**
 * Places a chart over time in a box.
 *
 * @param data buckets and series
 * @param room the box in px, with the room for labels
 */
export function layoutTimeSeries(data: TimeSeriesData, room: TimeRoom): TimeLayout {
  const { box, locale } = room;
  const bottom = box.y + box.height - 20;
  const range = room.range ?? rangeOf(data);
  const axis = valueAxis(range, [bottom, box.y + 4], data.unit, locale, box.width < 420 ? 64 : 44);
  const left = box.x + (isEmpty(data) ? 0 : Math.ceil(axis.labelWidth) + 8);
  const plot = {
    x: left,
    y: box.y,
    width: Math.max(10, box.x + box.width - left - 6),
    height: bottom - box.y,
  };
  const scales = scalesOf(data, plot, axis);
  return {
    plot,
    axis,
    scales,
    series: placed(data, scales.step),
    holes: holesOf(data, scales, plot),
    ticks: calendarTicks({
      buckets: data.buckets,
      x: scales.x,
      from: box.x,
      to: box.x + box.width,
      locale,
      timeZone: data.timeZone,
      most: box.width < 420 ? 4 : 12,
    }),
  };
}

/**
 * Tells whether there is nothing to draw.
 *
 * @param data buckets and series
 */
export function isEmpty(data: TimeSeriesData): boolean {
  return data.series.every(({ values }) => values.every(({ value }) => positionOf(value) === null));
}

/**
 * Returns the range that shows all values, bounds, comparisons and the target.
 *
 * @param data buckets and series
 */
export function rangeOf(data: TimeSeriesData): readonly [number, number] {
  const all = placed(data, Number.POSITIVE_INFINITY);
  const isFromZero = all.some(({ form }) => form !== "line");
  const values = all.flatMap(({ run, comparison, low, high }) => [
    ...run.to,
    ...(comparison ?? []),
    ...low,
    ...high,
  ]);
  return valueRange([...values, positionOf(data.target?.datum.value)], isFromZero);
}

/** Bars of less than two px are an area. */
function placed(data: TimeSeriesData, step: number): readonly PlacedSeries[] {
  const runs = runsOf(data);
  return data.series.map((series, index) => ({
    series,
    form: series.form === "bars" && step < 2 ? "area" : (series.form ?? "line"),
    colour: series.colour ?? index,
    run: runs[index] ?? { from: [], to: [], isComplete: [], isWeak: [] },
    comparison: series.comparison?.map(({ value }) => positionOf(value)) ?? null,
    low: series.interval?.bounds.map((bounds) => positionOf(bounds?.low.value)) ?? none,
    high: series.interval?.bounds.map((bounds) => positionOf(bounds?.high.value)) ?? none,
  }));
}

function runsOf(data: TimeSeriesData): readonly Run[] {
  const { buckets, series } = data;
  const isComplete = buckets.map((bucket) => bucket.isComplete);
  const positions = series.map(({ values }) =>
    buckets.map((_, index) => positionOf(values[index]?.value)),
  );
  const weak = series.map(({ values }) => buckets.map((_, index) => isWeak(values[index])));
  const baseline = buckets.map(() => 0);
  const floors = data.isStacked ? stacked(positions, buckets) : [];
  return positions.map((own, at) => ({
    from: floors[at]?.map(([from]) => from) ?? baseline,
    to: own.map((value, index) => (value === null ? null : (floors[at]?.[index]?.[1] ?? value))),
    isComplete,
    isWeak: weak[at] ?? [],
  }));
}

/** Ends of stacked values: each on those before it, also where it is zero; negative ones under the baseline. */
function stacked(
  positions: readonly (readonly (number | null)[])[],
  buckets: readonly TimeBucket[],
): readonly (readonly (readonly [number, number])[])[] {
  const [above, below] = [buckets.map(() => 0), buckets.map(() => 0)];
  return positions.map((own) =>
    buckets.map((_, index) => {
      const value = own[index] ?? 0;
      const ends = value < 0 ? below : above;
      const from = ends[index] ?? 0;
      ends[index] = from + value;
      return [from, from + value] as const;
    }),
  );
}

function scalesOf(data: TimeSeriesData, plot: Box, axis: ValueAxis): Scales {
  const count = data.buckets.length;
  const isBanded = count === 1 || data.series.some(({ form }) => form === "bars");
  const step = plot.width / Math.max(1, isBanded ? count : count - 1);
  const start = isBanded ? plot.x + step / 2 : plot.x;
  return {
    x: (index) => start + index * step,
    y: (value) => axis.scale(value),
    step,
    width: plot.width,
  };
}

function holesOf(data: TimeSeriesData, scales: Scales, plot: Box): readonly Box[] {
  if (isEmpty(data)) return [];
  const isHole = data.buckets.map((bucket, index) => {
    if (bucket.isCovered !== undefined) return !bucket.isCovered;
    return (
      bucket.isComplete &&
      data.series.every(({ values }) => positionOf(values[index]?.value) === null)
    );
  });
  const boxes: Box[] = [];
  for (let index = 0; index < isHole.length; index += 1) {
    if (!isHole[index]) continue;
    const first = index;
    while (isHole[index + 1]) index += 1;
    const from = Math.max(plot.x, scales.x(first) - scales.step / 2);
    const to = Math.min(plot.x + plot.width, scales.x(index) + scales.step / 2);
    boxes.push({ x: from, y: plot.y, width: to - from, height: plot.height });
  }
  return boxes;
}
