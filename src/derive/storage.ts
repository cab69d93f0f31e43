import { createTable } from "../sql/ddl.ts";
import { identifier, join, type Sql, sql } from "../sql/fragment.ts";
import type { TableShape } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";

/**
 * Returns the name and columns under which the rows of a derived table are stored.
 *
 * @param table the table
 */
export function storageOf({ name, columns, stored }: DerivedTable): TableShape {
  return stored ? { name: `${name}_stored`, columns: stored.columns } : { name, columns };
}

/** Returns the stored columns of a table, as they stand in a select. */
export function columnsOf(table: DerivedTable): Sql {
  return join(Object.keys(storageOf(table).columns).map((column) => identifier(column)));
}

/** Returns what orders the rows of a table. */
export function orderOf(table: DerivedTable): Sql {
  return join(table.order.map((column) => identifier(column)));
}

/**
 * Returns what a table is made of: its storage, and the view over it where it is stored under another name.
 *
 * @param table the table
 * @param schema `derived` or that of a lens
 * @param context engine and settings
 */
export function shapeOf(
  table: DerivedTable,
  schema: string,
  context: Pick<DeriveContext, "dialect" | "settings">,
): TableShape {
  const storage = storageOf(table);
  if (!table.stored) return storage;
  const names = join(Object.keys(table.columns).map((column) => identifier(column)));
  const rows = table.stored.view(context, identifier(schema, storage.name));
  return {
    ...storage,
    view: { name: table.name, query: sql`SELECT ${names} FROM (${rows}) AS rows_of_view` },
  };
}

/**
 * Makes a derived table anew, empty, and the view over it where its rows are stored under another name.
 *
 * @param store the workspace
 * @param schema `derived` or that of a lens
 * @param table the table
 * @param context settings
 * @returns the table to write to
 */
export async function makeTable(
  store: Store,
  schema: string,
  table: DerivedTable,
  context: Pick<DeriveContext, "dialect" | "settings">,
): Promise<Sql> {
  const { name, columns, view } = shapeOf(table, schema, context);
  const target = identifier(schema, name);
  await store.run(sql`DROP TABLE IF EXISTS ${target}`);
  await store.run(createTable(store.dialect, schema, name, columns));
  if (view) {
    await store.run(sql`CREATE OR REPLACE VIEW ${identifier(schema, view.name)} AS ${view.query}`);
  }
  return target;
}
