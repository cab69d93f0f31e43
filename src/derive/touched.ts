import { type LedgerTableName, ledgerTables } from "../ledger/tables.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { count, keep } from "./components.ts";
import type { LedgerVersions } from "./refresh-plan.ts";
import type { DeriveState } from "./state.ts";

/**
 * Tables without people that concern only the people with a row of the same campaign, automation, product or currency:
 * the column that such rows have, and the columns of the table that it is compared with.
 */
const references = [
  { table: "campaigns", column: "campaign", keys: ["campaign"] },
  { table: "automations", column: "automation", keys: ["automation"] },
  { table: "products", column: "product", keys: ["product"] },
  { table: "rates", column: "currency", keys: ["currency", "base"] },
] as const satisfies readonly {
  readonly table: LedgerTableName;
  readonly column: string;
  readonly keys: readonly string[];
}[];

/** Tables whose rows without an identity can still be a person's, told by another row. */
const borrowing: readonly string[] = ["orders", "deals"];

/**
 * Rows without a person form one group; it goes by this number, which no identifier hashes to in practice, and is
 * recomputed by every refresh that finds anything new.
 */
const nobody = sql`CAST(0 AS UBIGINT)`;

/** A set of people to recompute: two temporary tables. */
export interface PeopleSet {
  readonly people: (person: Sql) => Sql;
  readonly identities: (identity: Sql) => Sql;
  /** Query of all of them. */
  readonly everyone: Sql;
}

/** Everybody touched since the last refresh, and nobody. */
export const touchedSet = setOf("touched");

function setOf(name: string): PeopleSet {
  const [people, identities] = [identifier(`${name}_people`), identifier(`${name}_identities`)];
  return {
    people: (person) => isAmong(person, sql`SELECT ~person FROM ${people}`),
    identities: (identity) => isAmong(identity, sql`SELECT ~identity FROM ${identities}`),
    everyone: sql`SELECT person FROM ${people}`,
  };
}

/** Bits are turned so that the engine does not first hold every key against the least and the greatest: they are hashes. */
function isAmong(key: Sql, turned: Sql): Sql {
  return sql`~coalesce(${key}, ${nobody}) IN (${turned})`;
}

/**
 * Returns the people whose rows in some derived tables changed during this refresh, or whom these changes concern.
 *
 * @param store the workspace
 * @param tables names under which the changes were noted
 * @param further adds people: a UNION
 * @returns null when there are none
 */
export async function changedSet(
  store: Store,
  tables: readonly string[],
  further: Sql = sql``,
): Promise<PeopleSet | null> {
  const names = join(tables.map((name) => literal(name)));
  await keep(
    store,
    "current_people",
    sql`SELECT DISTINCT person FROM changed_people WHERE table_name IN (${names}) ${further}`,
  );
  const people = await count(store, sql`SELECT count(*) AS n FROM current_people`);
  if (people === 0) return null;
  await keep(store, "current_identities", identitiesOf(sql`current_people`));
  return setOf("current");
}

/**
 * Copies the events of the touched people to the temporary table `touched_events`, once per refresh: several queries
 * read them, and each would look through all events.
 *
 * @param store the workspace, with touched people written
 */
export async function keepTouchedEvents(store: Store): Promise<void> {
  await store.run(
    sql`CREATE TEMPORARY TABLE IF NOT EXISTS touched_events AS
      SELECT * FROM ledger.events WHERE ${touchedSet.identities(sql`identity`)}`,
  );
}

function identitiesOf(people: Sql): Sql {
  return sql`SELECT person AS identity FROM ${people}
    UNION
    SELECT n.identity FROM resolved_identities AS n JOIN ${people} AS t ON t.person = n.person`;
}

/** What tells who is concerned, beside `ledger.touched`. */
export interface News {
  readonly state: DeriveState;
  readonly versions: LedgerVersions;
  /** Who is who was worked out again. */
  readonly isResolved: boolean;
  /** Queries of one column `identity`. */
  readonly matured: readonly Sql[];
}

/**
 * Writes the people concerned since the last refresh to the temporary tables `touched_people` and
 * `touched_identities`: whoever owned or owns a touched identifier or one that changed hands.
 *
 * @param store the workspace, with `resolved_identities` written
 * @param news what the last refresh saw, what the ledger holds, and queries of further people concerned
 * @returns the tables without people whose news concern touched people only
 */
export async function keepTouched(store: Store, news: News): Promise<ReadonlySet<string>> {
  const identityMap = identifier("derived", "identity_map");
  await store.run(
    sql`CREATE TABLE IF NOT EXISTS ${identityMap} (identity UBIGINT, person UBIGINT)`,
  );
  await keep(
    store,
    "changed_hands",
    sql`SELECT coalesce(n.identity, o.identity) AS identity
      FROM resolved_identities AS n FULL JOIN ${identityMap} AS o ON o.identity = n.identity
      WHERE ${raw(news.isResolved ? "TRUE" : "FALSE")} AND n.person IS DISTINCT FROM o.person`,
  );
  const concerned = await referenceNews(store, news);
  const further = [...concerned.map(({ rows }) => rows), ...news.matured];
  const byReference = further.map((rows) => sql`UNION SELECT identity FROM (${rows}) AS r`);
  await keep(
    store,
    "touched_now",
    sql`SELECT identity FROM ledger.touched WHERE identity IS NOT NULL
      UNION SELECT identity FROM changed_hands
      ${join(byReference, " ")}`,
  );
  const owners = [raw("resolved_identities"), ...(news.isResolved ? [identityMap] : [])].map(
    (map) => sql`SELECT coalesce(m.person, t.identity)
      FROM touched_now AS t
      LEFT JOIN (SELECT * FROM ${map} WHERE identity IN (SELECT identity FROM touched_now)) AS m ON m.identity = t.identity
      WHERE t.identity IS NOT NULL`,
  );
  await keep(
    store,
    "touched_people",
    sql`SELECT ${nobody} AS person UNION ${join(owners, " UNION ")}`,
  );
  await keep(store, "touched_identities", identitiesOf(sql`touched_people`));
  await keep(
    store,
    "touched_identity_map",
    sql`SELECT identity, person FROM resolved_identities WHERE person IN (SELECT person FROM touched_people)`,
  );
  await store.run(sql`DROP TABLE IF EXISTS touched_events`);
  await keep(
    store,
    "changed_people",
    sql`SELECT '' AS table_name, person FROM touched_people WHERE FALSE`,
  );
  return new Set(concerned.map(({ table }) => `ledger.${table}`));
}

interface ReferenceNews {
  readonly table: string;
  /** Query of the identities concerned. */
  readonly rows: Sql;
}

/** The rows concerned by news of each reference table; tables whose news cannot be told apart are left out. */
async function referenceNews(
  store: Store,
  { state, versions }: News,
): Promise<readonly ReferenceNews[]> {
  const news: ReferenceNews[] = [];
  for (const reference of references) {
    if (state.get(`ledger.${reference.table}`) === versions.get(reference.table)) continue;
    const [rows, load] = (state.get(`ledger.${reference.table}`) ?? "").split(" ").map(Number);
    if (rows === undefined || load === undefined || Number.isNaN(load)) continue;
    const source = identifier("ledger", reference.table);
    const isNew = sql`load > ${literal(load)}`;
    const added = await count(store, sql`SELECT count(*) AS n FROM ${source} WHERE ${isNew}`);
    const all = await count(store, sql`SELECT count(*) AS n FROM ${source}`);
    if (added === 0 || all < rows) continue;
    const keys = reference.keys.map(
      (key) => sql`SELECT upper(trim(${identifier(key)})) FROM ${source} WHERE ${isNew}`,
    );
    const concerned = concernedRows(reference.column, join(keys, " UNION "));
    const strays = await count(
      store,
      sql`SELECT count(*) AS n FROM (${concerned}) AS c WHERE identity IS NULL AND is_borrowing`,
    );
    if (strays === 0) news.push({ table: reference.table, rows: concerned });
  }
  return news;
}

function concernedRows(column: string, keys: Sql): Sql {
  const tables = ledgerTables.filter(
    (table) => "identity" in table.columns && column in table.columns,
  );
  const unknownToo = column === "currency" ? sql` OR ${identifier(column)} IS NULL` : sql``;
  return join(
    tables.map(
      ({
        name,
      }) => sql`SELECT DISTINCT identity, ${literal(borrowing.includes(name))} AS is_borrowing
        FROM ${identifier("ledger", name)}
        WHERE upper(trim(${identifier(column)})) IN (${keys})${unknownToo}`,
    ),
    " UNION ALL ",
  );
}

/** Returns how many people are touched, without the group of nobody. */
export async function countTouched(store: Store): Promise<number> {
  return (await count(store, sql`SELECT count(*) AS n FROM touched_people`)) - 1;
}
