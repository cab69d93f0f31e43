import { ledgerTables } from "../ledger/tables.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { longestWindow } from "./attribution-window.ts";
import type { DeriveContext } from "./derived.ts";
import { isByAccount } from "./goal-conversions.ts";
import { idleJourneysDefinition, keepIdleJourneys } from "./idle-journeys.ts";
import { journeyStepsDefinition, keepJourneySteps } from "./journey-steps.ts";

/**
 * Premise of journeys and credits: at the level of accounts rows of one person depend on those of colleagues, so
 * anything new concerns every row.
 *
 * @param context level
 */
export function journeysPremise(context: DeriveContext): Sql {
  if (!isByAccount(context)) return sql`SELECT 'person' AS premise`;
  const { dialect } = context;
  const all = ledgerTables.map(
    ({ name }) => sql`SELECT ${literal(name)} || ' ' || ${dialect.textOf(sql`count(*)`)} || ' '
      || coalesce(${dialect.textOf(sql`max(load)`)}, '') AS premise FROM ${identifier("ledger", name)}`,
  );
  return join(all, " UNION ALL ");
}

/**
 * Returns the query of the people one of whose journeys can end without a conversion while the ledger goes on.
 *
 * @param context window and the end of the ledger
 * @param before the end at the last refresh
 */
export function ripeJourneysSql(context: DeriveContext, before: string): Sql {
  const touched = (asOf: string): Sql =>
    context.dialect.addSeconds(
      sql`CAST(${asOf} AS ${raw(context.dialect.types.time)})`,
      -longestWindow(context.settings),
    );
  const isRipe = sql`touched_at > ${touched(before)} AND touched_at <= ${touched(context.asOf)}`;
  return isByAccount(context)
    ? sql`SELECT person AS identity FROM derived.touchpoints
        WHERE coalesce(account, person) IN (
          SELECT coalesce(account, person) FROM derived.touchpoints WHERE ${isRipe}
        )`
    : sql`SELECT person AS identity FROM derived.touchpoints WHERE ${isRipe}`;
}

/**
 * Writes the temporary tables that journeys are read from.
 *
 * @param store the workspace, with touchpoints up to date
 * @param context settings, people, end of the ledger
 * @throws LastpennyError `query_failed`, `out_of_memory`
 */
export async function prepareJourneys(store: Store, context: DeriveContext): Promise<void> {
  await keepJourneySteps(store, context);
  await keepIdleJourneys(store, context);
}

/** Returns what the temporary tables of {@link prepareJourneys} are computed by, for a fingerprint. */
export function journeysDefinition(context: DeriveContext): Sql {
  return join([journeyStepsDefinition(context), idleJourneysDefinition(context)], "; ");
}

/** The SELECT of derived.journeys, over the tables of {@link prepareJourneys}. */
export function selectJourneys(context: DeriveContext): Sql {
  return join(
    selectsOf(context).map((select) => sql`(${select})`),
    " UNION ALL ",
  );
}

/**
 * Returns the selects that give everybody's journeys, those with a conversion and those without, each in order of time.
 *
 * @param _ the workspace, with the tables of {@link prepareJourneys}
 * @param context settings
 */
export function sliceJourneys(_: Store, context: DeriveContext): Promise<readonly Sql[]> {
  return Promise.resolve(selectsOf(context));
}

/** Materialized tables are read by all threads at once, those written in the same transaction by one. */
function selectsOf(context: DeriveContext): readonly Sql[] {
  const { dialect, people } = context;
  const key = dialect.key([
    literal("idle"),
    dialect.textOf(sql`party`),
    dialect.textOf(dialect.epochMicroseconds(sql`first_touched_at`)),
  ]);
  return [
    sql`WITH goals AS MATERIALIZED (SELECT * FROM journey_goals)
      SELECT c.journey, c.conversion, c.person, c.account, c.converted_at AS ended_at, TRUE AS is_converted, c.is_first,
        c.value, w.path, coalesce(w.touches, 0) AS touches, w.first_touched_at, w.last_touched_at, w.first_channel,
        w.last_channel, c.data_source
      FROM goals AS c LEFT JOIN journey_steps AS w ON w.id = c.id WHERE ${people(sql`c.person`)}`,
    sql`WITH idle AS MATERIALIZED (SELECT * FROM idle_journeys)
      SELECT ${key} AS journey, CAST(NULL AS ${raw(dialect.types.text)}) AS conversion, person, account, ended_at,
        FALSE AS is_converted, FALSE AS is_first, CAST(NULL AS ${raw(dialect.types.money)}) AS value, path, touches,
        first_touched_at, last_touched_at, first_channel, last_channel, data_source
      FROM idle WHERE ${people(sql`person`)}`,
  ];
}
