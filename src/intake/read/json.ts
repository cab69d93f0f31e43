import { LastpennyError } from "../../errors.ts";
import type { CsvLayout } from "../../sql/files.ts";
import { identifier, join, type Sql, sql } from "../../sql/fragment.ts";
import type { BrokenRecord } from "../raw-table.ts";
import { uniqueNames } from "./column-names.ts";
import type { TextFile } from "./csv.ts";
import type { Staged, Staging } from "./stage.ts";

/** Keys under which services wrap a list of rows, the commonest first. */
const wrapperKeys = ["data", "events", "results", "records", "items", "rows", "objects", "value"];

/** A character that JSON text cannot hold unescaped: lines are read whole. */
const neverInJson = "\u0001";

const wholeLines: CsvLayout = {
  delimiter: neverInJson,
  quote: "",
  escape: "",
  skipLines: 0,
  hasHeader: false,
  columns: ["json"],
};

/**
 * Reads a JSON file into a temporary table: an array, one object, objects one after the other or one per line, or an object
 * that wraps the list ({"data": […]}). Nested values stay JSON text. A line that is not JSON is a broken record.
 *
 * @throws LastpennyError `format_unknown` when the whole is not JSON, `file_too_large`
 */
export async function stageJson(staging: Staging, file: TextFile): Promise<Staged> {
  const shape = shapeOf(file);
  const values = `${staging.table}_values`;
  try {
    const broken =
      shape === "lines"
        ? await stageLines(staging, file.path, values)
        : await stageDocument(staging, file.path, values, shape);
    const columns = await stageObjects(staging, values);
    return { columns, broken, format: { format: shape === "lines" ? "ndjson" : "json" } };
  } finally {
    await staging.store.run(sql`DROP TABLE IF EXISTS ${identifier(values)}`);
  }
}

function shapeOf(file: TextFile): "array" | "values" | "lines" {
  const text = file.sample.trimStart();
  if (text.startsWith("[")) return "array";
  const lines = text.split(/\r\n|\r|\n/);
  const complete = file.isWhole ? lines : lines.slice(0, -1);
  const isLine = (line: string) => {
    try {
      JSON.parse(line);
      return true;
    } catch {
      return false;
    }
  };
  const filled = complete.filter((line) => line.trim() !== "").slice(0, 20);
  const good = filled.filter(isLine).length;
  return filled.length > 1 && good >= filled.length / 2 ? "lines" : "values";
}

async function stageLines(
  staging: Staging,
  path: string,
  values: string,
): Promise<readonly BrokenRecord[]> {
  const { store, limits } = staging;
  const { files } = store.dialect;
  const rejects = `${staging.table}_rejects`;
  const target = identifier(values);
  const json = identifier("json");
  try {
    await store.run(
      sql`CREATE OR REPLACE TEMP TABLE ${target} AS ${files.csvRows(path, wholeLines, rejects, limits.recordBytes)}`,
    );
    const rejected = await store.query(files.csvRejects(rejects, limits.brokenLength));
    const isObject = sql`(CASE WHEN ${files.isJson(json)} THEN ${files.jsonKind(json)} = 'OBJECT' ELSE FALSE END)`;
    const bad = await store.query(
      sql`SELECT ${files.rowPosition} + 1 AS line, substr(${json}, 1, ${limits.brokenLength}) AS raw,
            ${files.isJson(json)} AS valid FROM ${target}
          WHERE trim(${json}) <> '' AND NOT coalesce(${isObject}, FALSE) ORDER BY 1`,
    );
    await store.run(sql`DELETE FROM ${target} WHERE NOT coalesce(${isObject}, FALSE)`);
    return [
      ...rejected.map((row) => ({
        line: Number(row.line),
        reason: String(row.reason),
        raw: String(row.raw),
      })),
      ...bad.map((row) => ({
        line: Number(row.line),
        reason: row.valid ? "not a JSON object" : "not valid JSON",
        raw: String(row.raw),
      })),
    ];
  } catch (error) {
    throw asJsonError(staging, error);
  } finally {
    for (const drop of files.dropRejects(rejects)) await store.run(drop);
  }
}

async function stageDocument(
  staging: Staging,
  path: string,
  values: string,
  shape: "array" | "values",
): Promise<readonly BrokenRecord[]> {
  const { store, limits } = staging;
  const { files } = store.dialect;
  const target = identifier(values);
  const json = identifier("json");
  const rows =
    shape === "array"
      ? files.jsonArray(path, limits.recordBytes)
      : files.jsonValues(path, limits.recordBytes);
  try {
    await store.run(sql`CREATE OR REPLACE TEMP TABLE ${target} AS ${rows}`);
    if (shape === "values") await unwrap(staging, values);
    const bad = await store.query(
      sql`SELECT ${files.rowPosition} + 1 AS line, substr(CAST(${json} AS VARCHAR), 1, ${limits.brokenLength}) AS raw
          FROM ${target} WHERE ${files.jsonKind(json)} <> 'OBJECT' ORDER BY 1`,
    );
    await store.run(sql`DELETE FROM ${target} WHERE ${files.jsonKind(json)} <> 'OBJECT'`);
    return bad.map((row) => ({
      line: Number(row.line),
      reason: "not a JSON object",
      raw: String(row.raw),
    }));
  } catch (error) {
    throw asJsonError(staging, error);
  }
}

/** Replaces a single object that wraps a list by the list's elements. */
async function unwrap(staging: Staging, values: string): Promise<void> {
  const { store } = staging;
  const { files } = store.dialect;
  const target = identifier(values);
  const json = identifier("json");
  const keys = await store.query(
    sql`SELECT ${files.eachOf(files.jsonKeys(json))} AS key FROM ${target} WHERE (SELECT count(*) FROM ${target}) = 1`,
  );
  const lists: string[] = [];
  for (const name of keys.map((row) => String(row.key))) {
    const [first] = await store.query(
      sql`SELECT ${files.jsonKind(sql`item`)} AS kind FROM (SELECT ${files.jsonElements(json, name)} AS item FROM ${target} WHERE ${files.jsonKindAt(json, name)} = 'ARRAY') LIMIT 1`,
    );
    if (first?.kind === "OBJECT") lists.push(name);
  }
  const isEnvelope = (name: string) => wrapperKeys.includes(name.toLowerCase());
  const wrapper = wrapperKeys.find((key) => lists.includes(key)) ?? lists.find(isEnvelope);
  if (wrapper === undefined) return;
  const copy = identifier(`${values}_list`);
  await store.run(
    sql`CREATE TEMP TABLE ${copy} AS SELECT ${files.jsonElements(json, wrapper)} AS json FROM ${target}`,
  );
  await store.run(sql`DROP TABLE ${target}`);
  await store.run(sql`ALTER TABLE ${copy} RENAME TO ${target}`);
}

/** Makes one text column per key, in the order in which keys first appear. */
async function stageObjects(staging: Staging, values: string): Promise<readonly string[]> {
  const { store, limits } = staging;
  const { files } = store.dialect;
  const json = identifier("json");
  const position = files.rowPosition;
  const found = await store.query(sql`
    SELECT key, min(first_row) AS first_row, min(place) AS place FROM (
      SELECT ${files.eachOf(sql`keys`)} AS key, ${files.placesOf(sql`keys`)} AS place, first_row FROM (
        SELECT ${files.jsonKeys(json)} AS keys, min(${position}) AS first_row
        FROM ${identifier(values)} GROUP BY 1))
    GROUP BY key ORDER BY 2, 3, 1`);
  const keys = found.map((row) => String(row.key));
  if (keys.length > limits.columns) {
    throw new LastpennyError(
      "file_too_large",
      `${staging.label} has ${keys.length} different keys, more than ${limits.columns}`,
    );
  }
  const names = uniqueNames(keys);
  const columns: readonly Sql[] =
    names.length === 0
      ? [sql`NULL::VARCHAR AS ${identifier("column_1")}`]
      : names.map(
          (name, index) => sql`${files.element(sql`texts`, index + 1)} AS ${identifier(name)}`,
        );
  await store.run(sql`CREATE OR REPLACE TEMP TABLE ${identifier(staging.table)} AS
    SELECT ${join(columns)} FROM (
      SELECT ${files.jsonTexts(json, keys)} AS texts FROM ${identifier(values)})`);
  return names.length === 0 ? ["column_1"] : names;
}

function asJsonError(staging: Staging, error: unknown): unknown {
  if (!(error instanceof LastpennyError) || error.code !== "query_failed") return error;
  if (/maximum_object_size|line size/i.test(error.message)) {
    return new LastpennyError(
      "file_too_large",
      `${staging.label}: a JSON value is longer than ${staging.limits.recordBytes} bytes; save it as one object per line`,
      { file: staging.label },
      { cause: error },
    );
  }
  const where = /at byte \d+[^:]*: [^\n]*/.exec(error.message)?.[0] ?? "";
  return new LastpennyError(
    "format_unknown",
    `${staging.label} is not valid JSON ${where}: export it again, or save it as one object per line`,
    { file: staging.label },
    { cause: error },
  );
}
