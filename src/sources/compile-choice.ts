import { sql } from "../sql/fragment.ts";
import {
  absent,
  guarded,
  isAlways,
  isNever,
  levelOf,
  type Scope,
  type Value,
} from "./compile-scope.ts";
import type { Expression } from "./source.ts";

/**
 * Compiles a choice between two expressions; a condition that the file's columns decide leaves only one of them.
 *
 * @param scope the file and what is being compiled
 * @param expression the choice
 * @param as type of the result
 * @param compile compiles a branch to that type
 */
export function choiceOf(
  scope: Scope,
  expression: Extract<Expression, { readonly op: "when" }>,
  as: Value["type"],
  compile: (branch: Expression) => Value,
): Value {
  const condition = scope.condition(expression.condition);
  if (isAlways(condition)) return compile(expression.then);
  const otherwise = expression.otherwise ? compile(expression.otherwise) : absent(as, null);
  if (isNever(condition)) return otherwise;
  const then = compile(expression.then);
  const not = { sql: sql`NOT (${condition.sql})`, level: condition.level };
  return {
    sql: sql`CASE WHEN ${condition.sql} THEN ${then.sql} ELSE ${otherwise.sql} END`,
    level: levelOf(condition, then, otherwise),
    type: as,
    checks: [...guarded(then.checks, condition), ...guarded(otherwise.checks, not)],
    field: then.field ?? otherwise.field,
  };
}
