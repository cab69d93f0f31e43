import type { Columns } from "../ledger/table.ts";
import { createTable } from "../sql/ddl.ts";
import type { Dialect } from "../sql/dialect.ts";
import { identifier, join, literal, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { touchColumns } from "./touch-columns.ts";

/**
 * Texts that many rows have in common, kept once and numbered: writing some twenty of them with each of millions of rows
 * takes about as long as computing what these rows say. Numbers are given as combinations appear, so they mean nothing outside a workspace.
 */
export interface Dictionary {
  /** The table in the schema `derived`. */
  readonly name: string;
  /** The column of other tables that holds the number. */
  readonly number: string;
  readonly columns: Columns;
}

/**
 * The number of an entry with nothing in it, for rows that have no touch: every row has an entry, so that views join
 * dictionaries by inner joins, which the engine turns into looking numbers up in an array.
 */
export const noEntry = 0;

const { touched_at: _, ...ofTouch } = touchColumns;

/** What touches have in common: every column of a touch but the time. */
export const origins = {
  name: "origins",
  number: "origin",
  columns: ofTouch,
} as const satisfies Dictionary;

/** What amounts of the ledger have in common. */
export const bookings = {
  name: "bookings",
  number: "booking",
  columns: {
    entry_kind: {
      type: "text",
      meaning: "sale, return (refunds and cancellations) or cost_of_goods.",
    },
    is_costed: { type: "boolean", meaning: "The cost of the goods is known." },
    excluded: {
      type: "text",
      meaning: "Why the amount is left out of figures; null when it counts.",
    },
    stream: { type: "text", meaning: "product, service, subscription or other." },
    order_kind: { type: "text", meaning: "new, repeat, upsell, cross_sell or renewal." },
    currency: { type: "text", meaning: "Currency of the source amount." },
    country: { type: "text", meaning: "Country." },
    data_source: { type: "text", meaning: "The source that brought the conversion." },
  },
} as const satisfies Dictionary;

/** Every dictionary, as tables to be made. */
export const dictionaryTables = [origins, bookings].map((dictionary: Dictionary) => ({
  name: dictionary.name,
  columns: columnsOf(dictionary),
}));

function columnsOf({ columns }: Dictionary): Columns {
  return {
    number: { type: "small", meaning: "The number, from 1." },
    fingerprint: { type: "identity", meaning: "Hash of the other columns." },
    ...columns,
  };
}

/**
 * Makes the dictionaries that are missing.
 *
 * @param store the workspace
 */
export async function makeDictionaries(store: Store): Promise<void> {
  for (const { name, columns } of dictionaryTables) {
    await store.run(createTable(store.dialect, "derived", name, columns));
  }
}

/**
 * Returns the fingerprint by which a row finds its entry in a dictionary.
 *
 * @param dialect the engine's hash
 * @param dictionary the dictionary
 */
export function fingerprintOf(dialect: Pick<Dialect, "hash">, dictionary: Dictionary): Sql {
  return dialect.hash(Object.keys(dictionary.columns).map((column) => identifier(column)));
}

/**
 * Adds to a dictionary whatever of some rows it does not hold yet.
 *
 * @param store the workspace
 * @param dictionary the dictionary
 * @param rows a table or query in brackets with the dictionary's columns
 * @param condition on the rows
 * @param of the columns of the rows with their fingerprint and with a key of their own
 * @throws LastpennyError `query_failed`, `out_of_memory`
 */
export async function addMissing(
  store: Store,
  { name, columns }: Dictionary,
  rows: Sql,
  condition: Sql,
  of: { readonly fingerprint: string; readonly key: string },
): Promise<void> {
  const [table, fingerprint, key] = [
    identifier("derived", name),
    identifier(of.fingerprint),
    identifier(of.key),
  ];
  const names = join(Object.keys(columns).map((column) => sql`r.${identifier(column)}`));
  const nothing = join(Object.keys(columns).map(() => sql`NULL`));
  await store.run(sql`INSERT INTO ${table} SELECT ${literal(noEntry)}, 0, ${nothing}
    WHERE NOT EXISTS (SELECT 1 FROM ${table} WHERE number = ${literal(noEntry)})`);
  // Found first, since rows are numbered by one thread.
  await store.run(sql`INSERT INTO ${table} WITH found AS MATERIALIZED (
      SELECT m.fingerprint, ${names}
      FROM ${rows} AS r JOIN (
        SELECT ${fingerprint} AS fingerprint, min(${key}) AS first_key FROM ${rows} AS a
        WHERE ${condition} AND ${fingerprint} NOT IN (SELECT fingerprint FROM ${table}) GROUP BY 1
      ) AS m ON m.fingerprint = r.${fingerprint} AND m.first_key = r.${key}
    )
    SELECT (SELECT coalesce(max(number), 0) FROM ${table}) + row_number() OVER (), * FROM found`);
}
