import { createHash } from "node:crypto";
import { allColumns, type Columns } from "../../src/ledger/table.ts";
import { bookkeepingTables } from "../../src/ledger/tables/bookkeeping.ts";
import { type LedgerTableName, ledgerTable, ledgerTables } from "../../src/ledger/tables.ts";
import { createTable } from "../../src/sql/ddl.ts";
import { identifier, join, raw, type Sql, type SqlValue, sql } from "../../src/sql/fragment.ts";
import { openDuckdb } from "../../src/store/duckdb.ts";
import type { Row, Store } from "../../src/store/store.ts";

/** A row to record: columns by name; the key comes from `id` or from the whole row. */
export type Recorded = Readonly<Record<string, SqlValue>>;

/** Opens an empty workspace in memory. */
export async function emptyLedger(): Promise<Store> {
  const store = await openDuckdb(":memory:");
  for (const table of ledgerTables) {
    await store.run(createTable(store.dialect, "ledger", table.name, allColumns(table)));
  }
  for (const [name, columns] of Object.entries(bookkeepingTables)) {
    await store.run(createTable(store.dialect, "ledger", name, columns));
  }
  return store;
}

/** The identity of an identifier, as intake hashes it: the lower half of the MD5 of its parts. */
export function identityOf(kind: string, value: string, namespace = ""): bigint {
  const hash = createHash("md5").update([kind, namespace, value].join("\u001f")).digest();
  return hash.readBigUInt64LE(8);
}

/** Appends rows to a ledger table as one load does, and marks their people as touched. */
export async function record(
  store: Store,
  table: LedgerTableName,
  rows: readonly Recorded[],
  load = 1,
): Promise<void> {
  const columns: Columns = allColumns(ledgerTable(table));
  for (let start = 0; start < rows.length; start += 500) {
    const values = rows
      .slice(start, start + 500)
      .map((row) => cells(store, table, columns, row, load));
    if (values.length === 0) return;
    await store.run(sql`INSERT INTO ${identifier("ledger", table)} VALUES ${join(values)}`);
  }
  if ("identity" in columns)
    await touch(
      store,
      rows.map((row) => row.identity ?? null),
    );
}

/** Marks people as touched. */
export async function touch(store: Store, identities: readonly SqlValue[]): Promise<void> {
  const known = [...new Set(identities)].filter((identity) => identity !== null);
  if (known.length === 0) return;
  const values = known.map((identity) => raw(`(${identity})`));
  await store.run(sql`INSERT INTO ledger.touched VALUES ${join(values)}`);
}

function cells(store: Store, table: string, columns: Columns, row: Recorded, load: number): Sql {
  const text = JSON.stringify([table, row.id ?? row], (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
  const key = createHash("md5").update(text).digest("hex");
  const given: Recorded = { source: "test/rows", load, row_key: BigInt(`0x${key}`), ...row };
  const parts = Object.entries(columns).map(([name, column]) => {
    const value = given[name] ?? null;
    const cast = raw(store.dialect.types[column.type]);
    return value === null ? raw("NULL") : sql`CAST(${String(value)} AS ${cast})`;
  });
  return sql`(${join(parts)})`;
}

/** Links identifiers as intake does, and records them in clear. */
export async function link(
  store: Store,
  ...names: readonly { kind: string; value: string; namespace?: string; is_shared?: boolean }[]
): Promise<readonly bigint[]> {
  const all = names.map(({ kind, value, namespace = "" }) => identityOf(kind, value, namespace));
  for (const [index, name] of names.entries()) {
    const identity = all[index] ?? null;
    const [known] = await store.query(
      sql`SELECT 1 AS n FROM ledger.identities WHERE identity = CAST(${String(identity)} AS UBIGINT)`,
    );
    if (!known) await record(store, "identities", [{ namespace: "", ...name, identity }]);
  }
  const [first, ...rest] = all;
  for (const other of rest) {
    if (first === undefined) continue;
    const [left, right] = first < other ? [first, other] : [other, first];
    await record(store, "identity_links", [{ left_identity: left, right_identity: right }]);
  }
  await touch(store, all);
  return all;
}

/** All rows of a derived table in a fixed order, as text. */
export async function contents(store: Store, table: string): Promise<readonly string[]> {
  const rows = await store.query(sql`SELECT * FROM ${identifier("derived", table)}`);
  return rows.map(asText).sort();
}

function asText(row: Row): string {
  return JSON.stringify(row, (_, value) => (typeof value === "bigint" ? String(value) : value));
}
