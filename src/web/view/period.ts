import type { Compare, Grain } from "../../figures/question.ts";
import { addDays, addMonths, daysBetween, startOfBucket } from "../../ledger/calendar.ts";
import type { WorkspaceInfo } from "../../server/api.ts";

/** A stretch of calendar days; `to` is not included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The calendar that periods are computed by. */
export type CalendarInfo = Pick<
  WorkspaceInfo,
  "firstDay" | "lastDay" | "weekStart" | "fiscalYearStart"
>;

/** Periods that have a name; they end on the last day that the ledger knows. */
export const periodPresets = [
  "7d",
  "28d",
  "91d",
  "mtd",
  "qtd",
  "ytd",
  "lm",
  "lq",
  "ly",
  "12m",
  "all",
] as const;

/** What a figure is compared with; `.wd` keeps weekdays together. */
export const comparisonPresets = ["prev.wd", "prev", "year.wd", "year", "off"] as const;

const customPattern = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;

/**
 * Reads a stretch of days as the address writes it, both ends included: 2025-01-01..2025-01-31.
 *
 * @param text from the address
 * @returns null when it is none, or ends before it begins
 */
export function customPeriod(text: string): Period | null {
  const [, from, last] = customPattern.exec(text) ?? [];
  if (!from || !last || last < from || !isDay(from) || !isDay(last)) return null;
  return { from, to: addDays(last, 1) };
}

/** Tells whether a text is a day that the calendar has. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * Writes a stretch of days for the address.
 *
 * @param period its days
 */
export function periodText({ from, to }: Period): string {
  return `${from}..${addDays(to, -1)}`;
}

/**
 * Returns the days that a period of the address means.
 *
 * @param text a preset or a stretch; anything else is the last 28 full days
 * @param calendar the workspace's calendar
 * @returns null while the ledger knows no day
 */
export function periodOf(text: string, calendar: CalendarInfo): Period | null {
  const { firstDay, lastDay } = calendar;
  const custom = customPeriod(text);
  if (custom) return custom;
  if (!firstDay || !lastDay) return null;
  const end = addDays(lastDay, 1);
  return presetPeriod(text, { end, firstDay }, calendar);
}

function presetPeriod(
  preset: string,
  { end, firstDay }: { readonly end: string; readonly firstDay: string },
  { weekStart, fiscalYearStart }: CalendarInfo,
): Period {
  const settings = { week_start: weekStart, fiscal_year_start: fiscalYearStart };
  const start = (grain: "month" | "quarter" | "year", day: string) =>
    startOfBucket(grain, day, settings);
  const toDate = (grain: "month" | "quarter" | "year") => ({
    from: start(grain, addDays(end, -1)),
    to: end,
  });
  const last = (grain: "month" | "quarter" | "year", months: number) => {
    const to = start(grain, end);
    return { from: addMonths(to, -months), to };
  };
  switch (preset) {
    case "7d":
    case "91d":
      return { from: addDays(end, -Number.parseInt(preset, 10)), to: end };
    case "mtd":
      return toDate("month");
    case "qtd":
      return toDate("quarter");
    case "ytd":
      return toDate("year");
    case "lm":
      return last("month", 1);
    case "lq":
      return last("quarter", 3);
    case "ly":
      return last("year", 12);
    case "12m":
      return last("month", 12);
    case "all":
      return { from: firstDay, to: end };
    default:
      return { from: addDays(end, -28), to: end };
  }
}

const isFirstOfMonth = (day: string) => day.endsWith("-01");

/** Periods of the calendar: whole months, quarters and years are compared with the ones before, as their readers expect. */
const calendarPeriods: ReadonlySet<string> = new Set(["lm", "lq", "ly", "12m"]);

/**
 * Returns what a question compares a period with. Weekdays are kept together by going back whole weeks, except for
 * whole periods of the calendar.
 *
 * @param text a preset or a stretch of days, as the address writes it
 * @param period the days that are compared
 * @param periodName the period as the address writes it
 */
export function compareOf(text: string, period: Period, periodName: string): Compare {
  const custom = customPeriod(text);
  if (custom) return custom;
  const weeksBack = (days: number) => ({
    from: addDays(period.from, -days),
    to: addDays(period.to, -days),
  });
  switch (text) {
    case "off":
      return "none";
    case "prev":
      return "previous";
    case "year":
      return "year";
    case "year.wd":
      return weeksBack(364);
    default: {
      if (calendarPeriods.has(periodName)) return "previous";
      const days = daysBetween(period.from, period.to);
      return weeksBack(Math.ceil(days / 7) * 7);
    }
  }
}

/**
 * Returns the grain that draws a period in a readable number of buckets.
 *
 * @param period the days to draw
 */
export function usualGrain({ from, to }: Period): Grain {
  const days = daysBetween(from, to);
  if (days <= 2) return "hour";
  if (days <= 62) return "day";
  if (days <= 400) return "week";
  return days <= 1200 ? "month" : "quarter";
}

/**
 * Returns the period of the same length right after or before.
 *
 * @param period its days
 * @param direction 1 for later, -1 for earlier
 */
export function stepped({ from, to }: Period, direction: 1 | -1): Period {
  if (isFirstOfMonth(from) && isFirstOfMonth(to)) {
    const months = Math.round(daysBetween(from, to) / 30.44) * direction;
    return { from: addMonths(from, months), to: addMonths(to, months) };
  }
  const days = daysBetween(from, to) * direction;
  return { from: addDays(from, days), to: addDays(to, days) };
}
