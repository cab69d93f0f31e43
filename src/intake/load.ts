import { LastpennyError } from "../errors.ts";
import type { Settings } from "../ledger/settings.ts";
import {
  type CompiledSource,
  compileSource,
  type LineRange,
  needsNeighbours,
} from "../sources/compile.ts";
import type { Profile } from "../sources/compile-scope.ts";
import type { Source } from "../sources/source.ts";
import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { writeIdentities } from "./load-identities.ts";
import { dropWrites, type Written, writeRecording } from "./load-recording.ts";
import { profileRows } from "./profile-rows.ts";
import type { RawTable, Receipt } from "./raw-table.ts";
import {
  closeRejects,
  mergedReasons,
  reasonsOf,
  rejectColumn,
  writeBroken,
  writeRejects,
} from "./rejects.ts";
import { createStage, dropStage, type LoadContext, type Stage } from "./stage.ts";

/** What a load needs. */
export interface LoadRequest {
  readonly rawTable: RawTable;
  readonly source: Source;
  readonly settings: Pick<Settings, "time_zone" | "stages">;
  /** The present time; only the receipt's start and end come from it. */
  readonly clock: () => Date;
  /** Lines that are typed at a time; more need more memory. */
  readonly pieceLines?: number;
}

const defaultPieceLines = 4_000_000;

/**
 * Brings the rows of a raw table into the ledger, in one transaction: good rows that are new, rejects with their
 * reasons, identifiers, and the receipt, whose read = taken + repeated + rejected.
 *
 * @param store the workspace
 * @param request raw table and what it is
 * @throws LastpennyError `mapping_invalid` when the file lacks columns of the source
 */
export async function loadRawTable(store: Store, request: LoadRequest): Promise<Receipt> {
  const { rawTable, source, settings } = request;
  const startedAt = request.clock();
  if (rawTable.columns.includes(rejectColumn) && needsNeighbours(source)) {
    throw new LastpennyError(
      "mapping_invalid",
      `a row of ${source.id} says nothing without the other rows of its group (an order's lines, for example), so that corrected rows cannot be imported by themselves: correct the original file and import it whole; rows that are recorded already count as repeated`,
      { source: source.id, file: rawTable.file },
    );
  }
  const profile = await profileRows(store, source, rawTable, settings);
  const compiled = compileSource(source, rawTable, { dialect: store.dialect, settings, profile });
  const load = await nextLoad(store);
  const context: LoadContext = { store, rawTable, sourceId: source.id, compiled, load };
  const stages: Stage[] = [];
  try {
    // Before the transaction: the engine reads a table that its own transaction made with one thread only.
    for (const lines of piecesOf(rawTable, compiled, request.pieceLines ?? defaultPieceLines)) {
      stages.push(await createStage(context, lines, source.unnest !== undefined));
    }
    return await store.transaction(async () => {
      const pieces: Piece[] = [];
      for (const stage of stages) pieces.push(await loadPiece(context, stage));
      await writeBroken(context);
      const receipt = receiptOf(context, pieces, warningsOf(compiled, profile));
      await writeReceipt(store, receipt, rawTable.fileHash, startedAt, request.clock());
      return receipt;
    });
  } finally {
    for (const stage of stages) await dropStage(context, stage);
  }
}

async function nextLoad(store: Store): Promise<number> {
  const [row] = await store.query(
    sql`SELECT coalesce(max("load"), 0) + 1 AS "load" FROM "ledger"."loads"`,
  );
  return Number(row?.load ?? 1);
}

function piecesOf(
  rawTable: RawTable,
  compiled: CompiledSource,
  pieceLines: number,
): readonly (LineRange | null)[] {
  if (compiled.isWhole || rawTable.rows <= pieceLines) return [null];
  const pieces: LineRange[] = [];
  for (let first = 1; first <= rawTable.rows; first += pieceLines) {
    pieces.push({ first, last: Math.min(first + pieceLines - 1, rawTable.rows) });
  }
  return pieces;
}

interface Piece {
  readonly taken: number;
  readonly rejected: number;
  readonly good: number;
  readonly wrote: readonly { readonly table: string; readonly rows: number }[];
  readonly reasons: Receipt["reasons"];
  readonly unknownCurrencies: readonly string[];
}

async function loadPiece(context: LoadContext, stage: Stage): Promise<Piece> {
  const counts = await countsOf(context, stage);
  if (counts.rejected > 0) await writeRejects(context, stage);
  await closeRejects(context, stage);
  const written: { readonly table: string; readonly written: Written }[] = [];
  for (const [index, recording] of context.compiled.recordings.entries()) {
    written.push({
      table: recording.table.name,
      written: await writeRecording(context, stage, recording, index),
    });
  }
  await writeIdentities(context, stage);
  const piece: Piece = {
    ...counts,
    taken: await takenOf(
      context,
      stage,
      written.map((one) => one.written),
    ),
    wrote: written.map((one) => ({ table: one.table, rows: one.written.rows })),
    reasons: counts.rejected > 0 ? await reasonsOf(context, stage) : [],
    unknownCurrencies: await unknownCurrencies(context, stage),
  };
  await dropWrites(context, stage);
  await dropStage(context, stage);
  return piece;
}

/** Lines of the file, not rows of the stage. */
const lineCount = (stage: Stage): Sql => raw(stage.isUnnested ? 'DISTINCT "line"' : "*");

async function countsOf(
  { store }: LoadContext,
  stage: Stage,
): Promise<Pick<Piece, "good" | "rejected">> {
  const lines = lineCount(stage);
  const [row] =
    await store.query(sql`SELECT count(${lines}) FILTER (WHERE "problem" IS NULL) AS "good",
    count(${lines}) FILTER (WHERE "problem" IS NOT NULL) AS "rejected" FROM ${stage.table}`);
  return { good: Number(row?.good ?? 0), rejected: Number(row?.rejected ?? 0) };
}

async function takenOf(
  { store }: LoadContext,
  stage: Stage,
  written: readonly Written[],
): Promise<number> {
  const some = written.filter(({ rows }) => rows > 0).map(({ condition }) => sql`(${condition})`);
  if (some.length === 0) return 0;
  const [row] = await store.query(sql`SELECT count(${lineCount(stage)}) AS "taken"
    FROM ${stage.table} WHERE ${join(some, " OR ")}`);
  return Number(row?.taken ?? 0);
}

async function unknownCurrencies(
  { store, compiled }: LoadContext,
  stage: Stage,
): Promise<readonly string[]> {
  const columns = compiled.recordings.flatMap(({ columns: { currency } }) => currency ?? []);
  const known = Intl.supportedValuesOf("currency").map((code) => literal(code));
  const found = new Set<string>();
  for (const column of columns) {
    const rows = await store.query(sql`SELECT DISTINCT ${column} AS "currency" FROM ${stage.table}
      WHERE "problem" IS NULL AND ${column} NOT IN (${join(known)}) ORDER BY 1 LIMIT 5`);
    for (const row of rows) found.add(String(row.currency));
  }
  return [...found];
}

function warningsOf(compiled: CompiledSource, profile: Profile): Receipt["warnings"] {
  const warnings = new Map<string, Receipt["warnings"][number]>();
  for (const { kind, key, field } of compiled.requests) {
    const formats = kind === "time" ? profile.times : profile.numbers;
    const sample = formats.get(key)?.ambiguous;
    if (!sample) continue;
    const code = kind === "time" ? "dates_ambiguous" : "numbers_ambiguous";
    warnings.set(`${code} ${field}`, { code, params: { field: field ?? "", sample } });
  }
  return [...warnings.values()];
}

function receiptOf(
  { rawTable, sourceId, load }: LoadContext,
  pieces: readonly Piece[],
  warnings: Receipt["warnings"],
): Receipt {
  const sum = (of: (piece: Piece) => number): number =>
    pieces.reduce((total, piece) => total + of(piece), 0);
  const broken = rawTable.broken.length;
  const wrote: Record<string, number> = {};
  for (const { table, rows } of pieces.flatMap((piece) => piece.wrote)) {
    wrote[table] = (wrote[table] ?? 0) + rows;
  }
  const [taken, good, rejected] = [
    sum((one) => one.taken),
    sum((one) => one.good),
    sum((one) => one.rejected),
  ];
  if (good + rejected !== rawTable.rows) {
    throw new Error(`rows lost: ${rawTable.rows} read, ${good} good, ${rejected} rejected`);
  }
  const currencies = new Set(pieces.flatMap((piece) => piece.unknownCurrencies));
  return {
    load,
    source: sourceId,
    file: rawTable.file,
    read: rawTable.rows + broken,
    taken,
    repeated: good - taken,
    rejected: rejected + broken,
    reasons: mergedReasons([...pieces.map((piece) => piece.reasons), brokenReasons(rawTable)]),
    wrote,
    warnings: [
      ...warnings,
      ...[...currencies].map((currency) => ({ code: "unknown_currency", params: { currency } })),
    ],
  };
}

function brokenReasons({ broken }: RawTable): Receipt["reasons"] {
  return broken.map(({ line, reason }) => ({
    code: "broken_record",
    field: null,
    reason,
    count: 1,
    line,
  }));
}

async function writeReceipt(
  store: Store,
  receipt: Receipt,
  fileHash: string,
  startedAt: Date,
  finishedAt: Date,
): Promise<void> {
  const time = (date: Date): Sql =>
    sql`CAST(${literal(date.toISOString().replace("T", " ").replace("Z", ""))} AS ${raw(store.dialect.types.time)})`;
  await store.run(sql`INSERT INTO "ledger"."loads"
    ("load", "source", "file", "file_hash", "started_at", "finished_at", "read", "taken", "repeated", "rejected")
    VALUES (${literal(receipt.load)}, ${receipt.source}, ${receipt.file}, ${fileHash}, ${time(startedAt)}, ${time(finishedAt)},
      ${literal(receipt.read)}, ${literal(receipt.taken)}, ${literal(receipt.repeated)}, ${literal(receipt.rejected)})`);
}
