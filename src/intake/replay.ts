import type { Settings } from "../ledger/settings.ts";
import { needsNeighbours, ownPrefix } from "../sources/compile.ts";
import type { Source } from "../sources/source.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { loadRawTable } from "./load.ts";
import type { RawTable, Receipt } from "./raw-table.ts";
import { nameOfReject, rejectColumn } from "./rejects.ts";

/** What a replay needs. */
export interface ReplayRequest {
  readonly settings: Pick<Settings, "time_zone" | "stages">;
  /** Everything that can be recognised, with the workspace's own mappings. */
  readonly sources: readonly Source[];
  readonly clock?: () => Date;
  /** Only rows of these sources that wait for another file. */
  readonly waitingOf?: readonly string[];
}

/** What became of the open rejects. */
export interface ReplayReport {
  /** One per load that left rejects. */
  readonly receipts: readonly Receipt[];
  /** Rejects that could not be read again row by row. */
  readonly left: readonly {
    readonly source: string;
    readonly file: string;
    readonly rows: number;
    readonly reason: "source_unknown" | "needs_file";
  }[];
}

/** Which rejects of a load are meant. */
type RejectKind = "all" | "split" | "waiting";

const kinds: Readonly<Record<RejectKind, Sql>> = {
  all: raw("TRUE"),
  split: sql`"code" <> 'broken_record'`,
  waiting: sql`"code" = 'waiting'`,
};

/** Open rejects of one load. */
interface OpenRejects {
  readonly kind: RejectKind;
  readonly load: number;
  readonly source: string;
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly string[];
}

/**
 * Reads all open rejects again, from the text that was kept, with the sources as they are now. Rows that are good by
 * now are taken; the others keep their place, with the present reason.
 *
 * @param store the workspace
 * @param request sources and settings
 */
export async function replay(store: Store, request: ReplayRequest): Promise<ReplayReport> {
  const receipts: Receipt[] = [];
  const left: ReplayReport["left"][number][] = [];
  const { waitingOf } = request;
  for (const open of await openRejects(store, waitingOf ? "waiting" : "split")) {
    const { source: id, file, rows } = open;
    if (waitingOf && !waitingOf.includes(id)) continue;
    const source = request.sources.find((one) => one.id === id);
    if (!source || needsNeighbours(source)) {
      left.push({ source: id, file, rows, reason: source ? "needs_file" : "source_unknown" });
      continue;
    }
    const rawTable = await rawTableOf(store, open);
    try {
      receipts.push(
        await loadRawTable(store, {
          rawTable,
          source,
          settings: request.settings,
          clock: request.clock ?? (() => new Date()),
        }),
      );
    } finally {
      await store.run(sql`DROP TABLE IF EXISTS ${identifier(rawTable.table)}`);
    }
  }
  return { receipts, left };
}

/**
 * Returns the open rejects by load.
 *
 * @param store the workspace
 * @param kind all, those that were split into columns, or those that wait for another file
 */
export async function openRejects(store: Store, kind: RejectKind): Promise<readonly OpenRejects[]> {
  const rows =
    await store.query(sql`SELECT "load", "source", "file", count(*) AS "rows", min("raw") AS "example"
    FROM "ledger"."rejects" WHERE "state" = 'open' AND ${kinds[kind]} GROUP BY 1, 2, 3 ORDER BY 1, 3`);
  return rows.map((row) => ({
    kind,
    load: Number(row.load),
    source: String(row.source),
    file: String(row.file),
    rows: Number(row.rows),
    columns: Object.keys(JSON.parse(String(row.example)) as object).filter(
      (column) => !column.startsWith(ownPrefix),
    ),
  }));
}

/**
 * SELECT of the open rejects of a load as a file's rows, in the order of lines, each with the name of its reject.
 *
 * @param store the workspace
 * @param open the rejects
 * @param more further columns
 */
export function rejectedRows(
  { dialect }: Pick<Store, "dialect">,
  open: OpenRejects,
  more: readonly Sql[] = [],
): Sql {
  const cells = open.columns.map(
    (column) => sql`${dialect.texts.jsonMember(sql`"raw"`, column)} AS ${identifier(column)}`,
  );
  const name = nameOfReject(dialect, "known");
  return sql`SELECT ${join([...cells, ...more, sql`${name} AS ${identifier(rejectColumn)}`])}
    FROM "ledger"."rejects" AS known WHERE "state" = 'open' AND ${kinds[open.kind]}
      AND "load" = ${literal(open.load)} AND "file" = ${literal(open.file)} ORDER BY "line"`;
}

async function rawTableOf(store: Store, open: OpenRejects): Promise<RawTable> {
  const table = `replay_${open.load}`;
  await store.run(
    sql`CREATE OR REPLACE TEMPORARY TABLE ${identifier(table)} AS ${rejectedRows(store, open)}`,
  );
  return {
    table,
    file: open.file,
    fileName: open.file.replace(/^.*[\\/]/, ""),
    columns: [...open.columns, rejectColumn],
    rows: open.rows,
    fileHash: "",
    format: { replay: String(open.load) },
    broken: [],
  };
}
