import { LastpennyError } from "../../errors.ts";
import type { CsvLayout } from "../../sql/files.ts";
import { identifier, sql } from "../../sql/fragment.ts";
import type { Row } from "../../store/store.ts";
import type { BrokenRecord } from "../raw-table.ts";
import { type FoundLayout, findLayout } from "./layout.ts";
import { lineNumbers } from "./line-numbers.ts";
import { type RewriteResult, rewrite } from "./rewrite.ts";
import type { Staged, Staging } from "./stage.ts";

/** The engine's own limit for a line, in bytes; longer records are rewritten first. */
const engineLineBytes = 2_097_152;

/** A UTF-8 text file and its beginning. */
export interface TextFile {
  readonly path: string;
  readonly sample: string;
  /** The sample is the whole file. */
  readonly isWhole: boolean;
}

/**
 * Reads a UTF-8 text file of records into a temporary table.
 *
 * The engine reads it directly. Where it meets quotes that do not close, mixed line ends, blank-separated columns or very
 * long records, which it reads wrongly or not at all, the file is rewritten record by record and read again; so every
 * record is a row or a broken record. A record with too few columns is broken, unless more than a tenth of the
 * beginning of the file is like that; then missing columns at the end are empty. Surplus columns that are empty are cut off.
 *
 * @throws LastpennyError `format_unknown`, `file_too_large`
 */
export async function stageCsv(staging: Staging, file: TextFile): Promise<Staged> {
  const layout = findLayout(file.sample, file.isWhole, staging.text);
  checkColumns(staging, layout);
  const direct = layout.needsRewriting
    ? null
    : await readDirectly(staging, file.path, layout, engineLineBytes);
  const rejects = direct !== null && areSimple(direct, layout) ? direct : null;
  const broken = rejects
    ? await brokenFrom(file.path, rejects)
    : (await readRewritten(staging, file.path, layout)).broken;
  return { columns: layout.columns, broken, format: formatOf(layout) };
}

function formatOf(layout: FoundLayout): Record<string, string> {
  return {
    format: "csv",
    delimiter: layout.delimiter,
    header: String(layout.hasHeader),
    ...(layout.escape === "\\" ? { escape: "\\" } : {}),
    ...(layout.preamble.length > 0 ? { preamble: layout.preamble.join("\n") } : {}),
  };
}

function checkColumns(staging: Staging, layout: FoundLayout): void {
  if (layout.columns.length === 0) {
    throw new LastpennyError("format_unknown", `${staging.label} holds no text: nothing to read`);
  }
  if (layout.columns.length > staging.limits.columns) {
    throw new LastpennyError(
      "file_too_large",
      `${staging.label} has ${layout.columns.length} columns, more than ${staging.limits.columns}: check its delimiter`,
    );
  }
}

/** Returns the rejects, or null when the engine refused the file; then no table is left. */
async function readDirectly(
  staging: Staging,
  path: string,
  layout: CsvLayout,
  lineBytes: number,
): Promise<readonly Row[] | null> {
  const { store, table, limits } = staging;
  const { files } = store.dialect;
  const rejects = `${table}_rejects`;
  try {
    const rows = files.csvRows(path, layout, rejects, lineBytes);
    await store.run(sql`CREATE OR REPLACE TEMP TABLE ${identifier(table)} AS ${rows}`);
    return await store.query(files.csvRejects(rejects, limits.brokenLength));
  } catch (error) {
    if (error instanceof LastpennyError && error.code === "query_failed") return null;
    throw error;
  } finally {
    for (const drop of files.dropRejects(rejects)) await store.run(drop);
  }
}

/** True when the engine's rejects are whole lines, so that nothing was lost around them. */
function areSimple(rejects: readonly Row[], layout: FoundLayout): boolean {
  return rejects.every((reject) => {
    const raw = String(reject.raw).trim();
    const kinds = String(reject.kinds);
    if (/UNQUOTED|MAXIMUM/.test(kinds) || /[\r\n]/.test(raw)) return false;
    if (/MISSING/.test(kinds) && layout.padsShort) return false;
    return !(/TOO MANY/.test(kinds) && raw.endsWith(layout.delimiter));
  });
}

/** The engine counts records; people look for lines. */
async function brokenFrom(path: string, rejects: readonly Row[]): Promise<readonly BrokenRecord[]> {
  if (rejects.length === 0) return [];
  const lines = await lineNumbers(
    path,
    rejects.map(({ position }) => Number(position)),
  );
  return rejects.map(({ raw, reason }, index) => {
    const [above = ""] = /^[\r\n]*/.exec(String(raw)) ?? [];
    const blank = above.match(/\r\n|\r|\n/g)?.length ?? 0;
    const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(String(reason));
    return {
      line: (lines[index] ?? 1) + blank,
      reason: counts ? `${counts[2]} columns instead of ${counts[1]}` : String(reason),
      raw: String(raw).replace(/^[\r\n]+|[\r\n]+$/g, ""),
    };
  });
}

async function readRewritten(
  staging: Staging,
  path: string,
  layout: FoundLayout,
): Promise<RewriteResult> {
  const copy = `${staging.folder}/${staging.table}.csv`;
  const result = await rewrite(path, copy, layout, staging.limits, staging.label);
  const clean = {
    ...layout,
    delimiter: ",",
    quote: '"',
    escape: '"',
    skipLines: 0,
    hasHeader: true,
  };
  const lineBytes = Math.max(engineLineBytes, result.longestBytes + 1024);
  const rejects = await readDirectly(staging, copy, clean, lineBytes);
  if (rejects === null || rejects.length > 0) {
    throw new LastpennyError("format_unknown", `${staging.label} cannot be split into records`);
  }
  return result;
}
