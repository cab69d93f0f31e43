import type { AttributionSettings } from "../ledger/attribution.ts";
import type { Settings } from "../ledger/settings.ts";
import { identifier, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { latestInstant } from "./latest-instant.ts";
import { renewAll } from "./renew.ts";
import { fingerprint, readState } from "./state.ts";
import { derivedTables } from "./tables.ts";

/** Tables that follow the settings of attribution, each after those that it reads. */
const attributionTables: readonly string[] = ["journeys", "channel_weights", "credits"];

/** How many lenses are kept beside the workspace's own tables. */
const keptLenses = 3;

/**
 * Makes sure that the tables of attribution exist under other settings than the workspace's, computed by the same
 * statements into a schema of their own; they are kept until the derived tables change, the last three that were used.
 *
 * @param store the workspace, brought up to date
 * @param settings the workspace's settings
 * @param attribution the settings of attribution to look through
 * @returns the schema of journeys, channel_weights and credits: `derived` when they are the workspace's own
 * @throws LastpennyError `query_failed`, `out_of_memory`
 */
export function ensureLens(
  store: Store,
  settings: Settings,
  attribution: AttributionSettings,
): Promise<string> {
  const wanted = keyOf(attribution);
  if (wanted === keyOf(settings.attribution)) return Promise.resolve("derived");
  const lens = `lens_${fingerprint(wanted).slice(0, 12)}`;
  const work = async () => {
    const known = await knownLenses(store);
    const seen = await derivedNow(store);
    if (known.get(lens) !== seen) {
      await dropLens(store, lens);
      await store.run(sql`CREATE SCHEMA ${identifier(lens)}`);
      const asOf = await latestInstant(store);
      await computeLens(store, {
        ...{ dialect: store.dialect, settings: { ...settings, attribution }, asOf, lens },
        ...{ people: everybody, identities: everybody, kept: new Map() },
      });
    }
    await noteUse(store, lens, seen);
    await dropOldLenses(store);
    return lens;
  };
  return store.transaction(work, { anyOrder: true });
}

const everybody = (): Sql => raw("TRUE");

/** Which model a figure asks for does not change the tables: they hold all of them. */
function keyOf(attribution: AttributionSettings): string {
  const { model: _, ...rest } = attribution;
  return JSON.stringify(
    Object.entries(rest)
      .map(([name, value]) => [name, sorted(value)])
      .sort(),
  );
}

function sorted(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    : value;
}

async function computeLens(store: Store, context: DeriveContext): Promise<void> {
  for (const table of derivedTables as readonly DerivedTable[]) {
    if (attributionTables.includes(table.name)) await renewAll(store, table, context);
  }
}

/** Everything on which a lens depends, in one text. */
async function derivedNow(store: Store): Promise<string> {
  const state = await readState(store);
  return fingerprint(JSON.stringify([...state].sort()));
}

async function knownLenses(store: Store): Promise<ReadonlyMap<string, string>> {
  await store.run(
    sql`CREATE TABLE IF NOT EXISTS derived.lenses (name VARCHAR, seen VARCHAR, used BIGINT)`,
  );
  const rows = await store.query(sql`SELECT name, seen FROM derived.lenses`);
  return new Map(rows.map((row) => [String(row.name), String(row.seen)]));
}

async function noteUse(store: Store, lens: string, seen: string): Promise<void> {
  await store.run(sql`DELETE FROM derived.lenses WHERE name = ${lens}`);
  await store.run(
    sql`INSERT INTO derived.lenses SELECT ${lens}, ${seen}, coalesce(max(used), 0) + 1 FROM derived.lenses`,
  );
}

async function dropOldLenses(store: Store): Promise<void> {
  const rows = await store.query(sql`SELECT name FROM derived.lenses ORDER BY used DESC`);
  for (const row of rows.slice(keptLenses)) await dropLens(store, String(row.name));
}

async function dropLens(store: Store, lens: string): Promise<void> {
  await store.run(sql`DROP SCHEMA IF EXISTS ${identifier(lens)} CASCADE`);
  await store.run(sql`DELETE FROM derived.lenses WHERE name = ${lens}`);
}
