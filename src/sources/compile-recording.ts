import type { Column, LedgerTable } from "../ledger/table.ts";
import { lifecycleStages } from "../ledger/tables/crm.ts";
import { ledgerTable } from "../ledger/tables.ts";
import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { booleanValue } from "./compile-expression.ts";
import {
  type CompiledWho,
  compileWho,
  domainSql,
  emailSql,
  identifierOf,
  identityValue,
} from "./compile-identity.ts";
import { numericValue } from "./compile-number.ts";
import {
  always,
  asText,
  type Check,
  type Identifier,
  isAlways,
  isNever,
  levelOf,
  type Scope,
  type Value,
} from "./compile-scope.ts";
import { temporalValue } from "./compile-time.ts";
import type { Located } from "./layers.ts";
import type { Expression, Recording } from "./source.ts";

/** A recording over the layers of its scope. */
export interface RecordingValues {
  readonly table: LedgerTable;
  /** True on the rows that it records; null when it is all of them. */
  readonly applies: Located | null;
  readonly key: Located;
  /** The table's own columns; absent ones are left out. */
  readonly columns: ReadonlyMap<string, Value>;
  readonly version: Located | null;
  readonly deleted: Located | null;
  readonly checks: readonly Check[];
  readonly identifiers: readonly Identifier[];
  /** Pairs of identities that a row says belong together. */
  readonly links: readonly (readonly [Located, Located])[];
}

/**
 * Compiles one recording of a source.
 *
 * @param scope the file and what is being compiled
 * @param recording how a raw row becomes a ledger row
 * @returns null when it can apply to no row of the file
 */
export function compileRecording(scope: Scope, recording: Recording): RecordingValues | null {
  const table = ledgerTable(recording.into);
  const condition = recording.when ? scope.condition(recording.when) : always;
  if (isNever(condition)) return null;
  const applies = isAlways(condition) ? null : condition;
  const from = scope.identifiers.length;
  const who = compileWho(scope, recording.who);
  const columns = columnValues(scope, table, recording, who);
  const key = keyOf(scope, recording);
  const version = recording.version ? temporalValue(scope, recording.version, "time") : null;
  const domain = table.name === "accounts" ? domainOf(scope, recording) : null;
  return {
    table,
    applies,
    key: key.value,
    columns,
    version: version && !version.isAbsent ? version : null,
    deleted: recording.deleted ? scope.condition(recording.deleted) : null,
    checks: [
      ...key.checks,
      ...(version?.checks ?? []),
      ...[...columns].flatMap(([name, value]) => columnChecks(scope, table, name, value)),
      ...missingColumns(table, recording, columns),
      ...personChecks(table, recording, who),
    ],
    identifiers: scope.identifiers.slice(from),
    links: linksOf(who, columns.get("account"), domain),
  };
}

function linksOf(
  who: CompiledWho,
  account: Value | undefined,
  domain: Identifier | null,
): readonly (readonly [Located, Located])[] {
  const { identity } = who;
  const own =
    identity && who.identifiers.length > 1
      ? who.identifiers.map((other) => [identity, other.identity] as const)
      : [];
  return account && domain ? [...own, [account, domain.identity]] : own;
}

function domainOf(scope: Scope, recording: Recording): Identifier | null {
  const expression = recording.set.domain;
  return expression ? identifierOf(scope, "domain", expression) : null;
}

function columnValues(
  scope: Scope,
  table: LedgerTable,
  recording: Recording,
  who: CompiledWho,
): ReadonlyMap<string, Value> {
  const columns = new Map<string, Value>();
  for (const [name, column] of Object.entries(table.columns)) {
    const expression = recording.set[name];
    const value = expression ? columnValue(scope, table, name, column, expression) : null;
    if (value && !value.isAbsent) columns.set(name, value);
  }
  const person = { type: "identity", checks: [], field: null } as const;
  if (who.identity && "identity" in table.columns && !columns.has("identity")) {
    columns.set("identity", { ...who.identity, ...person });
  }
  if (who.anonymous && "anonymous" in table.columns && !columns.has("anonymous")) {
    columns.set("anonymous", { ...who.anonymous, ...person });
  }
  return columns;
}

function columnValue(
  scope: Scope,
  table: LedgerTable,
  name: string,
  column: Column,
  given: Expression,
): Value {
  const expression = withOwnStages(scope, table, name, given);
  switch (column.type) {
    case "money":
    case "number":
      return numericValue(scope, expression, column.type);
    case "time":
    case "day":
      return temporalValue(scope, expression, column.type);
    case "boolean":
      return booleanValue(scope, scope.compile(expression));
    case "identity": {
      const value = ["accountId", "accountDomain", "personId", "first", "when", "lookup"].includes(
        expression.op,
      )
        ? scope.compile(expression)
        : identityValue(scope, "account", expression);
      return value;
    }
    default:
      return textColumn(scope, table, name, column, asText(scope, scope.compile(expression)));
  }
}

/** The workspace's own names of stages count before those of the source. */
function withOwnStages(
  scope: Scope,
  table: LedgerTable,
  name: string,
  expression: Expression,
): Expression {
  if (name !== "stage" || (table.name !== "stages" && table.name !== "people")) return expression;
  if (expression.op === "oneOf") {
    const own = Object.keys(scope.settings.stages).map((key) => key.trim().toLowerCase());
    const rest = Object.entries(expression.values).filter(
      ([from]) => !own.includes(from.trim().toLowerCase()),
    );
    return {
      ...expression,
      values: { ...Object.fromEntries(rest), ...scope.settings.stages },
    };
  }
  if (expression.op !== "text") return expression;
  const same = Object.fromEntries(lifecycleStages.map((stage) => [stage, stage]));
  return { op: "oneOf", of: expression, values: { ...same, ...scope.settings.stages } };
}

function textColumn(
  scope: Scope,
  table: LedgerTable,
  name: string,
  column: Column,
  value: Value,
): Value {
  if (value.isAbsent) return value;
  if (table.name === "people" && name === "email") {
    return {
      ...value,
      ...scope.layers.named({ ...value, sql: emailSql(scope.dialect, value.sql) }),
    };
  }
  if (table.name === "accounts" && name === "domain") {
    return {
      ...value,
      ...scope.layers.named({ ...value, sql: domainSql(scope.dialect, value.sql) }),
    };
  }
  const allowed = column.oneOf;
  if (!allowed || value.outcomes?.every((outcome) => allowed.includes(outcome))) return value;
  return { ...value, sql: sql`lower(${value.sql})` };
}

function columnChecks(
  scope: Scope,
  table: LedgerTable,
  name: string,
  value: Value,
): readonly Check[] {
  const column = table.columns[name];
  if (!column) return value.checks;
  const checks: Check[] = [...value.checks];
  const { sql: piece, level, field } = value;
  const allowed = column.oneOf;
  if (allowed && !value.outcomes?.every((outcome) => allowed.includes(outcome))) {
    const list = join(allowed.map((one) => literal(one)));
    const known = sql`${piece} IS NOT NULL AND ${piece} NOT IN (${list})`;
    const reason = `not one of the known values of ${name}: {value}`;
    checks.push({ code: "unknown_value", field, reason, sql: known, level, value: piece });
  }
  if (column.isDecimal) {
    const number = scope.dialect.rateOf(piece);
    checks.push({
      code: "not_a_number",
      field,
      reason: "not a number above zero, written with a point: {value}",
      sql: sql`${piece} IS NOT NULL AND coalesce(${number} <= 0, TRUE)`,
      level,
      value: piece,
    });
  }
  if (column.required) checks.push(missing(name, field, sql`${piece} IS NULL`, level));
  if (table.time === name && column.type === "time") {
    const time = (text: string) => sql`CAST(${literal(text)} AS ${raw(scope.dialect.types.time)})`;
    checks.push({
      code: "time_out_of_range",
      field,
      reason: "a time before 1900 or after 2200: {value}",
      sql: sql`${piece} < ${time("1900-01-01")} OR ${piece} >= ${time("2200-01-01")}`,
      level,
      value: scope.dialect.textOf(piece),
    });
  }
  return checks;
}

function missing(column: string, field: string | null, failed: Sql, level: number): Check {
  const reason = `nothing in ${field ? `"${field}"` : "the file"} for ${column}, which a row must have`;
  return { code: "missing", field, reason, sql: failed, level, value: null };
}

/** Required columns that the file does not have at all. */
function missingColumns(
  table: LedgerTable,
  recording: Recording,
  columns: ReadonlyMap<string, Value>,
): readonly Check[] {
  return Object.entries(table.columns)
    .filter(([name, column]) => column.required && !columns.has(name))
    .map(([name]) => missing(name, fieldOf(recording.set[name]), raw("TRUE"), 0));
}

function personChecks(
  table: LedgerTable,
  recording: Recording,
  who: CompiledWho,
): readonly Check[] {
  if (table.name !== "people" || recording.set.identity) return [];
  const { id, email, phone, anonymous } = recording.who ?? {};
  const field = fieldOf(id ?? email ?? phone ?? anonymous);
  const failed = who.identity ? sql`${who.identity.sql} IS NULL` : raw("TRUE");
  return [missing("a person", field, failed, who.identity?.level ?? 0)];
}

function fieldOf(expression: Expression | undefined): string | null {
  if (!expression) return null;
  if (expression.op === "text") return expression.column;
  if ("of" in expression) {
    return fieldOf(Array.isArray(expression.of) ? expression.of[0] : (expression.of as Expression));
  }
  return null;
}

function keyOf(
  scope: Scope,
  recording: Recording,
): { readonly value: Located; readonly checks: readonly Check[] } {
  const parts = recording.key.map((part) => asText(scope, scope.compile(part)));
  const hash = scope.dialect.key([
    literal(scope.keySpace),
    literal(recording.into),
    ...parts.map((part) => part.sql),
  ]);
  const level = levelOf(...parts);
  const variable = parts.filter((part) => !part.outcomes);
  const present = variable.filter((part) => !part.isAbsent);
  const nothing =
    present.length === 0
      ? raw("TRUE")
      : sql`coalesce(${join(present.map((part) => part.sql))}) IS NULL`;
  const field = fieldOf(recording.key[0]);
  return {
    value: { sql: hash, level },
    checks: [
      ...parts.flatMap((part) => part.checks),
      ...(variable.length === 0 ? [] : [missing("the key", field, nothing, level)]),
    ],
  };
}
