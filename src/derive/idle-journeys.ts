import { all, join, raw, type Sql, sql } from "../sql/fragment.ts";
import { longestWindow } from "./attribution-window.ts";
import type { DeriveContext } from "./derived.ts";
import { isByAccount, ofTheirs } from "./goal-conversions.ts";
import { channelsSql } from "./journey-steps.ts";
import { insideWindowSql } from "./windowed-touches.ts";

/**
 * Returns the query of journeys without a conversion: touches that no conversion's window holds. A new journey starts after
 * a pause longer than the window, and ends once the window after its last touch has passed. Columns beside those of the
 * table of journeys: `party`.
 *
 * @param context settings, people, end of the ledger; the tables of `keepJourneySteps` must exist
 * @param isInSlice condition on the column `party`: the part of the customers to be put together
 */
export function idleJourneysSql(context: DeriveContext, isInSlice: Sql = sql`TRUE`): Sql {
  const { dialect } = context;
  const { lists } = dialect;
  const window = longestWindow(context.settings);
  const pause = dialect.addSeconds(sql`previous_at`, window);
  const ended = dialect.addSeconds(sql`last_touched_at`, window);
  // the first two values of a touch order it
  const step = lists.record({ touched_at: sql`touched_at`, touch: sql`touch`, code: sql`code` });
  const named = (each: Sql): Sql => lists.at(sql`names`, lists.valueOf(each, "code"));
  const ofFirst = ["person", "account", "data_source"].map(
    (name) => sql`max(CASE WHEN is_first THEN ${raw(name)} END) AS ${raw(name)}`,
  );
  return sql`SELECT *, ${ended} AS ended_at FROM (
      SELECT party, started_at AS first_touched_at, last_touched_at, touches, person, account, data_source,
        ${lists.joined(lists.map(sql`steps`, "step", named), " > ")} AS path,
        ${named(lists.at(sql`steps`, sql`1`))} AS first_channel, ${named(lists.at(sql`steps`, sql`touches`))} AS last_channel
      FROM (
        SELECT party, started_at, count(*) AS touches, max(touched_at) AS last_touched_at, ${join(ofFirst)},
          ${lists.sorted(step)} AS steps
        FROM (
          SELECT *, max(CASE WHEN is_first THEN touched_at END)
            OVER (PARTITION BY party ORDER BY touched_at, touch ROWS UNBOUNDED PRECEDING) AS started_at
          FROM (
            SELECT *, previous_at IS NULL OR touched_at > ${pause} AS is_first
            FROM (
              SELECT *, lag(touched_at) OVER (PARTITION BY party ORDER BY touched_at, touch) AS previous_at
              FROM (${idleTouchesSql(context, isInSlice)}) AS idle_touches WHERE ${isInSlice}
            ) AS numbered
          ) AS marked
        ) AS started
        GROUP BY party, started_at
      ) AS listed CROSS JOIN (${channelsSql(context)}) AS channels
    ) AS named WHERE ${ended} <= CAST(${context.asOf} AS ${raw(dialect.types.time)})`;
}

/** Touches outside the windows of all conversions; of goals, too, only those of the slice are looked through. */
function idleTouchesSql(context: DeriveContext, isInSlice: Sql): Sql {
  const { dialect } = context;
  const { lists } = dialect;
  const [party, ofGoal] = isByAccount(context)
    ? [sql`coalesce(t.account, t.person)`, ["coalesce(account, person)", "person"]]
    : [sql`t.person`, ["person"]];
  const times = { touchedAt: sql`t.touched_at`, window: sql`o.window_length` };
  const seekers = ofGoal.map((goal, nth) => {
    const alias = raw(`g${nth}`);
    const isInside = (convertedAt: Sql) => insideWindowSql(context, { ...times, convertedAt });
    return {
      join: sql`LEFT JOIN (
          SELECT party, ${lists.sorted(sql`converted_at`)} AS times
          FROM (SELECT ${raw(goal)} AS party, converted_at FROM journey_goals) AS goals
          WHERE ${nth === 0 ? isInSlice : sql`TRUE`} GROUP BY party
        ) AS ${alias} ON ${alias}.party = ${nth === 0 ? party : sql`t.person`}`,
      isNone: sql`coalesce(${lists.length(lists.keep(sql`${alias}.times`, "time_of_goal", isInside))}, 0) = 0`,
    };
  });
  return sql`SELECT t.touch, t.person, t.account, t.touched_at, o.code, t.data_source, ${party} AS party
    FROM derived.touchpoints AS t JOIN touch_origins AS o ON o.fingerprint = t.origin
      ${join(
        seekers.map((each) => each.join),
        " ",
      )}
    WHERE ${party} IS NOT NULL AND ${all([ofTheirs(context, sql`t.person`), ...seekers.map((each) => each.isNone)])}`;
}
