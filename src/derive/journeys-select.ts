import { ledgerTables } from "../ledger/tables.ts";
import { all, identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { longestWindow } from "./attribution-window.ts";
import type { DeriveContext } from "./derived.ts";
import { isByAccount, ofTheirs } from "./goal-conversions.ts";
import { insideWindowSql } from "./windowed-touches.ts";

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

/** The SELECT of derived.journeys, over the tables of `keepJourneySteps`. */
export function selectJourneys(context: DeriveContext): Sql {
  const { dialect, people } = context;
  const { lists } = dialect;
  const ended = dialect.addSeconds(sql`last_touched_at`, longestWindow(context.settings));
  const touches = lists.length(sql`w.steps`);
  const touchedAt = (place: Sql): Sql => lists.valueOf(lists.at(sql`w.steps`, place), "touched_at");
  return sql`WITH idle AS (${idleTouchesSql(context)}),
    idle_ways AS (${idleWaysSql(context)})
    SELECT * FROM (
      SELECT c.journey, c.conversion, c.person, c.account, c.converted_at AS ended_at, TRUE AS is_converted, c.is_first,
        c.value, w.path, coalesce(${touches}, 0) AS touches, ${touchedAt(sql`1`)} AS first_touched_at,
        ${touchedAt(touches)} AS last_touched_at, w.first_channel, w.last_channel, c.data_source
      FROM journey_goals AS c LEFT JOIN journey_steps AS w ON w.id = c.id
      UNION ALL
      SELECT ${dialect.key([literal("idle"), dialect.textOf(sql`party`), dialect.textOf(dialect.epochMicroseconds(sql`started_at`))])},
        CAST(NULL AS ${raw(dialect.types.text)}), first_person, first_account, ${ended}, FALSE, FALSE, NULL, path, touches,
        first_touched_at, last_touched_at, first_channel, last_channel, first_data_source
      FROM idle_ways WHERE ${ended} <= CAST(${context.asOf} AS ${raw(dialect.types.time)})
    ) AS j
    WHERE ${people(sql`person`)}`;
}

/** Touches put together to paths, each group sorted once. */
function idleWaysSql({ dialect }: DeriveContext): Sql {
  const order = dialect.pair(sql`touched_at`, sql`touch`);
  const first = (column: string): Sql =>
    sql`${dialect.firstBy(raw(column), order)} AS ${raw(`first_${column}`)}`;
  return sql`SELECT *, ${dialect.textsOf(sql`channels`, " > ")} AS path,
      ${dialect.textAt(sql`channels`, 1)} AS first_channel, ${dialect.textAt(sql`channels`, -1)} AS last_channel
    FROM (
      SELECT party, started_at, count(*) AS touches, min(touched_at) AS first_touched_at, max(touched_at) AS last_touched_at,
        ${dialect.orderedTexts(sql`channel`, sql`touched_at, touch`)} AS channels,
        ${join(["person", "account", "data_source"].map(first))}
      FROM idle GROUP BY party, started_at
    ) AS listed`;
}

/** Touches that no conversion's window holds; a new journey starts after a pause longer than the window. */
function idleTouchesSql(context: DeriveContext): Sql {
  const { dialect } = context;
  const isInside = insideWindowSql(context, sql`o.window_length`);
  const [party, others] = isByAccount(context)
    ? [
        sql`coalesce(t.account, t.person)`,
        [
          sql`coalesce(c.account, c.person) = coalesce(t.account, t.person)`,
          sql`c.person = t.person`,
        ],
      ]
    : [sql`t.person`, [sql`c.person = t.person`]];
  const isIdle = others.map(
    (match) => sql`NOT EXISTS (SELECT 1 FROM journey_goals AS c WHERE ${match} AND ${isInside})`,
  );
  const pause = dialect.addSeconds(sql`previous_at`, longestWindow(context.settings));
  return sql`SELECT *, max(CASE WHEN previous_at IS NULL OR touched_at > ${pause} THEN touched_at END)
      OVER (PARTITION BY party ORDER BY touched_at, touch ROWS UNBOUNDED PRECEDING) AS started_at
    FROM (
      SELECT t.touch, t.person, t.account, t.touched_at, o.channel, t.data_source, ${party} AS party,
        lag(t.touched_at) OVER (PARTITION BY ${party} ORDER BY t.touched_at, t.touch) AS previous_at
      FROM derived.touchpoints AS t JOIN touch_origins AS o ON o.fingerprint = t.origin
      WHERE ${party} IS NOT NULL AND ${all([ofTheirs(context, sql`t.person`), ...isIdle])}
    ) AS numbered`;
}
