import {
  addDays,
  addMonths,
  buckets,
  type CalendarSettings,
  daysBetween,
  instantText,
  millisecondsOf,
  startOfDay,
} from "../ledger/calendar.ts";
import type { Grain } from "./question.ts";

/** A stretch of time, in calendar days and in UTC instants; the ends are not included. */
export interface Span {
  readonly firstDay: string;
  readonly nextDay: string;
  readonly from: string;
  readonly to: string;
  /** True for hours, which are shorter than a day. */
  readonly isHour?: true;
}

/** A bucket of a period: its key and its stretch, cut off where the period begins or ends inside it. */
export interface BucketSpan {
  readonly key: string;
  readonly span: Span;
  readonly isWhole: boolean;
}

/**
 * Returns the stretch between two calendar days.
 *
 * @param firstDay such as 2025-03-01
 * @param nextDay the day after the last
 * @param settings the workspace's calendar
 */
export function spanOfDays(
  firstDay: string,
  nextDay: string,
  settings: Pick<CalendarSettings, "time_zone">,
): Span {
  const { time_zone: zone } = settings;
  return { firstDay, nextDay, from: startOfDay(zone, firstDay), to: startOfDay(zone, nextDay) };
}

/** What tells one stretch from another. */
export function spanKey(span: Span): string {
  return `${span.from}/${span.to}`;
}

/**
 * Cuts a period into buckets.
 *
 * @param period the stretch to cut
 * @param grain length of a bucket; without one there are none
 * @param settings the workspace's calendar
 */
export function bucketsOf(
  period: Span,
  grain: Grain | undefined,
  settings: CalendarSettings,
): readonly BucketSpan[] {
  if (!grain) return [];
  return buckets(grain, period.firstDay, period.nextDay, settings).map((bucket) => {
    const startsBefore = bucket.from < period.from;
    const endsAfter = bucket.to > period.to;
    return {
      key: bucket.key,
      isWhole: !startsBefore && !endsAfter,
      span: {
        firstDay: startsBefore ? period.firstDay : bucket.firstDay,
        nextDay: endsAfter ? period.nextDay : bucket.nextDay,
        from: startsBefore ? period.from : bucket.from,
        to: endsAfter ? period.to : bucket.to,
        ...(grain === "hour" ? { isHour: true as const } : {}),
      },
    };
  });
}

const isFirstOfMonth = (day: string) => day.endsWith("-01");

/** Whole months between two first days of a month. */
function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0] = from.split("-").map(Number);
  const [toYear = 0, toMonth = 0] = to.split("-").map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth;
}

/**
 * Returns the stretch of the same length right before: whole months before whole months (so a quarter before a
 * quarter, a year before a year), otherwise as many days, or for an hour as many seconds.
 *
 * @param span the stretch
 * @param settings the workspace's calendar
 */
export function previousSpan(span: Span, settings: Pick<CalendarSettings, "time_zone">): Span {
  if (span.isHour) {
    const length = millisecondsOf(span.to) - millisecondsOf(span.from);
    return { ...span, from: instantText(millisecondsOf(span.from) - length), to: span.from };
  }
  const { firstDay, nextDay } = span;
  const before =
    isFirstOfMonth(firstDay) && isFirstOfMonth(nextDay)
      ? addMonths(firstDay, -monthsBetween(firstDay, nextDay))
      : addDays(firstDay, -daysBetween(firstDay, nextDay));
  return spanOfDays(before, firstDay, settings);
}

/**
 * Returns the same days one year earlier.
 *
 * @param span whole days
 * @param settings the workspace's calendar
 */
export function yearBefore(span: Span, settings: Pick<CalendarSettings, "time_zone">): Span {
  return spanOfDays(addMonths(span.firstDay, -12), addMonths(span.nextDay, -12), settings);
}

/** Stretches that do not overlap, in order of time. */
export type Layer = readonly Span[];

/**
 * Spreads stretches over as few layers as are needed so that those of one layer do not overlap; the longest come
 * first, so totals share a layer and buckets share another.
 *
 * @param spans any stretches, without repeats
 */
export function layersOf(spans: readonly Span[]): readonly Layer[] {
  const length = (span: Span) => millisecondsOf(span.to) - millisecondsOf(span.from);
  const ordered = [...spans].sort(
    (a, b) => length(b) - length(a) || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0),
  );
  const layers: Span[][] = [];
  for (const span of ordered) {
    const home = layers.find((layer) => insertWhereFree(layer, span));
    if (!home) layers.push([span]);
  }
  return layers;
}

/** Puts a stretch into its place in a layer unless it overlaps a neighbour there. */
function insertWhereFree(layer: Span[], span: Span): boolean {
  let [low, high] = [0, layer.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((layer[middle]?.from ?? "") < span.from) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [layer[low - 1], layer[low]];
  if ((before && before.to > span.from) || (after && after.from < span.to)) return false;
  layer.splice(low, 0, span);
  return true;
}

/** Stretches of the last layer, by their numbers; the end is not included. */
export interface Tiles {
  readonly from: number;
  readonly to: number;
}

/**
 * Returns which stretches of the last layer make up each stretch of the layers before it.
 *
 * @param layers as made by `layersOf`
 * @returns null when some stretch is not made up of whole ones; empty for a single layer
 */
export function tilesOf(layers: readonly Layer[]): readonly (readonly Tiles[])[] | null {
  const fine = layers.at(-1) ?? [];
  const startsAt = new Map(fine.map((span, number) => [span.from, number]));
  const found: Tiles[][] = [];
  for (const layer of layers.slice(0, -1)) {
    const tiles: Tiles[] = [];
    for (const whole of layer) {
      const from = startsAt.get(whole.from);
      const to = from === undefined ? null : endOfTiles(fine, from, whole);
      if (from === undefined || to === null) return null;
      tiles.push({ from, to });
    }
    found.push(tiles);
  }
  return found;
}

/** The stretches have to follow each other without a gap, in instants and, where they are not hours, in days. */
function endOfTiles(fine: Layer, from: number, whole: Span): number | null {
  let [at, day] = [whole.from, whole.firstDay];
  for (let number = from; number < fine.length; number += 1) {
    const tile = fine[number];
    if (!tile || tile.from !== at) return null;
    if (!tile.isHour && tile.firstDay !== day) return null;
    [at, day] = [tile.to, tile.nextDay];
    if (at === whole.to) return tile.isHour || day === whole.nextDay ? number + 1 : null;
    if (at > whole.to) return null;
  }
  return null;
}
