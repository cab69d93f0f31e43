import type { CompiledRecording, CompiledSource, LineRange } from "../sources/compile.ts";
import { all, identifier, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import type { RawTable } from "./raw-table.ts";

/** One load on its way: what its statements share. */
export interface LoadContext {
  readonly store: Store;
  readonly rawTable: RawTable;
  readonly sourceId: string;
  readonly compiled: CompiledSource;
  readonly load: number;
}

/** A piece of a file, typed, as a temporary table. */
export interface Stage {
  readonly table: Sql;
  readonly name: string;
  /** Number of a row of the stage. */
  readonly row: Sql;
  /** True when a line of the file can be several rows of the stage. */
  readonly isUnnested: boolean;
}

/**
 * Converts a piece of the file into a temporary table.
 *
 * @param context the load
 * @param lines the piece
 * @param isUnnested whether a line can become several rows
 */
export async function createStage(
  context: LoadContext,
  lines: LineRange | null,
  isUnnested: boolean,
): Promise<Stage> {
  const { store, compiled } = context;
  const name = `stage_${context.load}_${lines?.first ?? 0}`;
  const table = identifier(name);
  await store.run(sql`CREATE TEMPORARY TABLE ${table} AS ${compiled.stage(lines)}`);
  if (isUnnested) {
    // One bad element rejects its whole line.
    await store.run(sql`UPDATE ${table} SET "problem" = bad."problem"
      FROM (SELECT "line", min("problem") AS "problem" FROM ${table} WHERE "problem" IS NOT NULL GROUP BY "line") AS bad
      WHERE ${table}."line" = bad."line" AND ${table}."problem" IS NULL`);
  }
  return { table, name, row: store.dialect.texts.rowNumber, isUnnested };
}

/**
 * Frees a stage.
 *
 * @param context the load
 * @param stage the temporary table
 */
export async function dropStage(context: LoadContext, stage: Stage): Promise<void> {
  await context.store.run(sql`DROP TABLE IF EXISTS ${stage.table}`);
}

/** The rows of a stage that a recording takes in, as conditions; the stage has no alias. */
export function goodRows(recording: Pick<CompiledRecording, "applies">): Sql {
  const good = sql`"problem" IS NULL`;
  return recording.applies ? all([good, recording.applies]) : good;
}
