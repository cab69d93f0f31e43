import { type CompileContext, compileSource, type RawRows } from "../sources/compile.ts";
import type { FormatRequest, Profile } from "../sources/compile-scope.ts";
import {
  chooseTimeFormat,
  looksIso,
  namesOffset,
  type ShapeSample,
  type TimeFormat,
} from "../sources/dates.ts";
import {
  chooseNumberFormat,
  cleanNumberSql,
  type NumberFormat,
  numberEvidence,
} from "../sources/numbers.ts";
import type { Source } from "../sources/source.ts";
import { identifier, join, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Row, Store } from "../store/store.ts";

/** Longest list of shapes that is looked at in one column. */
const mostShapes = 200;

/**
 * Looks at a file's texts once, so that every row can be converted by the cheapest expression that is right for all:
 * which columns need trimming, how times and numbers are written.
 *
 * @param store where the raw table is
 * @param source what the file is
 * @param rows the raw table
 * @param settings of the workspace
 */
export async function profileRows(
  store: Store,
  source: Source,
  rows: RawRows,
  settings: CompileContext["settings"],
): Promise<Profile> {
  const empty: Profile = {
    untidy: new Set(rows.columns),
    full: new Set(),
    times: new Map(),
    numbers: new Map(),
  };
  const { dialect } = store;
  const used = compileSource(source, rows, { dialect, settings, profile: empty }).usedColumns;
  const { untidy, full } = await tidiness(store, rows, used);
  if (source.unnest) untidy.add("item");
  const draft = compileSource(source, rows, {
    dialect,
    settings,
    profile: { ...empty, untidy, full },
  });
  const requests = [...new Map(draft.requests.map((one) => [one.key, one])).values()];
  if (requests.length === 0) return { ...empty, untidy, full };
  const level = Math.max(...requests.map((one) => one.level));
  const from = sql`(${draft.rows(level)}) AS texts`;
  const [signs = {}] = await store.query(
    sql`SELECT ${join(requests.flatMap((one, index) => signsOf(store, one, index)))} FROM ${from}`,
  );
  const times = new Map<string, TimeFormat>();
  const numbers = new Map<string, NumberFormat>();
  for (const [index, request] of requests.entries()) {
    if (request.kind === "time") {
      times.set(request.key, await timeFormat(store, request, from, signs, index));
    } else numbers.set(request.key, await numberFormat(store, request, from, signs, index));
  }
  return { untidy, full, times, numbers };
}

/** Which columns need trimming, and which have a tidy text on every row. */
async function tidiness(
  store: Store,
  rows: RawRows,
  used: readonly string[],
): Promise<{ readonly untidy: Set<string>; readonly full: Set<string> }> {
  const columns = used.filter((column) => rows.columns.includes(column));
  if (columns.length === 0) return { untidy: new Set(), full: new Set() };
  const { anyUntidy } = store.dialect.texts;
  const flags = columns.map(
    (column, index) => sql`${anyUntidy(identifier("r", column))} AS ${identifier(`u${index}`)},
      count(${identifier("r", column)}) = count(*) AS ${identifier(`f${index}`)}`,
  );
  const [found = {}] = await store.query(
    sql`SELECT ${join(flags)} FROM ${identifier(rows.table)} AS r`,
  );
  const untidy = columns.filter((_, index) => found[`u${index}`] === true);
  const full = columns.filter(
    (_, index) => found[`u${index}`] === false && found[`f${index}`] === true,
  );
  return { untidy: new Set(untidy), full: new Set(full) };
}

/** Aggregates that tell whether a column is written plainly. */
function signsOf(store: Store, { sql: text, kind }: FormatRequest, index: number): readonly Sql[] {
  const { any, hasPart } = store.dialect.texts;
  const named = (name: string, condition: Sql): Sql =>
    sql`${any(condition)} AS ${identifier(`${name}${index}`)}`;
  if (kind === "time") {
    return [
      named("iso", looksIso(text)),
      named("zulu", sql`${text} LIKE '%Z' OR ${text} LIKE '%z'`),
      named("offset", namesOffset(text)),
      named("other", otherTime(store, text)),
    ];
  }
  const separators = sql`${hasPart(text, ",")} OR ${text} LIKE '%.%.%'`;
  return [
    named("separator", separators),
    named("exponent", sql`${hasPart(text, "e")} OR ${hasPart(text, "E")}`),
  ];
}

/** A text that is there and is not plain ISO. */
const otherTime = (store: Store, text: Sql): Sql =>
  sql`${text} IS NOT NULL AND (NOT ${looksIso(text)} OR ${store.dialect.texts.localTimeFromText(text)} IS NULL)`;

async function timeFormat(
  store: Store,
  request: FormatRequest,
  from: Sql,
  signs: Row,
  index: number,
): Promise<TimeFormat> {
  const hasOffsets = signs[`offset${index}`] === true;
  const hasZones = hasOffsets || signs[`zulu${index}`] === true;
  const iso = { hasIso: signs[`iso${index}`] === true, hasZones, hasOffsets };
  const samples = signs[`other${index}`] === true ? await shapesOf(store, request.sql, from) : [];
  return chooseTimeFormat(samples, request.dayFirst, iso);
}

async function shapesOf(store: Store, text: Sql, from: Sql): Promise<readonly ShapeSample[]> {
  const { dialect } = store;
  const part = (pattern: string): Sql =>
    sql`max(CAST(nullif(${dialect.capture(text, pattern)}, '') AS INTEGER))`;
  const rows =
    await store.query(sql`SELECT ${dialect.texts.shapeOf(text)} AS "shape", min(${text}) AS "sample",
    ${part("^[^0-9]*([0-9]{1,4})")} AS "first", ${part("^[^0-9]*[0-9]+[^0-9]+([0-9]{1,4})")} AS "second"
    FROM ${from} WHERE ${otherTime(store, text)}
    GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${raw(String(mostShapes))}`);
  return rows.map((row) => ({
    sample: String(row.sample),
    first: typeof row.first === "number" ? row.first : null,
    second: typeof row.second === "number" ? row.second : null,
  }));
}

async function numberFormat(
  store: Store,
  request: FormatRequest,
  from: Sql,
  signs: Row,
  index: number,
): Promise<NumberFormat> {
  const hasExponents = signs[`exponent${index}`] === true;
  if (signs[`separator${index}`] !== true) return { decimal: ".", hasExponents, ambiguous: null };
  const { dialect } = store;
  const clean = cleanNumberSql(dialect, request.sql, "money");
  const count = (pattern: string): Sql => dialect.countWhen(dialect.matches(sql`"clean"`, pattern));
  const [found = {}] = await store.query(sql`SELECT ${count(numberEvidence.comma)} AS "comma",
    ${count(numberEvidence.point)} AS "point", min("text") AS "sample"
    FROM (SELECT ${request.sql} AS "text", ${clean} AS "clean" FROM ${from}) AS cleaned
    WHERE ${dialect.matches(sql`"clean"`, "^-?[0-9.,' ]+%?$")} AND ${dialect.matches(sql`"clean"`, ",|\\..*\\.|[0-9]\\.")}`);
  return chooseNumberFormat(
    {
      comma: Number(found.comma ?? 0),
      point: Number(found.point ?? 0),
      sample: typeof found.sample === "string" ? found.sample : null,
    },
    hasExponents,
  );
}
