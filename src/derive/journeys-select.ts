import { ledgerTables } from "../ledger/tables.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { longestWindow } from "./attribution-window.ts";
import { count } from "./components.ts";
import type { DeriveContext } from "./derived.ts";
import { isByAccount } from "./goal-conversions.ts";
import { idleJourneysSql } from "./idle-journeys.ts";

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

/** Touches without a conversion that are put together in one statement, unless it is said. */
const touchesOfSlice = 1_500_000;

/** The SELECT of derived.journeys, over the tables of `keepJourneySteps`. */
export function selectJourneys(context: DeriveContext): Sql {
  return sql`(${convertedSql(context)}) UNION ALL (${idleSql(context, sql`TRUE`)})`;
}

/**
 * Returns the selects that give everybody's journeys: those with a conversion in order of time, then those without, some
 * customers at a time.
 *
 * @param store the workspace, with the tables of `keepJourneySteps`
 * @param context settings
 */
export async function sliceJourneys(store: Store, context: DeriveContext): Promise<readonly Sql[]> {
  const touches = await count(store, sql`SELECT count(*) AS n FROM derived.touchpoints`);
  const ofGoals = await count(store, sql`SELECT coalesce(sum(touches), 0) AS n FROM journey_steps`);
  // at least a quarter: a touch that several conversions have is counted for each
  const without = Math.max(touches - ofGoals, touches / 4);
  const slices = Math.max(1, Math.ceil(without / (context.rowsPerSlice ?? touchesOfSlice)));
  const idle = Array.from({ length: slices }, (_, slice) =>
    idleSql(context, sql`party % ${literal(slices)} = ${literal(slice)}`),
  );
  return [convertedSql(context), ...idle.map((select) => sql`${select} ORDER BY ended_at`)];
}

/** Materialized tables are read by all threads at once, those written in the same transaction by one. */
function convertedSql({ people }: DeriveContext): Sql {
  return sql`WITH goals AS MATERIALIZED (SELECT * FROM journey_goals)
    SELECT c.journey, c.conversion, c.person, c.account, c.converted_at AS ended_at, TRUE AS is_converted, c.is_first,
      c.value, w.path, coalesce(w.touches, 0) AS touches, w.first_touched_at, w.last_touched_at, w.first_channel,
      w.last_channel, c.data_source
    FROM goals AS c LEFT JOIN journey_steps AS w ON w.id = c.id WHERE ${people(sql`c.person`)}`;
}

function idleSql(context: DeriveContext, isInSlice: Sql): Sql {
  const { dialect, people } = context;
  const key = dialect.key([
    literal("idle"),
    dialect.textOf(sql`party`),
    dialect.textOf(dialect.epochMicroseconds(sql`first_touched_at`)),
  ]);
  return sql`SELECT ${key} AS journey, CAST(NULL AS ${raw(dialect.types.text)}) AS conversion, person, account, ended_at,
      FALSE AS is_converted, FALSE AS is_first, CAST(NULL AS ${raw(dialect.types.money)}) AS value, path, touches,
      first_touched_at, last_touched_at, first_channel, last_channel, data_source
    FROM (${idleJourneysSql(context, isInSlice)}) AS idle WHERE ${people(sql`person`)}`;
}
