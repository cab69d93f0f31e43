import { fittedModels } from "../ledger/attribution.ts";
import { join, raw, type Sql, sql } from "../sql/fragment.ts";
import { divideMarksSql, type MarkModel, markedUnits } from "./credit-marks.ts";
import type { DeriveContext } from "./derived.ts";

/** What is divided: a column of the terms, and the prefix of what comes of it. */
type Total = "amount" | "share";

/**
 * Returns the query that divides totals over the touches of their conversions under every model: e, id, sign,
 * touch_row, nth, age_seconds and, per total and model, `<total>_of_<model>` in whole units.
 *
 * @param context engine
 * @param models the models that weigh marked touches
 * @param terms a query of e, id, sign and the totals, none below zero
 * @param totals which totals
 */
export function dividedSql(
  context: DeriveContext,
  models: readonly MarkModel[],
  terms: Sql,
  totals: readonly Total[],
): Sql {
  const units = totals.flatMap((total) => unitsOf(context, models, total));
  const columns = raw(totals.join(", "));
  const shaped = totals.reduce(
    (rows, total) =>
      sql`(${divideMarksSql(context.dialect, models, rows, raw(total), total)}) AS ${raw(`by_${total}`)}`,
    sql`(
      SELECT t.*, s.non_direct, f.* FROM numbered_terms AS t JOIN shapes AS s ON s.id = t.id
      JOIN forms AS f ON f.n = s.n AND f.lead IS NOT DISTINCT FROM s.lead
        AND f.opportunity IS NOT DISTINCT FROM s.opportunity
    ) AS shaped`,
  );
  return sql`WITH numbered_terms AS (SELECT *, row_number() OVER () AS term FROM (${terms}) AS t),
    decayed AS (${decayedSql(context, columns, totals)}),
    by_channel AS (${byChannelSql(context, columns, totals)}),
    by_mark AS (SELECT * FROM ${shaped})
    SELECT m.e, m.id, m.sign, d.touch_row, d.nth, d.age_seconds, m.n, ${join(units)}
    FROM decayed AS d
    JOIN by_mark AS m ON m.term = d.term
    JOIN by_channel AS c ON c.term = d.term AND c.code = d.code`;
}

/** Time decay: every touch has its own remainder, so that they are put in order one by one. */
function decayedSql({ dialect }: DeriveContext, columns: Sql, totals: readonly Total[]): Sql {
  const parts = totals.flatMap((total) => [
    sql`${dialect.portion(raw(total), sql`decay`, sql`decays`)} AS ${raw(`q_${total}`)}`,
    sql`${dialect.portionRest(raw(total), sql`decay`, sql`decays`)} AS ${raw(`r_${total}`)}`,
  ]);
  const results = totals.map((total) => {
    const [quotient, rest] = [raw(`q_${total}`), raw(`r_${total}`)];
    return sql`${quotient} + CASE WHEN row_number() OVER (PARTITION BY term ORDER BY ${rest} DESC, nth)
      <= ${raw(total)} - sum(${quotient}) OVER (PARTITION BY term) THEN 1 ELSE 0 END AS ${raw(`${total}_of_time_decay`)}`;
  });
  return sql`SELECT term, touch_row, code, nth, nth_of_channel, age_seconds, ${join(results)}
    FROM (
      SELECT t.term, s.touch_row, s.code, s.nth, s.nth_of_channel, s.age_seconds, ${columns}, ${join(parts)}
      FROM steps AS s JOIN (
        SELECT t.term, t.id, h.decays, ${columns} FROM numbered_terms AS t JOIN shapes AS h ON h.id = t.id
      ) AS t ON t.id = s.id
    ) AS quotients`;
}

/**
 * Models that weigh channels: over the channels of the conversion first. Channels are few, so that counting those with a
 * larger remainder costs less than putting them in order, once per model.
 */
function byChannelSql({ dialect }: DeriveContext, columns: Sql, totals: readonly Total[]): Sql {
  const fitted = totals.flatMap((total) => fittedModels.map((model) => ({ total, model })));
  const name = (part: string, { total, model }: (typeof fitted)[number], row = ""): Sql =>
    raw(`${row}${part}_${total}_${model}`);
  const parts = fitted.flatMap((each) => {
    const [weight, sum] = [raw(`w_${each.model}`), sql`greatest(${raw(`sum_${each.model}`)}, 1)`];
    return [
      sql`${dialect.portion(raw(each.total), weight, sum)} AS ${name("q", each)}`,
      sql`${dialect.portionRest(raw(each.total), weight, sum)} AS ${name("r", each)}`,
    ];
  });
  const left = fitted.map(
    (each) => sql`max(${raw(each.total)}) - sum(${name("q", each)}) AS ${name("l", each)}`,
  );
  const ahead = fitted.map((each) => {
    const [own, other] = [name("r", each, "a."), name("r", each, "b.")];
    return sql`${dialect.countWhen(
      sql`${other} > ${own} OR (${other} = ${own} AND b.nth_channel < a.nth_channel)`,
    )} AS ${name("k", each)}`;
  });
  const results = [
    ...totals.map(
      (total) =>
        sql`${evenly(dialect, raw(`q.${total}`), sql`q.channels`, sql`q.nth_channel`)} AS ${raw(`${total}_by_shapley`)}`,
    ),
    ...fitted.map(
      (each) =>
        sql`${name("q", each, "q.")} + CASE WHEN coalesce(${name("k", each, "k.")}, 0) < ${name("l", each, "l.")} THEN 1 ELSE 0 END
          AS ${raw(`${each.total}_by_${each.model}`)}`,
    ),
  ];
  const sums = join(fittedModels.map((model) => raw(`q.sum_${model}`)));
  return sql`WITH quotients AS (
      SELECT t.term, ${columns}, c.*, ${join(parts)} FROM channels AS c JOIN numbered_terms AS t ON t.id = c.id
    ),
    lefts AS (SELECT term, ${join(left)} FROM quotients GROUP BY term),
    ranks AS (
      SELECT a.term, a.code, ${join(ahead)} FROM quotients AS a JOIN quotients AS b ON b.term = a.term
      WHERE a.channels > 1 GROUP BY a.term, a.code
    )
    SELECT q.term, q.code, q.touches_of_channel, ${sums}, ${join(results)}
    FROM quotients AS q JOIN lefts AS l ON l.term = q.term
    LEFT JOIN ranks AS k ON k.term = q.term AND k.code = q.code`;
}

function evenly(
  dialect: Pick<DeriveContext["dialect"], "quotient">,
  total: Sql,
  count: Sql,
  nth: Sql,
): Sql {
  return sql`${dialect.quotient(total, count)} + CASE WHEN ${nth} <= ${total} % ${count} THEN 1 ELSE 0 END`;
}

/** What each model gives a touch of a total. */
function unitsOf({ dialect }: DeriveContext, models: readonly MarkModel[], total: Total): Sql[] {
  const of = raw(`m.${total}`);
  const only = (position: Sql): Sql =>
    sql`CASE WHEN d.nth = ${position} THEN ${of} ELSE ${of} - ${of} END`;
  const linear = evenly(dialect, of, sql`m.n`, sql`d.nth`);
  const within = (model: string): Sql =>
    evenly(
      dialect,
      raw(`c.${total}_by_${model}`),
      sql`c.touches_of_channel`,
      sql`d.nth_of_channel`,
    );
  const units: readonly (readonly [string, Sql])[] = [
    ["first", only(raw("1"))],
    ["last", only(sql`m.n`)],
    ["last_non_direct", only(sql`m.non_direct`)],
    ["linear", linear],
    ...models.map((model) => [model.name, markedUnits(model, sql`d.nth`, total)] as const),
    ["time_decay", raw(`d.${total}_of_time_decay`)],
    ["shapley", within("shapley")],
    ...fittedModels.map(
      (model) =>
        [
          model,
          sql`CASE WHEN c.${raw(`sum_${model}`)} = 0 THEN ${linear} ELSE ${within(model)} END`,
        ] as const,
    ),
  ];
  return units.map(([model, value]) => sql`${value} AS ${raw(`${total}_of_${model}`)}`);
}
