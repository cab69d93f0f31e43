import { addDays, daysBetween, toLocalDay } from "../ledger/calendar.ts";
import { identifier, literal, sql } from "../sql/fragment.ts";
import type { FiguresContext } from "./context.ts";
import type { Span } from "./spans.ts";
import {
  dayNumber,
  dayOf,
  logLimit,
  type SourceHistory,
  type UsualRows,
  usual,
  usualRows,
} from "./usual-rows.ts";

/** How fully a source covers a stretch of days. */
export interface SourceCoverage {
  readonly source: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Days with rows, and days on which rows are missing, up to what is known. */
  readonly expected: number;
  /** Days on which rows are missing, in order: too many rows are usual around them for there to be none. */
  readonly missing: readonly string[];
  /** Days that the stretch goes on after the source's last day, where it usually would have had rows by then. */
  readonly staleDays: number;
  /** True when the stretch lies wholly before the source's first day, or where it no longer tells anything. */
  readonly isOutside: boolean;
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
  const range = { first: dayNumber(firstDay), next: dayNumber(nextDay) };
  const histories = await readHistories(store, range);
  const known = new Map<string, SourceCoverage>();
  const pasts = new Map<string, SourcePast>();
  const cover = (history: SourceHistory, span: Span) => {
    const key = `${history.source} ${span.firstDay} ${span.nextDay}`;
    const past = pasts.get(history.source) ?? pastOf(history, range.first, knownDay);
    pasts.set(history.source, past);
    const found = known.get(key) ?? coverIn(past, span, knownDay, settings.stale_after_days);
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

/** Days around a stretch that tell what is usual in it. */
const around = 7 * usual.most;

interface Range {
  readonly first: number;
  readonly next: number;
}

/** Reads the rows per day of all sources around a stretch, and around the last day of each source. */
async function readHistories(
  store: FiguresContext["store"],
  { first, next }: Range,
): Promise<ReadonlyMap<string, SourceHistory>> {
  const table = identifier("derived", "coverage");
  const [from, to] = [first - around, next + around];
  const ends = await store.query(
    sql`SELECT "data_source" AS "name", min("day") AS "begun", max("day") AS "ended" FROM ${table} WHERE "rows" > 0 GROUP BY 1 ORDER BY 1`,
  );
  const number = store.dialect.dayNumber(identifier("day"));
  const last = store.dialect.dayNumber(identifier("last_day"));
  const days = await store.query(
    sql`SELECT "data_source" AS "name", ${number} AS "day_number", sum("rows") AS "row_count" FROM ${table} WHERE "rows" > 0 AND ((${number} >= ${literal(from)} AND ${number} < ${literal(to)}) OR ${number} >= ${last} - ${literal(around)}) GROUP BY 1, 2`,
  );
  const rows = new Map<string, Map<number, number>>();
  for (const { name, day_number, row_count } of days) {
    const counts = rows.get(String(name)) ?? new Map<number, number>();
    rows.set(String(name), counts.set(Number(day_number), Number(row_count)));
  }
  return new Map(
    ends.map(({ name, begun, ended }) => {
      const lastNumber = dayNumber(String(ended));
      const history: SourceHistory = {
        source: String(name),
        firstDay: String(begun),
        lastDay: String(ended),
        rows: rows.get(String(name)) ?? new Map(),
        isRead: (day) => (day >= from && day < to) || day >= lastNumber - around,
      };
      return [history.source, history];
    }),
  );
}

/** A source's history with the days on which rows are missing. */
interface SourcePast {
  readonly history: SourceHistory;
  readonly usually: UsualRows;
  /** Days without rows, within stretches that are unlikely to have none, on which rows are more likely than not. */
  readonly missing: ReadonlySet<number>;
}

function pastOf(history: SourceHistory, first: number, knownDay: string): SourcePast {
  const usually = usualRows(history);
  const missing = new Set<number>();
  const end = Math.max(dayNumber(history.lastDay), dayNumber(knownDay)) + 1;
  const start = Math.min(first, dayNumber(history.firstDay));
  let day = start;
  while (day < end) {
    let next = day;
    while (next < end && !history.rows.has(next) && history.isRead(next)) next += 1;
    // A stretch of days is one of many, a single day is judged alone.
    const isGap = next - day > 1 && usually.isUnlikely(day, next, end - start);
    for (let silent = day; silent < next; silent += 1) {
      const isLikelier = isGap && usually.logChanceOfNone(silent) < Math.log(0.5);
      if (isLikelier || usually.isUnlikely(silent, silent + 1)) missing.add(silent);
    }
    day = next + 1;
  }
  return { history, usually, missing };
}

function coverIn(
  { history, usually, missing }: SourcePast,
  span: Span,
  knownDay: string,
  staleAfterDays: number,
): SourceCoverage {
  const { source, firstDay, lastDay } = history;
  const [first, last] = [dayNumber(span.firstDay), dayNumber(lastDay)];
  const end = Math.min(dayNumber(span.nextDay), dayNumber(knownDay) + 1);
  const lacking: string[] = [];
  let expected = 0;
  for (let day = first; day < end; day += 1) {
    if (missing.has(day)) lacking.push(dayOf(day));
    if (missing.has(day) || history.rows.has(day)) expected += 1;
  }
  const tail = Math.max(0, end - last - 1);
  const isDaily = [1, 2, 3, 4, 5, 6, 7].some(
    (after) => after <= tail && usually.logChanceOfNone(last + after) < logLimit,
  );
  const hasEnded = (next: number) =>
    daysBetween(firstDay, lastDay) < 7 * usual.least || usually.isUnlikely(last + 1, next);
  return {
    source,
    firstDay,
    lastDay,
    expected,
    missing: lacking,
    staleDays: (isDaily || tail > staleAfterDays) && usually.isUnlikely(last + 1, end) ? tail : 0,
    isOutside: span.nextDay <= firstDay || (first > last + staleAfterDays && hasEnded(first)),
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
