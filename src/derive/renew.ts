import { identifier, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { count, keep } from "./components.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { columnsOf, makeTable, orderOf } from "./storage.ts";

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
  const target = await makeTable(store, everyone.lens ?? "derived", table, everyone);
  await table.prepare?.(store, everyone);
  if (table.slices) {
    const rows = await insertSlices(store, target, table, everyone);
    await dropDone(store, table, everyone);
    return rows;
  }
  const events = await count(store, sql`SELECT count(*) AS n FROM ledger.events`);
  const slices = table.scope === "person" ? Math.ceil(events / eventsPerSlice) : 1;
  if (slices <= 1) return store.run(insertion(target, table, everyone));
  return renewInSlices(store, target, table, everyone, slices);
}

async function dropDone(store: Store, table: DerivedTable, { kept }: DeriveContext): Promise<void> {
  for (const name of table.done ?? []) {
    await store.run(sql`DROP TABLE IF EXISTS ${identifier(name)}`);
    kept?.delete(name);
  }
}

/** Slices in the order in which they are to lie, each written by all threads at once. */
async function insertSlices(
  store: Store,
  target: Sql,
  table: DerivedTable,
  everyone: DeriveContext,
): Promise<number> {
  const columns = columnsOf(table);
  let rows = 0;
  for (const select of (await table.slices?.(store, everyone)) ?? []) {
    rows += await store.run(
      sql`INSERT INTO ${target} (${columns}) SELECT ${columns} FROM (${select}) AS rows_of_slice`,
    );
  }
  return rows;
}

/** Slices of people first, each small enough for memory; then months in order, so that rows lie in order of time. */
async function renewInSlices(
  store: Store,
  target: Sql,
  table: DerivedTable,
  everyone: DeriveContext,
  slices: number,
): Promise<number> {
  const slice = identifier("derived_slices");
  await keep(store, "derived_slices", sql`SELECT * FROM ${target} WHERE FALSE`);
  for (let index = 0; index < slices; index += 1) {
    const people = (person: Sql): Sql =>
      sql`coalesce(${person}, 0) % ${literal(slices)} = ${literal(index)}`;
    await store.run(insertion(slice, table, { ...everyone, people }));
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
  return sql`INSERT INTO ${target} (${columns})
    SELECT ${columns} FROM (${table.select(context)}) AS rows_of_table ORDER BY ${orderOf(table)}`;
}
