import { all, join, literal, raw, sql } from "../sql/fragment.ts";
import { numericValue } from "./compile-number.ts";
import { asText, levelOf, type Scope } from "./compile-scope.ts";
import type { Located } from "./layers.ts";
import type { Condition } from "./source.ts";

const never: Located = { sql: raw("FALSE"), level: 0 };

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

function combined(parts: readonly Located[], test: "all" | "any"): Located {
  const pieces = parts.map((part) => part.sql);
  if (test === "all") return { level: levelOf(...parts), sql: all(pieces) };
  const either =
    pieces.length === 0
      ? raw("FALSE")
      : join(
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
  if (condition.test === "present") return { level, sql: sql`${value.sql} IS NOT NULL` };
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
