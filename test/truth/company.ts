import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Question } from "../../src/figures/question.ts";
import type { Receipt } from "../../src/intake/raw-table.ts";
import { parseExact, unitsToText } from "../../src/ledger/exact.ts";
import { type SimulationReport, simulate } from "../../src/simulate/simulate.ts";
import { openWorkspace, type Workspace } from "../../src/workspace.ts";
import { at, type Tree } from "../simulate/simulated.ts";

/** A simulated company on disk. */
export interface Company {
  readonly folder: string;
  readonly report: SimulationReport;
  readonly truth: Tree;
  /** Opens a workspace of its own for the company, with further lines of settings. */
  readonly open: (name: string, change?: (settings: string) => string) => Promise<Workspace>;
  readonly remove: () => void;
}

/** Simulates a company into a temporary folder. */
export async function company(people: number, months: number, seed = 7): Promise<Company> {
  const folder = mkdtempSync(join(tmpdir(), "lastpenny-truth-"));
  const report = await simulate({ people, months, seed, out: folder });
  return {
    folder,
    report,
    truth: JSON.parse(readFileSync(report.truth, "utf8")) as Tree,
    open: async (name, change) => {
      const workspace = join(folder, name);
      mkdirSync(workspace);
      copyFileSync(report.settings, join(workspace, "lastpenny.yaml"));
      if (change) {
        const settings = change(readFileSync(report.settings, "utf8"));
        writeFileSync(join(workspace, "lastpenny.yaml"), settings);
      }
      return openWorkspace(workspace, { create: true });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The receipts of a whole folder by file name below it. */
export async function importAll(
  workspace: Workspace,
  folder: string,
): Promise<ReadonlyMap<string, Receipt>> {
  const { files } = await workspace.import(folder);
  const receipts = new Map<string, Receipt>();
  for (const file of files) {
    if (file.kind !== "loaded") throw new Error(`${file.file} is ${file.kind}`);
    receipts.set(relative(folder, file.receipt.file), file.receipt);
  }
  return receipts;
}

/** Which number of a figure. */
export type Part = "value" | "numerator" | "denominator";

/** What is asked of a metric per month. */
export interface Asked {
  readonly metric: string;
  readonly part?: Part;
  readonly filter?: string;
  readonly attribution?: Question["attribution"];
}

/** The figures of a metric per month: those that are neither nothing nor zero, without trailing zeros of decimals. */
export async function monthly(
  workspace: Pick<Workspace, "answer">,
  { metric, part = "value", filter, attribution }: Asked,
  period: Pick<Question, "from" | "to">,
): Promise<Readonly<Record<string, string>>> {
  const answer = await workspace.answer({
    ...{ metrics: [metric], ...period, grain: "month" },
    ...(filter === undefined ? {} : { filter }),
    ...(attribution === undefined ? {} : { attribution }),
  });
  return Object.fromEntries(
    answer.figures
      .filter(({ bucket }) => bucket !== null)
      .map((figure) => [figure.bucket?.slice(0, 7), figure[part] ?? "0"] as const)
      .filter(([, value]) => Number(value) !== 0)
      .map(([month, value]) => [month, plain(value)]),
  );
}

/** Sums per month of branches of the truth, exactly, without the months of nothing. */
export function summed(truth: Tree, ...paths: readonly string[]): Readonly<Record<string, string>> {
  const sums = new Map<string, bigint>();
  for (const path of paths) {
    for (const [month, value] of Object.entries(at(truth, path))) {
      sums.set(month, (sums.get(month) ?? 0n) + millionths(String(value)));
    }
  }
  return Object.fromEntries(
    [...sums]
      .filter(([, sum]) => sum !== 0n)
      .map(([month, sum]) => [month, plain(unitsToText(sum, 6))]),
  );
}

function millionths(text: string): bigint {
  const { numerator, denominator } = parseExact(text);
  return (numerator * 1_000_000n) / denominator;
}

/** The same numbers with the other sign. */
export const negated = (
  numbers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(numbers).map(([month, value]) => [
      month,
      value.startsWith("-") ? value.slice(1) : `-${value}`,
    ]),
  );

/** A number's text without trailing zeros of decimals. */
const plain = (value: string): string =>
  value.includes(".") ? value.replace(/\.?0+$/, "") : value;
