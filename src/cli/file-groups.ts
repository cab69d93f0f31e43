import { dirname } from "node:path";
import type { FileOutcome } from "../intake/import.ts";
import type { Receipt } from "../intake/raw-table.ts";

/** A row of the table of files: one file, or many of one source in one folder. */
export type FileRow =
  | { readonly kind: "one"; readonly outcome: FileOutcome }
  | {
      readonly kind: "many";
      readonly folder: string;
      readonly files: number;
      readonly source: string;
      readonly title: string;
      readonly counts: Counts;
    };

/** What became of rows, added up. */
export type Counts = Pick<Receipt, "read" | "taken" | "repeated" | "rejected">;

const longList = 40;
const many = 4;

/**
 * Puts files of one source and folder into one row where the list of files is long; what could not be loaded keeps
 * a row of its own.
 *
 * @param outcomes what became of each file
 */
export function fileRows(outcomes: readonly FileOutcome[]): readonly FileRow[] {
  const alone = outcomes.map((outcome) => ({ kind: "one" as const, outcome }));
  if (outcomes.length <= longList) return alone;
  const groups = new Map<string, FileOutcome[]>();
  for (const [index, outcome] of outcomes.entries()) {
    const key =
      outcome.kind === "loaded" ? `${dirname(outcome.file)} ${outcome.source}` : String(index);
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  return [...groups.values()].flatMap(grouped);
}

function grouped(outcomes: readonly FileOutcome[]): readonly FileRow[] {
  const [first] = outcomes;
  if (outcomes.length < many || first?.kind !== "loaded")
    return outcomes.map((outcome) => ({ kind: "one" as const, outcome }));
  const { source, title, file } = first;
  const counts = sumOf(outcomes);
  return [{ kind: "many", folder: dirname(file), files: outcomes.length, source, title, counts }];
}

/**
 * Adds the receipts of files up.
 *
 * @param outcomes what became of each file
 */
export function sumOf(outcomes: readonly FileOutcome[]): Counts {
  const receipts = outcomes.flatMap((one) => (one.kind === "loaded" ? [one.receipt] : []));
  const sum = (count: keyof Counts) =>
    receipts.reduce((total, receipt) => total + receipt[count], 0);
  return {
    read: sum("read"),
    taken: sum("taken"),
    repeated: sum("repeated"),
    rejected: sum("rejected"),
  };
}
