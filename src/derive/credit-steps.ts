import { fittedModels } from "../ledger/attribution.ts";
import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { attributionTable } from "./attribution-tables.ts";
import { type MarkModel, weighMarksSql } from "./credit-marks.ts";
import type { DeriveContext } from "./derived.ts";
import { conversionsSql, isByAccount, ofTheirs } from "./goal-conversions.ts";
import { vendorOf } from "./origin.ts";
import { localDay } from "./reporting-currency.ts";
import { windowedTouchesSql } from "./windowed-touches.ts";

/** Weight of the newest touch under time_decay; older ones weigh less by the half-life. */
const newestWeight = 1_000_000_000;

/**
 * Returns the common table expressions of conversions and their touches:
 * `goals` (conversions, numbered by `id`), `steps` (touches in order: id, nth, nth_of_channel, channel, decay),
 * `shapes` (per conversion: touches, positions of marked touches) and `channels` (per conversion and channel: touches,
 * order, fitted weights).
 *
 * @param context settings and people
 * @param models the models that weigh marked touches
 */
export function stepsSql(context: DeriveContext, models: readonly MarkModel[]): Sql {
  const { dialect } = context;
  const columns = sql`c.id, t.rowid AS touch_row, t.touch, t.touched_at, t.channel,
    greatest(${dialect.secondsBetween(sql`t.touched_at`, sql`c.converted_at`)}, 0) AS age_seconds,
    t.touched_at <= c.lead_at AS is_lead, t.touched_at <= c.opportunity_at AS is_opportunity`;
  return sql`goals AS (${goalsSql(context)}),
    windowed AS (${windowedTouchesSql(context, sql`goals`, columns)}),
    codes AS (
      SELECT channel, row_number() OVER (ORDER BY channel) AS code FROM (SELECT DISTINCT channel FROM windowed) AS d
    ),
    numbered AS (
      SELECT w.id, w.touch_row, k.code, w.age_seconds, w.is_lead, w.is_opportunity,
        row_number() OVER (PARTITION BY w.id ORDER BY w.touched_at, w.touch) AS nth,
        row_number() OVER (PARTITION BY w.id, k.code ORDER BY w.touched_at, w.touch) AS nth_of_channel
      FROM windowed AS w JOIN codes AS k ON k.channel = w.channel
    ),
    counted AS (${countedSql(context)}),
    forms AS (${weighMarksSql(
      models,
      sql`(SELECT DISTINCT n, 1 AS first, lead, opportunity, n AS last FROM counted) AS f`,
    )}),
    steps AS (
      SELECT w.id, w.touch_row, w.code, w.nth, w.nth_of_channel, w.age_seconds, ${decay(context)} AS decay
      FROM numbered AS w JOIN counted AS s ON s.id = w.id
    ),
    shapes AS (
      SELECT c.id, c.n, c.lead, c.opportunity, c.non_direct, d.decays
      FROM counted AS c JOIN (SELECT id, CAST(sum(decay) AS ${raw(dialect.types.count)}) AS decays FROM steps GROUP BY id) AS d ON d.id = c.id
    ),
    channels AS (${channelsSql(context)})`;
}

/** Conversions with the instants at which their customer became a lead and an opportunity. */
function goalsSql(context: DeriveContext): Sql {
  const { dialect } = context;
  const party = (row: "c" | "e"): Sql =>
    isByAccount(context)
      ? raw(`coalesce(${row}.account, ${row}.person)`)
      : raw(row === "c" ? "coalesce(c.person, c.account)" : "e.person");
  const since = (stage: string): Sql =>
    sql`min(CASE WHEN stage = ${literal(stage)} THEN entered_at END)`;
  const before = (time: Sql): Sql => sql`CASE WHEN ${time} <= c.converted_at THEN ${time} END`;
  return sql`SELECT c.*, ${vendorOf(dialect, sql`c.data_source`)} AS vendor, ${before(sql`m.lead_at`)} AS lead_at,
      ${before(sql`coalesce(c.started_at, m.opportunity_at)`)} AS opportunity_at, row_number() OVER () AS id
    FROM (${conversionsSql(context)}) AS c
    LEFT JOIN (
      SELECT ${party("e")} AS party, ${since("lead")} AS lead_at, ${since("opportunity")} AS opportunity_at
      FROM derived.stage_entries AS e WHERE stage IN ('lead', 'opportunity') AND ${ofTheirs(context, sql`e.person`)}
      GROUP BY 1
    ) AS m ON m.party = ${party("c")}`;
}

/** The touches at or before an instant are the first ones, so that their number is the position of the last. */
function countedSql({ dialect }: DeriveContext): Sql {
  const position = (mark: Sql): Sql => sql`nullif(${dialect.countWhen(mark)}, 0)`;
  return sql`SELECT id, count(*) AS n, ${position(sql`is_lead`)} AS lead, ${position(sql`is_opportunity`)} AS opportunity,
      coalesce(max(CASE WHEN code IS DISTINCT FROM (SELECT code FROM codes WHERE channel = 'direct') THEN nth END), count(*)) AS non_direct,
      min(age_seconds) AS newest_seconds
    FROM numbered GROUP BY id`;
}

function decay({ dialect, settings }: DeriveContext): Sql {
  const halves = sql`(w.age_seconds - s.newest_seconds) / ${literal(settings.attribution.half_life_days * 86_400)}`;
  return dialect.wholeOf(sql`${literal(newestWeight)} * power(0.5, ${halves})`);
}

/** Channels of each conversion in the order of their first touch, with the weights that the fitted models give them. */
function channelsSql(context: DeriveContext): Sql {
  const { dialect } = context;
  const weights = fittedModels.map(
    (model) =>
      sql`max(CASE WHEN model = ${literal(model)} THEN weight END) AS ${raw(`w_${model}`)}`,
  );
  const weight = (model: string): Sql => sql`coalesce(w.${raw(`w_${model}`)}, 0)`;
  const joined = fittedModels.flatMap((model) => [
    sql`${weight(model)} AS ${raw(`w_${model}`)}`,
    sql`CAST(sum(${weight(model)}) OVER (PARTITION BY c.id) AS ${raw(dialect.types.count)}) AS ${raw(`sum_${model}`)}`,
  ]);
  const month = dialect.startOf("month", localDay(context, sql`converted_at`));
  return sql`SELECT c.id, c.code, c.touches_of_channel,
      row_number() OVER (PARTITION BY c.id ORDER BY c.first_nth) AS nth_channel,
      count(*) OVER (PARTITION BY c.id) AS channels, ${join(joined)}
    FROM (
      SELECT id, code, count(*) AS touches_of_channel, min(nth) AS first_nth FROM numbered GROUP BY id, code
    ) AS c
    LEFT JOIN (SELECT id, ${month} AS month FROM goals) AS g ON g.id = c.id
    LEFT JOIN (
      SELECT w.month, k.code, ${join(weights)} FROM ${attributionTable(context, "channel_weights")} AS w
      JOIN codes AS k ON k.channel = w.channel GROUP BY 1, 2
    ) AS w ON w.month = g.month AND w.code = c.code`;
}
