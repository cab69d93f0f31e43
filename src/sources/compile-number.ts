import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { choiceOf } from "./compile-choice.ts";
import {
  absent,
  asText,
  checkedConversion,
  formatKey,
  levelOf,
  type Scope,
  type Value,
} from "./compile-scope.ts";
import { moneySql, numberSql, plainFormat } from "./numbers.ts";
import type { Expression } from "./source.ts";

type Numeric = "money" | "number";

/** True when an expression works with amounts, so that its numbers have to be exact, too. */
export function isAmount(expression: Expression): boolean {
  switch (expression.op) {
    case "money":
    case "sumOfMatches":
      return true;
    case "sum":
    case "product":
    case "first":
      return expression.of.some(isAmount);
    case "negative":
    case "absolute":
    case "share":
    case "filled":
    case "total":
      return isAmount(expression.of);
    case "when":
      return (
        isAmount(expression.then) ||
        (expression.otherwise !== undefined && isAmount(expression.otherwise))
      );
    default:
      return false;
  }
}

/**
 * Compiles an expression to an amount or a number. As an amount every number in it is read exactly.
 *
 * @param scope the file and what is being compiled
 * @param expression any expression; texts are read as numbers
 * @param as what is wanted
 */
export function numericValue(scope: Scope, expression: Expression, as: Numeric): Value {
  const value = unnamedValue(scope, expression, as);
  // Arithmetic repeats its operands, so without names the SQL would grow with every nesting.
  return value.isAbsent ? value : { ...value, ...scope.layers.named(value) };
}

function unnamedValue(scope: Scope, expression: Expression, as: Numeric): Value {
  switch (expression.op) {
    case "money":
      return inner(scope, expression.of, as === "number" ? "number" : "money", expression.unit);
    case "number":
      return inner(scope, expression.of, as);
    case "constant":
      return constantNumber(scope, expression.value, as);
    case "sum":
      return sumOf(scope, operands(scope, expression.of, as), as);
    case "product":
      return productOf(scope, operands(scope, expression.of, as), as);
    case "share":
      return shareOf(
        scope,
        operands(scope, [expression.of, expression.part, expression.whole], "money"),
        as,
        expression.decimals,
      );
    case "negative":
      return mapped(numericValue(scope, expression.of, as), (value) => sql`(-${value})`);
    case "absolute":
      return mapped(numericValue(scope, expression.of, as), (value) => sql`abs(${value})`);
    case "first":
      return firstOf(operands(scope, expression.of, as), as);
    case "when":
      return choiceOf(scope, expression, as, (branch) => numericValue(scope, branch, as));
    case "total":
      return totalOf(scope, expression, as);
    default:
      return convert(scope, scope.compile(expression), as);
  }
}

function inner(scope: Scope, of: Expression, as: Numeric, unit?: "micros" | "cents"): Value {
  const isArithmetic = [
    "sum",
    "product",
    "negative",
    "absolute",
    "share",
    "money",
    "number",
  ].includes(of.op);
  if (isArithmetic && !unit) return numericValue(scope, of, as);
  return convert(scope, scope.compile(of), as, unit);
}

const operands = (scope: Scope, of: readonly Expression[], as: Numeric): readonly Value[] =>
  of.map((part) => numericValue(scope, part, as));

function constantNumber(scope: Scope, value: string | number | boolean, as: Numeric): Value {
  const text = literal(String(value));
  const number =
    as === "money" ? scope.dialect.moneyFromText(text) : scope.dialect.numberFromText(text);
  return { sql: number, level: 0, type: as, checks: [], field: null };
}

/** A value of any type as an amount or number. */
function convert(scope: Scope, value: Value, as: Numeric, unit?: "micros" | "cents"): Value {
  if (value.isAbsent) return absent(as, value.field);
  if (value.type === as) return value;
  if (value.type === "number" || value.type === "count") {
    return { ...value, type: as, sql: scope.dialect.texts.moneyFromNumber(value.sql) };
  }
  return parsed(scope, scope.layers.named(asText(scope, value)), value, as, unit);
}

function parsed(
  scope: Scope,
  named: { readonly sql: Sql; readonly level: number },
  value: Value,
  as: Numeric,
  unit?: "micros" | "cents",
): Value {
  const text: Value = { ...value, ...named, type: "text" };
  const key = formatKey("number", text.sql);
  scope.requests.push({ ...named, key, kind: "number", field: text.field, dayFirst: undefined });
  const format = scope.profile.numbers.get(key) ?? plainFormat;
  const converted =
    as === "money" || unit
      ? moneySql(scope.dialect, text.sql, format, unit)
      : numberSql(scope.dialect, text.sql, format);
  return checkedConversion(
    scope,
    text,
    { sql: converted, level: text.level, type: as },
    as === "money"
      ? { code: "not_an_amount", reason: "not an amount: {value}" }
      : { code: "not_a_number", reason: "not a number: {value}" },
  );
}

const checksOf = (values: readonly Value[]) => values.flatMap((value) => value.checks);
const present = (values: readonly Value[]) => values.filter((value) => !value.isAbsent);
const fieldOf = (values: readonly Value[]) => values.find((value) => value.field)?.field ?? null;

function mapped(value: Value, map: (value: Sql) => Sql): Value {
  return value.isAbsent ? value : { ...value, sql: map(value.sql) };
}

function sumOf(scope: Scope, all: readonly Value[], as: Numeric): Value {
  const values = present(all).map((value) => ({ ...value, ...scope.layers.named(value) }));
  const [only] = values;
  if (!only) return absent(as, fieldOf(all));
  if (values.length === 1) return only;
  const zeros = values.map((value) => sql`coalesce(${value.sql}, 0)`);
  const total = as === "money" ? scope.dialect.texts.addMoney(zeros) : sql`(${join(zeros, " + ")})`;
  const someValue = sql`coalesce(${join(values.map((value) => scope.dialect.textOf(value.sql)))}) IS NOT NULL`;
  return {
    ...scope.layers.named({
      sql: sql`CASE WHEN ${someValue} THEN ${total} END`,
      level: levelOf(...values),
    }),
    type: as,
    checks: checksOf(values),
    field: fieldOf(values),
  };
}

function productOf(scope: Scope, values: readonly Value[], as: Numeric): Value {
  if (values.some((value) => value.isAbsent)) return absent(as, fieldOf(values));
  const pieces = values.map((value) => value.sql);
  const times = (left: Sql, right: Sql): Sql =>
    as === "money" ? scope.dialect.texts.multiplyMoney(left, right) : sql`(${left} * ${right})`;
  return {
    sql: pieces.reduce(times),
    level: levelOf(...values),
    type: as,
    checks: checksOf(values),
    field: fieldOf(values),
  };
}

function shareOf(
  scope: Scope,
  values: readonly Value[],
  as: Numeric,
  decimals: number | undefined,
): Value {
  const [of, part, whole] = values;
  if (!of || !part || !whole || values.some((value) => value.isAbsent)) {
    return absent(as, fieldOf(values));
  }
  const { named } = scope.layers;
  const exact = { of: named(of), part: named(part), whole: named(whole) };
  const share = scope.dialect.texts.shareOfMoney(
    exact.of.sql,
    exact.part.sql,
    exact.whole.sql,
    decimals,
  );
  const result: Value = {
    ...named({ sql: share, level: levelOf(exact.of, exact.part, exact.whole) }),
    type: "money",
    checks: checksOf(values),
    field: fieldOf(values),
  };
  if (as === "money") return result;
  return {
    ...result,
    type: as,
    sql: sql`CAST(${result.sql} AS ${raw(scope.dialect.types.number)})`,
  };
}

/** The sum over a group is exact, also of numbers; a row without a group has its own value. */
function totalOf(
  scope: Scope,
  { of, by }: Extract<Expression, { readonly op: "total" }>,
  as: Numeric,
): Value {
  const value = numericValue(scope, of, "money");
  const group = scope.compile({ op: "text", column: by });
  if (value.isAbsent || group.isAbsent) return value;
  const total = scope.dialect.texts.totalWithin(value.sql, group.sql);
  const named = scope.layers.named({
    sql: sql`CASE WHEN ${group.sql} IS NULL THEN ${value.sql} ELSE ${total} END`,
    level: levelOf(value, group),
  });
  if (as === "money") return { ...value, ...named };
  return {
    ...value,
    level: named.level,
    type: as,
    sql: sql`CAST(${named.sql} AS ${raw(scope.dialect.types.number)})`,
  };
}

function firstOf(all: readonly Value[], as: Numeric): Value {
  const values = present(all);
  const [only] = values;
  if (!only) return absent(as, fieldOf(all));
  if (values.length === 1) return only;
  return {
    sql: sql`coalesce(${join(values.map((value) => value.sql))})`,
    level: levelOf(...values),
    type: as,
    checks: checksOf(values),
    field: fieldOf(values),
  };
}
