import { fittedModels } from "../ledger/attribution.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { attributionTable } from "./attribution-tables.ts";
import { windowOf } from "./attribution-window.ts";
import { keep } from "./components.ts";
import { type MarkModel, weighMarksSql } from "./credit-marks.ts";
import type { DeriveContext } from "./derived.ts";
import { conversionsSql, isByAccount, ofTheirs } from "./goal-conversions.ts";
import { vendorOf } from "./origin.ts";
import { localDay } from "./reporting-currency.ts";
import { touchColumns } from "./touchpoints.ts";
import { windowedTouchesSql } from "./windowed-touches.ts";

/** Weight of the newest touch under time_decay; older ones weigh less by the half-life. */
const newestWeight = 1_000_000_000;

/**
 * Returns the common table expressions of conversions and their touches:
 * `goals` (conversions, numbered by `id`), `origins` (what touches have in common, numbered by `origin`),
 * `shapes` (per conversion with touches: lists of its touches in order and of its channels in the order of their first
 * touches, positions of marked touches) and `forms` (what models that weigh marks give each distinct shape).
 *
 * Touches are narrow until the end, when the texts of their origin are put to them: moving these costs most of the time.
 *
 * @param context settings and people
 * @param models the models that weigh marked touches
 */
export function stepsSql(context: DeriveContext, models: readonly MarkModel[]): Sql {
  const { dialect } = context;
  const { lists } = dialect;
  const step = lists.record(
    Object.fromEntries(stepFields.map((field) => [field, raw(field)] as const)),
  );
  const narrow = context.isSliced
    ? sql`SELECT * FROM ${narrowTouches}`
    : narrowTouchesSql(context, sql`origins`);
  const touches = sql`(SELECT t.*, o.code, o.window_length FROM (${narrow}) AS t JOIN origins AS o ON o.origin = t.origin)`;
  return sql`goals AS (${goalsSql(context)}),
    origins AS (${context.isSliced ? sql`SELECT * FROM ${touchOrigins}` : originsSql(context)}),
    codes AS (SELECT DISTINCT channel, code FROM origins),
    windowed AS (${windowedTouchesSql(context, {
      conversions: sql`goals`,
      touches,
      columns: sql`c.id, t.touch, t.touched_at, t.origin, t.code`,
      window: sql`t.window_length`,
    })}),
    numbered AS (
      SELECT *, row_number() OVER (PARTITION BY id, code ORDER BY touched_at, touch) AS nth_of_channel,
        count(*) OVER (PARTITION BY id, code) AS touches_of_channel
      FROM windowed
    ),
    ways AS (SELECT id, ${lists.sorted(step)} AS steps FROM numbered GROUP BY id),
    fitted AS (${fittedSql(context)}),
    shapes AS (${shapesSql(context)}),
    forms AS (${weighMarksSql(
      models,
      sql`(SELECT DISTINCT n, 1 AS first, lead, opportunity, n AS last FROM shapes) AS f`,
    )})`;
}

/** What is carried of a touch; the first two order the touches of a conversion. */
const stepFields = [
  "touched_at",
  "touch",
  "origin",
  "code",
  "nth_of_channel",
  "touches_of_channel",
] as const;

/** What touches can have in common: every column of a touch but the time. */
export const originNames = Object.keys(touchColumns).filter((column) => column !== "touched_at");
const isOfOrigin = join(
  originNames.map((name) => sql`o.${identifier(name)} IS NOT DISTINCT FROM t.${identifier(name)}`),
  " AND ",
);

const touchOrigins = raw("touch_origins");
const narrowTouches = raw("narrow_touches");

/**
 * Writes touches without their texts to temporary tables, once for all slices of people: otherwise each slice would read
 * the texts of everybody.
 *
 * @param store the workspace, with touchpoints up to date
 * @param context with everybody
 * @returns the names of the tables
 * @throws LastpennyError `query_failed`, `out_of_memory`
 */
export async function keepNarrowTouches(
  store: Store,
  context: DeriveContext,
): Promise<readonly string[]> {
  await keep(store, "touch_origins", originsSql(context));
  await keep(store, "narrow_touches", narrowTouchesSql(context, touchOrigins));
  return ["touch_origins", "narrow_touches"];
}

function narrowTouchesSql(context: DeriveContext, origins: Sql): Sql {
  return sql`SELECT t.touch, t.person, t.account, t.touched_at, o.origin
    FROM derived.touchpoints AS t JOIN ${origins} AS o ON ${isOfOrigin} WHERE ${ofTheirs(context, sql`t.person`)}`;
}

/** Combinations of these, and of the channel alone, numbered. */
function originsSql(context: DeriveContext): Sql {
  const names = join(originNames.map((name) => identifier(name)));
  const window = windowOf(context.settings, sql`touch_kind`, sql`channel`);
  return sql`SELECT *, row_number() OVER () AS origin, dense_rank() OVER (ORDER BY channel) AS code,
      ${window} AS window_length
    FROM (SELECT DISTINCT ${names} FROM derived.touchpoints WHERE ${ofTheirs(context, sql`person`)}) AS t`;
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
      ${before(sql`coalesce(c.started_at, m.opportunity_at)`)} AS opportunity_at, row_number() OVER () AS id,
      ${dialect.startOf("month", localDay(context, sql`c.converted_at`))} AS month
    FROM (${conversionsSql(context)}) AS c
    LEFT JOIN (
      SELECT ${party("e")} AS party, ${since("lead")} AS lead_at, ${since("opportunity")} AS opportunity_at
      FROM derived.stage_entries AS e WHERE stage IN ('lead', 'opportunity') AND ${ofTheirs(context, sql`e.person`)}
      GROUP BY 1
    ) AS m ON m.party = ${party("c")}`;
}

/** One row of lists: months, and the weights of each fitted model, the channels of one month after those of another. */
function fittedSql(context: DeriveContext): Sql {
  const { lists } = context.dialect;
  const weights = attributionTable(context, "channel_weights");
  const ofModels = fittedModels.map(
    (model) =>
      sql`coalesce(max(CASE WHEN w.model = ${literal(model)} THEN w.weight END), 0) AS ${raw(model)}`,
  );
  const places = { month: sql`month`, code: sql`code` };
  const columns = fittedModels.map((model) => {
    const sorted = lists.sorted(lists.record({ ...places, weight: raw(model) }));
    return sql`${lists.map(sorted, "cell", (cell) => lists.valueOf(cell, "weight"))} AS ${raw(`of_${model}`)}`;
  });
  return sql`SELECT ${join(columns)}, (SELECT ${lists.sorted(sql`month`)} FROM (SELECT DISTINCT month FROM ${weights}) AS m) AS months,
      (SELECT count(*) FROM codes) AS codes, (SELECT code FROM codes WHERE channel = 'direct') AS direct
    FROM (
      SELECT m.month, k.code, ${join(ofModels)}
      FROM (SELECT DISTINCT month FROM ${weights}) AS m CROSS JOIN codes AS k
      LEFT JOIN ${weights} AS w ON w.month = m.month AND w.channel = k.channel
      GROUP BY m.month, k.code
    ) AS cells`;
}

/** Conversions with touches: lists, and positions of marked touches, each the last of those at or before an instant. */
function shapesSql(context: DeriveContext): Sql {
  const { dialect, settings } = context;
  const { lists } = dialect;
  const of = (name: (typeof stepFields)[number]) => (step: Sql) => lists.valueOf(step, name);
  const before = (time: Sql): Sql =>
    sql`nullif(${lists.length(lists.keep(sql`w.steps`, "step", (step) => sql`${of("touched_at")(step)} <= ${time}`))}, 0)`;
  const age = (step: Sql): Sql =>
    sql`greatest(${dialect.secondsBetween(of("touched_at")(step), sql`g.converted_at`)}, 0)`;
  const isOther = (step: Sql): Sql => sql`${of("code")(step)} IS DISTINCT FROM f.direct`;
  const placed = lists.map(
    sql`w.steps`,
    "step",
    (step, nth) => sql`CASE WHEN ${isOther(step)} THEN ${nth} END`,
  );
  const timed = sql`SELECT w.id, w.steps, ${lists.length(sql`w.steps`)} AS n, ${before(sql`g.lead_at`)} AS lead,
      ${before(sql`g.opportunity_at`)} AS opportunity, ${lists.largest(placed)} AS last_other,
      ${lists.map(sql`w.steps`, "step", age)} AS ages,
      ${lists.keep(sql`w.steps`, "step", (step) => sql`${of("nth_of_channel")(step)} = 1`)} AS firsts,
      (${lists.placeOf(sql`f.months`, sql`g.month`)} - 1) * f.codes AS weights_from
    FROM ways AS w JOIN goals AS g ON g.id = w.id CROSS JOIN fitted AS f`;
  const halves = (age: Sql): Sql =>
    sql`(${age} - ${lists.at(sql`ages`, sql`n`)}) / ${literal(settings.attribution.half_life_days * 86_400)}`;
  const decayed = sql`SELECT *, ${lists.map(sql`firsts`, "channel", of("code"))} AS channel_codes,
      ${lists.map(sql`firsts`, "channel", of("touches_of_channel"))} AS channel_touches,
      ${lists.map(sql`ages`, "age", (age) => dialect.wholeOf(sql`${literal(newestWeight)} * power(0.5, ${halves(age)})`))} AS decays
    FROM (${timed}) AS timed`;
  const weights = fittedModels.map((model) => {
    const weight = (code: Sql): Sql =>
      sql`coalesce(${lists.at(raw(`f.of_${model}`), sql`d.weights_from + ${code}`)}, 0)`;
    return sql`${lists.map(sql`d.channel_codes`, "code", weight)} AS ${raw(`weights_${model}`)}`;
  });
  const sums = fittedModels.map(
    (model) => sql`${lists.sum(raw(`weights_${model}`))} AS ${raw(`sum_${model}`)}`,
  );
  const nthOfChannel = lists.map(sql`d.steps`, "step", (step) =>
    lists.placeOf(sql`d.channel_codes`, of("code")(step)),
  );
  return sql`SELECT *, ${join(sums)} FROM (
      SELECT d.*, coalesce(d.last_other, d.n) AS non_direct, ${lists.length(sql`d.channel_codes`)} AS channels,
        ${lists.sum(sql`d.decays`)} AS sum_decays, ${nthOfChannel} AS nths_of_channels, ${join(weights)}
      FROM (${decayed}) AS d CROSS JOIN fitted AS f
    ) AS weighed`;
}
