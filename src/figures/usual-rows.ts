import { addDays, daysBetween } from "../ledger/calendar.ts";

/** What is known of the days of a source. */
export interface SourceHistory {
  readonly source: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Rows per day with rows, by the number of the day, where days were read. */
  readonly rows: ReadonlyMap<number, number>;
  /** Whether the rows of a day were read. */
  readonly isRead: (day: number) => boolean;
}

/** How surely days without rows are missing rows, and not days on which there was nothing to record. */
export interface UsualRows {
  /** Natural logarithm of the chance that a day has no rows; 0 where too little is known to tell. */
  readonly logChanceOfNone: (day: number) => number;
  /**
   * Whether days that follow each other are so unlikely to have no rows at all that rows must be missing; `among` is
   * how many such stretches were looked at, since among many some are unlikely.
   */
  readonly isUnlikely: (firstDay: number, nextDay: number, among?: number) => boolean;
}

/**
 * A day is compared with the nearest days of its weekday, at most so many and at least so few; what is rarer than
 * `chance` is missing.
 */
export const usual = { most: 8, least: 3, weeks: 16, chance: 0.001 } as const;

/** Chances are multiplied, so their logarithms are added up to this. */
export const logLimit = Math.log(usual.chance);

/** Days since 1970. */
export const dayNumber = (day: string): number => daysBetween("1970-01-01", day);

/** The day of a number of days since 1970. */
export const dayOf = (number: number): string => addDays("1970-01-01", number);

/**
 * Learns how regularly a source brings rows. A day's rows are taken to scatter around the mean m of the same weekday near
 * it, with φ times the variance of a Poisson count; the chance of none is then exp(−m · ln φ ÷ (φ − 1)), which is that of a
 * negative binomial count for φ above 1, of a Poisson count for φ = 1 and of a binomial count below. So a report with one
 * row every day misses a day at once, and a shop with four orders a day is allowed a day without any.
 *
 * @param history days and rows of the source
 */
export function usualRows(history: SourceHistory): UsualRows {
  const dispersion = dispersionOf(history);
  const weight = weightOf(dispersion);
  const logChanceOfNone = (day: number) => {
    const mean = meanAround(history, day);
    return mean ? -mean * weight : 0;
  };
  const isUnlikely = (firstDay: number, nextDay: number, among = 1) => {
    const limit = logLimit - Math.log(among);
    const sum = sumUntil(firstDay, nextDay, limit, logChanceOfNone);
    if (sum < limit) return true;
    if (sum === 0 || dispersion >= regular) return false;
    // In a regular source the gap itself is most of the scatter, so it is judged by the other days.
    const others: SourceHistory = {
      ...history,
      isRead: (day) => history.isRead(day) && (day < firstDay || day >= nextDay),
    };
    const weightOfOthers = weightOf(dispersionOf(others));
    const logChance = (day: number) => -(meanAround(others, day) ?? 0) * weightOfOthers;
    return sumUntil(firstDay, nextDay, limit, logChance) < limit;
  };
  return { logChanceOfNone, isUnlikely };
}

/** Rows that scatter less than this are regular. */
const regular = 0.5;

function sumUntil(
  firstDay: number,
  nextDay: number,
  limit: number,
  of: (day: number) => number,
): number {
  let sum = 0;
  for (let day = firstDay; day < nextDay && sum >= limit; day += 1) sum += of(day);
  return sum;
}

/** Mean rows of the nearest other days of the weekday; null when there are too few. */
function meanAround(history: SourceHistory, day: number): number | null {
  const [first, last] = [dayNumber(history.firstDay), dayNumber(history.lastDay)];
  let [sum, count] = [0, 0];
  const include = (other: number) => {
    if (count === usual.most || other < first || other > last || !history.isRead(other)) return;
    sum += history.rows.get(other) ?? 0;
    count += 1;
  };
  // Outside its own time a source is judged by the weeks next to it.
  const start = day > last ? Math.ceil((day - last) / 7) : Math.ceil((first - day) / 7);
  const from = Math.max(1, start);
  for (let week = from; week < from + usual.weeks && count < usual.most; week += 1) {
    include(day - 7 * week);
    include(day + 7 * week);
  }
  return count < usual.least ? null : sum / count;
}

/** Variance of the rows of a day as a multiple of its mean; 1 is that of independent events. */
function dispersionOf(history: SourceHistory): number {
  const [first, last] = [dayNumber(history.firstDay), dayNumber(history.lastDay)];
  let [squares, means] = [0, 0];
  for (let day = first; day <= last; day += 1) {
    if (!history.isRead(day)) continue;
    const mean = meanAround(history, day) ?? 0;
    squares += mean === 0 ? 0 : ((history.rows.get(day) ?? 0) - mean) ** 2;
    means += mean;
  }
  return means === 0 ? 1 : squares / means;
}

/** ln φ ÷ (φ − 1): 1 for φ = 1, less for rows that come in bursts, without bound for rows that never vary. */
function weightOf(dispersion: number): number {
  const distance = dispersion - 1;
  if (Math.abs(distance) < 1e-9) return 1;
  return Math.log(Math.max(dispersion, 1e-12)) / distance;
}
