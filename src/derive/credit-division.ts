import { fittedModels } from "../ledger/attribution.ts";
import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { divideMarksSql, type MarkModel, markedUnits } from "./credit-marks.ts";
import type { DeriveContext } from "./derived.ts";

/** What is divided: a column of the terms, and the prefix of what comes of it. */
type Total = "credit" | "share";

/**
 * Returns the query that divides totals over the touches of their conversions under every model: the columns kept of the
 * terms, e, sign, nth, n, age_seconds, touch, touched_at, origin and, per total and model, `<total>_of_<model>` in whole
 * units. Terms are divided as lists, touch by touch only at the end, in the order of the terms.
 *
 * @param context engine
 * @param models the models that weigh marked touches
 * @param division terms: a query of e, id, sign and the totals, none below zero; totals: which; kept: further columns of
 *   the terms; order: of the terms
 */
export function dividedSql(
  context: DeriveContext,
  models: readonly MarkModel[],
  {
    terms,
    totals,
    kept,
    order,
  }: {
    readonly terms: Sql;
    readonly totals: readonly Total[];
    readonly kept: readonly Sql[];
    readonly order: Sql;
  },
): Sql {
  const { lists } = context.dialect;
  const units = totals.flatMap((total) => unitsOf(context, models, total));
  const shaped = sql`(
    SELECT t.*, s.* EXCLUDE (id, n, lead, opportunity), f.* FROM (${terms} ORDER BY ${order}) AS t JOIN shapes AS s ON s.id = t.id
    JOIN forms AS f ON f.n = s.n AND f.lead IS NOT DISTINCT FROM s.lead
      AND f.opportunity IS NOT DISTINCT FROM s.opportunity
  ) AS shaped`;
  const marked = totals.reduce(
    (rows, total) =>
      sql`(${divideMarksSql(context.dialect, models, rows, raw(total), total)}) AS ${raw(`by_${total}`)}`,
    shaped,
  );
  const [steps, step] = [sql`d.steps`, (name: string) => lists.valueOf(sql`d.step`, name)];
  const carried = [sql`e`, sql`sign`, sql`n`, ...kept];
  return sql`SELECT ${join(carried.map((column) => sql`d.${column}`))}, d.nth, d.age_seconds, ${step("touch")} AS touch,
      ${step("touched_at")} AS touched_at, ${step("origin")} AS origin, ${join(units)}
    FROM (
      SELECT *, ${lists.rows(steps)} AS step, ${lists.rows(sql`d.ages`)} AS age_seconds,
        ${lists.rows(sql`d.nths_of_channels`)} AS nth_channel,
        ${lists.rows(lists.map(steps, "step", (_, nth) => nth))} AS nth,
        ${join(totals.map((total) => sql`${lists.rows(raw(`d.${total}s_of_time_decay`))} AS ${raw(`${total}_of_time_decay`)}`))}
      FROM (${dividedLists(context, totals, marked)}) AS d
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

function weightsOf(total: Total): readonly Weights[] {
  const byChannel = fittedModels.map((model) => ({
    ...{ parts: `${total}s_by_${model}`, total, weights: raw(`weights_${model}`) },
    ...{ sum: sql`greatest(${raw(`sum_${model}`)}, 1)`, count: sql`channels` },
  }));
  const byTouch = { weights: sql`decays`, sum: sql`sum_decays`, count: sql`n` };
  return [{ parts: `${total}s_of_time_decay`, total, ...byTouch }, ...byChannel];
}

/** Totals × (elements + 1) up to this are divided in 64 bits: weights are billionths. */
const narrowTotal = 9_000_000_000;

/**
 * Adds the parts of totals by largest remainder, as lists: what time decay gives each touch and what models of channels
 * give each channel. With total × weight × (elements + 1) + places after it, divided by sum × (elements + 1), the quotient is
 * that of total × weight / sum, and the remainder is that one's with ties put in order: the rank. Whoever has one of the
 * largest ranks gets one unit more.
 */
function dividedLists({ dialect }: DeriveContext, totals: readonly Total[], rows: Sql): Sql {
  const { lists } = dialect;
  const all = totals.flatMap(weightsOf);
  const divisor = ({ sum, count }: Weights): Sql => sql`(${sum} * (${count} + 1))`;
  const inBits = (each: Weights, value: (wide: (number: Sql) => Sql) => Sql): Sql =>
    sql`CASE WHEN ${raw(each.total)} * (${each.count} + 1) <= ${literal(narrowTotal)} THEN ${value((number) => number)}
      ELSE ${value((number) => dialect.wideWhole(number))} END`;
  const dividend = ({ total, count }: Weights, weight: Sql, nth: Sql): Sql =>
    sql`${weight} * ${raw(total)} * (${count} + 1) + ${count} + 1 - ${nth}`;
  const ranks = all.map(
    (each) =>
      sql`${inBits(each, (wide) => lists.map(each.weights, "weight", (weight, nth) => dialect.whole(sql`(${dividend(each, wide(weight), nth)}) % ${divisor(each)}`)))}
        AS ${raw(`ranks_${each.parts}`)}`,
  );
  const left = all.map((each) => {
    const above = sql`${lists.sum(raw(`ranks_${each.parts}`))} - ${dialect.quotient(sql`${each.count} * (${each.count} + 1)`, sql`2`)}`;
    return sql`${dialect.quotient(sql`(${above})`, divisor(each))} AS ${raw(`left_${each.parts}`)}`;
  });
  const last = all.map(
    ({ parts, count }) =>
      sql`${lists.at(lists.ascending(raw(`ranks_${parts}`)), sql`${count} + 1 - ${raw(`left_${parts}`)}`)} AS ${raw(`last_${parts}`)}`,
  );
  const results = all.map((each) => {
    const more = sql`coalesce(${divisor(each)} - ${raw(`last_${each.parts}`)}, 0)`;
    const part = (weight: Sql, nth: Sql): Sql =>
      dialect.whole(
        dialect.quotient(sql`(${dividend(each, weight, nth)} + ${more})`, divisor(each)),
      );
    return sql`${inBits(each, (wide) => lists.map(each.weights, "weight", (weight, nth) => part(wide(weight), nth)))} AS ${raw(each.parts)}`;
  });
  const shapley = totals.map(
    (total) =>
      sql`${lists.map(sql`channel_codes`, "code", (_, nth) => evenly(dialect, raw(total), sql`channels`, nth))}
        AS ${raw(`${total}s_by_shapley`)}`,
  );
  return sql`SELECT *, ${join(results)}, ${join(shapley)} FROM (
      SELECT *, ${join(last)} FROM (
        SELECT *, ${join(left)} FROM (SELECT *, ${join(ranks)} FROM ${rows}) AS ranked
      ) AS counted
    ) AS known`;
}

/** The first ones get one unit more while there are any left. */
function evenly(
  dialect: Pick<DeriveContext["dialect"], "quotient">,
  total: Sql,
  count: Sql,
  nth: Sql,
): Sql {
  return dialect.quotient(sql`(${total} + ${count} - ${nth})`, count);
}

/** What each model gives a touch of a total. */
function unitsOf({ dialect }: DeriveContext, models: readonly MarkModel[], total: Total): Sql[] {
  const { lists } = dialect;
  const of = raw(`d.${total}`);
  const only = (position: Sql): Sql =>
    sql`CASE WHEN d.nth = ${position} THEN ${of} ELSE ${of} - ${of} END`;
  const linear = evenly(dialect, of, sql`d.n`, sql`d.nth`);
  const within = (model: string): Sql =>
    evenly(
      dialect,
      lists.at(raw(`d.${total}s_by_${model}`), sql`d.nth_channel`),
      lists.valueOf(sql`d.step`, "touches_of_channel"),
      lists.valueOf(sql`d.step`, "nth_of_channel"),
    );
  const units: readonly (readonly [string, Sql])[] = [
    ["first", only(raw("1"))],
    ["last", only(sql`d.n`)],
    ["last_non_direct", only(sql`d.non_direct`)],
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
