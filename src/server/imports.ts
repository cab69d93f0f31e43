import { rm } from "node:fs/promises";
import type { z } from "@hono/zod-openapi";
import { LastpennyError } from "../errors.ts";
import { correctMapping } from "../intake/correct-mapping.ts";
import { acceptMapping, type FileOutcome, type ImportOptions } from "../intake/import.ts";
import { readDraft, readMapping, writeMapping } from "../intake/mapping-file.ts";
import type { Source } from "../sources/source.ts";
import type { Workspace } from "../workspace.ts";
import type { Job, Jobs, TellJob } from "./jobs.ts";
import { keepColumns, mappingsOf } from "./mappings.ts";
import { awaitedMappings, mappingName, shownOutcome, totalsOf } from "./outcomes.ts";
import type { Owner } from "./owner.ts";
import type { mappingDecision } from "./schemas/data.ts";
import { keepWaiting, type Upload, uploadFolder, waitingUploads } from "./uploads.ts";

type Decision = z.output<typeof mappingDecision>;

/** What imports need of the server. */
export interface Importing {
  readonly owner: Owner;
  readonly jobs: Jobs;
}

/**
 * Imports an upload in the way of the command line, as a job.
 *
 * @param importing owner and jobs
 * @param upload the files on disk
 * @param options what is known about them
 */
export function startImport(
  importing: Importing,
  upload: Upload,
  options: Pick<ImportOptions, "as" | "accept">,
): Job {
  const { owner, jobs } = importing;
  return jobs.start("import", upload.files, async (tell) => {
    await changing(owner, async (workspace) => {
      const outcomes = await importFolder(workspace, upload.id, options, tell);
      await refreshed(workspace, tell);
      tellOutcomes(tell, outcomes, workspace);
    });
  });
}

/**
 * Reads open rejects again with the mappings as they are now, as a job.
 *
 * @param importing owner and jobs
 */
export function startReplay({ owner, jobs }: Importing): Job {
  return jobs.start("replay", [], async (tell) => {
    await changing(owner, (workspace) => replayed(workspace, tell, []));
  });
}

/**
 * Accepts or corrects a mapping: files that wait for it are imported, and its rejects read again, as a job.
 *
 * @param importing owner and jobs
 * @param name of the mapping
 * @param decision the corrected mapping, other fields for columns, or values for what a proposal lacks
 * @throws LastpennyError `not_found`, `mapping_invalid`
 */
export async function startMapping(
  importing: Importing,
  name: string,
  decision: Decision,
): Promise<Job> {
  const { owner, jobs } = importing;
  const { folder } = owner.workspace();
  const known = (await mappingsOf(folder)).find(({ id }) => id === name);
  if (!known) throw new LastpennyError("not_found", `no mapping is called ${name}`, { name });
  const source = decided(known, decision);
  if (mappingName(source.id) !== name) {
    throw new LastpennyError(
      "mapping_invalid",
      `the id has to stay as it is: ${source.id} would be another mapping`,
      { id: source.id },
    );
  }
  const uploads = known.uploads;
  const files = uploads.map((id) => ({ name: id, bytes: 0 }));
  return jobs.start("import", files, async (tell) => {
    await changing(owner, async (workspace) => {
      await acceptMapping(folder, source);
      const outcomes: FileOutcome[] = [];
      for (const id of uploads) outcomes.push(...(await importFolder(workspace, id, {}, tell)));
      await replayed(workspace, tell, outcomes);
    });
  });
}

/** The mapping as somebody decided; it has to be whole. */
function decided(
  { yaml, file }: { readonly yaml: string; readonly file: string },
  decision: Decision,
): Source {
  const { columns, constants = {}, given = {} } = decision;
  const draft = readDraft(decision.yaml ?? yaml, file);
  // A value that is given without a table is meant for every table that has such a column.
  const everywhere = Object.entries(given).flatMap(([name, value]) =>
    draft.record.map(({ into }) => [`${into}.${name}`, value] as const),
  );
  const all = { ...Object.fromEntries(everywhere), ...constants };
  const corrected = correctMapping(draft, { ...(columns ? { columns } : {}), constants: all });
  return readMapping(writeMapping(corrected), file);
}

/** Writes, and tells everybody that figures may have changed, whatever happens. */
async function changing(
  owner: Owner,
  work: (workspace: Workspace) => Promise<void>,
): Promise<void> {
  try {
    await owner.write(work);
  } finally {
    owner.changed();
  }
}

/** Imports what an upload holds; keeps it on disk while something waits for a mapping. */
async function importFolder(
  workspace: Workspace,
  id: string,
  options: ImportOptions,
  tell: TellJob,
): Promise<readonly FileOutcome[]> {
  const { folder } = workspace;
  const report = await workspace.import(uploadFolder(folder, id), {
    ...options,
    onProgress: ({ step, file, done, rows }) => {
      const what = file.replace(/^.*[\\/]/, "");
      tell({ progress: { step, what, done, of: null, rows: rows ?? null } });
    },
  });
  const waits = awaitedMappings(report.files);
  await keepColumns(folder, report.files);
  const waiting = waitingUploads(folder);
  const others = Object.entries(waiting).map(
    ([name, ids]) => [name, ids.filter((one) => one !== id)] as const,
  );
  const kept = Object.fromEntries(others);
  for (const name of waits) kept[name] = [...(kept[name] ?? []), id];
  await keepWaiting(folder, kept);
  if (waits.length === 0) await rm(uploadFolder(folder, id), { recursive: true, force: true });
  return report.files;
}

async function refreshed(workspace: Workspace, tell: TellJob): Promise<void> {
  await workspace.refresh({
    onProgress: ({ table, step, of }) =>
      tell({ progress: { step: "deriving", what: table, done: step, of, rows: null } }),
  });
}

async function replayed(
  workspace: Workspace,
  tell: TellJob,
  before: readonly FileOutcome[],
): Promise<void> {
  const { receipts, left } = await workspace.replay();
  await refreshed(workspace, tell);
  const outcomes = receipts.map(
    (receipt): FileOutcome => ({
      ...{ kind: "loaded", file: receipt.file, source: receipt.source },
      ...{ title: receipt.source, receipt },
    }),
  );
  tellOutcomes(tell, [...before, ...outcomes], workspace);
  tell({ left });
}

function tellOutcomes(
  tell: TellJob,
  outcomes: readonly FileOutcome[],
  { folder }: Workspace,
): void {
  tell({
    outcomes: outcomes.map((outcome) => shownOutcome(outcome, folder)),
    totals: totalsOf(outcomes),
  });
}
