import { fittedModels } from "../ledger/attribution.ts";
import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { attributionTable } from "./attribution-tables.ts";
import { channelModels, dividedChannelsSql } from "./credit-division.ts";
import { wholeConversion } from "./credit-entries.ts";
import type { DeriveContext } from "./derived.ts";
import type { IsInSlice, StepField } from "./journey-steps.ts";

/** Weight of the newest touch under time_decay; older ones weigh less by the half-life. */
const newestWeight = 1_000_000_000;

/**
 * Returns the query that adds to terms what they are divided by: steps of their conversion, positions of marked touches
 * (first and last; lead, opportunity, each the last of those at or before an instant; non_direct), decays and their sum, and
 * the columns of its mix.
 *
 * Terms come first, so that all threads read them: tables of this transaction are read by one, into the joins.
 *
 * @param context settings
 * @param terms a query in brackets with id and n (touches) of conversions that have touches, and any other columns
 * @param isInSlice condition on the number of a conversion that all of them fulfil
 */
export function shapesSql(context: DeriveContext, terms: Sql, isInSlice: IsInSlice): Sql {
  const { dialect, settings } = context;
  const { lists } = dialect;
  const of = (name: StepField) => (step: Sql) => lists.valueOf(step, name);
  const before = (time: Sql): Sql =>
    sql`nullif(${lists.length(lists.keep(sql`w.steps`, "step", (step) => sql`${of("touched_at")(step)} <= ${time}`))}, 0)`;
  const age = (step: Sql): Sql =>
    sql`greatest(${dialect.secondsBetween(of("touched_at")(step), sql`g.converted_at`)}, 0)`;
  const halves = (age: Sql): Sql =>
    sql`(${age} - newest_age) / ${literal(settings.attribution.half_life_days * 86_400)}`;
  const decay = (age: Sql): Sql =>
    dialect.wholeOf(sql`${literal(newestWeight)} * power(0.5, ${halves(age)})`);
  return sql`SELECT *, ${lists.sum(sql`decays`)} AS sum_decays FROM (
    SELECT * EXCLUDE (ages, newest_age),
      ${lists.map(sql`ages`, "age", decay)} AS decays
    FROM (
      SELECT t.*, 1 AS first, t.n AS last, w.steps, w.channel_codes,
        m.* EXCLUDE (month, channel_codes, first_id, last_id),
        ${before(sql`g.lead_at`)} AS lead, ${before(sql`g.opportunity_at`)} AS opportunity,
        coalesce(w.last_other, w.touches) AS non_direct, ${lists.map(sql`w.steps`, "step", age)} AS ages,
        ${age(lists.at(sql`w.steps`, sql`w.touches`))} AS newest_age
      FROM ${terms} AS t JOIN journey_steps AS w ON w.id = t.id AND ${isInSlice(sql`w.id`)}
      LEFT JOIN journey_goals AS g ON g.id = w.id AND ${isInSlice(sql`g.id`)}
      LEFT JOIN credit_mixes AS m ON ${isInSlice(sql`m.first_id`, sql`m.last_id`)} AND m.month = w.month AND m.channel_codes = w.channel_codes
    ) AS timed
  ) AS decayed`;
}

/**
 * Returns the query of the mixes: what models that weigh channels give each list of channels that the journeys of a month
 * have. Journeys by the thousand share one, so that weights are looked up, and shares of a conversion divided, once.
 *
 * Columns: month, channel_codes, first_id and last_id (of the conversions that have it), channels (how many) and, per fitted model, `weights_<model>`, `sum_<model>`; per model of
 * channels `shares_by_<model>`.
 *
 * @param context engine
 */
export function mixesSql(context: DeriveContext): Sql {
  const { dialect } = context;
  const { lists } = dialect;
  const cell = lists.record({
    nth: sql`p.nth`,
    ...Object.fromEntries(fittedModels.map((model) => [model, sql`coalesce(c.${raw(model)}, 0)`])),
  });
  const weights = fittedModels.map((model) => {
    const weight = (cell: Sql): Sql => lists.valueOf(cell, model);
    return sql`${lists.map(sql`w.cells`, "cell", weight)} AS ${raw(`weights_${model}`)}`;
  });
  const sums = fittedModels.map(
    (model) => sql`${lists.sum(raw(`weights_${model}`))} AS ${raw(`sum_${model}`)}`,
  );
  const small = [
    ...fittedModels.map((model) => `weights_${model}`),
    ...channelModels.map((model) => `shares_by_${model}`),
  ].map((name) => sql`${lists.small(raw(name))} AS ${raw(name)}`);
  const kept = [...fittedModels.map((model) => raw(`sum_${model}`)), ...small];
  const mixes = sql`SELECT *, ${join(sums)}, ${literal(wholeConversion)} AS share
    FROM (
      SELECT m.month, m.channel_codes, m.first_id, m.last_id, ${lists.length(sql`m.channel_codes`)} AS channels, ${join(weights)}
      FROM mixes AS m JOIN weighed AS w ON w.mix = m.mix
    ) AS weighed_mixes`;
  return sql`WITH listed AS MATERIALIZED (SELECT id, month, channel_codes FROM journey_steps),
    mixes AS (
      SELECT *, row_number() OVER () AS mix FROM (
        SELECT month, channel_codes, min(id) AS first_id, max(id) AS last_id FROM listed GROUP BY month, channel_codes
      ) AS k
    ),
    places AS (
      SELECT mix, month, ${lists.rows(sql`channel_codes`)} AS code, ${lists.rows(lists.places(sql`channel_codes`))} AS nth FROM mixes
    ),
    cells AS (${fittedCellsSql(context)}),
    weighed AS (
      SELECT p.mix, ${lists.sorted(cell)} AS cells
      FROM places AS p LEFT JOIN cells AS c ON c.month = p.month AND c.code = p.code GROUP BY p.mix
    )
    SELECT month, channel_codes, first_id, last_id, channels, ${join(kept)}
    FROM (${dividedChannelsSql(dialect, "share", sql`(${mixes})`)}) AS divided`;
}

/** What fitted models give the channels of a month, a column for each model. */
function fittedCellsSql(context: DeriveContext): Sql {
  const ofModels = fittedModels.map(
    (model) => sql`max(CASE WHEN w.model = ${literal(model)} THEN w.weight END) AS ${raw(model)}`,
  );
  return sql`SELECT w.month, k.code, ${join(ofModels)} FROM ${attributionTable(context, "channel_weights")} AS w
    JOIN (SELECT DISTINCT channel, code FROM touch_origins) AS k ON k.channel = w.channel GROUP BY 1, 2`;
}
