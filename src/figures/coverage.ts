import { addDays, daysBetween, toLocalDay } from "../ledger/calendar.ts";
import { identifier, sql } from "../sql/fragment.ts";
import type { FiguresContext } from "./context.ts";
import { moment } from "./span-sql.ts";
import type { Span } from "./spans.ts";

/** How fully a source covers a stretch of days. */
export interface SourceCoverage {
  readonly source: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Days on which the source usually has rows, up to what is known. */
  readonly expected: number;
  /** Those without any row, in order. */
  readonly missing: readonly string[];
  /** Days that the stretch goes on after the source's last day, where that is too late. */
  readonly staleDays: number;
  /** True when the stretch lies wholly before the source's first day, or where it no longer tells anything. */
  readonly isOutside: boolean;
}

/** What is known of a source over its whole time. */
interface SourceHistory {
  readonly source: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Days with rows, per weekday; 0 is the weekday of 1970-01-01. */
  readonly daysByWeekday: readonly number[];
  /** Rows per day with rows, over its whole time. */
  readonly rowsPerDay: number;
  /** Days with rows in the time looked at. */
  readonly present: ReadonlySet<string>;
}

/**
 * Whether a source that tells about a stretch tells less than all of it.
 *
 * @param cover coverage of the stretch
 * @param span the stretch
 */
export function isDoubtful(cover: SourceCoverage, span: Span): boolean {
  if (cover.isOutside) return false;
  return cover.missing.length > 0 || cover.staleDays > 0 || cover.firstDay > span.firstDay;
}

/** Coverage of sources, ready to be asked for any stretch inside the one it was read for. */
export interface CoverageBook {
  readonly of: (sources: readonly string[], span: Span) => readonly SourceCoverage[];
  readonly sources: readonly string[];
}

/**
 * A source has rows on a weekday as a rule when at most a twentieth of the other days of that weekday lack them. There must
 * be at least three of them; of five and more, one may always lack. Where few rows come per day, days without any happen by
 * chance (a Poisson count of 5 is 0 on one day in 150): such a source must come nearly every day to be missed.
 */
const usual = { lacking: 0.05, others: 3, forgiving: 5, manyRows: 5, lackingOfFew: 0.03 } as const;

/**
 * Reads which days the sources cover.
 *
 * @param context store, calendar and the instant until which the ledger is known
 * @param spans the stretches that will be asked for
 */
export async function coverageBook(
  { store, settings, asOf }: Pick<FiguresContext, "store" | "settings" | "asOf">,
  spans: readonly Span[],
): Promise<CoverageBook> {
  const firstDay = spans.map((span) => span.firstDay).sort()[0] ?? "1970-01-01";
  const nextDay =
    spans
      .map((span) => span.nextDay)
      .sort()
      .at(-1) ?? "1970-01-01";
  const knownDay = toLocalDay(settings.time_zone, asOf);
  const histories = await readHistories(store, firstDay, nextDay);
  const known = new Map<string, SourceCoverage>();
  const cover = (history: SourceHistory, span: Span) => {
    const key = `${history.source} ${span.firstDay} ${span.nextDay}`;
    const found = known.get(key) ?? coverIn(history, span, knownDay, settings.stale_after_days);
    known.set(key, found);
    return found;
  };
  return {
    sources: [...histories.keys()],
    of: (sources, span) =>
      sources.flatMap((source) => {
        const history = histories.get(source);
        return history ? [cover(history, span)] : [];
      }),
  };
}

async function readHistories(
  store: FiguresContext["store"],
  firstDay: string,
  nextDay: string,
): Promise<ReadonlyMap<string, SourceHistory>> {
  const { dialect } = store;
  const table = identifier("derived", "coverage");
  const weekday = sql`${dialect.dayNumber(identifier("day"))} % 7`;
  const totals = await store.query(
    sql`SELECT "data_source" AS "name", ${weekday} AS "weekday", min("day") AS "begun", max("day") AS "ended", ${dialect.countDistinct(identifier("day"), null)} AS "day_count", sum("rows") AS "row_count" FROM ${table} WHERE "rows" > 0 GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const days = await store.query(
    sql`SELECT DISTINCT "data_source" AS "name", "day" AS "on_day" FROM ${table} WHERE "rows" > 0 AND "day" >= ${moment(firstDay, "day")} AND "day" < ${moment(nextDay, "day")}`,
  );
  const present = new Map<string, Set<string>>();
  for (const row of days) {
    const set = present.get(String(row.name)) ?? new Set<string>();
    present.set(String(row.name), set.add(String(row.on_day)));
  }
  const histories = new Map<string, SourceHistory>();
  const rowsOf = new Map<string, number>();
  for (const row of totals) {
    const source = String(row.name);
    const [begun, ended] = [String(row.begun), String(row.ended)];
    const known = histories.get(source);
    const daysByWeekday = [...(known?.daysByWeekday ?? [0, 0, 0, 0, 0, 0, 0])];
    daysByWeekday[Number(row.weekday)] = Number(row.day_count);
    const rows = (rowsOf.get(source) ?? 0) + Number(row.row_count);
    rowsOf.set(source, rows);
    histories.set(source, {
      source,
      firstDay: known && known.firstDay < begun ? known.firstDay : begun,
      lastDay: known && known.lastDay > ended ? known.lastDay : ended,
      daysByWeekday,
      rowsPerDay: rows / daysByWeekday.reduce((sum, days) => sum + days, 0),
      present: present.get(source) ?? new Set<string>(),
    });
  }
  return histories;
}

const dayNumber = (day: string) => daysBetween("1970-01-01", day);

/** How many days of a weekday lie between two days, both included. */
function weekdaysBetween(firstDay: string, lastDay: string, weekday: number): number {
  const upTo = (number: number) => Math.floor((number - weekday) / 7) + 1;
  return upTo(dayNumber(lastDay)) - upTo(dayNumber(firstDay) - 1);
}

/** Whether the source has rows on a day as a rule, judged by the other days of the same weekday. */
function isUsual(history: SourceHistory, day: string): boolean {
  const { firstDay, lastDay, daysByWeekday } = history;
  const weekday = dayNumber(day) % 7;
  const isInside = day >= firstDay && day <= lastDay;
  const others = weekdaysBetween(firstDay, lastDay, weekday) - (isInside ? 1 : 0);
  const withRows = (daysByWeekday[weekday] ?? 0) - (history.present.has(day) ? 1 : 0);
  const mayLack = Math.max(others >= usual.forgiving ? 1 : 0, Math.floor(others * usual.lacking));
  return others >= usual.others && others - withRows <= mayLack && !isSparse(history);
}

/** Few rows per day, and more than a few days without any among the weekdays on which it comes. */
function isSparse({ firstDay, lastDay, daysByWeekday, rowsPerDay }: SourceHistory): boolean {
  if (rowsPerDay >= usual.manyRows) return false;
  const used = [0, 1, 2, 3, 4, 5, 6].filter((weekday) => (daysByWeekday[weekday] ?? 0) > 0);
  const count = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);
  const possible = count(used.map((weekday) => weekdaysBetween(firstDay, lastDay, weekday)));
  return count(daysByWeekday) < (1 - usual.lackingOfFew) * possible;
}

function coverIn(
  history: SourceHistory,
  span: Span,
  knownDay: string,
  staleAfterDays: number,
): SourceCoverage {
  const { source, firstDay, lastDay } = history;
  const end = span.nextDay > knownDay ? addDays(knownDay, 1) : span.nextDay;
  const expected: string[] = [];
  for (let day = span.firstDay; day < end; day = addDays(day, 1)) {
    if (history.present.has(day) || isUsual(history, day)) expected.push(day);
  }
  const missing = expected.filter((day) => !history.present.has(day));
  const tail = Math.max(0, daysBetween(lastDay, end) - 1);
  const isUsualTail = missing.some((day) => day > lastDay);
  return {
    source,
    firstDay,
    lastDay,
    expected: expected.length,
    missing,
    staleDays: isUsualTail || tail > staleAfterDays ? tail : 0,
    isOutside: span.nextDay <= firstDay || span.firstDay > addDays(lastDay, staleAfterDays),
  };
}

/**
 * Returns how fully sources cover a stretch: the share of the expected days that have rows, and the days that lack them
 * as `source first-day/last-day`.
 *
 * @param covers coverage of each source
 */
export function shareOf(covers: readonly SourceCoverage[]): {
  readonly share: number;
  readonly missing: readonly string[];
} {
  const expected = covers.reduce((sum, cover) => sum + cover.expected, 0);
  const lacking = covers.reduce((sum, cover) => sum + cover.missing.length, 0);
  return {
    share: expected === 0 ? 1 : (expected - lacking) / expected,
    missing: covers.flatMap(({ source, missing }) =>
      daysInRanges(missing).map((range) => `${source} ${range}`),
    ),
  };
}

/**
 * Writes days as ranges of days that follow each other.
 *
 * @param days in order
 * @example daysInRanges(["2025-03-01", "2025-03-02", "2025-03-05"]) // ["2025-03-01/2025-03-02", "2025-03-05"]
 */
export function daysInRanges(days: readonly string[]): readonly string[] {
  const ranges: [string, string][] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last && addDays(last[1], 1) === day) last[1] = day;
    else ranges.push([day, day]);
  }
  return ranges.map(([first, last]) => (first === last ? first : `${first}/${last}`));
}

/**
 * Tells how fully each source of some facts covers a period.
 *
 * @param context store, calendar and the instant until which the ledger is known
 * @param sources their names; all when left out
 * @param period the stretch
 */
export async function coverageOf(
  context: Pick<FiguresContext, "store" | "settings" | "asOf">,
  period: Span,
  sources?: readonly string[],
): Promise<readonly SourceCoverage[]> {
  const book = await coverageBook(context, [period]);
  return book.of(sources ?? book.sources, period);
}
