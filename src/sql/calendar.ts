import {
  type CalendarGrain,
  type CalendarSettings,
  type Offset,
  weekStartDays,
} from "../ledger/calendar.ts";
import type { Dialect } from "./dialect.ts";
import { join, literal, raw, type Sql, sql } from "./fragment.ts";

type CalendarDialect = Pick<
  Dialect,
  | "types"
  | "addSeconds"
  | "epochMicroseconds"
  | "dayOfEpoch"
  | "startOfHour"
  | "startOf"
  | "addDays"
  | "addMonths"
>;

/**
 * A choice by the offset that holds at a time. The newest offset is asked first, since most rows are recent.
 * Everything is a literal, so that the same expression can stand in SELECT and GROUP BY.
 */
function byOffset(
  dialect: Pick<CalendarDialect, "types">,
  time: Sql,
  offsets: readonly Offset[],
  then: (offset: Offset) => Sql,
): Sql {
  const [first, ...later] = offsets;
  if (!first) return time;
  if (later.length === 0) return then(first);
  const branches = later
    .toReversed()
    .map(
      (offset) => sql`WHEN ${time} >= ${instant(dialect, offset.from ?? "")} THEN ${then(offset)}`,
    );
  return sql`CASE ${join(branches, " ")} WHEN ${time} IS NOT NULL THEN ${then(first)} END`;
}

function instant(dialect: Pick<CalendarDialect, "types">, text: string): Sql {
  return sql`CAST(${literal(text)} AS ${raw(dialect.types.time)})`;
}

/**
 * Local time of a UTC time, as constant offsets.
 *
 * @param dialect the engine
 * @param time column with the UTC time
 * @param offsets of the zone, over all times that the column can hold
 */
export function localTimeSql(
  dialect: Pick<CalendarDialect, "types" | "addSeconds">,
  time: Sql,
  offsets: readonly Offset[],
): Sql {
  return byOffset(dialect, time, offsets, ({ seconds }) =>
    seconds === 0 ? time : dialect.addSeconds(time, seconds),
  );
}

/**
 * Calendar day of a UTC time, in whole-number arithmetic.
 *
 * @param dialect the engine
 * @param time column with the UTC time
 * @param offsets of the zone, over all times that the column can hold
 */
export function localDaySql(
  dialect: Pick<CalendarDialect, "types" | "epochMicroseconds" | "dayOfEpoch">,
  time: Sql,
  offsets: readonly Offset[],
): Sql {
  const shift = byOffset(dialect, time, offsets, ({ seconds }) => raw(`${seconds}000000`));
  return dialect.dayOfEpoch(sql`${dialect.epochMicroseconds(time)} + ${shift}`);
}

/**
 * First day of the bucket that a calendar day lies in; {@link startOfBucket} says the same in TypeScript.
 *
 * @param dialect the engine
 * @param grain any but hour
 * @param day a calendar day
 * @param settings start of weeks and of the fiscal year
 */
export function bucketOfDaySql(
  dialect: Pick<CalendarDialect, "startOf" | "addDays" | "addMonths">,
  grain: Exclude<CalendarGrain, "hour">,
  day: Sql,
  settings: Pick<CalendarSettings, "week_start" | "fiscal_year_start">,
): Sql {
  switch (grain) {
    case "day":
      return day;
    case "week": {
      const ahead = (8 - weekStartDays[settings.week_start]) % 7;
      if (ahead === 0) return dialect.startOf("week", day);
      const shifted = dialect.addDays(day, literal(ahead));
      return dialect.addDays(dialect.startOf("week", shifted), literal(-ahead));
    }
    case "fiscal_quarter":
    case "fiscal_year": {
      const unit = grain === "fiscal_year" ? "year" : "quarter";
      const shift = settings.fiscal_year_start - 1;
      if (shift === 0) return dialect.startOf(unit, day);
      const shifted = dialect.addMonths(dialect.startOf("month", day), -shift);
      return dialect.addMonths(dialect.startOf(unit, shifted), shift);
    }
    default:
      return dialect.startOf(grain, day);
  }
}

/**
 * Bucket of a UTC time: a day, or for hours the UTC time at which the hour begins. `bucketKey` of the ledger's
 * calendar turns either into the bucket's key.
 *
 * @param dialect the engine
 * @param grain length of a bucket
 * @param time column with the UTC time
 * @param offsets of the zone, over all times that the column can hold
 * @param settings start of weeks and of the fiscal year
 */
export function bucketSql(
  dialect: CalendarDialect,
  grain: CalendarGrain,
  time: Sql,
  offsets: readonly Offset[],
  settings: Pick<CalendarSettings, "week_start" | "fiscal_year_start">,
): Sql {
  if (grain !== "hour") {
    return bucketOfDaySql(dialect, grain, localDaySql(dialect, time, offsets), settings);
  }
  if (offsets.every(({ seconds }) => seconds % 3600 === 0)) return dialect.startOfHour(time);
  return byOffset(dialect, time, offsets, ({ from, seconds }) => {
    const local = dialect.startOfHour(dialect.addSeconds(time, seconds));
    const start = dialect.addSeconds(local, -seconds);
    return from === null ? start : sql`greatest(${start}, ${instant(dialect, from)})`;
  });
}
