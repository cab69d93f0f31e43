import type { Settings } from "../ledger/settings.ts";
import { identifier, join, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { count, keep } from "./components.ts";
import type { DerivedTable } from "./derived.ts";
import { origins } from "./dictionaries.ts";
import { touchedSet } from "./touched.ts";

/** From so many touched people on, copies of their rows would cost more memory than they save time. */
const narrowPeople = 20_000;

/** Long tables that several others read and that a load of orders leaves alone: how they are copied when first read. */
const copiedTables: Readonly<Record<string, (store: Store, theirs: Sql) => Promise<void>>> = {
  sessions: (store, theirs) =>
    keep(store, copyName("sessions"), sql`SELECT * FROM derived.sessions WHERE ${theirs}`),
  touchpoints: copyTouchpoints,
};

/** Tables of which a temporary table holds the rows of the touched people, as this refresh leaves them. */
export type TouchedCopies = Set<string>;

/**
 * Says whether a refresh can read copies of the touched people's rows in place of whole tables: where buyers or
 * journeys are accounts, a row also depends on rows of colleagues.
 *
 * @param settings the workspace's settings
 * @param touchedPeople how many people are touched
 */
export function canNarrow(settings: Settings, touchedPeople: number): boolean {
  return (
    touchedPeople <= narrowPeople &&
    settings.customers.unit !== "account" &&
    settings.attribution.level !== "account"
  );
}

/** Returns the temporary table that holds the touched people's rows of a derived table. */
export function touchedCopy(name: string): Sql {
  return identifier(copyName(name));
}

/** Returns its name. */
export function copyName(name: string): string {
  return `touched_rows_of_${name}`;
}

/**
 * Makes a store whose statements read the touched people's rows of a table's inputs from temporary tables: those that were
 * just computed, and copies of long tables, made once per refresh.
 *
 * @param store the workspace, with touched people written
 * @param table the table
 * @param copies what was copied so far
 */
export async function narrowed(
  store: Store,
  table: DerivedTable,
  copies: TouchedCopies,
): Promise<Store> {
  const inputs = table.inputs.flatMap((input) => input.match(/^derived\.(.+)$/)?.slice(1) ?? []);
  for (const name of inputs) {
    const copy = copiedTables[name];
    if (!copy || copies.has(name)) continue;
    await copy(store, touchedSet.people(sql`person`));
    copies.add(name);
  }
  const others = table.readsOthers ?? [];
  const theirs = inputs.filter((name) => copies.has(name) && !others.includes(name));
  const names = new RegExp(`(?:\\bderived\\.|"derived"\\.)"?(${theirs.join("|")})\\b"?`, "g");
  const narrow = (statement: Sql): Sql => ({
    ...statement,
    strings: statement.strings.map((text) =>
      text.replace(names, (_, name: string) => `"${copyName(name)}"`),
    ),
  });
  return theirs.length === 0 ? store : narrowedStore(store, narrow);
}

/**
 * A few rows lie in almost every block of a long table, and texts take longest to read: those of touches are in the
 * dictionary of origins, unless journeys have never been derived.
 */
async function copyTouchpoints(store: Store, theirs: Sql): Promise<void> {
  const copy = copyName("touchpoints");
  const texts = Object.keys(origins.columns).map((column) => identifier(column));
  await keep(
    store,
    copy,
    sql`SELECT t.*, ${join(texts.map((text) => sql`o.${text}`))}
      FROM (SELECT * EXCLUDE (${join(texts)}) FROM derived.touchpoints WHERE ${theirs}) AS t
      LEFT JOIN derived.origins AS o ON o.fingerprint = t.origin`,
  );
  const unknown = sql`SELECT count(*) AS n FROM ${identifier(copy)} WHERE touch_kind IS NULL`;
  if ((await count(store, unknown)) === 0) return;
  await keep(store, copy, sql`SELECT * FROM derived.touchpoints WHERE ${theirs}`);
}

function narrowedStore(store: Store, narrow: (statement: Sql) => Sql): Store {
  return {
    dialect: store.dialect,
    query: (statement) => store.query(narrow(statement)),
    run: (statement) => store.run(narrow(statement)),
    scan: (statement, take) => store.scan(narrow(statement), take),
    transaction: (work, options) => store.transaction(work, options),
    close: () => store.close(),
  };
}

/**
 * Drops the copies of a refresh.
 *
 * @param store the workspace
 * @param copies what was copied
 */
export async function dropCopies(store: Store, copies: TouchedCopies): Promise<void> {
  for (const name of copies) await store.run(sql`DROP TABLE IF EXISTS ${touchedCopy(name)}`);
}
