import { createTable } from "../sql/ddl.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { count, keep } from "./components.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";

/** Events per slice of people in a rebuild, unless it is said. */
const eventsOfSlice = 20_000_000;

/**
 * Computes a derived table for everybody.
 *
 * @param store the workspace
 * @param table the table
 * @param everyone with everybody as the people to be computed
 * @param eventsPerSlice events per slice of people: fewer need less memory
 * @returns the number of rows
 * @throws LastpennyError `query_failed`, `out_of_memory`
 */
export async function renewAll(
  store: Store,
  table: DerivedTable,
  everyone: DeriveContext,
  eventsPerSlice: number = eventsOfSlice,
): Promise<number> {
  const schema = everyone.lens ?? "derived";
  const target = identifier(schema, table.name);
  await store.run(sql`DROP TABLE IF EXISTS ${target}`);
  await store.run(createTable(store.dialect, schema, table.name, table.columns));
  await table.prepare?.(store, everyone);
  const events = await count(store, sql`SELECT count(*) AS n FROM ledger.events`);
  const perSlice = Math.min(eventsPerSlice, table.eventsPerSlice ?? eventsPerSlice);
  const slices = table.scope === "person" ? Math.ceil(events / perSlice) : 1;
  if (slices <= 1) return store.run(insertion(target, table, everyone));
  return table.eventsPerSlice === undefined
    ? renewInSlices(store, table, everyone, slices)
    : insertSlices(store, target, table, everyone, slices);
}

/** Slices of people, each written once, in its own order. */
async function insertSlices(
  store: Store,
  target: Sql,
  table: DerivedTable,
  everyone: DeriveContext,
  slices: number,
): Promise<number> {
  const prepared = (await table.prepareSlices?.(store, everyone)) ?? [];
  let rows = 0;
  for (let index = 0; index < slices; index += 1) {
    const context = { ...everyone, ...sliceOf(slices, index), isSliced: true };
    rows += await store.run(insertion(target, table, context));
  }
  for (const name of prepared) await store.run(sql`DROP TABLE ${identifier(name)}`);
  return rows;
}

function sliceOf(slices: number, index: number): Pick<DeriveContext, "people"> {
  return {
    people: (person) => sql`coalesce(${person}, 0) % ${literal(slices)} = ${literal(index)}`,
  };
}

/** Slices of people first, each small enough for memory; then months in order, so that rows lie in order of time. */
async function renewInSlices(
  store: Store,
  table: DerivedTable,
  everyone: DeriveContext,
  slices: number,
): Promise<number> {
  const [target, slice] = [
    identifier(everyone.lens ?? "derived", table.name),
    identifier("derived_slices"),
  ];
  await keep(store, "derived_slices", sql`SELECT * FROM ${target} WHERE FALSE`);
  for (let index = 0; index < slices; index += 1) {
    await store.run(insertion(slice, table, { ...everyone, ...sliceOf(slices, index) }));
  }
  let rows = 0;
  for (const month of await monthsOf(store, table)) {
    rows += await store.run(
      sql`INSERT INTO ${target} SELECT * FROM ${slice} WHERE ${month} ORDER BY ${orderOf(table)}`,
    );
  }
  await store.run(sql`DROP TABLE ${slice}`);
  return rows;
}

async function monthsOf(store: Store, table: DerivedTable): Promise<readonly Sql[]> {
  if (!table.time) return [raw("TRUE")];
  const time = identifier(table.time.column);
  const day = table.time.is === "day" ? time : store.dialect.dayOf(time);
  const month = store.dialect.startOf("month", day);
  const rows = await store.query(
    sql`SELECT DISTINCT ${month} AS month FROM derived_slices WHERE ${time} IS NOT NULL ORDER BY 1`,
  );
  const starts = rows.map((row) => sql`CAST(${String(row.month)} AS DATE)`);
  const months = starts.map((start, index) => {
    const next = starts[index + 1];
    return next ? sql`${time} >= ${start} AND ${time} < ${next}` : sql`${time} >= ${start}`;
  });
  return [...months, sql`${time} IS NULL`];
}

function insertion(target: Sql, table: DerivedTable, context: DeriveContext): Sql {
  const columns = columnsOf(table);
  const isOrdered = table.eventsPerSlice !== undefined;
  return sql`INSERT INTO ${target} (${columns})
    SELECT ${columns} FROM (${table.select(context)}) AS rows_of_table${isOrdered ? sql`` : sql` ORDER BY ${orderOf(table)}`}`;
}

/** Returns the columns of a table, as they stand in a select. */
export function columnsOf(table: DerivedTable): Sql {
  return join(Object.keys(table.columns).map((column) => identifier(column)));
}

/** Returns what orders the rows of a table. */
export function orderOf(table: DerivedTable): Sql {
  return join(table.order.map((column) => identifier(column)));
}
