import { intlTags, type Locale } from "../locales/translate.ts";
import { textWidth } from "./text-width.ts";
import { smallText, type Tick } from "./value-axis.ts";

/** A bucket of time on an axis. */
export interface TimeBucket {
  /** First day (2025-03-30), or for hours the first UTC instant (2025-03-30T01:00:00Z). */
  readonly key: string;
  /** The bucket in words, such as "Mar 30, 2025" or "Q2 2025". */
  readonly label: string;
  /** False while it is not over: drawn dashed or lighter. */
  readonly isComplete: boolean;
  /** False where sources brought nothing for it: drawn as a hatched band. */
  readonly isCovered?: boolean | undefined;
}

/** What the labels of a time axis need to know. */
export interface TimeAxisRequest {
  readonly buckets: readonly TimeBucket[];
  /** Where a bucket stands, in px. */
  readonly x: (index: number) => number;
  /** px that labels must not leave. */
  readonly from: number;
  readonly to: number;
  readonly locale: Locale;
  /** Zone of hours; days need none. */
  readonly timeZone?: string | undefined;
  readonly most?: number | undefined;
}

/** A tick of a time axis: the bucket that it marks, and where its label stands. */
export interface TimeTick extends Tick {
  readonly index: number;
  /** Middle of the label in px. */
  readonly labelX: number;
}

interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly date: Date;
}

type Level = (moment: Moment) => string | number;

const dayMs = 86_400_000;
const monday = Date.UTC(2024, 0, 1);
const weeksSince = (date: Date) => Math.floor((date.getTime() - monday) / (7 * dayMs));
const monthsOf = ({ year, month }: Moment) => year * 12 + month;

/** Boundaries of the calendar from fine to coarse: a tick stands where the value changes. */
const levels: readonly Level[] = [
  ({ date }) => date.getTime(),
  (moment) => `${moment.year}-${moment.month}-${moment.day}-${Math.floor(moment.hour / 6)}`,
  (moment) => `${moment.year}-${moment.month}-${moment.day}`,
  ({ date }) => weeksSince(date),
  ({ date }) => Math.floor(weeksSince(date) / 2),
  monthsOf,
  (moment) => Math.floor(monthsOf(moment) / 3),
  (moment) => Math.floor(monthsOf(moment) / 6),
  ({ year }) => year,
  ({ year }) => Math.floor(year / 2),
  ({ year }) => Math.floor(year / 5),
  ({ year }) => Math.floor(year / 10),
];

/**
 * Chooses the ticks of a time axis: the finest boundaries of the calendar whose labels do not touch.
 *
 * @param request buckets, places, language
 * @returns ticks in order; none without buckets
 */
export function calendarTicks(request: TimeAxisRequest): readonly TimeTick[] {
  const { buckets, locale } = request;
  if (buckets.length === 0) return [];
  const moments = buckets.map(({ key }) => momentOf(key, request.timeZone));
  if (moments.some((moment) => moment === null) || isCoarse(buckets, moments)) {
    return evenTicks(request, (index) => buckets[index]?.label ?? "");
  }
  const known = moments.filter((moment) => moment !== null);
  const isHourly = buckets[0]?.key.includes("T") ?? false;
  const isMonthly = known.every(({ day }) => day === 1) && !isHourly && known.length > 1;
  const { most = 12 } = request;
  const format = labeller(known, locale, { isHourly, isMonthly });
  for (const level of levels) {
    const marks = boundaries(known, level, most);
    const ticks = marks.length > 1 && marks.length <= most && place(request, marks, format(marks));
    if (ticks) return ticks;
  }
  const ends = [...new Set([0, buckets.length - 1])];
  return place(request, ends, format(ends)) ?? place(request, [0], format([0])) ?? [];
}

/** Quarters and years have names of their own, also those of a fiscal year. */
function isCoarse(buckets: readonly TimeBucket[], moments: readonly (Moment | null)[]): boolean {
  const [first, last] = [moments[0], moments.at(-1)];
  if (!first || !last || buckets.length < 2) return false;
  return (last.date.getTime() - first.date.getTime()) / (buckets.length - 1) > 85 * dayMs;
}

function evenTicks(
  request: TimeAxisRequest,
  label: (index: number) => string,
): readonly TimeTick[] {
  const { length } = request.buckets;
  for (let stride = 1; stride < length; stride += 1) {
    const marks = Array.from({ length: Math.ceil(length / stride) }, (_, order) => order * stride);
    const ticks = place(request, marks, marks.map(label));
    if (ticks && ticks.length <= (request.most ?? 12)) return ticks;
  }
  return place(request, [0], [label(0)]) ?? [];
}

function momentOf(key: string, timeZone = "UTC"): Moment | null {
  const isHour = key.includes("T");
  const date = new Date(isHour ? key : `${key}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return null;
  const local = isHour ? inZone(date, timeZone) : date;
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth(),
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    date: local,
  };
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>();

/** The instant at which UTC clocks show what local clocks showed. */
function inZone(date: Date, timeZone: string): Date {
  const format =
    zoneFormats.get(timeZone) ??
    new Intl.DateTimeFormat("en-CA", {
      timeZone,
      dateStyle: "short",
      timeStyle: "medium",
      hourCycle: "h23",
    });
  zoneFormats.set(timeZone, format);
  return new Date(`${format.format(date).replace(", ", "T")}Z`);
}

/** The first moments of a level; one more than wanted tells that there are too many. */
function boundaries(moments: readonly Moment[], level: Level, most: number): readonly number[] {
  const found: number[] = [];
  for (const [index, moment] of moments.entries()) {
    if (level(moments[index - 1] ?? justBefore(moment)) !== level(moment)) found.push(index);
    if (found.length > most) break;
  }
  return found;
}

function justBefore({ date }: Moment): Moment {
  const before = new Date(date.getTime() - 1);
  return {
    year: before.getUTCFullYear(),
    month: before.getUTCMonth(),
    day: before.getUTCDate(),
    hour: before.getUTCHours(),
    date: before,
  };
}

interface Kind {
  readonly isHourly: boolean;
  readonly isMonthly: boolean;
}

/** Names what changed since the tick before: the year only where it begins, the day once per day of hours. */
function labeller(moments: readonly Moment[], locale: Locale, { isHourly, isMonthly }: Kind) {
  const print = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(intlTags[locale], { ...options, timeZone: "UTC" });
    return (moment: Moment) => format.format(moment.date);
  };
  const year = print({ year: "numeric" });
  const monthAndYear = print({ year: "numeric", month: "short" });
  const month = print({ month: "short" });
  const day = print({ month: "short", day: "numeric" });
  const hour = print({ hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  const isLong = new Set(moments.map((moment) => moment.year)).size > 1;
  const monthly = (moment: Moment, before: Moment | undefined) =>
    isLong && before?.year !== moment.year ? monthAndYear(moment) : month(moment);
  return (marks: readonly number[]): readonly string[] => {
    const shown = marks.flatMap((index) => moments[index] ?? []);
    const isFirstDay = shown.length > 1 && shown.every((moment) => moment.day === 1);
    if (isHourly) return shown.map((moment) => (moment.hour === 0 ? day(moment) : hour(moment)));
    if (isFirstDay && shown.every((moment) => moment.month === 0)) return shown.map(year);
    if (!isMonthly && !isFirstDay) return shown.map(day);
    return shown.map((moment, order) => monthly(moment, shown[order - 1]));
  };
}

const gap = 12;

/** Sets labels under their ticks, inside the drawing; null where two would touch. */
function place(
  request: TimeAxisRequest,
  marks: readonly number[],
  labels: readonly string[],
): readonly TimeTick[] | null {
  const ticks: TimeTick[] = [];
  let edge = request.from - gap;
  for (const [order, index] of marks.entries()) {
    const label = labels[order] ?? "";
    const half = textWidth(label, smallText) / 2;
    const at = request.x(index);
    const labelX = Math.min(Math.max(at, request.from + half), request.to - half);
    if (labelX - half < edge + gap - 0.01) return null;
    edge = labelX + half;
    ticks.push({ at, index, label, labelX });
  }
  return ticks;
}
