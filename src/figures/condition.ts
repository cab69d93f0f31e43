import type { Bound, MeasureCondition } from "../catalogue/measure.ts";
import type { DerivedTable } from "../derive/derived.ts";
import type { Settings } from "../ledger/settings.ts";
import type { Dialect } from "../sql/dialect.ts";
import { all, identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Filter, FilterTest } from "./filter.ts";

/**
 * Compiles a measure's condition; what it says is part of the catalogue, so its values are written as literals.
 *
 * @param condition data of the catalogue
 * @param settings lists and limits that it names
 */
export function conditionSql(condition: MeasureCondition, settings: Settings): Sql {
  if ("all" in condition) return all(condition.all.map((part) => conditionSql(part, settings)));
  if ("any" in condition) {
    const parts = condition.any.map((part) => sql`(${conditionSql(part, settings)})`);
    return parts.length === 0 ? raw("FALSE") : join(parts, " OR ");
  }
  const column = identifier(condition.column);
  if ("is" in condition) return oneOf(column, condition.is);
  if ("isNot" in condition) return sql`coalesce(NOT (${oneOf(column, condition.isNot)}), TRUE)`;
  if ("isNull" in condition)
    return condition.isNull ? sql`${column} IS NULL` : sql`${column} IS NOT NULL`;
  if ("atLeast" in condition)
    return sql`${column} >= ${literal(boundOf(condition.atLeast, settings))}`;
  if ("atMost" in condition)
    return sql`${column} <= ${literal(boundOf(condition.atMost, settings))}`;
  return oneOf(column, settings[condition.inSetting]);
}

function oneOf(column: Sql, value: string | boolean | readonly string[]): Sql {
  if (typeof value === "boolean") return value ? column : sql`NOT ${column}`;
  if (typeof value === "string") return sql`${column} = ${literal(value)}`;
  if (value.length === 0) return raw("FALSE");
  return sql`${column} IN (${join(value.map((one) => literal(one)))})`;
}

/**
 * Returns the number that a bound stands for.
 *
 * @param bound a number, or the path of a setting such as customers.active_days
 * @param settings the workspace's settings
 */
function boundOf(bound: Bound, settings: Settings): number {
  if (typeof bound === "number") return bound;
  const found = bound.setting
    .split(".")
    .reduce<unknown>(
      (value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key],
      settings,
    );
  if (typeof found !== "number") throw new Error(`not a number in the settings: ${bound.setting}`);
  return found * (bound.times ?? 1);
}

/**
 * Compiles a question's filter for one fact; its values are bound. Every test is either true or false: a missing
 * value passes only `is null`, so `not` keeps it.
 *
 * @param filter the parsed filter
 * @param fact the derived table
 * @param same dimensions that do not narrow it
 * @param dialect the engine's functions
 */
export function filterSql(
  filter: Filter,
  fact: Pick<DerivedTable, "columns" | "dimensions">,
  same: ReadonlySet<string>,
  dialect: Pick<Dialect, "containsText" | "textOf">,
): Sql {
  const compiled = compileFilter(filter, fact, same, dialect);
  return compiled ?? raw("TRUE");
}

/** Null stands for a test that does not narrow this fact: it is left out, also of its negation. */
function compileFilter(
  filter: Filter,
  fact: Pick<DerivedTable, "columns" | "dimensions">,
  same: ReadonlySet<string>,
  dialect: Pick<Dialect, "containsText" | "textOf">,
): Sql | null {
  switch (filter.op) {
    case "and":
    case "or": {
      const parts = filter.parts.map((part) => compileFilter(part, fact, same, dialect));
      return combined(filter.op, parts);
    }
    case "not": {
      const part = compileFilter(filter.part, fact, same, dialect);
      return part && sql`NOT (${part})`;
    }
    default:
      return compileTest(filter, fact, same, dialect);
  }
}

/** A part that does not narrow makes "or" true and leaves "and" to the rest. */
function combined(op: "and" | "or", parts: readonly (Sql | null)[]): Sql | null {
  const known = parts.filter((part) => part !== null);
  if (known.length === 0 || (op === "or" && known.length < parts.length)) return null;
  return join(
    known.map((part) => sql`(${part})`),
    op === "and" ? " AND " : " OR ",
  );
}

function compileTest(
  test: FilterTest,
  fact: Pick<DerivedTable, "columns" | "dimensions">,
  same: ReadonlySet<string>,
  dialect: Pick<Dialect, "containsText" | "textOf">,
): Sql | null {
  if (same.has(test.dimension)) return null;
  const name = fact.dimensions[test.dimension];
  if (name === undefined) throw new Error(`dimension was not checked: ${test.dimension}`);
  const isText = fact.columns[name]?.type === "text";
  const column = isText ? identifier(name) : dialect.textOf(identifier(name));
  switch (test.op) {
    case "null":
      return sql`${column} IS NULL`;
    case "contains":
      return sql`coalesce(${dialect.containsText(column, sql`${test.text}`)}, FALSE)`;
    case "in":
      return sql`coalesce(${column} IN (${join(test.values.map((value) => sql`${value}`))}), FALSE)`;
  }
}
