import { all, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { longestWindow } from "./attribution-window.ts";
import { count, keep } from "./components.ts";
import type { DeriveContext } from "./derived.ts";
import { isByAccount, ofTheirs } from "./goal-conversions.ts";
import { channelsOf } from "./journey-steps.ts";
import { insideWindowSql } from "./windowed-touches.ts";

/** Touches that are put together in one statement, unless it is said. */
const touchesOfSlice = 1_500_000;

/**
 * Writes journeys without a conversion to the temporary table `idle_journeys`: touches that no conversion's window holds. A
 * new journey starts after a pause longer than the window, and ends once the window after its last touch has passed.
 *
 * @param store the workspace, with the tables of `keepJourneySteps`
 * @param context settings, people, end of the ledger
 * @throws LastpennyError `query_failed`, `out_of_memory`
 */
export async function keepIdleJourneys(store: Store, context: DeriveContext): Promise<void> {
  await keep(store, "idle_touches", idleTouchesSql(context));
  const channels = await channelsOf(store);
  await keep(store, "idle_journeys", sql`${idleJourneysSql(context, channels)} LIMIT 0`);
  const touches = await count(store, sql`SELECT count(*) AS n FROM idle_touches`);
  const slices = Math.max(1, Math.ceil(touches / (context.rowsPerSlice ?? touchesOfSlice)));
  for (let slice = 0; slice < slices; slice += 1) {
    const isInSlice = sql`party % ${literal(slices)} = ${literal(slice)}`;
    const select = idleJourneysSql(context, channels, isInSlice);
    await store.run(sql`INSERT INTO idle_journeys ${select} ORDER BY ended_at`);
  }
  await store.run(sql`DROP TABLE idle_touches`);
}

/**
 * Returns what the table of {@link keepIdleJourneys} is computed by, for a fingerprint.
 *
 * @param context settings
 */
export function idleJourneysDefinition(context: DeriveContext): Sql {
  return join([idleTouchesSql(context), idleJourneysSql(context, [])], "; ");
}

function idleTouchesSql(context: DeriveContext): Sql {
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
          SELECT ${raw(goal)} AS party, ${lists.sorted(sql`converted_at`)} AS times FROM journey_goals GROUP BY 1
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

/** Each group of touches is sorted once; the first two values of a touch order it. */
function idleJourneysSql(
  context: DeriveContext,
  channels: readonly string[],
  isInSlice: Sql = sql`TRUE`,
): Sql {
  const { dialect } = context;
  const { lists } = dialect;
  const window = longestWindow(context.settings);
  const pause = dialect.addSeconds(sql`previous_at`, window);
  const ended = dialect.addSeconds(sql`last_touched_at`, window);
  const step = lists.record({ touched_at: sql`touched_at`, touch: sql`touch`, code: sql`code` });
  const named = (each: Sql): Sql => lists.at(lists.ofTexts(channels), lists.valueOf(each, "code"));
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
              FROM idle_touches WHERE ${isInSlice}
            ) AS numbered
          ) AS marked
        ) AS started
        GROUP BY party, started_at
      ) AS listed
    ) AS named WHERE ${ended} <= CAST(${context.asOf} AS ${raw(dialect.types.time)})`;
}
