import type { Settings } from "../ledger/settings.ts";
import { displaySql, identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { count, keep } from "./components.ts";
import type { DeriveContext, DerivedTable, Reading, Reads } from "./derived.ts";
import { makeDictionaries } from "./dictionaries.ts";
import { earliestYear, latestInstant } from "./latest-instant.ts";
import { canNarrow, copyName, dropCopies, narrowed, type TouchedCopies } from "./narrow.ts";
import {
  hasNewLinks,
  haveMost,
  ledgerVersions,
  type Mode,
  maturedQueries,
  planRefresh,
  type RefreshPlan,
} from "./refresh-plan.ts";
import { renewAll } from "./renew.ts";
import { resolveIdentities } from "./resolve-identities.ts";
import { readState, writeState } from "./state.ts";
import { columnsOf, orderOf, storageOf } from "./storage.ts";
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

interface Renewed {
  readonly rows: number;
  /** Whom it concerns. */
  readonly news: Mode;
  /** Whose rows were computed. */
  readonly by: Mode;
}

const unchanged: Renewed = { rows: 0, news: "none", by: "none" };

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
  const work = () => bringUpToDate(store, settings, options);
  return store.transaction(work, { anyOrder: true });
}

async function bringUpToDate(
  store: Store,
  settings: Settings,
  options: RefreshOptions,
): Promise<RefreshReport> {
  const tables = options.tables ?? derivedTables;
  const asOf = options.asOf ?? (await latestInstant(store));
  const state = await readState(store);
  await makeDictionaries(store);
  const versions = await ledgerVersions(store);
  const full = options.full ?? false;
  const isResolved = full || (await hasNewLinks(store, state, versions));
  if (isResolved) await resolveIdentities(store);
  else await keep(store, "resolved_identities", sql`SELECT * FROM derived.identity_map`);
  const everyone = {
    ...{ dialect: store.dialect, settings, asOf, since: await earliestYear(store) },
    ...{ people: everybody, identities: everybody, kept: new Map() },
    rowsPerSlice: options.eventsPerSlice,
  };
  const matured = maturedQueries(tables, state, everyone);
  const traced = await keepTouched(store, { state, versions, matured, isResolved });
  const plan = await planRefresh(store, {
    ...{ tables, state, versions, full, traced },
    context: everyone,
  });
  const report = await runPlan(store, tables, plan, everyone, options);
  await writeState(store, plan.state);
  await store.run(sql`DELETE FROM ledger.touched`);
  return { asOf, touchedPeople: plan.touchedPeople, tables: report };
}

async function runPlan(
  store: Store,
  tables: readonly DerivedTable[],
  plan: RefreshPlan,
  everyone: DeriveContext,
  options: RefreshOptions,
): Promise<RefreshReport["tables"]> {
  const done = new Map<string, Mode>();
  const copies: TouchedCopies = new Set();
  const noted: NotedChanges = new Set();
  const report: { table: string; mode: Mode; rows: number }[] = [];
  for (const [index, table] of tables.entries()) {
    const inputs = table.inputs.map((input) => input.replace(/^derived\./, ""));
    const own = plan.needs.get(table.name) ?? "all";
    const mode = plan.empty.has(table.name) ? "none" : modeOf(table, own, inputs, done);
    done.set(table.name, mode);
    if (mode === "none") continue;
    options.onProgress?.({ table: table.name, step: index + 1, of: tables.length });
    const reads = readsOf(table, everyone);
    const changed = inputs.flatMap((name) =>
      done.get(name) === "touched" ? [newsOf(name, reads?.[name])] : [],
    );
    const isWider = tables.some((each) => each.concerned && done.get(each.name) === "touched");
    const isNarrow = !isWider && canNarrow(everyone.settings, plan.touchedPeople);
    const renewal = { table, own, changed, tables, plan, noted, copies: isNarrow ? copies : null };
    const { rows, news, by } =
      mode === "all"
        ? await renewWhole(store, renewal, everyone, options.eventsPerSlice)
        : await renewPeople(store, renewal, everyone, options.eventsPerSlice);
    done.set(table.name, news);
    if (rows > 0 || news === "all") report.push({ table: table.name, mode: by, rows });
  }
  await dropCopies(store, copies);
  return report;
}

/** Names under which it was noted that rows of touched people changed, where it does not matter of whom. */
type NotedChanges = Set<string>;

/** A table whose rows of some people are recomputed. */
interface Renewal {
  readonly table: DerivedTable;
  readonly own: Mode;
  /** Names under which the changes of its inputs were noted. */
  readonly changed: readonly string[];
  readonly tables: readonly DerivedTable[];
  readonly plan: RefreshPlan;
  readonly noted: NotedChanges;
  /** Copies of the touched people's rows, when exactly these people are recomputed in every table. */
  readonly copies: TouchedCopies | null;
}

/** The touched people are recomputed, and whoever is concerned by what changed before; everybody, if most rows are theirs. */
async function renewPeople(
  store: Store,
  renewal: Renewal,
  everyone: DeriveContext,
  eventsPerSlice: number | undefined,
): Promise<Renewed> {
  const people = await peopleOf(store, renewal);
  if (!people) return unchanged;
  return !renewal.copies && (await haveMost(store, renewal.table, people))
    ? renewWhole(store, renewal, everyone, eventsPerSlice)
    : renewTouched(store, renewal, { ...everyone, ...people });
}

async function peopleOf(
  store: Store,
  { own, changed, tables, noted, copies }: Renewal,
): Promise<PeopleSet | null> {
  const isNoted = changed.some((name) => noted.has(name));
  if (copies) return own === "touched" || isNoted ? touchedSet : null;
  const touched = sql`UNION SELECT person FROM touched_people`;
  if (own !== "touched") return changedSet(store, changed, isNoted ? touched : undefined);
  const further = tables.flatMap(({ name, concerned }) =>
    concerned && changed.includes(name) ? [name] : [],
  );
  return further.length > 0 ? changedSet(store, further, touched) : touchedSet;
}

function modeOf(
  table: DerivedTable,
  own: Mode,
  inputs: readonly string[],
  done: ReadonlyMap<string, Mode>,
): Mode {
  const modes = inputs.flatMap((name) =>
    name === "identity_map" ? [] : [done.get(name) ?? "none"],
  );
  if (own === "all" || modes.includes("all")) return "all";
  if (own === "none" && !modes.includes("touched")) return "none";
  return table.scope === "whole" ? "all" : "touched";
}

/**
 * Recomputes the rows of some people. Who ends up with the same rows as before does not concern the tables that read
 * this one: an order by a known customer leaves visits and messages alone.
 */
async function renewTouched(
  store: Store,
  renewal: Renewal,
  context: DeriveContext & PeopleSet,
): Promise<Renewed> {
  const { table, tables, copies } = renewal;
  const columns = columnsOf(table);
  const theirs = context.people(sql`person`);
  const readings = readingsOf(table, tables, context);
  if (table.inputs.includes("ledger.events")) await keepTouchedEvents(store);
  const after = copies ? copyName(table.name) : "rows_after";
  const theirStore = copies ? await narrowed(store, table, copies) : store;
  const partial = { ...context, isPartial: true };
  await table.prepare?.(theirStore, partial);
  const rows = sql`(${table.select(partial)}) AS t`;
  if (readings.length === 0) return replaceRows(theirStore, { table, theirs, after: rows });
  await keep(theirStore, after, sql`SELECT ${columns} FROM ${rows}`);
  copies?.add(table.name);
  const replacement = { table, theirs, after: identifier(after) };
  if (!renewal.plan.hasNewEvents) {
    return replaceDiffering(store, renewal, replacement, readings);
  }
  for (const reading of readings) {
    await noteChanged(store, renewal, newsOf(table.name, reading), context.everyone);
  }
  return replaceRows(store, replacement);
}

interface Replacement {
  readonly table: DerivedTable;
  /** Condition on the rows to be replaced. */
  readonly theirs: Sql;
  /** The table or query with the rows in their place. */
  readonly after: Sql;
}

async function replaceRows(store: Store, { table, theirs, after }: Replacement): Promise<Renewed> {
  const target = identifier("derived", storageOf(table).name);
  await store.run(sql`DELETE FROM ${target} WHERE ${theirs}`);
  const rows = await insertRows(store, table, after);
  return { rows, news: "touched", by: "touched" };
}

function insertRows(store: Store, table: DerivedTable, from: Sql): Promise<number> {
  const columns = columnsOf(table);
  return store.run(
    sql`INSERT INTO ${identifier("derived", storageOf(table).name)} (${columns})
      SELECT ${columns} FROM ${from} ORDER BY ${orderOf(table)}`,
  );
}

/** Writes only what differs: a new order adds rows to those of its buyer's other orders. */
async function replaceDiffering(
  store: Store,
  renewal: Renewal,
  replacement: Replacement,
  readings: readonly (Reading | undefined)[],
): Promise<Renewed> {
  const { table, theirs, after } = replacement;
  const target = identifier("derived", storageOf(table).name);
  const columns = columnsOf(table);
  await keep(
    store,
    "rows_differing",
    sql`SELECT ${columns}, sum(copies) AS copies, max(old_row) AS old_row FROM (
        SELECT ${columns}, 1 AS copies, rowid AS old_row FROM ${target} WHERE ${theirs}
        UNION ALL SELECT ${columns}, -1, NULL FROM ${after}
      ) AS both_sides GROUP BY ${columns} HAVING sum(copies) <> 0`,
  );
  const [differing] = await store.query(
    sql`SELECT count(*) AS n, count(CASE WHEN copies > 0 THEN 1 END) AS gone, max(abs(copies)) AS most FROM rows_differing`,
  );
  if (Number(differing?.n) === 0) return unchanged;
  for (const reading of readings) {
    const people = reading ? differingRows(reading) : sql`SELECT person FROM rows_differing`;
    await noteChanged(store, renewal, newsOf(table.name, reading), people);
  }
  if (Number(differing?.most) > 1) return replaceRows(store, replacement);
  const gone = Number(differing?.gone);
  if (gone > 0) {
    await store.run(
      sql`DELETE FROM ${target} WHERE rowid IN (SELECT old_row FROM rows_differing WHERE copies > 0)`,
    );
  }
  const added = await insertRows(
    store,
    table,
    sql`(SELECT * FROM rows_differing WHERE copies < 0) AS added`,
  );
  return { rows: Math.max(gone, added), news: "touched", by: "touched" };
}

/** Query of the people of `rows_differing` whose rows differ in what is read of them. */
function differingRows({ columns, where }: Reading): Sql {
  const compared = join(["person", ...columns].map((column) => identifier(column)));
  return sql`SELECT person FROM rows_differing WHERE ${where ?? raw("TRUE")}
    GROUP BY ${compared} HAVING sum(copies) <> 0`;
}

/** What other tables read of one: first of all its rows as a whole, so that nothing differs where these do not. */
function readingsOf(
  { name }: DerivedTable,
  tables: readonly DerivedTable[],
  context: DeriveContext,
): readonly (Reading | undefined)[] {
  const readers = tables.filter(({ inputs }) => inputs.includes(`derived.${name}`));
  if (readers.length === 0) return [];
  const special = readers.flatMap((reader) => readsOf(reader, context)?.[name] ?? []);
  const byName = new Map(special.map((reading) => [newsOf(name, reading), reading]));
  return [undefined, ...byName.values()];
}

function readsOf({ reads }: DerivedTable, context: DeriveContext): Reads | undefined {
  return typeof reads === "function" ? reads(context) : reads;
}

/** The name under which changes of a table, or of what is read of it, are noted. */
function newsOf(table: string, reading: Reading | undefined): string {
  if (!reading) return table;
  const { columns, where } = reading;
  return `${table} ${columns.join(" ")}${where ? ` where ${displaySql(where)}` : ""}`;
}

/** Recomputes a table for everybody; where its changes concern some people only, these are noted. */
async function renewWhole(
  store: Store,
  renewal: Renewal,
  everyone: DeriveContext,
  eventsPerSlice: number | undefined,
): Promise<Renewed> {
  const { table, changed, plan } = renewal;
  if (!table.concerned || plan.remade.has(table.name)) {
    return { rows: await renewAll(store, table, everyone, eventsPerSlice), news: "all", by: "all" };
  }
  const isByNews = renewal.own === "none" && changed.length > 0;
  if (isByNews && !(await peopleOf(store, renewal))) return unchanged;
  const target = identifier("derived", storageOf(table).name);
  const columns = columnsOf(table);
  await table.prepare?.(store, everyone);
  await keep(store, "rows_before", sql`SELECT ${columns} FROM ${target}`);
  await keep(store, "rows_after", sql`SELECT ${columns} FROM (${table.select(everyone)}) AS t`);
  const sides = sql`SELECT ${columns}, 1 AS copies FROM rows_before
    UNION ALL SELECT ${columns}, -1 FROM rows_after`;
  const differing = await count(
    store,
    sql`SELECT count(*) AS n FROM (
        SELECT 1 FROM (${sides}) AS both_sides GROUP BY ${columns} HAVING sum(copies) <> 0
      ) AS d`,
  );
  if (differing === 0) return unchanged;
  await notePeople(store, table.name, table.concerned(everyone));
  await store.run(sql`DELETE FROM ${target}`);
  const rows = await store.run(
    sql`INSERT INTO ${target} (${columns}) SELECT ${columns} FROM rows_after ORDER BY ${orderOf(table)}`,
  );
  return { rows, news: "touched", by: "all" };
}

/** Notes whose rows changed for the tables that read them, or only that some did where that is enough. */
async function noteChanged(
  store: Store,
  { copies, noted }: Renewal,
  name: string,
  people: Sql,
): Promise<void> {
  if (!copies) await notePeople(store, name, people);
  else if ((await count(store, sql`SELECT count(*) AS n FROM (${people}) AS d`)) > 0) {
    noted.add(name);
  }
}

function notePeople(store: Store, name: string, people: Sql): Promise<number> {
  return store.run(
    sql`INSERT INTO changed_people SELECT DISTINCT ${literal(name)}, coalesce(person, 0) FROM (${people}) AS d`,
  );
}
