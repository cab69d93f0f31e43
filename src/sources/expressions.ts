import type { LedgerTableName } from "../ledger/tables.ts";
import type { Condition, Expression } from "./source.ts";

/** Short forms of the expressions, so that a source reads like a table. */

const lift = (of: string | Expression): Expression =>
  typeof of === "string" ? { op: "text", column: of } : of;

export const text = (column: string, ...path: readonly string[]): Expression =>
  path.length > 0 ? { op: "text", column, path } : { op: "text", column };
export const constant = (value: string | number | boolean): Expression => ({
  op: "constant",
  value,
});
export const time = (
  of: string | Expression,
  options: { zone?: string; unit?: "seconds" | "milliseconds" | "microseconds" } = {},
): Expression => ({ op: "time", of: lift(of), ...options });
export const day = (of: string | Expression): Expression => ({ op: "day", of: lift(of) });
export const money = (of: string | Expression, unit?: "micros" | "cents"): Expression =>
  unit ? { op: "money", of: lift(of), unit } : { op: "money", of: lift(of) };
export const number = (of: string | Expression): Expression => ({ op: "number", of: lift(of) });
export const boolean = (of: string | Expression): Expression => ({ op: "boolean", of: lift(of) });
export const currency = (of: string | Expression): Expression => ({ op: "currency", of: lift(of) });
export const oneOf = (
  of: string | Expression,
  values: Readonly<Record<string, string>>,
  otherwise?: string | null,
): Expression =>
  otherwise === undefined
    ? { op: "oneOf", of: lift(of), values }
    : { op: "oneOf", of: lift(of), values, otherwise };
export const first = (...of: readonly (string | Expression)[]): Expression => ({
  op: "first",
  of: of.map(lift),
});
export const joined = (separator: string, ...of: readonly (string | Expression)[]): Expression => ({
  op: "joined",
  of: of.map(lift),
  with: separator,
});
export const filled = (of: string | Expression, by: string): Expression => ({
  op: "filled",
  of: lift(of),
  by,
});
export const total = (of: string | Expression, by: string): Expression => ({
  op: "total",
  of: lift(of),
  by,
});
export const ordinal = (...by: readonly (string | Expression)[]): Expression => ({
  op: "ordinal",
  by: by.map(lift),
});
export const header = (column: string): Expression => ({ op: "header", column });
export const lookup = (
  table: LedgerTableName,
  key: readonly (string | Expression)[],
  column: string,
  waiting: { waitsFor?: string; waits?: "row" | "file" } = {},
): Expression => ({ op: "lookup", table, key: key.map(lift), column, ...waiting });
export const urlParameter = (of: string | Expression, name: string): Expression => ({
  op: "urlParameter",
  of: lift(of),
  name,
});
export const clickId = (of: string | Expression): Expression => ({ op: "clickId", of: lift(of) });
export const capture = (of: string | Expression, pattern: string): Expression => ({
  op: "capture",
  of: lift(of),
  pattern,
});
export const sumOfMatches = (of: string | Expression, pattern: string): Expression => ({
  op: "sumOfMatches",
  of: lift(of),
  pattern,
});
export const parameter = (of: string | Expression, name: string): Expression => ({
  op: "parameter",
  of: lift(of),
  name,
});
export const lower = (of: string | Expression): Expression => ({ op: "lower", of: lift(of) });
export const sum = (...of: readonly (string | Expression)[]): Expression => ({
  op: "sum",
  of: of.map(lift),
});
export const product = (...of: readonly (string | Expression)[]): Expression => ({
  op: "product",
  of: of.map(lift),
});
export const share = (
  of: string | Expression,
  part: string | Expression,
  whole: string | Expression,
  decimals?: number,
): Expression => {
  const exact = { op: "share", of: lift(of), part: lift(part), whole: lift(whole) } as const;
  return decimals === undefined ? exact : { ...exact, decimals };
};
export const minus = (
  of: string | Expression,
  ...less: readonly (string | Expression)[]
): Expression => sum(of, ...less.map(negative));
export const negative = (of: string | Expression): Expression => ({ op: "negative", of: lift(of) });
export const absolute = (of: string | Expression): Expression => ({ op: "absolute", of: lift(of) });
export const when = (condition: Condition, then: Expression, otherwise?: Expression): Expression =>
  otherwise ? { op: "when", condition, then, otherwise } : { op: "when", condition, then };
export const content: Expression = { op: "content" };
export const accountId = (of: string | Expression): Expression => ({
  op: "accountId",
  of: lift(of),
});
export const accountDomain = (of: string | Expression): Expression => ({
  op: "accountDomain",
  of: lift(of),
});
export const personId = (of: string | Expression): Expression => ({ op: "personId", of: lift(of) });

export const is = (of: string | Expression, ...values: readonly string[]): Condition => ({
  test: "is",
  of: lift(of),
  values,
});
export const present = (of: string | Expression): Condition => ({ test: "present", of: lift(of) });
export const matches = (of: string | Expression, pattern: string): Condition => ({
  test: "matches",
  of: lift(of),
  pattern,
});
export const isPositive = (of: Expression): Condition => ({ test: "positive", of });
export const isNegative = (of: Expression): Condition => ({ test: "negative", of });
export const isNotZero = (of: Expression): Condition => ({
  test: "any",
  of: [isPositive(of), isNegative(of)],
});
export const not = (of: Condition): Condition => ({ test: "not", of });
export const allOf = (...of: readonly Condition[]): Condition => ({ test: "all", of });
export const anyOf = (...of: readonly Condition[]): Condition => ({ test: "any", of });
/** A flag that says yes, in the spellings of exports. */
export const isTrue = (of: string | Expression): Condition =>
  is(lower(of), "true", "1", "yes", "t", "y");
/** Every row. */
export const always: Condition = allOf();
