import type { CompiledRecording } from "../sources/compile.ts";
import { all, identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { goodRows, type LoadContext, type Stage } from "./stage.ts";

/** How far outside the time of a batch a repeat of one of its events is looked for, in seconds. */
const repeatWindow = 7 * 24 * 3600;

/** What a recording wrote. */
export interface Written {
  readonly rows: number;
  /** Condition over the stage: the rows that were written. */
  readonly condition: Sql;
}

/**
 * Writes the rows of one recording that the ledger does not know yet, and notes the people concerned.
 *
 * @param context the load
 * @param stage the typed rows
 * @param recording what becomes of them
 * @param index number of the recording in its source
 */
export async function writeRecording(
  context: LoadContext,
  stage: Stage,
  recording: CompiledRecording,
  index: number,
): Promise<Written> {
  const { store } = context;
  const good = goodRows(recording);
  const facts = await factsOf(context, stage, recording);
  if (facts.rows === 0) return { rows: 0, condition: raw("FALSE") };
  const known = knownRows(context, recording, facts);
  const hasKnown = await anyRow(context, known);
  let condition = good;
  if (facts.hasRepeats || hasKnown) {
    const writes = identifier(`writes_${stage.name}_${index}`);
    const select =
      recording.table.nature === "event"
        ? newEvents(stage, recording, hasKnown ? known : null)
        : newVersions(context, stage, recording, facts.hasRepeats, hasKnown);
    await store.run(sql`CREATE TEMPORARY TABLE ${writes} AS ${select}`);
    condition = sql`${stage.row} IN (SELECT "row" FROM ${writes})`;
    if (recording.table.nature === "entity" && hasKnown) {
      await removeReplaced(context, stage, recording, condition);
    }
  }
  const rows = await insertRows(context, stage, recording, condition);
  if (rows > 0) await touchPeople(context, stage, recording, condition);
  return { rows, condition };
}

/**
 * Frees what `writeRecording` left for counting.
 *
 * @param context the load
 * @param stage the typed rows
 */
export async function dropWrites(context: LoadContext, stage: Stage): Promise<void> {
  for (const index of context.compiled.recordings.keys()) {
    await context.store.run(
      sql`DROP TABLE IF EXISTS ${identifier(`writes_${stage.name}_${index}`)}`,
    );
  }
}

interface Facts {
  readonly rows: number;
  readonly hasRepeats: boolean;
  /** First and last time of the batch, where its table has one. */
  readonly from: string | null;
  readonly to: string | null;
}

async function factsOf(
  { store }: LoadContext,
  stage: Stage,
  recording: CompiledRecording,
): Promise<Facts> {
  const time = timeOf(recording);
  const bound = (name: "min" | "max"): Sql =>
    time ? store.dialect.textOf(sql`${raw(name)}(${time})`) : raw("NULL");
  const [row = {}] =
    await store.query(sql`SELECT count(*) AS "rows", count(DISTINCT ${recording.key}) AS "keys",
    ${bound("min")} AS "from", ${bound("max")} AS "to" FROM ${stage.table} WHERE ${goodRows(recording)}`);
  return {
    rows: Number(row.rows ?? 0),
    hasRepeats: Number(row.rows ?? 0) > Number(row.keys ?? 0),
    from: typeof row.from === "string" ? row.from : null,
    to: typeof row.to === "string" ? row.to : null,
  };
}

/** The column by which known events are found: only events stand still in time. */
function timeOf({ table, columns }: CompiledRecording): Sql | null {
  return table.nature === "event" && table.time ? (columns[table.time] ?? null) : null;
}

/** Condition over the ledger's table, as `known`: rows that could be repeats of the batch. */
function knownRows(context: LoadContext, recording: CompiledRecording, facts: Facts): Sql {
  const { table } = recording;
  if (table.nature !== "event" || !table.time || facts.from === null || facts.to === null) {
    return sql`${identifier("ledger", table.name)} AS known WHERE TRUE`;
  }
  const { addSeconds, types } = context.store.dialect;
  const time = (text: string): Sql => sql`CAST(${literal(text)} AS ${raw(types.time)})`;
  return sql`${identifier("ledger", table.name)} AS known
    WHERE known.${identifier(table.time)} >= ${addSeconds(time(facts.from), -repeatWindow)}
      AND known.${identifier(table.time)} <= ${addSeconds(time(facts.to), repeatWindow)}`;
}

async function anyRow({ store }: LoadContext, from: Sql): Promise<boolean> {
  return (await store.query(sql`SELECT 1 AS "one" FROM ${from} LIMIT 1`)).length > 0;
}

/** The first row of every key that the ledger does not know. */
function newEvents(stage: Stage, recording: CompiledRecording, known: Sql | null): Sql {
  const unknown = known
    ? sql`NOT EXISTS (SELECT 1 FROM ${known} AND known."row_key" = ${recording.key})`
    : raw("TRUE");
  return sql`SELECT min(${stage.row}) AS "row" FROM ${stage.table}
    WHERE ${all([goodRows(recording), unknown])} GROUP BY ${recording.key}`;
}

/** The newest row of every key, where it says something else than the ledger and is not older. */
function newVersions(
  context: LoadContext,
  stage: Stage,
  recording: CompiledRecording,
  hasRepeats: boolean,
  hasKnown: boolean,
): Sql {
  const version = recording.version ?? raw(`CAST(NULL AS ${context.store.dialect.types.time})`);
  const rows = sql`SELECT ${stage.row} AS "row", ${recording.key} AS "key", ${version} AS "version",
    ${recording.hash ?? raw("NULL")} AS "hash" FROM ${stage.table} WHERE ${goodRows(recording)}`;
  const newest = hasRepeats
    ? sql`SELECT * FROM (SELECT batch.*, row_number() OVER (PARTITION BY "key"
        ORDER BY "version" DESC NULLS FIRST, "row" DESC) AS "place" FROM (${rows}) AS batch) AS placed WHERE "place" = 1`
    : rows;
  if (!hasKnown) return sql`SELECT "row" FROM (${newest}) AS newest`;
  return sql`SELECT newest."row" FROM (${newest}) AS newest
    LEFT JOIN ${identifier("ledger", recording.table.name)} AS known ON known."row_key" = newest."key"
    WHERE known."row_key" IS NULL
      OR (known."row_hash" <> newest."hash" AND NOT coalesce(newest."version" < known."version", FALSE))`;
}

/** Takes the old versions out of the ledger and notes whose they were. */
async function removeReplaced(
  { store }: LoadContext,
  stage: Stage,
  recording: CompiledRecording,
  condition: Sql,
): Promise<void> {
  const table = identifier("ledger", recording.table.name);
  const keys = sql`SELECT ${recording.key} FROM ${stage.table} WHERE ${condition}`;
  if ("identity" in recording.table.columns) {
    await touch(store, sql`SELECT "identity" FROM ${table} WHERE "row_key" IN (${keys})`);
  }
  await store.run(sql`DELETE FROM ${table} WHERE "row_key" IN (${keys})`);
}

async function insertRows(
  context: LoadContext,
  stage: Stage,
  recording: CompiledRecording,
  condition: Sql,
): Promise<number> {
  const entity: readonly (readonly [string, Sql])[] =
    recording.table.nature === "entity"
      ? [
          ["version", recording.version ?? raw("NULL")],
          ["row_hash", recording.hash ?? raw("NULL")],
          ["deleted", recording.deleted ?? raw("NULL")],
        ]
      : [];
  const cells: readonly (readonly [string, Sql])[] = [
    ["row_key", recording.key],
    ["source", literal(context.sourceId)],
    ["load", literal(context.load)],
    ...entity,
    ...Object.entries(recording.columns),
  ];
  return context.store.run(sql`INSERT INTO ${identifier("ledger", recording.table.name)}
    (${join(cells.map(([name]) => identifier(name)))})
    SELECT ${join(cells.map(([, value]) => value))} FROM ${stage.table} WHERE ${condition}`);
}

async function touchPeople(
  { store }: LoadContext,
  stage: Stage,
  recording: CompiledRecording,
  condition: Sql,
): Promise<void> {
  const { identity } = recording.columns;
  if (identity) {
    await touch(
      store,
      sql`SELECT ${identity} AS "identity" FROM ${stage.table} WHERE ${condition}`,
    );
  }
}

/**
 * Notes identities whose rows changed since the last refresh.
 *
 * @param store the workspace
 * @param identities a SELECT of one column `identity`
 */
export async function touch(store: LoadContext["store"], identities: Sql): Promise<void> {
  await store.run(sql`INSERT INTO "ledger"."touched" ("identity")
    SELECT DISTINCT changed."identity" FROM (${identities}) AS changed
    WHERE changed."identity" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "ledger"."touched" AS noted WHERE noted."identity" = changed."identity")`);
}
