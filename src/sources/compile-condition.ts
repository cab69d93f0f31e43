import { all, join, literal, sql } from "../sql/fragment.ts";
import { numericValue } from "./compile-number.ts";
import { always, asText, isAlways, isNever, levelOf, never, type Scope } from "./compile-scope.ts";
import type { Located } from "./layers.ts";
import type { Condition } from "./source.ts";

/**
 * Compiles a condition to SQL that is true or false, never null: nothing is, matches or is positive where the value is
 * missing.
 *
 * @param scope the file and what is being compiled
 * @param condition the condition
 */
export function compileCondition(scope: Scope, condition: Condition): Located {
  switch (condition.test) {
    case "not": {
      const inner = compileCondition(scope, condition.of);
      if (isNever(inner)) return always;
      if (isAlways(inner)) return never;
      return { ...inner, sql: sql`NOT (${inner.sql})` };
    }
    case "all":
    case "any":
      return combined(
        condition.of.map((part) => compileCondition(scope, part)),
        condition.test,
      );
    case "positive":
    case "negative": {
      const value = numericValue(scope, condition.of, "money");
      if (value.isAbsent) return never;
      const comparison = condition.test === "positive" ? sql`> 0` : sql`< 0`;
      return { level: value.level, sql: sql`coalesce(${value.sql} ${comparison}, FALSE)` };
    }
    default:
      return textCondition(scope, condition);
  }
}

function combined(given: readonly Located[], test: "all" | "any"): Located {
  const [decides, idle] = test === "all" ? [isNever, isAlways] : [isAlways, isNever];
  const parts = given.filter((part) => !idle(part));
  if (parts.some(decides)) return test === "all" ? never : always;
  if (parts.length === 0) return test === "all" ? always : never;
  const pieces = parts.map((part) => part.sql);
  if (test === "all") return { level: levelOf(...parts), sql: all(pieces) };
  const either = join(
    pieces.map((piece) => sql`(${piece})`),
    " OR ",
  );
  return { level: levelOf(...parts), sql: sql`(${either})` };
}

function textCondition(
  scope: Scope,
  condition: Extract<Condition, { readonly test: "is" | "present" | "matches" }>,
): Located {
  const value = scope.compile(condition.of);
  if (value.isAbsent) return never;
  const { level } = value;
  if (condition.test === "present") {
    return value.isFull ? always : { level, sql: sql`${value.sql} IS NOT NULL` };
  }
  const text = asText(scope, value).sql;
  if (condition.test === "matches") {
    return {
      level,
      sql: sql`coalesce(${scope.dialect.matches(text, `(?i)${condition.pattern}`)}, FALSE)`,
    };
  }
  const values = condition.values.map((one) => literal(one.trim().toLowerCase()));
  if (values.length === 0) return never;
  return { level, sql: sql`coalesce(lower(${text}) IN (${join(values)}), FALSE)` };
}
