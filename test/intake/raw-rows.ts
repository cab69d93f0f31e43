import type { RawTable } from "../../src/intake/raw-table.ts";
import { allColumns } from "../../src/ledger/table.ts";
import { bookkeepingTables } from "../../src/ledger/tables/bookkeeping.ts";
import { ledgerTables } from "../../src/ledger/tables.ts";
import { identifier, join, raw, sql } from "../../src/sql/fragment.ts";
import { openDuckdb } from "../../src/store/duckdb.ts";
import { prepareSchema } from "../../src/store/schema.ts";
import type { Row, Store } from "../../src/store/store.ts";

/** An empty workspace in memory. */
export async function emptyWorkspace(): Promise<Store> {
  const store = await openDuckdb(":memory:");
  await prepareSchema(store);
  return store;
}

const counted = [...ledgerTables.map(({ name }) => name), ...Object.keys(bookkeepingTables)];

/** Names of the tables that hold anything. */
async function tablesWithRows(store: Store): Promise<readonly string[]> {
  const counts = counted.map(
    (name) => sql`SELECT ${name} AS "name", count(*) AS "rows" FROM ${identifier("ledger", name)}`,
  );
  const rows = await store.query(join(counts, " UNION ALL "));
  return rows.filter((row) => Number(row.rows) > 0).map((row) => String(row.name));
}

/** Empties the ledger, so that one workspace serves many examples. */
export async function emptyTables(store: Store): Promise<void> {
  for (const name of await tablesWithRows(store)) {
    await store.run(sql`DELETE FROM ${identifier("ledger", name)}`);
  }
}

let made = 0;

/** A raw table as reading a file makes it. */
export async function rawTable(
  store: Store,
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
  more: Partial<RawTable> = {},
): Promise<RawTable> {
  made += 1;
  const table = `raw_test_${made}`;
  const types = columns.map((column) => sql`${identifier(column)} VARCHAR`);
  await store.run(sql`CREATE TEMPORARY TABLE ${identifier(table)} (${join(types)})`);
  for (let from = 0; from < rows.length; from += 200) {
    const values = rows
      .slice(from, from + 200)
      .map((row) => sql`(${join(row.map((cell) => sql`${cell}`))})`);
    await store.run(sql`INSERT INTO ${identifier(table)} VALUES ${join(values)}`);
  }
  const file = { file: "folder/rows.csv", fileName: "rows.csv", fileHash: "hash", format: {} };
  return { table, columns, rows: rows.length, broken: [], ...file, ...more };
}

/** All that is recorded, without the numbers of loads, as text in a fixed order. */
export async function ledgerContents(
  store: Store,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const contents: Record<string, readonly string[]> = {};
  const filled = await tablesWithRows(store);
  for (const table of ledgerTables.filter(({ name }) => filled.includes(name))) {
    const columns = Object.keys(allColumns(table)).filter((name) => name !== "load");
    contents[table.name] = await texts(store, table.name, columns);
  }
  contents.rejects = await texts(store, "rejects", [
    "source",
    "line",
    "field",
    "code",
    "reason",
    "raw",
    "state",
  ]);
  contents.touched = await texts(store, "touched", ["identity"]);
  return contents;
}

async function texts(
  store: Store,
  table: string,
  columns: readonly string[],
): Promise<readonly string[]> {
  const cells = columns.map((name) => sql`coalesce(CAST(${identifier(name)} AS VARCHAR), '∅')`);
  const rows = await store.query(
    sql`SELECT concat_ws('|', ${join(cells)}) AS "text" FROM ${identifier("ledger", table)} ORDER BY 1`,
  );
  return rows.map((row) => String(row.text));
}

/** Rows of a statement. */
export const rowsOf = (store: Store, statement: string): Promise<readonly Row[]> =>
  store.query(raw(statement));
