import { fittedModels } from "../ledger/attribution.ts";
import type { Dialect } from "../sql/dialect.ts";
import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { divideMarksSql, type MarkModel, markedUnits } from "./credit-marks.ts";
import type { DeriveContext } from "./derived.ts";
import type { StepField } from "./journey-steps.ts";

/** What is divided, and the prefix of what comes of it. */
type Total = "credit" | "share";

/** Models that weigh channels, whose parts are then divided over the touches of each channel. */
export const channelModels = [...fittedModels, "shapley"] as const;

/**
 * Returns the query that divides totals over the touches of their conversions under every model but first and last: the columns kept of the
 * terms, nth, n, touch, touched_at, origin and, per total and model, `<total>_of_<model>` in whole units. Terms are divided as
 * lists, touch by touch only at the end, in the order of the terms.
 *
 * @param context engine
 * @param models the models that weigh marked touches
 * @param division terms: a table or query of the columns of shapes, marks and mixes (whose shares are divided already) and of
 *   the totals, none below zero, and conversions (1 where the share is whole, 0 where it is none); totals: which; kept: further columns of the terms
 */
export function dividedSql(
  context: DeriveContext,
  models: readonly MarkModel[],
  {
    terms,
    totals,
    kept,
  }: { readonly terms: Sql; readonly totals: readonly Total[]; readonly kept: readonly Sql[] },
): Sql {
  const { dialect } = context;
  const { lists } = dialect;
  const byTouch = dividedLists(dialect, totals.map(timeDecayOf), terms);
  const byChannel = sql`(${dividedChannelsSql(dialect, "credit", sql`(${byTouch})`)}) AS by_channel`;
  const marked = totals.reduce(
    (rows, total) =>
      sql`(${divideMarksSql(dialect, models, rows, raw(total), total)}) AS ${raw(`by_${total}`)}`,
    byChannel,
  );
  const step = (name: StepField): Sql => lists.valueOf(sql`d.step`, name);
  const decayed = totals.map(
    (total) =>
      sql`${lists.rows(raw(`${total}s_of_time_decay`))} AS ${raw(`${total}_of_time_decay`)}`,
  );
  const units = totals.flatMap((total) => unitsOf(dialect, models, total));
  return sql`SELECT ${join(kept.map((column) => sql`d.${column}`))}, d.nth, d.n, ${step("touch")} AS touch,
      ${step("touched_at")} AS touched_at, ${step("origin")} AS origin, ${join(units)}
    FROM (
      SELECT *, ${lists.placeOf(sql`channel_codes`, lists.valueOf(sql`step`, "code"))} AS nth_channel
      FROM (
        SELECT *, ${lists.rows(sql`steps`)} AS step, ${lists.rows(lists.places(sql`steps`))} AS nth, ${join(decayed)}
        FROM ${marked}
      ) AS exploded
    ) AS d`;
}

/** A list of weights over which a total is divided. */
interface Weights {
  /** Name of the list of parts. */
  readonly parts: string;
  readonly total: Total;
  readonly weights: Sql;
  readonly sum: Sql;
  readonly count: Sql;
}

function timeDecayOf(total: Total): Weights {
  const byTouch = { weights: sql`decays`, sum: sql`sum_decays`, count: sql`n` };
  return { parts: `${total}s_of_time_decay`, total, ...byTouch };
}

/**
 * Returns the query that adds to rows what models of channels give each channel of a total, as lists
 * `<total>s_by_<model>`.
 *
 * @param dialect engine
 * @param total the column to divide
 * @param rows a query in brackets with the columns of mixes
 */
export function dividedChannelsSql(dialect: Dialect, total: Total, rows: Sql): Sql {
  const { lists } = dialect;
  const byModel = fittedModels.map((model) => ({
    ...{ parts: `${total}s_by_${model}`, total, weights: raw(`weights_${model}`) },
    ...{ sum: sql`greatest(${raw(`sum_${model}`)}, 1)`, count: sql`channels` },
  }));
  const shapley = lists.map(sql`channel_codes`, "code", (_, nth) =>
    evenly(dialect, raw(total), sql`channels`, nth),
  );
  return sql`SELECT *, ${shapley} AS ${raw(`${total}s_by_shapley`)} FROM (${dividedLists(dialect, byModel, rows)}) AS divided`;
}

/** Totals × (elements + 1) up to this are divided in 64 bits: weights are billionths. */
const narrowTotal = 9_000_000_000;

/** Whole numbers up to this are the same as doubles, which the engine sorts in half the time. */
const exactDouble = Number.MAX_SAFE_INTEGER;

/**
 * Adds the parts of totals by largest remainder, as lists. With total × weight × (elements + 1) + places after it, divided
 * by sum × (elements + 1), the quotient is that of total × weight / sum, and the remainder is that one's with ties put in
 * order: the rank. Whoever has one of the largest ranks gets one unit more.
 */
function dividedLists(dialect: Dialect, all: readonly Weights[], rows: Sql): Sql {
  const { lists } = dialect;
  const of = ({ parts }: Weights, what: string): Sql => raw(`${what}_${parts}`);
  const scaled = all.flatMap((each) => [
    sql`${raw(each.total)} * (${each.count} + 1) AS ${of(each, "scale")}`,
    sql`${each.sum} * (${each.count} + 1) AS ${of(each, "divisor")}`,
  ]);
  const inBits = (each: Weights, value: (wide: (number: Sql) => Sql) => Sql): Sql =>
    sql`CASE WHEN ${of(each, "scale")} <= ${literal(narrowTotal)} THEN ${value((number) => number)}
      ELSE ${value((number) => dialect.wideWhole(number))} END`;
  const ranked = all.map((each) => {
    const rank = (weight: Sql, nth: Sql): Sql =>
      dialect.whole(
        sql`(${weight} * ${of(each, "scale")} + (${each.count} + 1 - ${nth})) % ${of(each, "divisor")}`,
      );
    return sql`${inBits(each, (wide) => lists.map(each.weights, "weight", (weight, nth) => rank(wide(weight), nth)))} AS ${of(each, "ranks")}`;
  });
  const left = all.map((each) => {
    const above = sql`${lists.sum(of(each, "ranks"))} - ${dialect.quotient(sql`${each.count} * (${each.count} + 1)`, sql`2`)}`;
    return sql`${dialect.quotient(sql`(${above})`, of(each, "divisor"))} AS ${of(each, "left")}`;
  });
  const raised = all.map((each) => {
    const place = sql`${each.count} + 1 - ${of(each, "left")}`;
    const ranks = of(each, "ranks");
    const left = of(each, "left");
    // most lists need no sorting: nobody is raised, one is, or all but one
    const last = sql`CASE WHEN ${left} = 0 THEN NULL
      WHEN ${left} = 1 THEN ${lists.largest(ranks)}
      WHEN ${left} = ${each.count} - 1 THEN ${lists.smallest(ranks)} + 1
      WHEN ${of(each, "divisor")} <= ${literal(exactDouble)}
      THEN ${dialect.whole(lists.at(lists.ascending(lists.doubles(ranks)), place))}
      ELSE ${lists.at(lists.ascending(ranks), place)} END`;
    return sql`${each.count} + 1 + coalesce(${of(each, "divisor")} - ${last}, 0) AS ${of(each, "raise")}`;
  });
  const results = all.map((each) => {
    const part = (weight: Sql, nth: Sql): Sql =>
      dialect.whole(
        dialect.quotient(
          sql`(${weight} * ${of(each, "scale")} + (${of(each, "raise")} - ${nth}))`,
          of(each, "divisor"),
        ),
      );
    return sql`${inBits(each, (wide) => lists.map(each.weights, "weight", (weight, nth) => part(wide(weight), nth)))} AS ${raw(each.parts)}`;
  });
  return sql`SELECT *, ${join(results)} FROM (
      SELECT *, ${join(raised)} FROM (
        SELECT *, ${join(left)} FROM (
          SELECT *, ${join(ranked)} FROM (SELECT *, ${join(scaled)} FROM ${rows}) AS scaled
        ) AS ranked
      ) AS counted
    ) AS raised`;
}

/** The first ones get one unit more while there are any left. */
function evenly(dialect: Pick<Dialect, "quotient">, total: Sql, count: Sql, nth: Sql): Sql {
  return dialect.quotient(sql`(${total} + ${count} - ${nth})`, count);
}

/** What each model gives a touch of a total. */
function unitsOf(dialect: Dialect, models: readonly MarkModel[], total: Total): Sql[] {
  const { lists } = dialect;
  const of = raw(`d.${total}`);
  const linear = evenly(dialect, of, sql`d.n`, sql`d.nth`);
  const step = (name: StepField): Sql => lists.valueOf(sql`d.step`, name);
  const within = (model: string): Sql => {
    const part = lists.at(raw(`d.${total}s_by_${model}`), sql`d.nth_channel`);
    const ofTouch = evenly(dialect, part, step("touches_of_channel"), step("nth_of_channel"));
    // Mixes divide the share of a conversion; only one of its entries carries it.
    return total === "share" ? sql`${ofTouch} * d.conversions` : ofTouch;
  };
  const units: readonly (readonly [string, Sql])[] = [
    ["last_non_direct", sql`CASE WHEN d.nth = d.non_direct THEN ${of} ELSE ${of} - ${of} END`],
    ["linear", linear],
    ...models.map((model) => [model.name, markedUnits(model, sql`d.nth`, total)] as const),
    ["time_decay", raw(`d.${total}_of_time_decay`)],
    ["shapley", within("shapley")],
    ...fittedModels.map(
      (model) =>
        [
          model,
          sql`CASE WHEN d.${raw(`sum_${model}`)} = 0 THEN ${linear} ELSE ${within(model)} END`,
        ] as const,
    ),
  ];
  return units.map(([model, value]) => sql`${value} AS ${raw(`${total}_of_${model}`)}`);
}
