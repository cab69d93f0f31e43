import { ledgerTables } from "../ledger/tables.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { longestWindow, windowOf } from "./attribution-window.ts";
import type { DeriveContext } from "./derived.ts";
import { conversionsSql, isByAccount, ofTheirs } from "./goal-conversions.ts";
import { windowedTouchesSql } from "./windowed-touches.ts";

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

/** The SELECT of derived.journeys. */
export function selectJourneys(context: DeriveContext): Sql {
  const { dialect, people } = context;
  const ended = dialect.addSeconds(sql`last_touched_at`, longestWindow(context.settings));
  return sql`WITH goals AS (SELECT *, row_number() OVER () AS id FROM (${conversionsSql(context)}) AS g),
    windowed AS (${windowedTouchesSql(context, {
      conversions: sql`goals`,
      columns: sql`c.id AS journey, t.rowid AS touch_row, t.touch, t.touched_at, t.channel`,
      window: windowOf(context.settings, sql`t.touch_kind`, sql`t.channel`),
    })}),
    ways AS (${waysSql(dialect, "windowed", ["journey"], [])}),
    idle AS (${idleTouchesSql(context)}),
    idle_ways AS (${waysSql(dialect, "idle", ["party", "started_at"], ["person", "account", "data_source"])})
    SELECT * FROM (
      SELECT c.journey, c.conversion, c.person, c.account, c.converted_at AS ended_at, TRUE AS is_converted, c.is_first,
        c.value, w.path, coalesce(w.touches, 0) AS touches, w.first_touched_at, w.last_touched_at, w.first_channel,
        w.last_channel, c.data_source
      FROM goals AS c LEFT JOIN ways AS w ON w.journey = c.id
      UNION ALL
      SELECT ${dialect.key([literal("idle"), dialect.textOf(sql`party`), dialect.textOf(dialect.epochMicroseconds(sql`started_at`))])},
        CAST(NULL AS ${raw(dialect.types.text)}), first_person, first_account, ${ended}, FALSE, FALSE, NULL, path, touches,
        first_touched_at, last_touched_at, first_channel, last_channel, first_data_source
      FROM idle_ways WHERE ${ended} <= CAST(${context.asOf} AS ${raw(dialect.types.time)})
    ) AS j
    WHERE ${isByAccount(context) ? people(sql`person`) : sql`TRUE`}`;
}

/** Touches put together to paths, with further columns of the first of them; each group is sorted once. */
function waysSql(
  dialect: DeriveContext["dialect"],
  touches: "windowed" | "idle",
  journey: readonly string[],
  ofFirst: readonly string[],
): Sql {
  const order = dialect.pair(sql`touched_at`, sql`touch`);
  const first = (column: string): Sql =>
    sql`${dialect.firstBy(raw(column), order)} AS ${raw(`first_${column}`)}`;
  const keys = raw(journey.join(", "));
  const columns = [
    sql`count(*) AS touches, min(touched_at) AS first_touched_at, max(touched_at) AS last_touched_at`,
    sql`${dialect.orderedTexts(sql`channel`, sql`touched_at, touch`)} AS channels`,
    ...ofFirst.map(first),
  ];
  return sql`SELECT *, ${dialect.textsOf(sql`channels`, " > ")} AS path,
      ${dialect.textAt(sql`channels`, 1)} AS first_channel, ${dialect.textAt(sql`channels`, -1)} AS last_channel
    FROM (SELECT ${keys}, ${join(columns)} FROM ${raw(touches)} GROUP BY ${keys}) AS listed`;
}

/** Touches that no conversion's window holds; a new journey starts after a pause longer than the window. */
function idleTouchesSql(context: DeriveContext): Sql {
  const { dialect } = context;
  const party = isByAccount(context) ? sql`coalesce(t.account, t.person)` : sql`t.person`;
  const pause = dialect.addSeconds(sql`previous_at`, longestWindow(context.settings));
  return sql`SELECT *, max(CASE WHEN previous_at IS NULL OR touched_at > ${pause} THEN touched_at END)
      OVER (PARTITION BY party ORDER BY touched_at, touch ROWS UNBOUNDED PRECEDING) AS started_at
    FROM (
      SELECT t.touch, t.person, t.account, t.touched_at, t.channel, t.data_source, ${party} AS party,
        lag(t.touched_at) OVER (PARTITION BY ${party} ORDER BY t.touched_at, t.touch) AS previous_at
      FROM derived.touchpoints AS t
      WHERE ${party} IS NOT NULL AND ${ofTheirs(context, sql`t.person`)}
        AND NOT EXISTS (SELECT 1 FROM windowed AS w WHERE w.touch_row = t.rowid)
    ) AS numbered`;
}
