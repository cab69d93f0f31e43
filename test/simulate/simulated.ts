import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { type SimulationReport, simulate } from "../../src/simulate/simulate.ts";
import type { SimulationEffects } from "../../src/simulate/sink.ts";

/** A number or decimal text per month, or a tree of them. */
export interface Tree {
  readonly [key: string]: Tree | number | string | undefined;
}

/** A simulated company on disk, and an engine to count it again. */
export interface Simulated {
  readonly report: SimulationReport;
  readonly truth: Tree;
  readonly folder: string;
  /** Runs SQL and returns rows of text; `{exports}` stands for the folder of exports. */
  readonly rows: (statement: string) => Promise<readonly Readonly<Record<string, string>>[]>;
  /** Runs SQL of two columns and returns it as a record. */
  readonly record: (statement: string) => Promise<Readonly<Record<string, string>>>;
  readonly remove: () => void;
}

/** Simulates into a temporary folder. */
export async function simulated(people: number, months: number): Promise<Simulated> {
  const folder = mkdtempSync(join(tmpdir(), "lastpenny-simulate-"));
  const report = await simulate({ people, months, seed: 7, out: folder });
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const rows = async (statement: string): Promise<Readonly<Record<string, string>>[]> => {
    const text = statement.replaceAll("{exports}", report.exports);
    const result = await connection.runAndReadAll(
      `SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (${text})`,
    );
    return result
      .getRowObjectsJS()
      .map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
      );
  };
  return {
    report,
    folder,
    truth: JSON.parse(readFileSync(report.truth, "utf8")) as Tree,
    rows,
    record: async (statement) =>
      Object.fromEntries(
        (await rows(statement)).map((row) => {
          const [key = "", value = ""] = Object.values(row);
          return [key, trimmed(value)];
        }),
      ),
    remove: () => {
      connection.closeSync();
      instance.closeSync();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The branch of a tree at a path with dots. */
export function at(tree: Tree, path: string): Tree {
  let branch: Tree = tree;
  for (const part of path.split(".")) {
    const next = branch[part];
    if (typeof next !== "object") return {};
    branch = next;
  }
  return branch;
}

/** The months of a truth that are not zero, as text without trailing zeros of decimals. */
export function months(tree: Tree, path: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(at(tree, path))
      .filter(([, value]) => Number(value) !== 0)
      .map(([month, value]) => [month, trimmed(String(value))]),
  );
}

const trimmed = (value: string): string =>
  value.includes(".") ? value.replace(/\.?0+$/, "") : value;

/** SHA-256 over all files that a run writes, in memory. */
export async function fingerprint(seed: number): Promise<string> {
  const files = new Map<string, ReturnType<typeof createHash>>();
  const effects: SimulationEffects = {
    open: (path) => {
      const hash = createHash("sha256");
      files.set(path, hash);
      return { write: (content) => void hash.update(content), close: () => {} };
    },
    forget: () => {},
  };
  await simulate({ people: 150, months: 5, seed, out: "memory" }, effects);
  const all = createHash("sha256");
  for (const [name, hash] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    all.update(name).update(hash.digest());
  }
  return all.digest("hex");
}
