import { ownPrefix, problemSeparator } from "../sources/compile.ts";
import type { Dialect } from "../sql/dialect.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Receipt } from "./raw-table.ts";
import type { LoadContext, Stage } from "./stage.ts";

/** Most reasons that a receipt lists. */
const mostReasons = 20;

/** Broken records that go to the ledger in one statement. */
const brokenBatch = 200;

const columns = "load source file line field code reason raw state".split(" ");
const columnList = join(columns.map((name) => identifier(name)));

/** Column that names the reject which a row of an exported or replayed table came from. */
export const rejectColumn = `${ownPrefix}reject`;

/** Column with the text of a record that could not be split into columns. */
export const recordColumn = `${ownPrefix}record`;

/**
 * SQL of a reject's name, as load:line; broken records are counted by other lines and say so.
 *
 * @param dialect of the engine
 * @param table alias of the rejects
 */
export const nameOfReject = (dialect: Dialect, table: string): Sql =>
  dialect.texts.joinedText(":", [
    dialect.textOf(identifier(table, "load")),
    dialect.textOf(identifier(table, "line")),
    sql`CASE WHEN ${identifier(table, "code")} = 'broken_record' THEN 'broken' END`,
  ]);

/**
 * Keeps the rows of a stage that cannot be used, with reason and raw text. A row that an earlier load of the same
 * source left open is not kept twice; a row that came from a reject brings that one up to date.
 *
 * @param context the load
 * @param stage the typed rows
 */
export async function writeRejects(context: LoadContext, stage: Stage): Promise<void> {
  const { store, load, sourceId, rawTable } = context;
  const bad = identifier(`bad_${stage.name}`);
  await store.run(sql`CREATE TEMPORARY TABLE ${bad} AS ${badRows(context, stage)}`);
  await store.run(sql`INSERT INTO "ledger"."rejects" (${columnList})
    SELECT ${literal(load)}, ${literal(sourceId)}, ${literal(rawTable.file)}, given."line", given."field", given."code",
      given."reason", given."raw", 'open'
    FROM ${bad} AS given WHERE given."reject" IS NULL AND ${notOpen(sourceId)}`);
  if (rawTable.columns.includes(rejectColumn)) {
    await store.run(sql`UPDATE "ledger"."rejects" AS known
      SET "field" = given."field", "code" = given."code", "reason" = given."reason", "raw" = given."raw"
      FROM ${bad} AS given WHERE known."state" = 'open' AND known."code" <> 'broken_record'
        AND ${nameOfReject(store.dialect, "known")} = given."reject"`);
  }
  await store.run(sql`DROP TABLE ${bad}`);
}

/** The first thing wrong with each line, in words, and the line as JSON. */
function badRows({ store, rawTable, compiled }: LoadContext, stage: Stage): Sql {
  const { dialect } = store;
  const cells = rawTable.columns
    .filter((column) => !column.startsWith(ownPrefix))
    .map((column) => [column, identifier("r", column)] as const);
  const kinds = compiled.problems.map(
    ({ code, field, reason }, number) =>
      sql`(${literal(String(number))}, ${literal(field)}, ${literal(code)}, ${literal(reason)})`,
  );
  const value = dialect.capture(sql`bad."problem"`, `(?s)${problemSeparator}(.*)$`);
  const reject = rawTable.columns.includes(rejectColumn)
    ? identifier("r", rejectColumn)
    : sql`CAST(NULL AS ${raw(dialect.types.text)})`;
  return sql`SELECT bad."line", kinds."field", kinds."code", replace(kinds."reason", '{value}', ${value}) AS "reason",
      ${dialect.texts.jsonObject(cells)} AS "raw", ${reject} AS "reject"
    FROM (SELECT "line", min("problem") AS "problem" FROM ${stage.table} WHERE "problem" IS NOT NULL GROUP BY "line") AS bad
    JOIN ${identifier(rawTable.table)} AS r ON ${dialect.texts.rowNumber} = bad."line"
    JOIN (VALUES ${join(kinds)}) AS kinds("number", "field", "code", "reason")
      ON kinds."number" = ${dialect.capture(sql`bad."problem"`, "^([0-9]+)")}`;
}

/**
 * Closes the rejects whose rows are good by now.
 *
 * @param context the load
 * @param stage the typed rows
 */
export async function closeRejects({ store, rawTable }: LoadContext, stage: Stage): Promise<void> {
  if (!rawTable.columns.includes(rejectColumn)) return;
  await store.run(sql`UPDATE "ledger"."rejects" AS known SET "state" = 'replayed'
    WHERE known."state" = 'open' AND ${nameOfReject(store.dialect, "known")} IN (
      SELECT r.${identifier(rejectColumn)} FROM ${identifier(rawTable.table)} AS r
      WHERE ${store.dialect.texts.rowNumber} IN (SELECT "line" FROM ${stage.table} WHERE "problem" IS NULL))`);
}

const notOpen = (sourceId: string): Sql => sql`NOT EXISTS (SELECT 1 FROM "ledger"."rejects" AS known
  WHERE known."state" = 'open' AND known."source" = ${literal(sourceId)} AND known."line" = given."line" AND known."raw" = given."raw")`;

/**
 * Keeps the records that could not be split into columns: their text, and the columns to fill in.
 *
 * @param context the load
 */
export async function writeBroken({ store, rawTable, sourceId, load }: LoadContext): Promise<void> {
  const columns = rawTable.columns.filter((column) => !column.startsWith(ownPrefix));
  const empty = Object.fromEntries(columns.map((column) => [column, null]));
  for (let from = 0; from < rawTable.broken.length; from += brokenBatch) {
    const rows = rawTable.broken
      .slice(from, from + brokenBatch)
      .map(
        ({ line, reason, raw: text }) =>
          sql`(${literal(line)}, ${reason}, ${JSON.stringify({ ...empty, [recordColumn]: text })})`,
      );
    await store.run(sql`INSERT INTO "ledger"."rejects" (${columnList})
      SELECT ${literal(load)}, ${literal(sourceId)}, ${literal(rawTable.file)}, given."line", NULL, 'broken_record',
        given."reason", given."raw", 'open'
      FROM (VALUES ${join(rows)}) AS given("line", "reason", "raw") WHERE ${notOpen(sourceId)}`);
  }
}

/**
 * Returns the commonest reasons for which rows of a stage were rejected.
 *
 * @param context the load
 * @param stage the typed rows
 */
export async function reasonsOf(
  { store, compiled }: LoadContext,
  stage: Stage,
): Promise<Receipt["reasons"]> {
  const number = store.dialect.capture(sql`"problem"`, "^([0-9]+)");
  const rows =
    await store.query(sql`SELECT ${number} AS "number", count(DISTINCT "line") AS "count", min("line") AS "line",
      ${store.dialect.firstBy(sql`"problem"`, sql`"line"`)} AS "example"
    FROM ${stage.table} WHERE "problem" IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 3, 1 LIMIT ${raw(String(mostReasons))}`);
  return rows.flatMap((row) => {
    const problem = compiled.problems[Number(row.number)];
    if (!problem) return [];
    const value = String(row.example).split(problemSeparator)[1] ?? "";
    return [
      {
        code: problem.code,
        field: problem.field,
        reason: problem.reason.replace("{value}", value),
        count: Number(row.count),
        line: Number(row.line),
      },
    ];
  });
}

/**
 * Puts the reasons of several pieces of a file together.
 *
 * @param pieces reasons per piece
 */
export function mergedReasons(pieces: readonly Receipt["reasons"][]): Receipt["reasons"] {
  const merged = new Map<string, Receipt["reasons"][number]>();
  for (const reason of pieces.flat()) {
    const key = `${reason.code} ${reason.field}`;
    const known = merged.get(key);
    merged.set(key, known ? { ...known, count: known.count + reason.count } : reason);
  }
  return [...merged.values()]
    .toSorted((left, right) => right.count - left.count || left.line - right.line)
    .slice(0, mostReasons);
}
