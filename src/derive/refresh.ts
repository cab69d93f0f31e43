import type { Settings } from "../ledger/settings.ts";
import { identifier, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { count, keep } from "./components.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { latestInstant } from "./latest-instant.ts";
import {
  hasNewLinks,
  ledgerVersions,
  type Mode,
  maturedQueries,
  planRefresh,
  type RefreshPlan,
} from "./refresh-plan.ts";
import { columnsOf, orderOf, renewAll } from "./renew.ts";
import { resolveIdentities } from "./resolve-identities.ts";
import { readState, writeState } from "./state.ts";
import { derivedTables } from "./tables.ts";
import {
  changedSet,
  keepTouched,
  keepTouchedEvents,
  type PeopleSet,
  touchedSet,
} from "./touched.ts";

/** How a refresh is done. */
export interface RefreshOptions {
  /** Recompute everything, whatever changed. */
  readonly full?: boolean;
  /** UTC instant until which the ledger is known; by default the latest instant that it holds. */
  readonly asOf?: string;
  readonly onProgress?: (step: RefreshStep) => void;
  /** The tables to keep, each after its inputs. */
  readonly tables?: readonly DerivedTable[];
  /** Events per slice of people in a rebuild: fewer need less memory. */
  readonly eventsPerSlice?: number;
}

/** A table that is about to be computed. */
export interface RefreshStep {
  readonly table: string;
  /** Position, counted from 1, among `of` tables; tables without news are passed over. */
  readonly step: number;
  readonly of: number;
}

/** What a refresh did. */
export interface RefreshReport {
  readonly asOf: string;
  /** People whose rows were recomputed, when not everybody's were. */
  readonly touchedPeople: number;
  /** Rows written per table, and whether for everybody or for touched people only. */
  readonly tables: readonly {
    readonly table: string;
    readonly mode: Mode;
    readonly rows: number;
  }[];
}

const everybody = (): Sql => raw("TRUE");

/**
 * Brings the schema `derived` up to date in one transaction: touched people only where that is enough, everybody where
 * settings, rules or shared inputs changed. The rows are those of a rebuild.
 *
 * @param store the workspace
 * @param settings the workspace's settings
 * @param options how
 * @throws LastpennyError `query_failed`, `out_of_memory`
 */
export function refresh(
  store: Store,
  settings: Settings,
  options: RefreshOptions = {},
): Promise<RefreshReport> {
  return store.transaction(async () => {
    const tables = options.tables ?? derivedTables;
    const asOf = options.asOf ?? (await latestInstant(store));
    const state = await readState(store);
    const versions = await ledgerVersions(store);
    const full = options.full ?? false;
    if (full || (await hasNewLinks(store, state, versions))) await resolveIdentities(store);
    else await keep(store, "resolved_identities", sql`SELECT * FROM derived.identity_map`);
    const everyone = {
      ...{ dialect: store.dialect, settings, asOf },
      ...{ people: everybody, identities: everybody },
    };
    const matured = maturedQueries(tables, state, everyone);
    const traced = await keepTouched(store, { state, versions, matured });
    const plan = await planRefresh(store, {
      ...{ tables, state, versions, full, traced },
      context: everyone,
    });
    const report = await runPlan(store, tables, plan, everyone, options);
    await writeState(store, plan.state);
    await store.run(sql`DELETE FROM ledger.touched`);
    return { asOf, touchedPeople: plan.touchedPeople, tables: report };
  });
}

async function runPlan(
  store: Store,
  tables: readonly DerivedTable[],
  plan: RefreshPlan,
  everyone: DeriveContext,
  options: RefreshOptions,
): Promise<RefreshReport["tables"]> {
  const done = new Map<string, Mode>();
  const report: { table: string; mode: Mode; rows: number }[] = [];
  for (const [index, table] of tables.entries()) {
    const inputs = table.inputs.flatMap((input) => {
      const name = input.replace(/^derived\./, "");
      return done.has(name) && name !== "identity_map" ? [name] : [];
    });
    const own = plan.needs.get(table.name) ?? "all";
    const mode = modeOf(
      table,
      own,
      inputs.map((name) => done.get(name) ?? "none"),
    );
    done.set(table.name, mode);
    if (mode === "none") continue;
    options.onProgress?.({ table: table.name, step: index + 1, of: tables.length });
    if (mode === "all" && (!table.concerned || plan.remade.has(table.name))) {
      const rows = await renewAll(store, table, everyone, options.eventsPerSlice);
      report.push({ table: table.name, mode, rows });
      continue;
    }
    const changed = inputs.filter((name) => done.get(name) === "touched");
    const { rows, isChanged } =
      mode === "all"
        ? await renewWhole(store, table, everyone)
        : await renewTouched(
            store,
            table,
            { ...everyone, ...(await peopleOf(store, own, changed, tables)) },
            plan,
          );
    done.set(table.name, isChanged ? "touched" : "none");
    report.push({ table: table.name, mode, rows });
  }
  return report;
}

/** Whose rows are recomputed: the touched people, and whoever is concerned by what changed before. */
async function peopleOf(
  store: Store,
  own: Mode,
  changed: readonly string[],
  tables: readonly DerivedTable[],
): Promise<PeopleSet> {
  if (own !== "touched") return changedSet(store, changed);
  const further = tables.flatMap(({ name, concerned }) =>
    concerned && changed.includes(name) ? [name] : [],
  );
  return further.length > 0
    ? changedSet(store, further, sql`UNION SELECT person FROM touched_people`)
    : touchedSet;
}

function modeOf(table: DerivedTable, own: Mode, inputs: readonly Mode[]): Mode {
  if (own === "all" || inputs.includes("all")) return "all";
  if (own === "none" && !inputs.includes("touched")) return "none";
  return table.scope === "whole" ? "all" : "touched";
}

/**
 * Recomputes the rows of some people. Who ends up with the same rows as before does not concern the tables that read
 * this one: an order by a known customer leaves visits and messages alone.
 */
async function renewTouched(
  store: Store,
  table: DerivedTable,
  context: DeriveContext & PeopleSet,
  { hasNewEvents }: Pick<RefreshPlan, "hasNewEvents">,
): Promise<{ readonly rows: number; readonly isChanged: boolean }> {
  const target = identifier("derived", table.name);
  const columns = columnsOf(table);
  const theirs = context.people(sql`person`);
  if (table.inputs.includes("ledger.events")) await keepTouchedEvents(store);
  await keep(
    store,
    "rows_before",
    sql`SELECT ${columns} FROM ${target} WHERE ${theirs}${hasNewEvents ? sql` LIMIT 0` : sql``}`,
  );
  await keep(
    store,
    "rows_after",
    sql`SELECT ${columns} FROM (${table.select({ ...context, isPartial: true })}) AS t`,
  );
  const differing = hasNewEvents ? context.everyone : differingRows(sql`person`, columns);
  const changed = await noteChanged(store, table, differing);
  if (changed === 0) return { rows: 0, isChanged: false };
  await store.run(sql`DELETE FROM ${target} WHERE ${theirs}`);
  const rows = await store.run(
    sql`INSERT INTO ${target} (${columns}) SELECT ${columns} FROM rows_after ORDER BY ${orderOf(table)}`,
  );
  return { rows, isChanged: true };
}

/** Recomputes a small table and notes the people whom its changes concern. */
async function renewWhole(
  store: Store,
  table: DerivedTable,
  everyone: DeriveContext,
): Promise<{ readonly rows: number; readonly isChanged: boolean }> {
  const target = identifier("derived", table.name);
  const columns = columnsOf(table);
  await table.prepare?.(store, everyone);
  await keep(store, "rows_before", sql`SELECT ${columns} FROM ${target}`);
  await keep(store, "rows_after", sql`SELECT ${columns} FROM (${table.select(everyone)}) AS t`);
  const differing = await count(
    store,
    sql`SELECT count(*) AS n FROM (${differingRows(raw("1"), columns)}) AS d`,
  );
  if (differing === 0) return { rows: 0, isChanged: false };
  if (table.concerned) await noteChanged(store, table, table.concerned(everyone));
  await store.run(sql`DELETE FROM ${target}`);
  const rows = await store.run(
    sql`INSERT INTO ${target} (${columns}) SELECT ${columns} FROM rows_after ORDER BY ${orderOf(table)}`,
  );
  return { rows, isChanged: true };
}

/** Query over the rows that only one of `rows_before` and `rows_after` has, as often as it has them more. */
function differingRows(what: Sql, columns: Sql): Sql {
  return sql`SELECT ${what} FROM (
      SELECT ${columns}, 1 AS copies FROM rows_before UNION ALL SELECT ${columns}, -1 FROM rows_after
    ) AS both_sides GROUP BY ${columns} HAVING sum(copies) <> 0`;
}

/** Keeps for the tables that read this one which people its changes concern; returns their number. */
function noteChanged(store: Store, { name }: DerivedTable, people: Sql): Promise<number> {
  return store.run(
    sql`INSERT INTO changed_people SELECT DISTINCT ${literal(name)}, coalesce(person, 0) FROM (${people}) AS d`,
  );
}
