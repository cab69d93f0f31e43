import { ledgerTables } from "../ledger/tables.ts";
import { displaySql, identifier, join, literal, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { count } from "./components.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { type DeriveState, fingerprint } from "./state.ts";
import { countTouched } from "./touched.ts";

/** Whether a table is left alone, recomputed for touched people, or recomputed for everybody. */
export type Mode = "none" | "touched" | "all";

/** What a refresh has to do. */
export interface RefreshPlan {
  readonly modes: ReadonlyMap<string, Mode>;
  readonly touchedPeople: number;
  /** What this refresh saw, to be kept for the next. */
  readonly state: DeriveState;
}

/** What the plan is made from. */
export interface PlanInput {
  readonly tables: readonly DerivedTable[];
  readonly state: DeriveState;
  readonly context: DeriveContext;
  readonly full: boolean;
  /** Tables without people whose news were turned into touched people. */
  readonly traced: ReadonlySet<string>;
}

/** From this share of all people on, recomputing everybody is cheaper. */
const manyShare = 0.25;
const fewPeople = 1000;

/** The instant in a definition's fingerprint, late enough for every change of a zone; the real one is compared on its own. */
const anyInstant = "2037-01-01 00:00:00";

/**
 * Works out which tables have to be recomputed, and for whom.
 *
 * @param store the workspace, with touched people written
 * @param input tables, what the last refresh saw, settings
 */
export async function planRefresh(store: Store, input: PlanInput): Promise<RefreshPlan> {
  const { tables, context } = input;
  const seen = new Map<string, string>();
  seen.set("as of", context.asOf);
  for (const [name, value] of await ledgerVersions(store)) seen.set(`ledger.${name}`, value);
  for (const table of tables) {
    seen.set(`definition of ${table.name}`, definitionOf(table, context));
    if (table.premises) {
      const rows = await store.query(table.premises(context));
      const texts = rows.map((row) => Object.values(row).map(String).join(" "));
      seen.set(`premises of ${table.name}`, texts.sort().join("; "));
    }
  }
  const touched = await countTouched(store);
  const existing = await existingTables(store);
  const everybody = input.full || (await isMany(store, touched, existing));
  const changed = new Set([...seen].flatMap(([n, v]) => (input.state.get(n) === v ? [] : [n])));
  const handsChanged = (await count(store, sql`SELECT count(*) AS n FROM changed_hands`)) > 0;
  const modes = new Map<string, Mode>();
  for (const table of tables) {
    const known = existing.has(table.name) && input.state.has(`definition of ${table.name}`);
    if (!known || (everybody && table.scope === "person") || input.full) {
      modes.set(table.name, "all");
    } else
      modes.set(
        table.name,
        modeOf(table, { changed, modes, touched, handsChanged, traced: input.traced }),
      );
  }
  return { modes, touchedPeople: touched, state: seen };
}

interface Changes {
  readonly changed: ReadonlySet<string>;
  readonly modes: ReadonlyMap<string, Mode>;
  readonly touched: number;
  readonly handsChanged: boolean;
  readonly traced: ReadonlySet<string>;
}

function modeOf(table: DerivedTable, changes: Changes): Mode {
  const { changed, touched, handsChanged } = changes;
  if (table.name === "identity_map") return handsChanged ? "all" : "none";
  const renewed =
    changed.has(`definition of ${table.name}`) ||
    changed.has(`premises of ${table.name}`) ||
    (table.usesAsOf === true && changed.has("as of"));
  if (renewed) return "all";
  const causes = table.inputs.map((input) => causeOf(input, changes));
  if (causes.includes("all")) return "all";
  const isConcerned = causes.includes("touched") || (table.scope === "person" && touched > 0);
  if (!isConcerned) return "none";
  return table.scope === "whole" ? "all" : "touched";
}

function causeOf(input: string, { changed, modes, traced }: Changes): Mode {
  const [schema, name = ""] = input.split(".");
  if (schema === "derived") {
    const mode = modes.get(name) ?? "none";
    return name === "identity_map" && mode === "all" ? "touched" : mode;
  }
  if (!changed.has(input)) return "none";
  return concernsEverybody(name) && !traced.has(name) ? "all" : "touched";
}

/** Rows that name a person (or are turned into touched people) concern only these; rates or campaigns concern all. */
function concernsEverybody(name: string): boolean {
  const handled = ["identities", "identity_links", "merges"];
  const table = ledgerTables.find((each) => each.name === name);
  return !handled.includes(name) && table !== undefined && !("identity" in table.columns);
}

function definitionOf(table: DerivedTable, context: DeriveContext): string {
  const select = displaySql(table.select({ ...context, asOf: anyInstant }));
  return fingerprint(JSON.stringify([select, table.columns, table.order, table.scope]));
}

async function isMany(
  store: Store,
  touched: number,
  existing: ReadonlySet<string>,
): Promise<boolean> {
  if (touched < fewPeople || !existing.has("people")) return false;
  const people = await count(store, sql`SELECT count(*) AS n FROM derived.people`);
  return touched > people * manyShare;
}

async function existingTables(store: Store): Promise<ReadonlySet<string>> {
  const rows = await store.query(
    sql`SELECT table_name FROM information_schema.tables WHERE table_schema = 'derived'`,
  );
  return new Set(rows.map((row) => String(row.table_name)));
}

/** Number of rows and newest load of each ledger table: every load that brings or restates a row moves them. */
async function ledgerVersions(store: Store): Promise<ReadonlyMap<string, string>> {
  const queries = ledgerTables.map(
    ({ name }) => sql`SELECT ${literal(name)} AS name, count(*) AS n, max(load) AS load
      FROM ${identifier("ledger", name)}`,
  );
  const rows = await store.query(join(queries, " UNION ALL "));
  return new Map(rows.map((row) => [String(row.name), `${row.n} ${row.load}`]));
}
