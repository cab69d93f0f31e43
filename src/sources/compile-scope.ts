import type { Settings } from "../ledger/settings.ts";
import type { ColumnType } from "../ledger/table.ts";
import type { LedgerTableName } from "../ledger/tables.ts";
import type { Dialect } from "../sql/dialect.ts";
import { displaySql, raw, type Sql, sql } from "../sql/fragment.ts";
import type { FoundColumn } from "./column-name.ts";
import type { TimeFormat } from "./dates.ts";
import type { Layers, Located } from "./layers.ts";
import type { NumberFormat } from "./numbers.ts";
import type { Condition, Expression, Source } from "./source.ts";

/** Something that can be wrong with a row. */
export interface Check extends Located {
  readonly code: string;
  /** Column of the file that is at fault, where it is one. */
  readonly field: string | null;
  /** The sentence for people; `{value}` stands for the offending value. */
  readonly reason: string;
  /** The offending value; null when there is none to show. */
  readonly value: Sql | null;
}

/** A compiled expression. The SQL of a `Check` and of a `Value` read the columns of their level. */
export interface Value extends Located {
  readonly type: ColumnType;
  /** What can be wrong with it. */
  readonly checks: readonly Check[];
  /** Column of the file that it comes from, for messages. */
  readonly field: string | null;
  /** True when it is null on every row: the file has no such column. */
  readonly isAbsent?: boolean;
  /** True when it is a text that no row lacks. */
  readonly isFull?: boolean;
  /** The closed list of texts that it can have, where the expression says one. */
  readonly outcomes?: readonly string[];
}

/** What was found out about a file before its rows are converted. */
export interface Profile {
  /** Columns with texts that need trimming, or that are empty. */
  readonly untidy: ReadonlySet<string>;
  /** Columns with a tidy text on every row. */
  readonly full: ReadonlySet<string>;
  /** By `formatKey`. */
  readonly times: ReadonlyMap<string, TimeFormat>;
  readonly numbers: ReadonlyMap<string, NumberFormat>;
}

/** A text whose format has to be found out. */
export interface FormatRequest extends Located {
  readonly key: string;
  readonly kind: "time" | "number";
  readonly field: string | null;
  readonly dayFirst: boolean | undefined;
}

/** An identifier that a row names. */
export interface Identifier {
  readonly kind: "email" | "phone" | "id" | "anonymous" | "account" | "domain";
  readonly namespace: string;
  /** Normalised, in clear. */
  readonly value: Located;
  readonly identity: Located;
}

/** Everything that compiling one expression can need. */
export interface Scope {
  readonly dialect: Dialect;
  readonly settings: Pick<Settings, "time_zone" | "stages">;
  readonly source: Source;
  /** Namespace of natural keys and of ids. */
  readonly keySpace: string;
  readonly layers: Layers;
  readonly profile: Profile;
  readonly findColumn: (name: string) => FoundColumn | null;
  /** Tidied text of a column of the file. */
  readonly column: (found: FoundColumn) => Located;
  /** Hash of the whole raw row and its ordinal among equal rows. */
  readonly content: () => Located;
  readonly line: Sql;
  /** A ledger table whose rows are looked up, and the type of one of its columns. */
  readonly lookupTable: (
    table: LedgerTableName,
    column: string,
  ) => {
    readonly sql: Sql;
    readonly type: ColumnType;
  };
  /** Zone of times that name none: the expression's, the source's, or UTC. */
  readonly zone: (zone: string | undefined) => string;
  readonly requests: FormatRequest[];
  readonly identifiers: Identifier[];
  readonly compile: (expression: Expression) => Value;
  /** A condition that is true or false, never null. */
  readonly condition: (condition: Condition) => Located;
}

/** Names the format of a text in the profile. */
export function formatKey(kind: "time" | "number", text: Sql): string {
  return `${kind} ${displaySql(text)}`;
}

/** A value that no row has. */
export function absent(type: ColumnType, field: string | null): Value {
  return { sql: raw("NULL"), level: 0, type, checks: [], field, isAbsent: true };
}

/** The level from which all of some values can be read. */
export function levelOf(...parts: readonly Located[]): number {
  return Math.max(0, ...parts.map(({ level }) => level));
}

/** The value as text, for keys and for text columns. */
export function asText(scope: Pick<Scope, "dialect">, value: Value): Value {
  if (value.isAbsent || value.type === "text" || value.type === "json") return value;
  return { ...value, type: "text", sql: scope.dialect.textOf(value.sql) };
}

/** Checks that only count where a condition holds. */
export function guarded(checks: readonly Check[], condition: Located): readonly Check[] {
  return checks.map((check) => ({
    ...check,
    sql: sql`(${condition.sql}) AND (${check.sql})`,
    level: levelOf(check, condition),
  }));
}

/** Names a converted value and adds the check that a text which is there could be read. */
export function checkedConversion(
  scope: Pick<Scope, "layers" | "dialect">,
  text: Value,
  converted: Located & { readonly type: ColumnType },
  problem: { readonly code: string; readonly reason: string },
): Value {
  const from = scope.layers.named(text);
  const value = scope.layers.named(converted);
  const check: Check = {
    ...problem,
    field: text.field,
    sql: sql`${value.sql} IS NULL AND ${from.sql} IS NOT NULL AND lower(${from.sql}) NOT IN (${nothing})`,
    level: levelOf(from, value),
    value: from.sql,
  };
  return { ...value, type: converted.type, checks: [...text.checks, check], field: text.field };
}

/** Texts that mean "no value" where a time, a number or a truth is expected, in every file. */
const nothing = raw(
  [
    "null",
    "(null)",
    "\\n",
    "none",
    "nil",
    "n/a",
    "#n/a",
    "na",
    "nan",
    "-",
    "--",
    "—",
    "undefined",
    "(not set)",
    "0000-00-00",
    "0000-00-00 00:00:00",
  ]
    .map((text) => `'${text}'`)
    .join(", "),
);

/** Conditions that are the same on every row; what they rule out is not even computed. */
export const never: Located = { sql: raw("FALSE"), level: 0 };
export const always: Located = { sql: raw("TRUE"), level: 0 };

/** True when a condition holds on no row. */
export const isNever = (condition: Located): boolean => isText(condition.sql, "FALSE");
/** True when a condition holds on every row. */
export const isAlways = (condition: Located): boolean => isText(condition.sql, "TRUE");

const isText = (piece: Sql, text: string): boolean =>
  piece.strings.length === 1 && piece.strings[0] === text;
