import type { Settings } from "./settings.ts";

/** A length of time into which a period can be cut. */
export type CalendarGrain =
  | "hour"
  | "day"
  | "week"
  | "month"
  | "quarter"
  | "year"
  | "fiscal_quarter"
  | "fiscal_year";

/** What the workspace's calendar is made of. */
export type CalendarSettings = Pick<Settings, "time_zone" | "week_start" | "fiscal_year_start">;

/** A time during which a zone keeps one distance from UTC. */
export interface Offset {
  /** First UTC instant, such as 2025-03-30T01:00:00Z; null for the first offset of a list, which has no start. */
  readonly from: string | null;
  /** Seconds to add to UTC to get local time. */
  readonly seconds: number;
}

/** A piece of a period. Days and instants at the end are not included. */
export interface Bucket {
  /** First day (2025-03-30), or for hours the first UTC instant (2025-03-30T01:00:00Z). */
  readonly key: string;
  readonly firstDay: string;
  readonly nextDay: string;
  /** First UTC instant. */
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** ISO number of the weekday on which a week starts. */
export const weekStartDays = { monday: 1, saturday: 6, sunday: 7 } as const;

/**
 * Returns the offsets that a zone keeps between two instants, in order of time.
 * The search looks at every day and narrows each change down to its second.
 *
 * @param zone IANA name, such as Europe/Berlin
 * @param from first UTC instant, ISO text
 * @param to last UTC instant, ISO text
 */
export function offsetsBetween(zone: string, from: string, to: string): readonly Offset[] {
  const end = millisecondsOf(to);
  let at = millisecondsOf(from);
  let seconds = offsetAt(zone, at);
  const offsets: Offset[] = [{ from: null, seconds }];
  while (at < end) {
    const next = Math.min(at + dayMs, end);
    const after = offsetAt(zone, next);
    if (after !== seconds) {
      offsets.push({ from: instantText(changeBetween(zone, at, next)), seconds: after });
      seconds = after;
    }
    at = next;
  }
  return offsets;
}

function changeBetween(zone: string, from: number, to: number): number {
  const after = offsetAt(zone, to);
  let [low, high] = [Math.floor(from / 1000), Math.ceil(to / 1000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * 1000) === after) high = middle;
    else low = middle;
  }
  return high * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, format);
  return format;
}

/** Seconds from UTC to local time at an instant in milliseconds since 1970. */
function offsetAt(zone: string, milliseconds: number): number {
  if (zone === "UTC") return 0;
  const whole = Math.floor(milliseconds / 1000) * 1000;
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, value]),
  );
  const year = parts.era === "BC" ? 1 - Number(parts.year) : Number(parts.year);
  const local = new Date(0);
  local.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
  local.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
  return (local.getTime() - whole) / 1000;
}

/**
 * Returns the calendar day of an instant in a zone.
 *
 * @param zone IANA name
 * @param instant UTC, ISO text
 */
export function toLocalDay(zone: string, instant: string): string {
  const milliseconds = millisecondsOf(instant);
  return dayText(milliseconds + offsetAt(zone, milliseconds) * 1000);
}

/**
 * Returns the first UTC instant of a calendar day: midnight, or the first moment after it where the clock jumps over
 * midnight; for a day that the zone left out, the start of the next one.
 *
 * @param zone IANA name
 * @param day such as 2025-03-30
 */
export function startOfDay(zone: string, day: string): string {
  const key = `${zone} ${day}`;
  const known = startsOfDays.get(key);
  if (known !== undefined) return known;
  if (startsOfDays.size >= mostStarts) startsOfDays.clear();
  const start = computedStart(zone, day);
  startsOfDays.set(key, start);
  return start;
}

/** Every bucket and comparison asks for the same days again, and zones are slow to look up. */
const startsOfDays = new Map<string, string>();
const mostStarts = 20_000;

function computedStart(zone: string, day: string): string {
  const midnight = millisecondsOf(day);
  const offsets = offsetsBetween(
    zone,
    instantText(midnight - 2 * dayMs),
    instantText(midnight + 2 * dayMs),
  );
  for (const [index, { from, seconds }] of offsets.entries()) {
    const start = from === null ? Number.NEGATIVE_INFINITY : millisecondsOf(from);
    const next = offsets[index + 1]?.from;
    const end = next ? millisecondsOf(next) : Number.POSITIVE_INFINITY;
    const first = Math.max(start, midnight - seconds * 1000);
    if (first < end) return instantText(first);
  }
  throw new Error(`day without a start: ${day} in ${zone}`);
}

/**
 * Returns the first day of the week, month, quarter or year that a day lies in.
 *
 * @param grain any but hour; a day is its own start
 * @param day such as 2025-03-30
 * @param settings start of weeks and of the fiscal year
 */
export function startOfBucket(
  grain: Exclude<CalendarGrain, "hour">,
  day: string,
  settings: Pick<CalendarSettings, "week_start" | "fiscal_year_start">,
): string {
  const shift = grain.startsWith("fiscal") ? settings.fiscal_year_start - 1 : 0;
  switch (grain) {
    case "day":
      return day;
    case "week": {
      const behind = (isoWeekday(day) - weekStartDays[settings.week_start] + 7) % 7;
      return addDays(day, -behind);
    }
    case "month":
      return startOfMonths(day, 1, shift);
    case "quarter":
    case "fiscal_quarter":
      return startOfMonths(day, 3, shift);
    default:
      return startOfMonths(day, 12, shift);
  }
}

/** First day of the stretch of `length` months that the day lies in, stretches counted from month `shift` of the year. */
function startOfMonths(day: string, length: number, shift: number): string {
  const { year, month } = partsOf(day);
  const months = year * 12 + month - 1 - shift;
  return monthText(Math.floor(months / length) * length + shift);
}

const bucketLengths = {
  day: (start: string) => addDays(start, 1),
  week: (start: string) => addDays(start, 7),
  month: (start: string) => addMonths(start, 1),
  quarter: (start: string) => addMonths(start, 3),
  fiscal_quarter: (start: string) => addMonths(start, 3),
  year: (start: string) => addMonths(start, 12),
  fiscal_year: (start: string) => addMonths(start, 12),
} as const;

/**
 * Returns the buckets that a period touches, whole ones even where the period begins or ends inside.
 * An hour that the clock shows twice is two buckets; a day that the zone left out is none.
 *
 * @param grain the length of a bucket
 * @param from first day of the period
 * @param to the day after its last
 * @param settings zone, start of weeks and of the fiscal year
 */
export function buckets(
  grain: CalendarGrain,
  from: string,
  to: string,
  settings: CalendarSettings,
): readonly Bucket[] {
  if (grain === "hour") return hours(from, to, settings.time_zone);
  const found: Bucket[] = [];
  const next = bucketLengths[grain];
  let firstDay = startOfBucket(grain, from, settings);
  let start = startOfDay(settings.time_zone, firstDay);
  while (firstDay < to) {
    const nextDay = next(firstDay);
    const end = startOfDay(settings.time_zone, nextDay);
    if (start < end) found.push({ key: firstDay, firstDay, nextDay, from: start, to: end });
    firstDay = nextDay;
    start = end;
  }
  return found;
}

function hours(from: string, to: string, zone: string): readonly Bucket[] {
  const end = startOfDay(zone, to);
  const offsets = offsetsBetween(zone, startOfDay(zone, from), end);
  const found: Bucket[] = [];
  let at = startOfDay(zone, from);
  while (at < end) {
    const offset = offsets.findLast((candidate) => candidate.from === null || candidate.from <= at);
    const change = offsets.find((candidate) => candidate.from !== null && candidate.from > at);
    const local = millisecondsOf(at) + (offset?.seconds ?? 0) * 1000;
    const full = instantText(millisecondsOf(at) + hourMs - modulo(local, hourMs));
    const next = change?.from && change.from < full ? change.from : full;
    const firstDay = dayText(local);
    found.push({ key: at, firstDay, nextDay: addDays(firstDay, 1), from: at, to: next });
    at = next;
  }
  return found;
}

/**
 * Returns the key of a bucket as the engine's answer names it.
 *
 * @param cell a day, or for hours a UTC time such as 2025-03-30 01:00:00
 */
export function bucketKey(cell: string): string {
  return cell.length === 10 ? cell : instantText(millisecondsOf(cell));
}

/**
 * Returns the day a number of days later.
 *
 * @param day such as 2025-03-30
 * @param days whole days, below zero for earlier
 */
export function addDays(day: string, days: number): string {
  return dayText(millisecondsOf(day) + days * dayMs);
}

/**
 * Returns the day a number of months later; a day that the month does not have becomes its last.
 *
 * @param day such as 2025-01-31
 * @param months whole months, below zero for earlier
 */
export function addMonths(day: string, months: number): string {
  const parts = partsOf(day);
  const first = monthText(parts.year * 12 + parts.month - 1 + months);
  const { year, month } = partsOf(first);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return addDays(first, Math.min(parts.day, last) - 1);
}

/**
 * Returns the whole days from one day to another.
 *
 * @param from such as 2025-03-30
 * @param to a day; below zero when it is earlier
 */
export function daysBetween(from: string, to: string): number {
  return (millisecondsOf(to) - millisecondsOf(from)) / dayMs;
}

/**
 * Returns an instant as text: 2025-03-30T01:00:00Z.
 *
 * @param milliseconds since 1970, whole seconds
 */
export function instantText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/**
 * Returns the milliseconds since 1970 of a UTC instant, or of a day's UTC midnight.
 *
 * @param text ISO text, with T or a space, with or without Z
 * @throws RangeError when it is no time
 */
export function millisecondsOf(text: string): number {
  const iso = text.length === 10 ? `${text}T00:00:00Z` : text.replace(" ", "T").replace(/Z?$/, "Z");
  const milliseconds = Date.parse(iso);
  if (Number.isNaN(milliseconds)) throw new RangeError(`not a time: ${text}`);
  return milliseconds;
}

function dayText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

function monthText(months: number): string {
  const year = Math.floor(months / 12);
  return `${String(year).padStart(4, "0")}-${String(modulo(months, 12) + 1).padStart(2, "0")}-01`;
}

function partsOf(day: string): {
  readonly year: number;
  readonly month: number;
  readonly day: number;
} {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return { year, month, day: date };
}

function isoWeekday(day: string): number {
  return modulo(Math.floor(millisecondsOf(day) / dayMs) + 3, 7) + 1;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
