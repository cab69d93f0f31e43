import { LastpennyError } from "../errors.ts";
import { allColumns, type Columns } from "../ledger/table.ts";
import { bookkeepingTables } from "../ledger/tables/bookkeeping.ts";
import { ledgerTables } from "../ledger/tables.ts";
import { createTable } from "../sql/ddl.ts";
import { identifier, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "./store.ts";

/** Version of the tables as this release writes them; a change that older releases cannot read raises it. */
export const schemaVersion = 1;

/** A table of the schema `derived`, as far as making it goes. */
export interface TableShape {
  readonly name: string;
  readonly columns: Columns;
  /** The view through which it is read: its name and its query. */
  readonly view?: { readonly name: string; readonly query: Sql };
}

/**
 * Makes every table that is missing, and adds columns that a newer release declares. A derived table whose columns
 * changed is made anew, empty, since it can be computed again.
 *
 * @param store an open workspace
 * @param derived the derived tables
 * @throws LastpennyError `workspace_newer` when a newer release wrote the workspace
 */
export async function prepareSchema(
  store: Store,
  derived: readonly TableShape[] = [],
): Promise<void> {
  await store.transaction(async () => {
    await checkVersion(store);
    const known = await knownColumns(store);
    for (const table of ledgerTables) {
      await prepareTable(store, known, "ledger", { name: table.name, columns: allColumns(table) });
    }
    for (const [name, columns] of Object.entries(bookkeepingTables)) {
      await prepareTable(store, known, "ledger", { name, columns });
    }
    for (const table of derived) {
      const now = known.get(`derived.${table.name}`);
      if (now && !sameNames(now, Object.keys(table.columns))) {
        await store.run(sql`DROP TABLE ${identifier("derived", table.name)}`);
        known.delete(`derived.${table.name}`);
      }
      await prepareTable(store, known, "derived", table);
      if (table.view && !known.has(`derived.${table.name}`)) {
        await prepareView(store, known, table.view);
      }
    }
  });
}

/** Earlier releases stored under the name of the view what is now stored under another. */
async function prepareView(
  store: Store,
  known: ReadonlyMap<string, readonly string[]>,
  { name, query }: NonNullable<TableShape["view"]>,
): Promise<void> {
  const view = identifier("derived", name);
  if (known.has(`derived.${name}`)) await store.run(sql`DROP TABLE ${view}`);
  await store.run(sql`CREATE OR REPLACE VIEW ${view} AS ${query}`);
}

async function checkVersion(store: Store): Promise<void> {
  await store.run(sql`CREATE TABLE IF NOT EXISTS "ledger"."schema_version" ("version" INTEGER)`);
  const [row] = await store.query(
    sql`SELECT max("version") AS "version" FROM "ledger"."schema_version"`,
  );
  const version = row?.version ?? null;
  if (version === null) {
    await store.run(sql`INSERT INTO "ledger"."schema_version" VALUES (${literal(schemaVersion)})`);
  } else if (Number(version) > schemaVersion) {
    throw new LastpennyError(
      "workspace_newer",
      `the workspace was written by a newer version: it has schema ${version}, this release knows ${schemaVersion}; install a newer lastpenny`,
      { schema: String(version) },
    );
  }
}

/** Columns in storage order, by schema and table. */
async function knownColumns(store: Store): Promise<Map<string, string[]>> {
  const rows =
    await store.query(sql`SELECT table_schema || '.' || table_name AS "table", column_name AS "column"
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema IN ('ledger', 'derived') AND table_type = 'BASE TABLE' ORDER BY 1, ordinal_position`);
  const known = new Map<string, string[]>();
  for (const row of rows) {
    const table = String(row.table);
    known.set(table, [...(known.get(table) ?? []), String(row.column)]);
  }
  return known;
}

async function prepareTable(
  store: Store,
  known: ReadonlyMap<string, readonly string[]>,
  schema: string,
  { name, columns }: TableShape,
): Promise<void> {
  const now = known.get(`${schema}.${name}`);
  if (!now) {
    await store.run(createTable(store.dialect, schema, name, columns));
    return;
  }
  for (const [column, { type }] of Object.entries(columns)) {
    if (now.includes(column)) continue;
    await store.run(
      sql`ALTER TABLE ${identifier(schema, name)} ADD COLUMN ${identifier(column)} ${raw(store.dialect.types[type])}`,
    );
  }
}

const sameNames = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((name, index) => name === right[index]);
