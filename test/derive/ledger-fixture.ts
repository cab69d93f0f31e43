import type { DeriveContext } from "../../src/derive/derived.ts";
import { renewAll } from "../../src/derive/renew.ts";
import { type DerivedTableName, derivedShapes, derivedTable } from "../../src/derive/tables.ts";
import { type Settings, settingsSchema } from "../../src/ledger/settings.ts";
import { allColumns } from "../../src/ledger/table.ts";
import { type LedgerTableName, ledgerTable, ledgerTables } from "../../src/ledger/tables.ts";
import { createTable } from "../../src/sql/ddl.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../../src/sql/fragment.ts";
import { openDuckdb } from "../../src/store/duckdb.ts";
import type { Row, Store } from "../../src/store/store.ts";

/** A row as a test writes it; row_key, source and load are filled in. */
export type LedgerRow = Readonly<Record<string, string | number | boolean | null>>;

/** An engine in memory with empty ledger and derived tables, and what a test does with it. */
export interface Fixture {
  readonly store: Store;
  add(table: LedgerTableName, rows: readonly LedgerRow[]): Promise<void>;
  /** Computes a derived table for everybody and returns it in its order. */
  derive(table: DerivedTableName, settings?: object, asOf?: string): Promise<readonly Row[]>;
  /** Computes a derived table for everybody. */
  compute(table: DerivedTableName, settings?: object, asOf?: string): Promise<void>;
  /** Returns the one value of a query. */
  value(text: string): Promise<unknown>;
  clear(): Promise<void>;
}

/** Opens the fixture. */
export async function openFixture(): Promise<Fixture> {
  const store = await openDuckdb(":memory:");
  for (const table of ledgerTables) {
    await store.run(createTable(store.dialect, "ledger", table.name, allColumns(table)));
  }
  const shapes = derivedShapes({ dialect: store.dialect, settings: settingsSchema.parse({}) });
  for (const { name, columns, view } of shapes) {
    await store.run(createTable(store.dialect, "derived", name, columns));
    if (view) {
      await store.run(sql`CREATE VIEW ${identifier("derived", view.name)} AS ${view.query}`);
    }
  }
  let key = 0;
  return {
    store,
    async add(name, rows) {
      for (const row of rows) {
        key += 1;
        const full = { row_key: key, source: "shop/orders", load: 1, ...row };
        await store.run(insertion(name, full));
      }
    },
    derive: (name, settings = {}, asOf = "2026-01-01 00:00:00") =>
      derive(store, name, settingsSchema.parse(settings), asOf),
    compute: (name, settings = {}, asOf = "2026-01-01 00:00:00") =>
      compute(store, name, settingsSchema.parse(settings), asOf),
    value: async (text) => Object.values((await store.query(raw(text)))[0] ?? {})[0],
    async clear() {
      for (const { name } of ledgerTables)
        await store.run(sql`DELETE FROM ${identifier("ledger", name)}`);
      for (const { name } of shapes)
        await store.run(sql`DELETE FROM ${identifier("derived", name)}`);
    },
  };
}

function insertion(name: LedgerTableName, row: LedgerRow): Sql {
  const columns = Object.keys(row);
  const known = Object.keys(allColumns(ledgerTable(name)));
  const unknown = columns.filter((column) => !known.includes(column));
  if (unknown.length > 0) throw new Error(`no such column in ${name}: ${unknown.join(", ")}`);
  return sql`INSERT INTO ${identifier("ledger", name)} (${join(columns.map((column) => identifier(column)))})
    VALUES (${join(Object.values(row).map((value) => literal(value)))})`;
}

async function derive(
  store: Store,
  name: DerivedTableName,
  settings: Settings,
  asOf: string,
): Promise<readonly Row[]> {
  await compute(store, name, settings, asOf);
  const order = join(derivedTable(name).order.map((column) => identifier(column)));
  return store.query(sql`SELECT * FROM ${identifier("derived", name)} ORDER BY ${order}`);
}

async function compute(
  store: Store,
  name: DerivedTableName,
  settings: Settings,
  asOf: string,
): Promise<void> {
  const table = derivedTable(name);
  const everybody = (): Sql => raw("TRUE");
  const context: DeriveContext = {
    dialect: store.dialect,
    settings,
    asOf,
    people: everybody,
    identities: everybody,
  };
  if (table.premises) await store.query(table.premises(context));
  await renewAll(store, table, context);
}
