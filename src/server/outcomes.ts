import { basename } from "node:path";
import type { z } from "@hono/zod-openapi";
import type { FileOutcome } from "../intake/import.ts";
import { writeMapping } from "../intake/mapping-file.ts";
import type { Proposal } from "../intake/propose.ts";
import type { Receipt } from "../intake/raw-table.ts";
import { ledgerTable } from "../ledger/tables.ts";
import type * as schemas from "./schemas/data.ts";
import { shownFile } from "./uploads.ts";

type ShownOutcome = z.output<typeof schemas.fileOutcome>;
type ShownProposal = z.output<typeof schemas.proposal>;
type Totals = z.output<typeof schemas.job>["totals"];

/**
 * Tells what became of a file, as the API answers it.
 *
 * @param outcome of an import
 * @param folder the workspace
 */
export function shownOutcome(outcome: FileOutcome, folder: string): ShownOutcome {
  const file = shownFile(outcome.file, folder);
  switch (outcome.kind) {
    case "loaded":
      return { ...outcome, file, receipt: shownReceipt(outcome.receipt, folder) };
    case "proposed":
      return { kind: "proposed", file, proposal: shownProposal(outcome.proposal) };
    case "failed": {
      const { code, message } = outcome.error;
      return { kind: "failed", file, error: { code, detail: message } };
    }
    default:
      return { ...outcome, file };
  }
}

function shownReceipt(receipt: Receipt, folder: string) {
  return {
    ...receipt,
    file: shownFile(receipt.file, folder),
    warnings: receipt.warnings.map((warning) => ({ ...warning, text: warning.code })),
  };
}

/**
 * Returns the name of a mapping in addresses and files.
 *
 * @param source id of the mapping
 */
export const mappingName = (source: string): string => source.replaceAll("/", "-");

function shownProposal(proposal: Proposal): ShownProposal {
  const { source, confidence, columns, missing, notes } = proposal;
  return {
    id: mappingName(source.id),
    confidence,
    yaml: writeMapping(source),
    into: [...new Set(source.record.map(({ into }) => into))],
    columns,
    missing: missing.map((one) => ({
      ...one,
      type: ledgerTable(one.into).columns[one.column]?.type ?? "text",
    })),
    notes,
  };
}

/**
 * Adds the receipts of some files up.
 *
 * @param outcomes of an import
 */
export function totalsOf(outcomes: readonly FileOutcome[]): Totals {
  const receipts = outcomes.flatMap((one) => (one.kind === "loaded" ? [one.receipt] : []));
  const sum = (count: (receipt: Receipt) => number) =>
    receipts.reduce((total, receipt) => total + count(receipt), 0);
  return {
    read: sum(({ read }) => read),
    taken: sum(({ taken }) => taken),
    repeated: sum(({ repeated }) => repeated),
    rejected: sum(({ rejected }) => rejected),
  };
}

/**
 * Returns the mappings that files of an import wait for.
 *
 * @param outcomes of an import
 */
export function awaitedMappings(outcomes: readonly FileOutcome[]): readonly string[] {
  return outcomes.flatMap((one) =>
    one.kind === "proposed" && one.path !== null ? [basename(one.path).replace(/\.yaml$/, "")] : [],
  );
}
