import { toLocalDay } from "../ledger/calendar.ts";
import { ledgerTables } from "../ledger/tables.ts";
import { displaySql, identifier, join, literal, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { count } from "./components.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { identityRulesVersion } from "./resolve-identities.ts";
import { type DeriveState, fingerprint } from "./state.ts";
import { countTouched, type PeopleSet } from "./touched.ts";

/** Whether a table is left alone, recomputed for touched people, or recomputed for everybody. */
export type Mode = "none" | "touched" | "all";

/** What a refresh has to do. */
export interface RefreshPlan {
  /** What each table needs by itself, before it is known what happens to the derived tables that it reads. */
  readonly needs: ReadonlyMap<string, Mode>;
  /** Tables that are new or declared otherwise than before. */
  readonly remade: ReadonlySet<string>;
  /** Tables that have no rows, and had none. */
  readonly empty: ReadonlySet<string>;
  readonly touchedPeople: number;
  /** Events are new: looking for people whose rows stayed the same would cost more than it spares. */
  readonly hasNewEvents: boolean;
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
  readonly versions: LedgerVersions;
}

/** Number of rows and newest load of each ledger table: every load that brings or restates a row moves them. */
export type LedgerVersions = ReadonlyMap<string, string>;

/** From this share of all people on, recomputing everybody is cheaper. */
const manyShare = 0.25;
const fewPeople = 1000;

/** From this share of a table's rows on, writing all of them is cheaper. */
const mostRows = 0.5;

/** The instant in a definition's fingerprint, late enough for every change of a zone; the real one is compared on its own. */
const anyInstant = "2037-01-01 00:00:00";

/**
 * Works out what each table needs: settings, rules and the ledger against what the last refresh saw.
 *
 * @param store the workspace, with touched people written
 * @param input tables, what the last refresh saw, settings
 */
export async function planRefresh(store: Store, input: PlanInput): Promise<RefreshPlan> {
  const seen = await look(store, input);
  const touchedPeople = await countTouched(store);
  const existing = await existingTables(store);
  const changed = new Set([...seen].flatMap(([n, v]) => (input.state.get(n) === v ? [] : [n])));
  const changes: Changes = {
    changed,
    traced: input.traced,
    isLater: isLater(input.state, input.context.asOf),
    handsChanged: (await count(store, sql`SELECT count(*) AS n FROM changed_hands`)) > 0,
  };
  const everybody = await isMany(store, touchedPeople, existing);
  const needs = new Map<string, Mode>();
  const empty = new Set<string>();
  const remade = new Set<string>();
  for (const table of input.tables) {
    const definition = `definition of ${table.name}`;
    const isKnown = existing.has(table.name) && input.state.has(definition) && !input.full;
    if (!isKnown || changed.has(definition)) remade.add(table.name);
    const need = isKnown ? needOf(table, changes) : "all";
    if (isKnown && isEmpty(table, input)) empty.add(table.name);
    needs.set(table.name, need === "touched" && everybody ? "all" : need);
  }
  return {
    needs,
    remade,
    empty,
    touchedPeople,
    hasNewEvents: changed.has("ledger.events"),
    state: seen,
  };
}

/** Everything that decides what a refresh has to do, by name. */
async function look(store: Store, input: PlanInput): Promise<Map<string, string>> {
  const { tables, context, versions } = input;
  const day = toLocalDay(context.settings.time_zone, `${context.asOf.replace(" ", "T")}Z`);
  const seen = new Map([
    ["as of", context.asOf],
    ["day", day],
  ]);
  for (const [name, value] of versions) seen.set(`ledger.${name}`, value);
  const asked = new Map<string, string>();
  for (const table of tables) {
    seen.set(`definition of ${table.name}`, definitionOf(table, context));
    if (table.premises && !isEmpty(table, input)) {
      await lookAtPremises(store, input, seen, table, asked);
    }
  }
  return seen;
}

/** Premises are asked only when their question or a table that it names changed; those of several tables once. */
async function lookAtPremises(
  store: Store,
  { state, context }: PlanInput,
  seen: Map<string, string>,
  table: DerivedTable,
  asked: Map<string, string>,
): Promise<void> {
  const premises = table.premises?.(context);
  if (!premises) return;
  const [question, answer] = [`question of ${table.name}`, `premises of ${table.name}`];
  const text = displaySql(premises);
  seen.set(question, fingerprint(text));
  const before = state.get(answer);
  const names = [...text.replaceAll('"', "").matchAll(/\b(?:ledger|derived)\.[a-z_]+/g)].map(
    String,
  );
  const stays = (name: string): boolean => state.get(name) === seen.get(name);
  const isKnown = before !== undefined && stays(question);
  const isOfLedger = !names.some((name) => name.startsWith("derived"));
  if (isKnown && isOfLedger && names.every(stays)) {
    seen.set(answer, before);
    return;
  }
  if (isKnown && names.every((name) => hasGrown(state.get(name), seen.get(name)))) {
    const moved = table.premisesMoved?.(context, before, (name) => isSince(state, name));
    if (moved && (await store.query(sql`SELECT 1 FROM (${moved}) AS m LIMIT 1`)).length === 0) {
      seen.set(answer, before);
      return;
    }
  }
  const known = asked.get(text) ?? (await answerTo(store, premises));
  asked.set(text, known);
  seen.set(answer, known);
}

async function answerTo(store: Store, premises: Sql): Promise<string> {
  const rows = await store.query(premises);
  const texts = rows.map((row) => Object.values(row).map(String).join(" "));
  return texts.sort().join("; ");
}

/** A ledger table has at least as many rows as before. */
function hasGrown(before: string | undefined, now: string | undefined): boolean {
  return Number.parseInt(before ?? "", 10) <= Number.parseInt(now ?? "", 10);
}

/** Condition on the rows of a ledger table that came with loads after those of the last refresh. */
function isSince(state: DeriveState, table: string): Sql {
  const load = Number(state.get(`ledger.${table}`)?.split(" ")[1]);
  return Number.isNaN(load) ? sql`TRUE` : sql`load > ${literal(load)}`;
}

/** The ledger reaches further than at the last refresh. */
function isLater(state: DeriveState, asOf: string): boolean {
  const before = state.get("as of");
  return before !== undefined && before < asOf;
}

/**
 * Returns the queries of people whose rows change because the ledger reaches further than at the last refresh.
 *
 * @param tables the tables to keep
 * @param state what the last refresh saw
 * @param context with the instant until which the ledger is known
 */
export function maturedQueries(
  tables: readonly DerivedTable[],
  state: DeriveState,
  context: DeriveContext,
): readonly Sql[] {
  if (!isLater(state, context.asOf)) return [];
  return tables.flatMap(({ name, matured }) =>
    matured && state.has(`definition of ${name}`)
      ? [matured(context, state.get("as of") ?? "")]
      : [],
  );
}

interface Changes {
  readonly changed: ReadonlySet<string>;
  readonly handsChanged: boolean;
  readonly traced: ReadonlySet<string>;
  readonly isLater: boolean;
}

function needOf(table: DerivedTable, changes: Changes): Mode {
  const { changed, traced, handsChanged } = changes;
  if (table.name === "identity_map") return handsChanged ? "all" : "none";
  const isRenewed =
    changed.has(`definition of ${table.name}`) ||
    changed.has(`premises of ${table.name}`) ||
    (table.usesAsOf === "day" && changed.has("day")) ||
    (table.usesAsOf === true && changed.has("as of") && !isMatured(table, changes));
  const news = table.inputs.filter((input) => changed.has(input));
  const concernsAll = news.some((input) => concernsEverybody(input) && !traced.has(input));
  if (isRenewed || concernsAll) return "all";
  const isTouched =
    news.length > 0 ||
    (changed.has("as of") && isMatured(table, changes)) ||
    (handsChanged && table.inputs.includes("derived.identity_map"));
  if (!isTouched) return "none";
  return table.scope === "whole" ? "all" : "touched";
}

function isEmpty({ onlyWith }: DerivedTable, { state, versions }: PlanInput): boolean {
  if (onlyWith === undefined) return false;
  const version = versions.get(onlyWith.replace(/^ledger\./, ""));
  return version === state.get(onlyWith) && version !== undefined && version.startsWith("0 ");
}

/** Whose rows change with the end of the ledger is among the touched people. */
function isMatured(table: DerivedTable, { isLater }: Changes): boolean {
  return table.matured !== undefined && isLater;
}

/** Rows that name a person (or are turned into touched people) concern only these; rates or campaigns concern all. */
function concernsEverybody(input: string): boolean {
  const handled = ["identities", "identity_links", "merges"];
  const table = ledgerTables.find((each) => `ledger.${each.name}` === input);
  return table !== undefined && !handled.includes(table.name) && !("identity" in table.columns);
}

function definitionOf(table: DerivedTable, context: DeriveContext): string {
  const { since: _, ...rest } = context;
  const anytime = { ...rest, asOf: anyInstant };
  const statements = [table.definition?.(anytime), table.select(anytime)];
  const texts = statements.map((statement) => statement && displaySql(statement));
  return fingerprint(JSON.stringify([texts, table.columns, table.order, table.scope]));
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

/**
 * Says whether so many of a table's rows are those of some people that writing it anew costs less.
 *
 * @param store the workspace
 * @param table the table
 * @param people the people to be recomputed
 */
export async function haveMost(
  store: Store,
  { name }: DerivedTable,
  { people, everyone }: PeopleSet,
): Promise<boolean> {
  const all = await count(store, sql`SELECT count(*) AS n FROM (${everyone}) AS p`);
  if (all < fewPeople) return false;
  const rows = sql`SELECT count(*) AS n FROM ${identifier("derived", name)}`;
  const theirs = await count(store, sql`${rows} WHERE ${people(sql`person`)}`);
  return theirs > (await count(store, rows)) * mostRows;
}

async function existingTables(store: Store): Promise<ReadonlySet<string>> {
  const rows = await store.query(
    sql`SELECT table_name FROM information_schema.tables WHERE table_schema = 'derived'`,
  );
  return new Set(rows.map((row) => String(row.table_name)));
}

/**
 * Says whether who is who can have changed since the last refresh: links, decisions, accounts or the rules.
 *
 * @param store the workspace
 * @param state what the last refresh saw
 * @param versions what the ledger holds
 */
export async function hasNewLinks(
  store: Store,
  state: DeriveState,
  versions: LedgerVersions,
): Promise<boolean> {
  const inputs = ["identity_links", "merges", "accounts"];
  const isKnown = (await existingTables(store)).has("identity_map");
  return (
    !isKnown ||
    state.get("premises of identity_map") !== identityRulesVersion ||
    inputs.some((name) => state.get(`ledger.${name}`) !== versions.get(name))
  );
}

/**
 * Looks at every ledger table.
 *
 * @param store the workspace
 */
export async function ledgerVersions(store: Store): Promise<LedgerVersions> {
  const queries = ledgerTables.map(
    ({ name }) => sql`SELECT ${literal(name)} AS name, count(*) AS n, max(load) AS load
      FROM ${identifier("ledger", name)}`,
  );
  const rows = await store.query(join(queries, " UNION ALL "));
  return new Map(rows.map((row) => [String(row.name), `${row.n} ${row.load}`]));
}
