import { catalogue } from "../../src/catalogue/catalogue.ts";
import { type DerivedTableName, derivedTable, derivedTables } from "../../src/derive/tables.ts";
import type { FiguresContext } from "../../src/figures/context.ts";
import { type Settings, settingsSchema } from "../../src/ledger/settings.ts";
import { createTable } from "../../src/sql/ddl.ts";
import { identifier, join, raw, type SqlValue, sql } from "../../src/sql/fragment.ts";
import { openDuckdb } from "../../src/store/duckdb.ts";
import type { Store } from "../../src/store/store.ts";

/** Values by column; what is left out is null. */
export type SeedRow = Readonly<Record<string, SqlValue>>;

/** Seed rows by derived table. */
export type Seed = Readonly<Partial<Record<DerivedTableName, readonly SeedRow[]>>>;

/**
 * Opens an empty workspace in memory with every derived table, filled with the rows given.
 *
 * @param seed rows by table
 * @param settings what differs from the defaults
 * @param asOf the instant until which the ledger is known
 */
export async function seededWorkspace(
  seed: Seed,
  settings: Readonly<Record<string, unknown>> = {},
  asOf = "2025-12-31T00:00:00Z",
): Promise<FiguresContext> {
  const store = await openDuckdb(":memory:", { threads: 1 });
  for (const table of derivedTables) {
    await store.run(createTable(store.dialect, "derived", table.name, table.columns));
  }
  for (const [name, rows] of Object.entries(seed)) {
    await insertRows(store, name as DerivedTableName, rows);
  }
  const parsed: Settings = settingsSchema.parse(settings);
  return { store, settings: parsed, catalogue, asOf };
}

/**
 * Puts rows into a derived table.
 *
 * @param store the engine
 * @param name the table
 * @param rows values by column
 */
export async function insertRows(
  store: Store,
  name: DerivedTableName,
  rows: readonly SeedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const { columns } = derivedTable(name);
  const names = Object.keys(columns).filter((column) => rows.some((row) => column in row));
  const unknown = rows.flatMap(Object.keys).filter((column) => !(column in columns));
  if (unknown.length > 0) throw new Error(`${name} has no column ${unknown.join(", ")}`);
  const tuples = rows.map((row) => {
    const values = names.map((column) => {
      const type = store.dialect.types[columns[column]?.type ?? "text"];
      return sql`CAST(${row[column] ?? null} AS ${raw(type)})`;
    });
    return sql`(${join(values)})`;
  });
  for (let start = 0; start < tuples.length; start += 500) {
    await store.run(
      sql`INSERT INTO ${identifier("derived", name)} (${join(names.map((column) => identifier(column)))}) VALUES ${join(tuples.slice(start, start + 500))}`,
    );
  }
}
