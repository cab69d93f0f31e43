import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "@hono/zod-openapi";
import { LastpennyError } from "../errors.ts";
import { constantsOf, fieldsOf, filledBy } from "../intake/correct-mapping.ts";
import type { FileOutcome } from "../intake/import.ts";
import { readDraft } from "../intake/mapping-file.ts";
import { missingOf, needsCurrency } from "../intake/propose.ts";
import type { Settings } from "../ledger/settings.ts";
import { ledgerTable } from "../ledger/tables.ts";
import { readIfThere, writeWhole } from "../store/whole-file.ts";
import { mappingName } from "./outcomes.ts";
import { type mapping, mappingColumns, type mappings } from "./schemas/data.ts";
import { dropUploads, keepWaiting, waitingUploads } from "./uploads.ts";

type OwnMapping = z.output<typeof mappings>["own"][number];
type ShownMapping = z.output<typeof mapping>;

/** What is known of the columns of the file that a mapping was proposed for, beside the mapping. */
type Columns = z.output<typeof mappingColumns>;

const columnsPath = (folder: string, name: string): string =>
  join(folder, "mappings", "columns", `${name}.json`);

const pathOf = (folder: string, name: string, isProposed: boolean): string =>
  join(folder, "mappings", ...(isProposed ? ["proposed"] : []), `${name}.yaml`);

/**
 * Keeps the columns of files that a mapping was proposed for, with samples, so that it can be looked over and corrected at
 * any time.
 *
 * @param folder the workspace
 * @param outcomes of an import
 */
export async function keepColumns(folder: string, outcomes: readonly FileOutcome[]): Promise<void> {
  for (const outcome of outcomes) {
    if (outcome.kind !== "proposed") continue;
    const { source, confidence, columns } = outcome.proposal;
    const path = columnsPath(folder, mappingName(source.id));
    await mkdir(join(folder, "mappings", "columns"), { recursive: true });
    const kept: Columns = {
      confidence,
      columns: columns.map(({ column, kind, samples, confidence: sure }) => ({
        ...{ column, kind, samples, confidence: sure },
      })),
    };
    writeWhole(path, JSON.stringify(kept));
  }
}

function keptColumns(folder: string, name: string): Columns {
  const text = readIfThere(columnsPath(folder, name));
  const parsed = mappingColumns.safeParse(text === null ? null : JSON.parse(text));
  return parsed.data ?? { confidence: null, columns: [] };
}

/**
 * Returns the workspace's own mappings and the proposals that wait.
 *
 * @param folder the workspace
 */
export async function mappingsOf(folder: string): Promise<readonly OwnMapping[]> {
  const waiting = waitingUploads(folder);
  const found: OwnMapping[] = [];
  for (const isProposed of [true, false]) {
    const place = join(folder, "mappings", ...(isProposed ? ["proposed"] : []));
    const names = existsSync(place) ? await readdir(place) : [];
    for (const file of names.filter((name) => name.endsWith(".yaml")).toSorted()) {
      const id = file.replace(/\.yaml$/, "");
      const yaml = readIfThere(join(place, file));
      if (yaml === null) continue;
      const title = /^title:\s*(.+)$/m.exec(yaml)?.[1] ?? id;
      found.push({ id, title, file, yaml, isProposed, uploads: waiting[id] ?? [] });
    }
  }
  return found;
}

/**
 * Returns one mapping as a person looks it over: columns with what they fill and samples, fields, what is missing.
 *
 * @param folder the workspace
 * @param name of the mapping
 * @param settings the currency of files that name none
 * @throws LastpennyError `not_found`, `mapping_invalid`
 */
export async function mappingOf(
  folder: string,
  name: string,
  settings: Pick<Settings, "default_currency">,
): Promise<ShownMapping> {
  const known = await foundMapping(folder, name);
  const source = readDraft(known.yaml, known.file);
  const filled = filledBy(source);
  const { confidence, columns } = keptColumns(folder, name);
  const listed = new Set(columns.map(({ column }) => column));
  const others = [...new Set([...source.columns, ...filled.keys()])]
    .filter((column) => !listed.has(column))
    .map((column) => ({ column, kind: "text", confidence: null, samples: [] }));
  const isSilent = settings.default_currency === null && needsCurrency(source.record);
  return {
    ...known,
    source: source.id,
    title: source.title,
    confidence,
    columns: [...columns, ...others].map((one) => ({
      ...one,
      into: [...(filled.get(one.column) ?? [])],
    })),
    fields: fieldsOf(source),
    constants: constantsOf(source),
    missing: missingOf(source.record).map((one) => ({
      ...one,
      type: ledgerTable(one.into).columns[one.column]?.type ?? "text",
    })),
    notes: isSilent ? ["currency_unknown"] : [],
  };
}

async function foundMapping(folder: string, name: string): Promise<OwnMapping> {
  const known = (await mappingsOf(folder)).find(({ id }) => id === name);
  if (known) return known;
  throw new LastpennyError("not_found", `no mapping is called ${name}`, { name });
}

/**
 * Removes a proposed or own mapping; rows that it brought stay.
 *
 * @param folder the workspace
 * @param name of the mapping
 * @throws LastpennyError `not_found`
 */
export async function removeMapping(folder: string, name: string): Promise<void> {
  const known = await foundMapping(folder, name);
  await rm(pathOf(folder, name, known.isProposed));
  await rm(columnsPath(folder, name), { force: true });
  await keepWaiting(folder, { ...waitingUploads(folder), [name]: [] });
  await dropUploads(folder);
}
