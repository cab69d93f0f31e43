import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LastpennyError } from "../errors.ts";
import type { Settings } from "../ledger/settings.ts";
import { ownPrefix } from "../sources/compile.ts";
import { sources as builtIn } from "../sources/index.ts";
import { whyNothingRecorded } from "../sources/nothing-recorded.ts";
import type { Source } from "../sources/source.ts";
import type { Store } from "../store/store.ts";
import { writeWhole } from "../store/whole-file.ts";
import { loadRawTable } from "./load.ts";
import { readMapping, saveMapping, writeMapping } from "./mapping-file.ts";
import { type Given, type Proposal, proposeMapping } from "./propose.ts";
import type { RawTable, Receipt } from "./raw-table.ts";
import { dropRawTable, type ReadOptions, readFiles } from "./read/read.ts";
import { recognise } from "./recognise.ts";
import { replay } from "./replay.ts";

/** The part of a workspace that an import needs. */
export interface ImportContext {
  readonly store: Store;
  readonly settings: Settings;
  /** The workspace's folder, for its own mappings; null when it has none. */
  readonly folder: string | null;
  readonly clock?: () => Date;
}

/** How an import is done. */
export interface ImportOptions {
  /** Id of the source that the files are, instead of recognising them. */
  readonly as?: string;
  /** Path of a mapping file to use instead. */
  readonly map?: string;
  /** Uses proposed mappings at once, where nothing is missing. */
  readonly accept?: boolean;
  /** Values for what proposed mappings lack. */
  readonly given?: Given;
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly read?: ReadOptions;
}

/** What is being done right now. */
export interface ImportProgress {
  readonly step: "reading" | "loading" | "done";
  readonly file: string;
  /** Files that are done. */
  readonly done: number;
  readonly source?: string;
  readonly rows?: number;
}

/** What became of one file, archive member or sheet. */
export type FileOutcome = { readonly file: string } & (
  | {
      readonly kind: "loaded";
      readonly source: string;
      readonly title: string;
      readonly receipt: Receipt;
    }
  /** An unknown file with a mapping for a person to confirm; `path` is where it waits. */
  | { readonly kind: "proposed"; readonly proposal: Proposal; readonly path: string | null }
  | { readonly kind: "unknown"; readonly columns: readonly string[] }
  | { readonly kind: "ambiguous"; readonly sources: readonly string[] }
  /** A file that is known to carry nothing for the ledger, or that holds no rows. */
  | { readonly kind: "passed_over"; readonly reason: string }
  | { readonly kind: "failed"; readonly error: LastpennyError }
);

/** What an import did, file by file. */
export interface ImportReport {
  readonly files: readonly FileOutcome[];
}

interface Import extends ImportContext {
  readonly options: ImportOptions;
  readonly sources: readonly Source[];
  /** What all files are, when that was said. */
  readonly forced: Source | null;
  readonly outcomes: FileOutcome[];
}

/** A file whose source looks up rows of others. */
interface Waiting {
  readonly rawTable: RawTable;
  readonly source: Source;
}

/**
 * Reads a file or folder, recognises every file and loads it into the ledger. One file that cannot be read or loaded
 * does not stop the others; files that look up rows of others are loaded last, and rows of earlier imports that waited for
 * these files are taken.
 *
 * @param context the workspace
 * @param path a file or folder
 * @param options what is known about the files, whom to tell
 * @throws LastpennyError `file_unreadable` when the path itself cannot be read, `source_unknown`, `mapping_invalid`
 */
export async function importPath(
  context: ImportContext,
  path: string,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const sources = await knownSources(context.folder);
  const forced = await forcedSource(options, sources);
  const work: Import = { ...context, options, sources, forced, outcomes: [] };
  const waiting: Waiting[] = [];
  const read: ReadOptions = {
    ...options.read,
    unreadable: (file, error) => work.outcomes.push({ file, kind: "failed", error }),
    passOver: ({ file, reason }) => work.outcomes.push({ file, kind: "passed_over", reason }),
  };
  tell(work, { step: "reading", file: path });
  for await (const rawTable of readFiles(context.store, path, read)) {
    const source = await sourceOf(work, rawTable);
    if (source?.after && source.after.length > 0) waiting.push({ rawTable, source });
    else {
      if (source) await loadFile(work, rawTable, source);
      await dropRawTable(context.store, rawTable);
    }
    tell(work, { step: "reading", file: rawTable.file });
  }
  for (const { rawTable, source } of inOrder(waiting, sources)) {
    await loadFile(work, rawTable, source);
    await dropRawTable(context.store, rawTable);
  }
  await replayWaiting(work);
  return { files: work.outcomes };
}

/** Takes rows that waited for what was just loaded. */
async function replayWaiting(work: Import): Promise<void> {
  const { store, settings, sources, outcomes } = work;
  const brought = outcomes.flatMap((one) =>
    one.kind === "loaded" && one.receipt.taken > 0 ? one.source : [],
  );
  const waitingOf = sources
    .filter(({ after }) => after?.some((id) => brought.includes(id)))
    .map(({ id }) => id);
  if (waitingOf.length === 0) return;
  const clock = work.clock ?? (() => new Date());
  const { receipts } = await replay(store, { settings, sources, clock, waitingOf });
  for (const receipt of receipts) {
    const title = sources.find(({ id }) => id === receipt.source)?.title ?? receipt.source;
    const { file, source } = receipt;
    outcomes.push({ file, kind: "loaded", source, title, receipt });
  }
}

/**
 * Returns everything that a workspace can recognise: its own mappings, then the built-in sources. An own mapping with
 * the id of a built-in source takes its place.
 *
 * @param folder the workspace's folder; null when there is none
 * @throws LastpennyError `mapping_invalid` when one of its mappings does not parse
 */
export async function knownSources(folder: string | null): Promise<readonly Source[]> {
  if (folder === null) return builtIn;
  const names = await readdir(join(folder, "mappings")).catch(() => []);
  const own: Source[] = [];
  for (const name of names.filter((one) => /\.ya?ml$/.test(one)).toSorted()) {
    const path = join(folder, "mappings", name);
    own.push(readMapping(await readFile(path, "utf8"), path));
  }
  const ids = new Set(own.map(({ id }) => id));
  return [...own, ...builtIn.filter(({ id }) => !ids.has(id))];
}

async function forcedSource(
  { as, map }: ImportOptions,
  sources: readonly Source[],
): Promise<Source | null> {
  if (map !== undefined) return readMapping(await mappingText(map), map);
  if (as === undefined) return null;
  const found = sources.find(({ id }) => id === as);
  if (found) return found;
  const [vendor = ""] = as.split("/");
  const near = sources.filter(({ id }) => id.startsWith(`${vendor}/`)).map(({ id }) => id);
  throw new LastpennyError(
    "source_unknown",
    `no source has the id ${as}: ${near.length > 0 ? `there are ${near.join(", ")}` : "see `lastpenny sources`"}`,
    { source: as },
  );
}

async function mappingText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new LastpennyError(
      "file_unreadable",
      `the mapping ${path} cannot be read`,
      { file: path },
      { cause },
    );
  }
}

/** What a file is; null when that could not be told, which is then noted. */
async function sourceOf(work: Import, rawTable: RawTable): Promise<Source | null> {
  if (work.forced) return work.forced;
  const { file, fileName } = rawTable;
  const columns = rawTable.columns.filter((column) => !column.startsWith(ownPrefix));
  const found = recognise(columns, fileName, work.sources);
  if (found.kind === "recognised") return found.source;
  if (found.kind === "tie") {
    const sources = found.candidates.map(({ source }) => source.id);
    work.outcomes.push({ file, kind: "ambiguous", sources });
    return null;
  }
  const reason = whyNothingRecorded(fileName);
  if (reason !== null) {
    work.outcomes.push({ file, kind: "passed_over", reason });
    return null;
  }
  return proposed(work, rawTable);
}

async function proposed(work: Import, rawTable: RawTable): Promise<Source | null> {
  const { file, columns } = rawTable;
  const { given, accept } = work.options;
  const proposal = await proposeMapping(work.store, rawTable, work.settings, given);
  if (!proposal) {
    work.outcomes.push({ file, kind: "unknown", columns });
    return null;
  }
  if (accept && proposal.missing.length === 0) {
    if (work.folder !== null) await acceptMapping(work.folder, proposal.source);
    return proposal.source;
  }
  const path = work.folder === null ? null : await keepProposal(work.folder, proposal.source);
  work.outcomes.push({ file, kind: "proposed", proposal, path });
  return null;
}

/** Proposals wait in a folder of their own, so that they are not used before a person agreed. */
const proposalPath = (folder: string, source: Source): string =>
  join(folder, "mappings", "proposed", `${source.id.replaceAll("/", "-")}.yaml`);

async function keepProposal(folder: string, source: Source): Promise<string> {
  const path = proposalPath(folder, source);
  await mkdir(dirname(path), { recursive: true });
  writeWhole(path, writeMapping(source), 0o644);
  return path;
}

/**
 * Makes a proposed mapping one of the workspace's own; files like it are recognised from now on.
 *
 * @param folder the workspace's folder
 * @param source the mapping
 * @returns the path of the mapping file
 */
export async function acceptMapping(folder: string, source: Source): Promise<string> {
  const path = await saveMapping(folder, source);
  await rm(proposalPath(folder, source), { force: true });
  return path;
}

async function loadFile(work: Import, rawTable: RawTable, source: Source): Promise<void> {
  const { store, settings, outcomes } = work;
  const { file } = rawTable;
  tell(work, { step: "loading", file, source: source.id, rows: rawTable.rows });
  const clock = work.clock ?? (() => new Date());
  try {
    const receipt = await loadRawTable(store, { rawTable, source, settings, clock });
    outcomes.push({ file, kind: "loaded", source: source.id, title: source.title, receipt });
  } catch (error) {
    if (!(error instanceof LastpennyError)) throw error;
    outcomes.push({ file, kind: "failed", error });
  }
  tell(work, { step: "done", file, source: source.id, rows: rawTable.rows });
}

/** What is looked up comes before what looks it up. */
function inOrder(waiting: readonly Waiting[], sources: readonly Source[]): readonly Waiting[] {
  const rank = (source: Source, seen: readonly string[] = []): number => {
    const above = (source.after ?? []).filter((id) => !seen.includes(id) && id !== source.id);
    const ranks = above.map((id) => {
      const other = sources.find((one) => one.id === id);
      return other ? rank(other, [...seen, source.id]) : 0;
    });
    return 1 + Math.max(-1, ...ranks);
  };
  return waiting.toSorted((left, right) => rank(left.source) - rank(right.source));
}

function tell(work: Import, progress: Omit<ImportProgress, "done">): void {
  work.options.onProgress?.({ ...progress, done: work.outcomes.length });
}
