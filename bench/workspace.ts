import { cpSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorkspace, simulate } from "../src/index.ts";
import { sql } from "../src/sql/fragment.ts";

/** What a workspace of the simulated company takes. */
export interface WorkspaceFigures {
  readonly events: number;
  readonly simulateSeconds: number;
  readonly importSeconds: number;
  readonly refreshSeconds: number;
  readonly repeatSeconds: number;
  readonly answerSeconds: number;
  readonly bytesPerMillionEvents: number;
  readonly peakMemoryMb: number;
}

/**
 * Measures the whole way of the simulated company: exports written, read, derived, asked; and the size on disk.
 *
 * @param options visitors and months of the company, printing
 */
export async function run({
  people = 10_000,
  months = 18,
  print = (line: string) => void process.stdout.write(`${line}\n`),
}: {
  readonly people?: number;
  readonly months?: number;
  readonly print?: (line: string) => void;
} = {}): Promise<WorkspaceFigures> {
  const folder = mkdtempSync(join(tmpdir(), "lastpenny-bench-"));
  try {
    const [simulateSeconds, simulated] = await timed(() =>
      simulate({ people, months, seed: 7, out: join(folder, "company") }),
    );
    const home = join(folder, "workspace");
    cpSync(simulated.settings, join(home, "lastpenny.yaml"));
    const workspace = await openWorkspace(home, { create: true });
    const [importSeconds] = await timed(() => workspace.import(simulated.exports));
    const [refreshSeconds] = await timed(() => workspace.refresh());
    const period = await workspace.defaultPeriod();
    if (!period) throw new Error("the simulated company has no period");
    const metrics = workspace.catalogue.metrics.map(({ id }) => id);
    const [answerSeconds] = await timed(() =>
      workspace.answer({ metrics, ...period, compare: "previous" }),
    );
    const [row] = await workspace.store.query(
      sql`SELECT count(*) AS "events" FROM "ledger"."events"`,
    );
    const [repeatSeconds] = await timed(() => workspace.import(simulated.exports));
    await workspace.close();
    const events = Number(row?.events ?? 0);
    const { size } = statSync(join(home, "workspace.duckdb"));
    const figures = {
      events,
      simulateSeconds,
      importSeconds,
      refreshSeconds,
      repeatSeconds,
      answerSeconds,
      bytesPerMillionEvents: (size / events) * 1e6,
      peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    };
    report(figures, simulated.rows, print);
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(figures: WorkspaceFigures, rows: number, print: (line: string) => void): void {
  const line = (what: string, seconds: number, count: number) =>
    print(
      `  ${what.padEnd(44)}${seconds.toFixed(1).padStart(7)} s ${Math.round(count / seconds)
        .toLocaleString("en")
        .padStart(11)} rows/s`,
    );
  print(
    `  ${rows.toLocaleString("en")} rows, ${figures.events.toLocaleString("en")} of them events`,
  );
  line("simulated company written", figures.simulateSeconds, rows);
  line("imported, identities and repeats checked", figures.importSeconds, rows);
  line("derived tables built", figures.refreshSeconds, figures.events);
  line("the same folder imported again", figures.repeatSeconds, rows);
  print(
    `  every metric of a month, with comparison     ${figures.answerSeconds.toFixed(2).padStart(6)} s`,
  );
  print(
    `  workspace ${(figures.bytesPerMillionEvents / 2 ** 20).toFixed(0)} MiB per million events; peak memory ${figures.peakMemoryMb} MB`,
  );
}

async function timed<Result>(work: () => Promise<Result>): Promise<readonly [number, Result]> {
  const start = performance.now();
  const result = await work();
  return [(performance.now() - start) / 1000, result];
}
