import type { Dialect } from "../sql/dialect.ts";
import { raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext } from "./derived.ts";
import { localDay } from "./reporting-currency.ts";

/** Days of a period and the position of one of them, counted from 0. */
export interface DayOfPeriod {
  readonly count: Sql;
  readonly index: Sql;
}

/**
 * Returns the query of a table's rows once for each day of their period: its columns, and `day`, `days` (their number)
 * and `nth_day` (from 0).
 *
 * @param dialect engine
 * @param rows a query with from_day and to_day; an open or reversed period is its first day
 */
export function eachDaySql(
  dialect: Pick<Dialect, "eachBelow" | "addDays" | "daysBetween">,
  rows: Sql,
): Sql {
  const last = sql`greatest(coalesce(to_day, from_day), from_day)`;
  return sql`SELECT *, ${dialect.addDays(sql`from_day`, sql`nth_day`)} AS day FROM (
    SELECT *, ${dialect.eachBelow(sql`days`)} AS nth_day FROM (
      SELECT *, ${dialect.daysBetween(sql`from_day`, last)} + 1 AS days FROM (${rows}) AS spans
    ) AS counted
  ) AS spread`;
}

/** The day of {@link eachDaySql}. */
export const dayOfPeriod: DayOfPeriod = { count: sql`days`, index: sql`nth_day` };

/**
 * Returns a day's share of a number, so that the days add up to it: whole numbers stay whole, others keep six decimals.
 *
 * @param dialect engine
 * @param value the number of the whole period
 * @param day which day of how many
 */
export function spreadNumber(
  dialect: Pick<Dialect, "spreadMoney" | "types">,
  value: Sql,
  { count, index }: DayOfPeriod,
): Sql {
  const whole = sql`floor(${value} / ${count})`;
  const parts = dialect.spreadMoney(
    sql`CAST(${value} AS ${raw(dialect.types.money)})`,
    count,
    index,
  );
  return sql`CASE WHEN ${value} = floor(${value})
    THEN ${whole} + CASE WHEN ${index} < ${value} - ${whole} * ${count} THEN 1 ELSE 0 END
    ELSE CAST(${parts} AS ${raw(dialect.types.number)}) END`;
}

/**
 * Returns the query of how many rows there are by local day and source: day, source, n. Quarters of an hour are counted
 * first, so that the calendar is asked once for each and not once per row; a day may come in several rows.
 *
 * @param context the calendar
 * @param rows FROM, with WHERE where there is one
 * @param time the column with the instant; rows without it are left out
 */
export function countByDaySql(context: DeriveContext, rows: Sql, time: Sql): Sql {
  const { dialect } = context;
  const micros = dialect.epochMicroseconds(time);
  const at = dialect.timeFromEpoch(sql`quarter / 1000000`);
  return sql`SELECT ${localDay(context, at)} AS day, source, n
    FROM (
      SELECT ${micros} - ${micros} % 900000000 AS quarter, source, count(*) AS n ${rows} GROUP BY 1, 2
    ) AS q WHERE quarter IS NOT NULL`;
}
