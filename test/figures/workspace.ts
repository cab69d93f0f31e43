import { catalogue } from "../../src/catalogue/catalogue.ts";
import { type DerivedTableName, derivedTable, derivedTables } from "../../src/derive/tables.ts";
import type { FiguresContext } from "../../src/figures/context.ts";
import { addDays } from "../../src/ledger/calendar.ts";
import { type Settings, settingsSchema } from "../../src/ledger/settings.ts";
import type { Columns } from "../../src/ledger/table.ts";
import { identifier, join, raw, type SqlValue, sql } from "../../src/sql/fragment.ts";
import { openDuckdb } from "../../src/store/duckdb.ts";
import { prepareSchema } from "../../src/store/schema.ts";
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
  await prepareSchema(store, derivedTables);
  for (const [name, rows] of Object.entries(seed)) {
    await insertRows(store, "derived", name, derivedTable(name as DerivedTableName).columns, rows);
  }
  const parsed: Settings = settingsSchema.parse(settings);
  return { store, settings: parsed, catalogue, asOf };
}

/**
 * Days one after the other as coverage rows of a source.
 *
 * @param source its name
 * @param days those with rows, in order
 */
export function coverageRows(source: string, days: readonly string[]): readonly SeedRow[] {
  const [first = null, last = null] = [days[0], days.at(-1)];
  return days.map((day) => ({
    day,
    table_name: "events",
    data_source: source,
    rows: 10,
    first_day: first,
    last_day: last,
  }));
}

/**
 * Returns days in order.
 *
 * @param first such as 2025-03-01
 * @param count how many
 */
export function daysFrom(first: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => addDays(first, index));
}

/**
 * Puts rows into a table.
 *
 * @param store the engine
 * @param schema ledger or derived
 * @param name the table
 * @param columns its columns
 * @param rows values by column
 */
export async function insertRows(
  store: Store,
  schema: string,
  name: string,
  columns: Columns,
  rows: readonly SeedRow[],
): Promise<void> {
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
      sql`INSERT INTO ${identifier(schema, name)} (${join(names.map((column) => identifier(column)))}) VALUES ${join(tuples.slice(start, start + 500))}`,
    );
  }
}
