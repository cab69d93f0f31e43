import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Figure } from "../../src/figures/figure.ts";
import type { Question } from "../../src/figures/question.ts";
import type { Receipt } from "../../src/intake/raw-table.ts";
import { type SimulationReport, simulate } from "../../src/simulate/simulate.ts";
import { openWorkspace, type Workspace } from "../../src/workspace.ts";
import type { Tree } from "../simulate/simulated.ts";

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

/** The figures of a metric per month (and group): values other than nothing and zero, without trailing zeros. */
export async function monthly(
  workspace: Workspace,
  metric: string,
  period: Pick<Question, "from" | "to">,
  more: Pick<Question, "by" | "filter"> = {},
): Promise<Readonly<Record<string, string>>> {
  const answer = await workspace.answer({ metrics: [metric], ...period, grain: "month", ...more });
  const isWanted = ({ bucket, group }: Figure): boolean =>
    bucket !== null && Object.keys(group).length === (more.by?.length ?? 0);
  return Object.fromEntries(
    answer.figures
      .filter(isWanted)
      .filter(({ value }) => value !== null && Number(value) !== 0)
      .map((figure) => [
        [...Object.values(figure.group), figure.bucket?.slice(0, 7)].join(" "),
        plain(figure.value ?? ""),
      ]),
  );
}

/** A number's text without trailing zeros of decimals. */
export const plain = (value: string): string =>
  value.includes(".") ? value.replace(/\.?0+$/, "") : value;
