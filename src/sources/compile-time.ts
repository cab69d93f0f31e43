import { join, sql } from "../sql/fragment.ts";
import { choiceOf } from "./compile-choice.ts";
import {
  absent,
  checkedConversion,
  formatKey,
  levelOf,
  type Scope,
  type Value,
} from "./compile-scope.ts";
import { daySql, isoFormat, timeSql } from "./dates.ts";
import type { Expression } from "./source.ts";

/**
 * Compiles an expression to a UTC time or to a day.
 *
 * @param scope the file and what is being compiled
 * @param expression any expression; texts are read as dates
 * @param as what is wanted
 */
export function temporalValue(scope: Scope, expression: Expression, as: "time" | "day"): Value {
  switch (expression.op) {
    case "time":
      return converted(scope, scope.compile(expression.of), as, expression);
    case "day":
      return dayOf(scope, expression.of, as);
    case "first":
      return firstOf(
        expression.of.map((part) => temporalValue(scope, part, as)),
        as,
      );
    case "when":
      return choiceOf(scope, expression, as, (branch) => temporalValue(scope, branch, as));
    default:
      return converted(scope, scope.compile(expression), as, {});
  }
}

function dayOf(scope: Scope, of: Expression, as: "time" | "day"): Value {
  const day =
    of.op === "time" || of.op === "day"
      ? temporalValue(scope, of, "day")
      : converted(scope, scope.compile(of), "day", {});
  return as === "day" ? day : retyped(scope, day, "time");
}

interface TimeOptions {
  readonly zone?: string;
  readonly unit?: "seconds" | "milliseconds" | "microseconds";
}

const digitsOfUnit = { seconds: 0, milliseconds: 3, microseconds: 6 } as const;

function converted(scope: Scope, value: Value, as: "time" | "day", options: TimeOptions): Value {
  if (value.isAbsent) return absent(as, value.field);
  if (value.type === "time" || value.type === "day") return retyped(scope, value, as);
  const named = scope.layers.named({
    ...value,
    sql: value.type === "text" ? value.sql : scope.dialect.textOf(value.sql),
  });
  const text: Value = { ...value, ...named, type: "text" };
  const format = formatOf(scope, text, options);
  const zone = scope.zone(options.zone);
  const piece =
    as === "time"
      ? timeSql(scope.dialect, text.sql, format, zone)
      : daySql(scope.dialect, text.sql, format, scope.settings.time_zone);
  return checkedConversion(
    scope,
    text,
    { sql: piece, level: text.level, type: as },
    { code: "not_a_time", reason: "not a date or time that can be read: {value}" },
  );
}

function formatOf(scope: Scope, text: Value, options: TimeOptions) {
  const key = formatKey("time", text.sql);
  if (options.unit) return { ...isoFormat, epochs: [digitsOfUnit[options.unit]] };
  scope.requests.push({
    sql: text.sql,
    level: text.level,
    key,
    kind: "time",
    field: text.field,
    dayFirst: scope.source.dayFirst,
  });
  return scope.profile.times.get(key) ?? isoFormat;
}

/** A day as the instant at which it starts, or the day of an instant, in the workspace's zone. */
function retyped(scope: Scope, value: Value, as: "time" | "day"): Value {
  if (value.type === as || value.isAbsent) return value.isAbsent ? absent(as, value.field) : value;
  const zone = scope.settings.time_zone;
  const { dialect } = scope;
  if (as === "time") {
    const midnight = dialect.texts.timeOfDay(value.sql);
    return { ...value, type: as, sql: zone === "UTC" ? midnight : dialect.toUtc(midnight, zone) };
  }
  const local = zone === "UTC" ? value.sql : dialect.texts.toLocal(value.sql, zone);
  return { ...value, type: as, sql: dialect.dayOf(local) };
}

function firstOf(all: readonly Value[], as: "time" | "day"): Value {
  const values = all.filter((value) => !value.isAbsent);
  const field = all.find((value) => value.field)?.field ?? null;
  if (values.length === 0) return absent(as, field);
  return {
    sql: sql`coalesce(${join(values.map((value) => value.sql))})`,
    level: levelOf(...values),
    type: as,
    checks: values.flatMap((value) => value.checks),
    field,
  };
}
