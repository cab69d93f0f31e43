import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { LastpennyError } from "../../../src/errors.ts";
import type { RawTable } from "../../../src/intake/raw-table.ts";
import { dropRawTable, type ReadOptions, readFiles } from "../../../src/intake/read/read.ts";
import { identifier, sql } from "../../../src/sql/fragment.ts";
import { openDuckdb } from "../../../src/store/duckdb.ts";
import type { Row, Store } from "../../../src/store/store.ts";

export let store: Store;
export const folder = mkdtempSync(join(tmpdir(), "lastpenny-read-test-"));
beforeAll(async () => {
  store = await openDuckdb(":memory:");
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

export function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

export type Read = RawTable & { readonly values: readonly Row[] };

export async function readAll(path: string, options: ReadOptions = {}): Promise<readonly Read[]> {
  const tables: Read[] = [];
  for await (const raw of readFiles(store, path, options)) {
    const values = await store.query(sql`SELECT * FROM ${identifier(raw.table)} ORDER BY rowid`);
    tables.push({ ...raw, values });
    await dropRawTable(store, raw);
  }
  return tables;
}

export async function read(path: string, options: ReadOptions = {}): Promise<Read> {
  const [table, ...more] = await readAll(path, options);
  if (!table || more.length > 0) throw new Error(`${more.length + 1} tables`);
  return table;
}

export const cells = (table: Read) => table.values.map((row) => Object.values(row));

export async function errorOf(work: Promise<unknown>): Promise<LastpennyError> {
  const error: unknown = await work.then(
    () => new Error("no error"),
    (caught: unknown) => caught,
  );
  if (!(error instanceof LastpennyError)) throw error;
  return error;
}
