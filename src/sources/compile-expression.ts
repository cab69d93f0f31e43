import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { identityValue } from "./compile-identity.ts";
import { isAmount, numericValue } from "./compile-number.ts";
import {
  absent,
  asText,
  type Check,
  checkedConversion,
  guarded,
  isAlways,
  isNever,
  levelOf,
  type Scope,
  type Value,
} from "./compile-scope.ts";
import { temporalValue } from "./compile-time.ts";
import { currencyValue } from "./currencies.ts";
import type { Expression } from "./source.ts";

type Compilers = {
  readonly [Op in Expression["op"]]: (
    scope: Scope,
    expression: Extract<Expression, { readonly op: Op }>,
  ) => Value;
};

const amountOrNumber = (scope: Scope, expression: Expression): Value =>
  numericValue(scope, expression, isAmount(expression) ? "money" : "number");

const compilers: Compilers = {
  text: textValue,
  constant: (_, { value }) => constantValue(value),
  time: (scope, expression) => temporalValue(scope, expression, "time"),
  day: (scope, expression) => temporalValue(scope, expression, "day"),
  money: (scope, expression) => numericValue(scope, expression, "money"),
  number: amountOrNumber,
  sum: amountOrNumber,
  product: amountOrNumber,
  total: amountOrNumber,
  share: (scope, expression) => numericValue(scope, expression, "money"),
  negative: amountOrNumber,
  absolute: amountOrNumber,
  boolean: (scope, { of }) => booleanValue(scope, scope.compile(of)),
  currency: (scope, { of }) => currencyValue(scope, scope.compile(of)),
  oneOf: oneOfValue,
  first: firstValue,
  joined: joinedValue,
  filled: filledValue,
  ordinal: ordinalValue,
  header: (scope, { column }) => headerValue(scope, column),
  lookup: lookupValue,
  urlParameter: (scope, { of, name }) => urlParameterValue(scope, scope.compile(of), name),
  clickId: (scope, { of }) => clickIdValue(scope, scope.compile(of)),
  capture: (scope, { of, pattern }) =>
    mapText(
      scope,
      scope.compile(of),
      (text) => sql`nullif(${scope.dialect.capture(text, pattern)}, '')`,
    ),
  sumOfMatches: (scope, { of, pattern }) => sumOfMatches(scope, scope.compile(of), pattern),
  parameter: (scope, { of, name }) => parameterValue(scope, scope.compile(of), name),
  lower: (scope, { of }) => mapText(scope, scope.compile(of), (text) => sql`lower(${text})`),
  when: whenValue,
  content: (scope) => ({ ...scope.content(), type: "text", checks: [], field: null }),
  accountId: (scope, { of }) => identityValue(scope, "account", of),
  accountDomain: (scope, { of }) => identityValue(scope, "domain", of),
  personId: (scope, { of }) => identityValue(scope, "id", of),
};

/**
 * Compiles an expression to SQL over the layers of the scope.
 *
 * @param scope the file and what is being compiled
 * @param expression the expression
 */
export function compileExpression(scope: Scope, expression: Expression): Value {
  const compiler = compilers[expression.op] as (scope: Scope, expression: Expression) => Value;
  return compiler(scope, expression);
}

function textValue(
  scope: Scope,
  { column, path }: Extract<Expression, { readonly op: "text" }>,
): Value {
  const found = scope.findColumn(column);
  if (!found) return absent("text", column);
  const text = scope.column(found);
  const field = found.column;
  if (!path || path.length === 0) {
    const isFull = scope.profile.full.has(field) && (scope.source.placeholders ?? []).length === 0;
    return { ...text, type: "text", checks: [], field, isFull };
  }
  const inside = scope.dialect.texts.tidy(scope.dialect.jsonText(text.sql, path));
  return { sql: inside, level: text.level, type: "text", checks: [], field };
}

function constantValue(value: string | number | boolean): Value {
  const base = { level: 0, checks: [], field: null };
  if (typeof value === "boolean") {
    return { ...base, sql: raw(value ? "TRUE" : "FALSE"), type: "boolean" };
  }
  return { ...base, sql: literal(String(value)), type: "text", outcomes: [String(value)] };
}

/** A text made from another text. */
function mapText(scope: Scope, value: Value, map: (text: Sql) => Sql): Value {
  if (value.isAbsent) return absent("text", value.field);
  const { outcomes: _, isFull: __, ...text } = asText(scope, value);
  return { ...text, sql: map(text.sql) };
}

/**
 * A value as true or false, in the spellings of several languages.
 *
 * @param scope the file and what is being compiled
 * @param value of any type
 */
export function booleanValue(scope: Scope, value: Value): Value {
  if (value.isAbsent) return absent("boolean", value.field);
  if (value.type === "boolean") return value;
  const text: Value = { ...asText(scope, value), type: "text" };
  const list = (words: string) =>
    raw(
      words
        .split(" ")
        .map((word) => `'${word}'`)
        .join(", "),
    );
  const lower = sql`lower(${text.sql})`;
  const piece = sql`CASE WHEN ${lower} IN (${list("true t yes y 1 on x ja oui si sí ya 1.0 是")}) THEN TRUE WHEN ${lower} IN (${list("false f no n 0 off nein non tidak 0.0 否")}) THEN FALSE END`;
  return checkedConversion(
    scope,
    text,
    { sql: piece, level: text.level, type: "boolean" },
    { code: "not_a_boolean", reason: "neither yes nor no: {value}" },
  );
}

function oneOfValue(
  scope: Scope,
  { of, values, otherwise }: Extract<Expression, { readonly op: "oneOf" }>,
): Value {
  const value = scope.compile(of);
  const outcomes = [...Object.values(values), ...(otherwise ? [otherwise] : [])];
  if (value.isAbsent) return absent("text", value.field);
  const { isFull: _, ...text } = asText(scope, value);
  const branches = Object.entries(values).map(
    ([from, to]) => sql`WHEN ${literal(from.trim().toLowerCase())} THEN ${literal(to)}`,
  );
  const rest = otherwise ? sql`ELSE ${literal(otherwise)}` : raw("");
  const choice =
    branches.length === 0
      ? literal(otherwise ?? null)
      : sql`CASE lower(${text.sql}) ${join(branches, " ")} ${rest} END`;
  const located = {
    sql: sql`CASE WHEN ${text.sql} IS NOT NULL THEN ${choice} END`,
    level: text.level,
    type: "text" as const,
  };
  if (otherwise !== undefined) return { ...text, ...located, outcomes };
  const problem = { code: "unknown_value", reason: "not one of the known values: {value}" };
  return { ...checkedConversion(scope, text, located, problem), outcomes };
}

/** Several values brought to one type: their own when they agree, text otherwise. */
function unified(scope: Scope, values: readonly Value[]): readonly Value[] {
  const types = new Set(values.filter((value) => !value.isAbsent).map((value) => value.type));
  return types.size <= 1 ? values : values.map((value) => asText(scope, value));
}

function firstValue(
  scope: Scope,
  expression: Extract<Expression, { readonly op: "first" }>,
): Value {
  if (isAmount(expression)) return numericValue(scope, expression, "money");
  const all = unified(scope, expression.of.map(scope.compile));
  const values = all.filter((value) => !value.isAbsent);
  const [only] = values;
  if (!only) return absent("text", all.find((value) => value.field)?.field ?? null);
  if (values.length === 1) return only;
  return {
    sql: sql`coalesce(${join(values.map((value) => value.sql))})`,
    level: levelOf(...values),
    type: only.type,
    checks: values.flatMap((value) => value.checks),
    field: only.field,
  };
}

function joinedValue(
  scope: Scope,
  expression: Extract<Expression, { readonly op: "joined" }>,
): Value {
  const values = expression.of
    .map((part) => asText(scope, scope.compile(part)))
    .filter((value) => !value.isAbsent);
  if (values.length === 0) return absent("text", null);
  const pieces = values.map((value) => value.sql);
  return {
    sql: sql`nullif(${scope.dialect.texts.joinedText(expression.with, pieces)}, '')`,
    level: levelOf(...values),
    type: "text",
    checks: values.flatMap((value) => value.checks),
    field: values.find((value) => value.field)?.field ?? null,
  };
}

function filledValue(
  scope: Scope,
  expression: Extract<Expression, { readonly op: "filled" }>,
): Value {
  const value = scope.compile(expression.of);
  const by = scope.compile({ op: "text", column: expression.by });
  if (value.isAbsent || by.isAbsent) return value;
  const level = levelOf(value, by);
  const first = scope.dialect.texts.firstWithin(value.sql, by.sql, scope.line);
  const filled = sql`CASE WHEN ${value.sql} IS NOT NULL OR ${by.sql} IS NULL THEN ${value.sql} ELSE ${first} END`;
  return { ...value, ...scope.layers.named({ sql: filled, level }) };
}

function ordinalValue(
  scope: Scope,
  expression: Extract<Expression, { readonly op: "ordinal" }>,
): Value {
  const group = expression.by.map((part) => asText(scope, scope.compile(part)));
  const pieces = group.map((value) => value.sql);
  const ordinal = scope.dialect.texts.ordinalWithin(
    pieces.length > 0 ? pieces : [raw("1")],
    scope.line,
  );
  return {
    ...scope.layers.named({ sql: ordinal, level: levelOf(...group) }),
    type: "count",
    checks: group.flatMap((value) => value.checks),
    field: null,
  };
}

function headerValue(scope: Scope, column: string): Value {
  const found = scope.findColumn(column);
  if (!found?.wildcard) return absent("text", column);
  return { sql: literal(found.wildcard), level: 0, type: "text", checks: [], field: found.column };
}

function lookupValue(
  scope: Scope,
  { table, key, column, waitsFor, waits }: Extract<Expression, { readonly op: "lookup" }>,
): Value {
  const target = scope.lookupTable(table, column);
  const parts = key.map((part) => asText(scope, scope.compile(part)));
  if (parts.every((part) => part.isAbsent)) return absent(target.type, null);
  const hash = scope.layers.named({
    sql: scope.dialect.key([
      literal(scope.keySpace),
      literal(table),
      ...parts.map((part) => part.sql),
    ]),
    level: levelOf(...parts),
  });
  const found = scope.layers.joined(target.sql, hash, column);
  const field = parts.find((part) => part.field)?.field ?? null;
  const checks = parts.flatMap((part) => part.checks);
  if (waitsFor === undefined) return { ...found, type: target.type, checks, field };
  const waiting: Check = {
    code: "waiting",
    field,
    reason: `{value} is not known yet: import "${waitsFor}", too; this row is taken by itself then`,
    sql: sql`${found.sql} IS NULL${waits === "file" ? sql` AND ${neverLoaded(scope)}` : raw("")}`,
    level: found.level,
    value: parts.find((part) => part.field)?.sql ?? null,
  };
  return { ...found, type: target.type, checks: [...checks, waiting], field };
}

/** True as long as no file that brings the rows was loaded. */
function neverLoaded({ source }: Scope): Sql {
  const ids = (source.after ?? []).map((id) => literal(id));
  if (ids.length === 0) return raw("TRUE");
  return sql`NOT EXISTS (SELECT 1 FROM ${identifier("ledger", "loads")} WHERE "source" IN (${join(ids)}))`;
}

function urlParameterValue(scope: Scope, value: Value, name: string): Value {
  const letters = name.replaceAll(/[^A-Za-z0-9_]/g, "\\$&");
  return mapText(scope, value, (text) => {
    const found = scope.dialect.capture(text, `(?i)[?&#]${letters}=([^&#]*)`);
    return scope.dialect.texts.tidy(scope.dialect.texts.urlDecoded(found));
  });
}

const clickIds =
  "gclid|gbraid|wbraid|dclid|fbclid|msclkid|li_fat_id|ttclid|twclid|yclid|epik|sccid|rdt_cid|gad_source";

function clickIdValue(scope: Scope, value: Value): Value {
  return mapText(scope, value, (text) => {
    const found = scope.dialect.capture(text, `(?i)[?&#](${clickIds})=[^&#]`);
    return sql`CASE WHEN ${scope.dialect.texts.hasPart(text, "=")} THEN nullif(lower(${found}), '') END`;
  });
}

function sumOfMatches(scope: Scope, value: Value, pattern: string): Value {
  if (value.isAbsent) return absent("money", value.field);
  const text = asText(scope, value);
  const sum = scope.dialect.texts.sumOfMatches(text.sql, pattern);
  const reason = "an amount in it cannot be read: {value}";
  return checkedConversion(
    scope,
    text,
    { sql: sum, level: text.level, type: "money" },
    { code: "not_an_amount", reason },
  );
}

/** The list is read once, however many of its parameters a source uses. */
function parameterValue(scope: Scope, value: Value, name: string): Value {
  if (value.isAbsent) return absent("text", value.field);
  const { isFull: _, outcomes: __, ...text } = asText(scope, value);
  const { texts } = scope.dialect;
  const list = scope.layers.named({ sql: texts.keyedValues(text.sql), level: text.level });
  const keys = scope.layers.named({ sql: texts.keysOf(list.sql), level: list.level });
  return {
    ...text,
    sql: texts.tidy(texts.valueOfKey(list.sql, keys.sql, name)),
    level: keys.level,
  };
}

function whenValue(scope: Scope, expression: Extract<Expression, { readonly op: "when" }>): Value {
  if (isAmount(expression)) return numericValue(scope, expression, "money");
  const condition = scope.condition(expression.condition);
  if (isAlways(condition)) return scope.compile(expression.then);
  if (isNever(condition)) {
    return expression.otherwise ? scope.compile(expression.otherwise) : absent("text", null);
  }
  const compiled = unified(scope, [
    scope.compile(expression.then),
    expression.otherwise ? scope.compile(expression.otherwise) : absent("text", null),
  ]);
  const [then, otherwise] = compiled as readonly [Value, Value];
  const not = { sql: sql`NOT (${condition.sql})`, level: condition.level };
  return {
    sql: sql`CASE WHEN ${condition.sql} THEN ${then.sql} ELSE ${otherwise.sql} END`,
    level: levelOf(condition, then, otherwise),
    type: then.isAbsent ? otherwise.type : then.type,
    checks: [...guarded(then.checks, condition), ...guarded(otherwise.checks, not)],
    field: then.field ?? otherwise.field,
    ...outcomesOf(then, otherwise),
  };
}

function outcomesOf(then: Value, otherwise: Value): Pick<Value, "outcomes"> {
  const left = then.isAbsent ? [] : then.outcomes;
  const right = otherwise.isAbsent ? [] : otherwise.outcomes;
  return left && right ? { outcomes: [...left, ...right] } : {};
}
