import { LastpennyError } from "../errors.ts";
import type { Settings } from "../ledger/settings.ts";
import type { LedgerTable } from "../ledger/table.ts";
import { ledgerTable } from "../ledger/tables.ts";
import type { Dialect } from "../sql/dialect.ts";
import { identifier, join, literal, raw, renderSql, type Sql, sql } from "../sql/fragment.ts";
import { columnFinder, type FoundColumn } from "./column-name.ts";
import { compileCondition } from "./compile-condition.ts";
import { compileExpression } from "./compile-expression.ts";
import { sharedSql } from "./compile-identity.ts";
import { compileRecording, type RecordingValues } from "./compile-recording.ts";
import {
  type Check,
  type FormatRequest,
  type Identifier,
  isAlways,
  isNever,
  type Profile,
  type Scope,
} from "./compile-scope.ts";
import { createLayers, type Located } from "./layers.ts";
import type { Source } from "./source.ts";

/** The raw rows that a source is compiled for. */
export interface RawRows {
  readonly table: string;
  readonly columns: readonly string[];
}

/** What compiling needs besides source and file. */
export interface CompileContext {
  readonly dialect: Dialect;
  readonly settings: Pick<Settings, "time_zone" | "stages">;
  readonly profile: Profile;
}

/** A raw table as a stage: `line`, `problem` and one column per value that is not the same on every row. */
export interface CompiledSource {
  /** The stage's SELECT over some of the raw rows, by line; null takes all of them. */
  readonly stage: (lines: LineRange | null) => Sql;
  /** What the number in front of `problem` stands for. */
  readonly problems: readonly Problem[];
  readonly recordings: readonly CompiledRecording[];
  /** Texts whose formats the profile should know. */
  readonly requests: readonly FormatRequest[];
  /** The rows as far as a level, for looking at the requested texts. */
  readonly rows: (level: number) => Sql;
  /** Columns of the file that the source uses. */
  readonly usedColumns: readonly string[];
  /** True when a value depends on other rows of the file, so that it cannot be loaded in pieces. */
  readonly isWhole: boolean;
}

/** Lines of a file, both ends included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** A thing that can be wrong with a row. */
export interface Problem {
  readonly code: string;
  readonly field: string | null;
  /** `{value}` stands for the offending value. */
  readonly reason: string;
}

/** A recording over the columns of the stage. */
export interface CompiledRecording {
  readonly table: LedgerTable;
  /** True on the rows that it records; null when it is all of them. */
  readonly applies: Sql | null;
  readonly key: Sql;
  /** The table's own columns that the file has. */
  readonly columns: Readonly<Record<string, Sql>>;
  readonly version: Sql | null;
  readonly deleted: Sql | null;
  readonly hash: Sql | null;
  readonly identifiers: readonly CompiledIdentifier[];
  readonly links: readonly (readonly [Sql, Sql])[];
}

/** An identifier over the columns of the stage. */
export interface CompiledIdentifier {
  readonly kind: Identifier["kind"];
  readonly namespace: string;
  readonly value: Sql;
  readonly identity: Sql;
  /** True for values that name no one person. */
  readonly isShared: (value: Sql) => Sql;
}

/** Between the number of a problem and the value at fault. */
export const problemSeparator = "\u001f";

/** Longest piece of an offending value that is shown, in characters. */
const shownLength = 80;

/**
 * Compiles a source to one SELECT over a raw table, and to what is read from its result per recording.
 *
 * @param source what the file is
 * @param rows the raw table
 * @param context engine, settings and what is known of the file
 * @throws LastpennyError `mapping_invalid` when the file lacks a column that the source needs
 */
export function compileSource(
  source: Source,
  rows: RawRows,
  context: CompileContext,
): CompiledSource {
  const columns = source.unnest ? [...rows.columns, "item"] : rows.columns;
  const findColumn = columnFinder(columns);
  const lacking = source.columns.filter((name) => !findColumn(name));
  if (lacking.length > 0) {
    throw new LastpennyError(
      "mapping_invalid",
      `the file is not a ${source.id}: it has no column ${lacking.map((name) => `"${name}"`).join(", ")}`,
      { source: source.id },
    );
  }
  const base = createBase(source, rows, context);
  const scope = createScope(source, context, findColumn, base);
  const skip = source.skip ? scope.condition(source.skip.when) : null;
  const recordings = source.record.flatMap((recording) => compileRecording(scope, recording) ?? []);
  const problems: Problem[] = [];
  const problem = problemSql(source, skip, recordings, problems);
  const staged = new Map<string, string>();
  const compiled = recordings.map((recording) =>
    stageRecording(context.dialect, recording, staged),
  );
  const stage = (lines: LineRange | null): Sql => {
    const values = [...staged].map(([piece, name]) => sql`${raw(piece)} AS ${identifier(name)}`);
    const all = [sql`"line"`, sql`${problem} AS "problem"`, ...values];
    return sql`SELECT ${join(all)} FROM (${scope.layers.render(base.select(lines))}) AS above`;
  };
  return {
    stage,
    problems,
    recordings: compiled,
    requests: scope.requests,
    rows: (level) => scope.layers.render(base.select(null), level),
    usedColumns: base.used(),
    isWhole: base.isWhole() || needsNeighbours(source),
  };
}

/** Columns that lastpenny itself added to an export of rejects. */
export const ownPrefix = "lastpenny_";

const otherRows = /"op":"(filled|total|ordinal)"/;

/**
 * Says whether values of a source depend on other rows of their group, so that a row means nothing without them.
 *
 * @param source the source
 */
export function needsNeighbours(source: Source): boolean {
  return otherRows.test(JSON.stringify(source.record));
}

interface Base {
  readonly column: (found: FoundColumn) => Located;
  readonly content: () => Located;
  readonly select: (lines: LineRange | null) => Sql;
  readonly used: () => readonly string[];
  readonly isWhole: () => boolean;
}

/** The lowest layer: line number and tidied texts. */
function createBase(source: Source, rows: RawRows, context: CompileContext): Base {
  const { texts, key } = context.dialect;
  const names = new Map<string, string>();
  let needsContent = false;
  const elementsOf = source.unnest ? columnFinder(rows.columns)(source.unnest)?.column : undefined;
  const cell = (column: string): Sql =>
    elementsOf !== undefined && column === "item" ? sql`"item"` : identifier("r", column);
  const tidied = (column: string): Sql => {
    const text = context.profile.untidy.has(column) ? texts.tidy(cell(column)) : cell(column);
    const placeholders = (source.placeholders ?? []).map((one) =>
      literal(one.trim().toLowerCase()),
    );
    if (placeholders.length === 0) return text;
    return sql`CASE WHEN lower(${text}) NOT IN (${join(placeholders)}) THEN ${text} END`;
  };
  const column = (found: FoundColumn): Located => {
    const name = names.get(found.column) ?? `c${names.size}`;
    names.set(found.column, name);
    return { sql: identifier(name), level: 0 };
  };
  const content = (): Located => {
    needsContent = true;
    return { sql: sql`"content"`, level: 0 };
  };
  const select = (lines: LineRange | null): Sql => {
    const where = lines
      ? sql` WHERE ${texts.rowNumber} BETWEEN ${literal(lines.first)} AND ${literal(lines.last)}`
      : raw("");
    const from = elementsOf
      ? sql`(SELECT ${texts.rowNumber} AS "line", t.*, ${texts.jsonElements(identifier("t", elementsOf))} AS "item" FROM ${identifier(rows.table)} AS t${where}) AS r`
      : sql`${identifier(rows.table)} AS r${where}`;
    const all = rows.columns.filter((name) => !name.startsWith(ownPrefix)).toSorted();
    const cells = [...all.map(cell), ...(elementsOf ? [sql`"item"`] : [])];
    const parts = [
      elementsOf ? sql`"line"` : sql`${texts.rowNumber} AS "line"`,
      ...(needsContent ? [sql`${key(cells)} AS "content"`] : []),
      ...[...names].map(([raws, name]) => sql`${tidied(raws)} AS ${identifier(name)}`),
    ];
    return sql`SELECT ${join(parts)} FROM ${from}`;
  };
  return {
    column,
    content,
    select,
    used: () => [...names.keys()],
    isWhole: () => needsContent,
  };
}

function createScope(
  source: Source,
  context: CompileContext,
  findColumn: Scope["findColumn"],
  base: Base,
): Scope {
  const { dialect, settings, profile } = context;
  const layers = createLayers();
  const scope: Scope = {
    dialect,
    settings,
    source,
    keySpace: keySpaceOf(source),
    layers,
    profile,
    findColumn,
    column: base.column,
    content: () => {
      const row = base.content();
      const ordinal = layers.named({
        sql: dialect.texts.ordinalWithin([row.sql], sql`"line"`),
        level: row.level,
      });
      const text = dialect.texts.joinedText("/", [
        dialect.keyText(row.sql),
        dialect.textOf(ordinal.sql),
      ]);
      return { sql: text, level: ordinal.level };
    },
    line: sql`"line"`,
    zone: (zone) => {
      const chosen = zone ?? source.zone ?? "UTC";
      return chosen === "workspace" ? settings.time_zone : chosen;
    },
    lookupTable: (name, column) => {
      const found = ledgerTable(name);
      return {
        sql: identifier("ledger", name),
        type: found.columns[column]?.type ?? "text",
      };
    },
    requests: [],
    identifiers: [],
    compile: (expression) => compileExpression(scope, expression),
    condition: (condition) => {
      const compiled = compileCondition(scope, condition);
      return isAlways(compiled) || isNever(compiled) ? compiled : layers.named(compiled);
    },
  };
  return scope;
}

/**
 * Returns the namespace of a source's natural keys and ids: its key space, or the vendor's name as a slug.
 *
 * @param source the source
 */
export function keySpaceOf(source: Pick<Source, "keySpace" | "vendor">): string {
  return source.keySpace ?? source.vendor.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

function problemSql(
  source: Source,
  skip: Located | null,
  recordings: readonly RecordingValues[],
  problems: Problem[],
): Sql {
  const branches: Sql[] = [];
  const add = (problem: Problem, failed: Sql, value: Sql | null): void => {
    const number = `${problems.push(problem) - 1}${problemSeparator}`;
    const shown = value
      ? sql`${literal(number)} || left(coalesce(${value}, ''), ${literal(shownLength)})`
      : literal(number);
    branches.push(sql`WHEN ${failed} THEN ${shown}`);
  };
  if (skip)
    add({ code: "skipped", field: null, reason: source.skip?.reason ?? "" }, skip.sql, null);
  const seen = new Set<string>();
  for (const { applies, checks } of recordings) {
    for (const check of checks) {
      const failed = applies ? sql`${applies.sql} AND (${check.sql})` : check.sql;
      const text = `${check.code} ${renderSql(failed).text}`;
      if (!seen.has(text)) add(plainProblem(check), failed, check.value);
      seen.add(text);
    }
  }
  const conditions = recordings.map(({ applies }) => applies);
  if (conditions.every((applies) => applies !== null)) {
    const none = conditions.map((applies) => sql`NOT ${applies.sql}`);
    const reason = "nothing in this row is recorded by the source";
    const failed = none.length === 0 ? raw("TRUE") : join(none, " AND ");
    add({ code: "not_recorded", field: null, reason }, failed, null);
  }
  return branches.length === 0 ? sql`CAST(NULL AS VARCHAR)` : sql`CASE ${join(branches, " ")} END`;
}

const plainProblem = ({ code, field, reason }: Check): Problem => ({ code, field, reason });

/** Values that are the same on every row stay out of the stage. */
const isConstant = (text: string): boolean => /^('([^']|'')*'|TRUE|FALSE|NULL|\d+)$/.test(text);

function stageRecording(
  dialect: Dialect,
  recording: RecordingValues,
  staged: Map<string, string>,
): CompiledRecording {
  const stageOf = (value: { readonly sql: Sql }): Sql => {
    const { text } = renderSql(value.sql);
    if (isConstant(text)) return value.sql;
    const name = staged.get(text) ?? `s${staged.size}`;
    staged.set(text, name);
    return identifier(name);
  };
  const optional = (value: Located | null): Sql | null => (value ? stageOf(value) : null);
  const columns = Object.fromEntries(
    [...recording.columns].map(([name, value]) => [name, stageOf(value)]),
  );
  return {
    table: recording.table,
    applies: optional(recording.applies),
    key: stageOf(recording.key),
    columns,
    version: optional(recording.version),
    deleted: optional(recording.deleted),
    hash:
      recording.table.nature === "entity" ? stageOf({ sql: hashSql(dialect, recording) }) : null,
    identifiers: uniqueIdentifiers(recording.identifiers).map((one) => ({
      kind: one.kind,
      namespace: one.namespace,
      value: stageOf(one.value),
      identity: stageOf(one.identity),
      isShared: (value) => sharedSql(dialect, one.kind, value),
    })),
    links: recording.links.map(([left, right]) => [stageOf(left), stageOf(right)] as const),
  };
}

function uniqueIdentifiers(identifiers: readonly Identifier[]): readonly Identifier[] {
  const seen = new Set<string>();
  return identifiers.filter(({ identity }) => {
    const { text } = renderSql(identity.sql);
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
}

/** Hash of what a row says, to tell a change from a repeat. */
function hashSql(dialect: Dialect, recording: RecordingValues): Sql {
  const values = Object.keys(recording.table.columns).map((name) => {
    const value = recording.columns.get(name);
    return value ? dialect.textOf(value.sql) : raw("NULL");
  });
  const extra = [recording.version, recording.deleted].map((value) =>
    value ? dialect.textOf(value.sql) : raw("NULL"),
  );
  return dialect.key([...values, ...extra]);
}
