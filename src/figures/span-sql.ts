import { daysBetween, millisecondsOf } from "../ledger/calendar.ts";
import type { Dialect } from "../sql/dialect.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Layer, Span } from "./spans.ts";

/** How a fact is placed in time. */
export interface FactTime {
  readonly column: Sql;
  readonly is: "instant" | "day";
}

/** Stretches of equal length that follow each other without a gap; all numbers in microseconds or days since 1970. */
interface Run {
  readonly from: number;
  readonly length: number;
  readonly count: number;
  /** Number of the first stretch in its layer. */
  readonly base: number;
}

const microseconds = (instant: string) => millisecondsOf(instant) * 1000;
const dayNumber = (day: string) => daysBetween("1970-01-01", day);

function limits(span: Span, is: FactTime["is"]): readonly [number, number] {
  return is === "day"
    ? [dayNumber(span.firstDay), dayNumber(span.nextDay)]
    : [microseconds(span.from), microseconds(span.to)];
}

function runsOf(layer: Layer, is: FactTime["is"]): readonly Run[] {
  const runs: Run[] = [];
  layer.forEach((span, base) => {
    const [from, to] = limits(span, is);
    const last = runs.at(-1);
    const continues =
      last && last.length === to - from && last.from + last.length * last.count === from;
    if (continues) runs[runs.length - 1] = { ...last, count: last.count + 1 };
    else runs.push({ from, length: to - from, count: 1, base });
  });
  return runs;
}

/**
 * Returns the number of the stretch in its layer that a row lies in; null outside. The calendar is compiled to whole-number
 * arithmetic with the few constants at which the length of its pieces changes, so no zone is looked up per row.
 *
 * @param dialect how the engine counts time
 * @param time the row's time
 * @param layer stretches that do not overlap
 * @param isInside true when every row is known to lie in one of them
 */
export function spanNumber(
  dialect: Pick<Dialect, "epochMicroseconds" | "dayNumber" | "wholeDivision">,
  time: FactTime,
  layer: Layer,
  isInside = false,
): Sql {
  const at =
    time.is === "day" ? dialect.dayNumber(time.column) : dialect.epochMicroseconds(time.column);
  const branch = (run: Run) => {
    const number =
      run.count === 1
        ? literal(run.base)
        : sql`${dialect.wholeDivision(sql`${at} - ${literal(run.from)}`, run.length)} + ${literal(run.base)}`;
    if (isInside) return number;
    const end = run.from + run.length * run.count;
    return sql`CASE WHEN ${at} >= ${literal(run.from)} AND ${at} < ${literal(end)} THEN ${number} END`;
  };
  return balanced(runsOf(layer, time.is), at, branch);
}

/** Nested choices of equal depth, so that many runs cost only the logarithm of their number per row. */
function balanced(runs: readonly Run[], at: Sql, branch: (run: Run) => Sql): Sql {
  const middle = runs.length >> 1;
  const [first, pivot] = [runs[0], runs[middle]];
  if (!first || !pivot) return raw("NULL");
  if (runs.length === 1) return branch(first);
  const [left, right] = [runs.slice(0, middle), runs.slice(middle)];
  return sql`CASE WHEN ${at} < ${literal(pivot.from)} THEN ${balanced(left, at, branch)} ELSE ${balanced(right, at, branch)} END`;
}

/**
 * Returns the condition that a row lies in at least one of some stretches.
 *
 * @param time the row's time
 * @param spans stretches, also overlapping ones
 */
export function insideAny(time: FactTime, spans: readonly Span[]): Sql {
  const merged = mergedRanges(spans.map((span) => rangeOf(span, time.is)));
  const [first, last] = [merged[0], merged.at(-1)];
  if (!first || !last) return raw("FALSE");
  const between = (from: string, to: string) =>
    sql`${time.column} >= ${moment(from, time.is)} AND ${time.column} < ${moment(to, time.is)}`;
  const whole = between(first[0], last[1]);
  if (merged.length === 1) return whole;
  const pieces = merged.map(([from, to]) => sql`(${between(from, to)})`);
  return sql`${whole} AND (${join(pieces, " OR ")})`;
}

/**
 * A day or UTC instant as a typed literal.
 *
 * @param text 2025-03-30, or 2025-03-30T01:00:00Z
 * @param is which of both
 */
export function moment(text: string, is: FactTime["is"]): Sql {
  return is === "day"
    ? sql`CAST(${literal(text)} AS DATE)`
    : sql`CAST(${literal(text.replace("T", " ").replace("Z", ""))} AS TIMESTAMP)`;
}

function rangeOf(span: Span, is: FactTime["is"]): readonly [string, string] {
  return is === "day" ? [span.firstDay, span.nextDay] : [span.from, span.to];
}

function mergedRanges(ranges: readonly (readonly [string, string])[]) {
  const merged: [string, string][] = [];
  for (const [from, to] of [...ranges].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = laterOf(to, last[1]);
    else merged.push([from, to]);
  }
  return merged;
}

function laterOf(a: string, b: string): string {
  if (a > b) return a;
  return b;
}

/**
 * Tells whether a row's span began before one moment and had not ended at another.
 *
 * @param columns of the span; without an end it never ends
 * @param begun the first moment
 * @param notEnded the second moment
 */
export function standsSql(
  columns: { readonly from: string; readonly to?: string },
  begun: Sql,
  notEnded: Sql,
): Sql {
  const from = identifier(columns.from);
  if (columns.to === undefined) return sql`${from} < ${begun}`;
  const to = identifier(columns.to);
  return sql`${from} < ${begun} AND (${to} IS NULL OR ${to} >= ${notEnded})`;
}
