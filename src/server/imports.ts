import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "@hono/zod-openapi";
import { LastpennyError } from "../errors.ts";
import { acceptMapping, type FileOutcome, type ImportOptions } from "../intake/import.ts";
import { readMapping } from "../intake/mapping-file.ts";
import type { Workspace } from "../workspace.ts";
import type { Job, Jobs, TellJob } from "./jobs.ts";
import { awaitedMappings, mappingName, shownOutcome, totalsOf } from "./outcomes.ts";
import type { Owner } from "./owner.ts";
import type { mappingDecision, mappings } from "./schemas/data.ts";
import { dropUploads, keepWaiting, type Upload, uploadFolder, waitingUploads } from "./uploads.ts";

type Mapping = z.output<typeof mappings>["own"][number];

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
 * @param decision the corrected mapping, or values for what a proposal lacks
 * @throws LastpennyError `not_found`, `mapping_invalid`
 */
export async function startMapping(
  importing: Importing,
  name: string,
  { yaml, given }: z.output<typeof mappingDecision>,
): Promise<Job> {
  const { owner, jobs } = importing;
  const { folder } = owner.workspace();
  const known = (await mappingsOf(folder)).find(({ id }) => id === name);
  if (!known) throw new LastpennyError("not_found", `no mapping is called ${name}`, { name });
  const source = readMapping(yaml ?? known.yaml, known.file);
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
      if (!given) await acceptMapping(folder, source);
      const options = given ? { accept: true, given } : {};
      const outcomes: FileOutcome[] = [];
      for (const id of uploads)
        outcomes.push(...(await importFolder(workspace, id, options, tell)));
      await replayed(workspace, tell, outcomes);
    });
  });
}

/**
 * Removes a proposed or own mapping; rows that it brought stay.
 *
 * @param folder the workspace
 * @param name of the mapping
 * @throws LastpennyError `not_found`
 */
export async function removeMapping(folder: string, name: string): Promise<void> {
  const known = (await mappingsOf(folder)).find(({ id }) => id === name);
  if (!known) throw new LastpennyError("not_found", `no mapping is called ${name}`, { name });
  await rm(pathOf(folder, name, known.isProposed));
  await keepWaiting(folder, { ...waitingUploads(folder), [name]: [] });
  await dropUploads(folder);
}

const pathOf = (folder: string, name: string, isProposed: boolean): string =>
  join(folder, "mappings", ...(isProposed ? ["proposed"] : []), `${name}.yaml`);

/**
 * Returns the workspace's own mappings and the proposals that wait.
 *
 * @param folder the workspace
 */
export async function mappingsOf(folder: string): Promise<readonly Mapping[]> {
  const waiting = waitingUploads(folder);
  const found: Mapping[] = [];
  for (const isProposed of [true, false]) {
    const place = join(folder, "mappings", ...(isProposed ? ["proposed"] : []));
    const names = existsSync(place) ? await readdir(place) : [];
    for (const file of names.filter((name) => name.endsWith(".yaml")).toSorted()) {
      const id = file.replace(/\.yaml$/, "");
      const yaml = await readFile(join(place, file), "utf8");
      const title = /^title:\s*(.+)$/m.exec(yaml)?.[1] ?? id;
      found.push({ id, title, file, yaml, isProposed, uploads: waiting[id] ?? [] });
    }
  }
  return found;
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
