import type { AttributionSettings } from "../ledger/attribution.ts";
import { exactOf } from "../ledger/exact.ts";
import type { Dialect } from "../sql/dialect.ts";
import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";

/** Touches that weigh by what they are: columns of the shape of a journey that hold their positions. */
const positions = ["first", "lead", "opportunity", "last"] as const;

/** A model that weighs marked touches, and all others together. */
export interface MarkModel {
  readonly name: string;
  readonly marks: readonly { readonly at: (typeof positions)[number]; readonly weight: bigint }[];
  readonly others: bigint;
}

/**
 * Returns the models that weigh touches by their position: 40/20/40, 30/30/30/10, 22.5 × 4 / 10, and the workspace's own.
 *
 * @param settings own weights
 */
export function markModels(settings: AttributionSettings): readonly MarkModel[] {
  const { others, ...own } = settings.own_weights;
  const weights = [...positions.map((at) => own[at]), others].map((weight) => exactOf(weight));
  const scale = weights.reduce((product, { denominator }) => product * denominator, 1n);
  const whole = weights.map(({ numerator, denominator }) => numerator * (scale / denominator));
  return [
    model("u_shaped", [40n, 0n, 0n, 40n], 20n),
    model("w_shaped", [30n, 30n, 30n, 0n], 10n),
    model("full_path", [225n, 225n, 225n, 225n], 100n),
    model("own_weights", whole.slice(0, 4), whole[4] ?? 0n),
  ];
}

function model(name: string, weights: readonly bigint[], others: bigint): MarkModel {
  const marks = positions.map((at, index) => ({ at, weight: weights[index] ?? 0n }));
  return { name, marks: marks.filter(({ weight }) => weight > 0n), others };
}

const whole = (value: bigint): Sql => raw(`CAST(${value} AS BIGINT)`);
const column = (name: string): Sql => raw(name);
const sum = (parts: readonly Sql[]): Sql => (parts.length === 0 ? raw("0") : join(parts, " + "));
const one = (condition: Sql): Sql => sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`;

/** Columns of a model: position, weight, quotient, remainder and amount of each mark. */
const of = ({ name }: MarkModel, part: string, at = ""): Sql => raw(`${name}_${part}${at}`);

/**
 * Returns the query that adds to journeys' shapes (n, first, lead, opportunity, last) what the models give each mark:
 * where marks coincide their weights add up; a mark that is missing has none; other touches share theirs.
 *
 * @param models the models
 * @param shapes the query or table of shapes
 */
export function weighMarksSql(models: readonly MarkModel[], shapes: Sql): Sql {
  const merged = models.flatMap((model) =>
    model.marks.flatMap(({ at }, index) => {
      const earlier = model.marks
        .slice(0, index)
        .map((mark) => sql`${column(mark.at)} = ${column(at)}`);
      const isRepeated = earlier.length === 0 ? sql`FALSE` : join(earlier, " OR ");
      const weights = model.marks.map(
        (mark) =>
          sql`CASE WHEN ${column(mark.at)} = ${column(at)} THEN ${whole(mark.weight)} ELSE 0 END`,
      );
      const isMark = sql`${column(at)} IS NOT NULL AND NOT coalesce(${isRepeated}, FALSE)`;
      return [
        sql`CASE WHEN ${isMark} THEN ${column(at)} END AS ${of(model, "p", at)}`,
        sql`CASE WHEN ${isMark} THEN ${sum(weights)} ELSE 0 END AS ${of(model, "u", at)}`,
      ];
    }),
  );
  const counted = models.flatMap((model) => {
    const marks = model.marks.map(({ at }) => of(model, "u", at));
    return [
      sql`n - (${sum(model.marks.map(({ at }) => one(sql`${of(model, "p", at)} IS NOT NULL`)))}) AS ${of(model, "rest")}`,
      sql`CASE WHEN ${sum(marks)} = 0 AND ${literal(model.others === 0n)} THEN 1 ELSE ${whole(model.others)} END AS ${of(model, "o")}`,
      sql`${sum(marks)} AS ${of(model, "marked")}`,
    ];
  });
  const scaled = models.flatMap((model) => {
    const factor = sql`CASE WHEN ${of(model, "rest")} > 0 AND ${of(model, "o")} > 0 THEN ${of(model, "rest")} ELSE 1 END`;
    return [
      ...model.marks.map(
        ({ at }) => sql`${of(model, "u", at)} * ${factor} AS ${of(model, "w", at)}`,
      ),
      sql`${of(model, "marked")} * ${factor} + ${of(model, "o")} * ${of(model, "rest")} AS ${of(model, "sum")}`,
    ];
  });
  return sql`SELECT *, ${join(scaled)} FROM (
      SELECT *, ${join(counted)} FROM (SELECT *, ${join(merged)} FROM ${shapes}) AS merged
    ) AS counted`;
}

/**
 * Returns the query that divides a total by largest remainder over marks and others, once per row instead of once per
 * touch: all others have the same remainder, so that it is enough to know how many of them, from the first, get one
 * unit more.
 *
 * @param dialect whole numbers
 * @param models the models
 * @param rows a query with the columns of {@link weighMarksSql}
 * @param total the column to divide
 * @param prefix of the columns added: `<prefix>_<model>_<mark>`, `_base` and `_more`
 */
export function divideMarksSql(
  dialect: Pick<Dialect, "portion" | "portionRest">,
  models: readonly MarkModel[],
  rows: Sql,
  total: Sql,
  prefix: string,
): Sql {
  const named = (model: MarkModel, part: string): Sql => raw(`${prefix}_${model.name}_${part}`);
  const divided = models.flatMap((model) => {
    const parts = [
      ...model.marks.map(({ at }) => [at, of(model, "w", at)] as const),
      ["base", of(model, "o")] as const,
    ];
    return parts.flatMap(([part, weight]) => [
      sql`${dialect.portion(total, weight, of(model, "sum"))} AS ${named(model, `q${part}`)}`,
      sql`${dialect.portionRest(total, weight, of(model, "sum"))} AS ${named(model, `r${part}`)}`,
    ]);
  });
  const left = models.map((model) => {
    const marks = model.marks.map(({ at }) => named(model, `q${at}`));
    return sql`${total} - (${sum(marks)}) - ${named(model, "qbase")} * ${of(model, "rest")} AS ${named(model, "left")}`;
  });
  const ranked = models.flatMap((model) =>
    model.marks.map(
      ({ at }) =>
        sql`${named(model, `q${at}`)} + ${one(
          sql`${rankOf(model, at, named)} < ${named(model, "left")}`,
        )} AS ${named(model, at)}`,
    ),
  );
  const rest = models.flatMap((model) => {
    const given = model.marks.map(({ at }) => sql`${named(model, at)} - ${named(model, `q${at}`)}`);
    return [
      sql`${named(model, "qbase")} AS ${named(model, "base")}`,
      sql`${named(model, "left")} - (${sum(given)}) AS ${named(model, "more")}`,
    ];
  });
  return sql`SELECT *, ${join(rest)} FROM (SELECT *, ${join(ranked)} FROM (
      SELECT *, ${join(left)} FROM (SELECT *, ${join(divided)} FROM ${rows}) AS divided
    ) AS remaining) AS ranked`;
}

/** How many touches come before a mark when remainders are put in order. */
function rankOf(model: MarkModel, at: string, named: (model: MarkModel, part: string) => Sql): Sql {
  const [own, position] = [named(model, `r${at}`), of(model, "p", at)];
  const before = model.marks.flatMap((mark) => {
    if (mark.at === at) return [];
    const [other, where] = [named(model, `r${mark.at}`), of(model, "p", mark.at)];
    return [
      one(
        sql`${where} IS NOT NULL AND (${other} > ${own} OR (${other} = ${own} AND ${where} < ${position}))`,
      ),
    ];
  });
  const marksBefore = model.marks.map((mark) => one(sql`${of(model, "p", mark.at)} < ${position}`));
  const base = named(model, "rbase");
  return sql`(${sum(before)} + CASE WHEN ${base} > ${own} THEN ${of(model, "rest")}
    WHEN ${base} = ${own} THEN ${position} - 1 - (${sum(marksBefore)}) ELSE 0 END)`;
}

/**
 * Returns what a touch gets from the columns of {@link divideMarksSql}.
 *
 * @param model the model
 * @param nth the column with the position of the touch
 * @param prefix as given there
 */
export function markedUnits(model: MarkModel, nth: Sql, prefix: string): Sql {
  const named = (part: string): Sql => raw(`${prefix}_${model.name}_${part}`);
  const branches = model.marks.map(
    ({ at }) => sql`WHEN ${of(model, "p", at)} = ${nth} THEN ${named(at)}`,
  );
  const before = model.marks.map(({ at }) => one(sql`${of(model, "p", at)} < ${nth}`));
  return sql`CASE ${join(branches, " ")}
    ELSE ${named("base")} + ${one(sql`${nth} - (${sum(before)}) <= ${named("more")}`)} END`;
}
