import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { needsNeighbours, ownPrefix } from "../sources/compile.ts";
import type { Source } from "../sources/source.ts";
import { identifier, sql } from "../sql/fragment.ts";
import type { Cell, Store } from "../store/store.ts";
import { recordColumn } from "./rejects.ts";
import { openRejects, rejectedRows } from "./replay.ts";

/** A written file of rejects. */
export interface ExportedRejects {
  readonly path: string;
  readonly source: string;
  readonly rows: number;
  /** The rows mean nothing without others of their file, so that file has to be corrected instead. */
  readonly needsFile: boolean;
}

/**
 * Writes all open rejects as CSV files, one per load, that can be corrected and imported again: the columns of the
 * original file, then line, reason, the text of a record that could not be split into them, and the name by which the
 * reject is closed.
 *
 * @param store the workspace
 * @param folder where the files go; it is made when it does not exist
 * @param sources everything that can be recognised
 */
export async function exportRejects(
  store: Store,
  folder: string,
  sources: readonly Source[],
): Promise<readonly ExportedRejects[]> {
  await mkdir(folder, { recursive: true });
  const written: ExportedRejects[] = [];
  const { texts } = store.dialect;
  for (const open of await openRejects(store, "all")) {
    const reasons = ["line", "field", "reason"].map(
      (name) => sql`${identifier(name)} AS ${identifier(ownPrefix + name)}`,
    );
    const record = sql`${texts.jsonMember(sql`"raw"`, recordColumn)} AS ${identifier(recordColumn)}`;
    const rows = await store.query(rejectedRows(store, open, [...reasons, record]));
    const names = Object.keys(rows[0] ?? {});
    const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? null))];
    const slug = open.source.replaceAll(/[^a-z0-9]+/g, "-");
    const path = join(folder, `rejects-${slug}-${open.load}.csv`);
    await writeFile(path, lines.map(csvLine).join(""));
    const source = sources.find(({ id }) => id === open.source);
    const needsFile = source !== undefined && needsNeighbours(source);
    written.push({ path, source: open.source, rows: rows.length, needsFile });
  }
  return written;
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  const text = cell === null ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
