import { type AttributionModel, attributionModels } from "../ledger/attribution.ts";
import { minorDigitsOf } from "../ledger/money.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { keep } from "./components.ts";
import { dividedSql } from "./credit-division.ts";
import { entriesSql, returnTermsSql, wholeConversion } from "./credit-entries.ts";
import { type MarkModel, markModels, weighMarksSql } from "./credit-marks.ts";
import { mixesSql, shapesSql } from "./credit-shapes.ts";
import type { DeriveContext } from "./derived.ts";
import { addMissing, bookings, noEntry, origins } from "./dictionaries.ts";
import { isByAccount } from "./goal-conversions.ts";
import {
  everyGoal,
  type IsInSlice,
  journeyStepsDefinition,
  keepJourneySteps,
  sliceGoals,
} from "./journey-steps.ts";

/** Decimals of shares. */
const shareDigits = 6;

/** Touches that are divided in one statement, unless it is said. */
const touchesOfSlice = 1_500_000;

/** Models that give all to the touch at one end: what they give is not stored, it follows from the place of the touch. */
const ends = { first: sql`1`, last: sql`r.touches` } as const satisfies Partial<
  Record<AttributionModel, Sql>
>;

const isOfEnd = (model: AttributionModel): model is keyof typeof ends => model in ends;

/** Models whose credits are divided and stored. */
export const dividedModels = attributionModels.filter((model) => !isOfEnd(model));

/**
 * Writes the temporary tables that credits are divided from: those of journeys, `credit_entries` and `credit_mixes`.
 *
 * @param store the workspace, with channel weights up to date
 * @param context settings and people
 * @throws LastpennyError `query_failed`, `out_of_memory`
 */
export async function prepareCredits(store: Store, context: DeriveContext): Promise<void> {
  await keepJourneySteps(store, context);
  await keep(store, "credit_entries", entriesSql(context));
  await addMissing(store, bookings, sql`credit_entries`, sql`TRUE`, {
    fingerprint: "booked_as",
    key: "entry",
  });
  await keep(store, "credit_mixes", mixesSql(context));
}

/** Returns what the temporary tables of {@link prepareCredits} are computed by, for a fingerprint. */
export function creditsDefinition(context: DeriveContext): Sql {
  return join([journeyStepsDefinition(context), entriesSql(context), mixesSql(context)], "; ");
}

/**
 * Returns the selects that give the credits of conversions which follow each other in time.
 *
 * @param store the workspace, with the tables of {@link prepareCredits}
 * @param context settings
 */
export async function sliceCredits(store: Store, context: DeriveContext): Promise<readonly Sql[]> {
  const slices = await sliceGoals(store, context, touchesOfSlice);
  return slices.map((isInSlice) => creditsSql(context, isInSlice));
}

/** The SELECT of derived.credits as they are stored, over the tables of {@link prepareCredits}. */
export function selectCredits(context: DeriveContext): Sql {
  return creditsSql(context, everyGoal);
}

function creditsSql(context: DeriveContext, isInSlice: IsInSlice): Sql {
  const { people, settings } = context;
  const models = markModels(settings.attribution);
  const terms = sql`(
      SELECT *, CASE WHEN units < 0 THEN -1 ELSE 1 END AS sign, abs(units) AS credit,
        CASE WHEN is_conversion THEN 1 ELSE 0 END AS conversions,
        CASE WHEN is_conversion THEN ${literal(wholeConversion)} ELSE 0 END AS share
      FROM entries WHERE n > 0 AND (NOT is_back OR units IS NULL)
    )`;
  const sales = dividedSql(context, models, {
    terms: shapedSql(models, shapesSql(context, terms, isInSlice)),
    totals: ["credit", "share"],
    kept: ["sign", ...entryColumns].map((column) => identifier(column)),
  });
  return sql`WITH entries AS (
      SELECT e.*, b.number AS booking FROM credit_entries AS e JOIN derived.bookings AS b ON b.fingerprint = e.booked_as
      WHERE ${isInSlice(sql`e.id`)}
    )
    SELECT * FROM (
      ${touchedRowsSql(sales)}
      UNION ALL BY NAME
      ${touchedRowsSql(returnedSql(context, models, isInSlice))}
      UNION ALL BY NAME
      ${unattributedSql()}
    ) AS c WHERE ${isByAccount(context) ? people(sql`person`) : sql`TRUE`}`;
}

const entryColumns = [
  "entry",
  "conversion",
  "person",
  "account",
  "booked_at",
  "converted_at",
  "is_conversion",
  "is_first",
  "amount",
  "booking",
];
const ofEntry = join(entryColumns.map((column) => identifier("e", column)));

/** Terms with their shapes, and with the weights of their marks. */
const shapedSql = (models: readonly MarkModel[], shapes: Sql): Sql =>
  sql`(${weighMarksSql(models, sql`(${shapes}) AS shaped`)}) AS terms`;

/** Divisions of returns, those of a return put together: one row per touch, with nothing of the conversion itself. */
function returnedSql(
  context: DeriveContext,
  models: readonly MarkModel[],
  isInSlice: IsInSlice,
): Sql {
  const isReturned: IsInSlice = (first, last) =>
    last
      ? isInSlice(first, last)
      : sql`${isInSlice(first)} AND ${first} IN (SELECT id FROM entries WHERE is_back)`;
  const terms = sql`(
      SELECT t.e, t.id, e.n, CASE WHEN total < 0 THEN -sign ELSE sign END AS sign, CAST(abs(total) AS BIGINT) AS credit
      FROM (${returnTermsSql()}) AS t JOIN entries AS e ON e.e = t.e
    )`;
  const divided = dividedSql(context, models, {
    terms: shapedSql(models, shapesSql(context, terms, isReturned)),
    totals: ["credit"],
    kept: ["e", "sign"].map((column) => identifier(column)),
  });
  const units = dividedModels.flatMap((model) => [
    sql`CAST(sum(sign * ${raw(`credit_of_${model}`)}) AS BIGINT) AS ${raw(`credit_of_${model}`)}`,
    sql`0 AS ${raw(`share_of_${model}`)}`,
  ]);
  const ofTouch = join(
    ["n", "touch", "touched_at", "origin"].map((name) => sql`min(${raw(name)}) AS ${raw(name)}`),
  );
  return sql`SELECT ${ofEntry}, d.* EXCLUDE (e) FROM (
      SELECT e, nth, 1 AS sign, ${ofTouch}, ${join(units)} FROM (${divided}) AS d GROUP BY e, nth
    ) AS d JOIN entries AS e ON e.e = d.e`;
}

function touchedRowsSql(divided: Sql): Sql {
  const models = dividedModels.flatMap((model) => [
    sql`d.sign * d.${raw(`credit_of_${model}`)} AS ${raw(`credit_${model}`)}`,
    sql`d.${raw(`share_of_${model}`)} AS ${raw(`share_${model}`)}`,
  ]);
  const names = [...entryColumns, "touch", "nth", "touched_at", "origin"];
  return sql`SELECT ${join(names.map((column) => identifier("d", column)))}, d.n AS touches, ${join(models)} FROM (${divided}) AS d`;
}

/** Amounts without a touch, whole. */
function unattributedSql(): Sql {
  const models = dividedModels.flatMap((model) => [
    sql`e.units AS ${raw(`credit_${model}`)}`,
    sql`CASE WHEN e.is_conversion THEN ${literal(wholeConversion)} ELSE 0 END AS ${raw(`share_${model}`)}`,
  ]);
  return sql`SELECT ${ofEntry}, 0 AS touches, ${literal(noEntry)} AS origin, ${join(models)} FROM entries AS e WHERE e.n = 0`;
}

/**
 * Returns the query of credits over their stored rows: texts come out of dictionaries, money out of minor units. Under the
 * models of an end, the row there has all of the amount, and all of the conversion where the row carries shares at all,
 * which the U shape gives to both ends.
 *
 * @param context engine and currency
 * @param rows the stored table
 */
export function viewCredits(
  { dialect, settings }: Pick<DeriveContext, "dialect" | "settings">,
  rows: Sql,
): Sql {
  const digits = minorDigitsOf(settings.currency);
  const ofModel = (model: AttributionModel): { readonly credit: Sql; readonly share: Sql } => {
    if (!isOfEnd(model)) {
      return {
        credit: dialect.moneyOfUnits(raw(`r.credit_${model}`), digits),
        share: dialect.moneyOfUnits(raw(`r.share_${model}`), shareDigits),
      };
    }
    const isThere = sql`(r.touches = 0 OR r.nth = ${ends[model]})`;
    const share = sql`CASE WHEN ${isThere} AND r.share_u_shaped > 0 THEN ${literal(wholeConversion)} ELSE 0 END`;
    return {
      credit: sql`CASE WHEN ${isThere} THEN r.amount ELSE r.amount - r.amount END`,
      share: dialect.moneyOfUnits(share, shareDigits),
    };
  };
  const models = attributionModels.flatMap((model) => {
    const { credit, share } = ofModel(model);
    return [sql`${credit} AS ${raw(`credit_${model}`)}`, sql`${share} AS ${raw(`share_${model}`)}`];
  });
  const own = entryColumns.filter((column) => column !== bookings.number);
  const columns = [
    ...[...own, "touch", "touched_at"].map((column) => identifier("r", column)),
    ...["nth", "touches"].map(
      (column) =>
        sql`CAST(r.${identifier(column)} AS ${raw(dialect.types.count)}) AS ${identifier(column)}`,
    ),
    sql`greatest(${dialect.secondsBetween(sql`r.touched_at`, sql`r.converted_at`)}, 0) AS age_seconds`,
    ...Object.keys(origins.columns).map((column) => identifier("o", column)),
    ...Object.keys(bookings.columns).map((column) => identifier("b", column)),
  ];
  return sql`SELECT ${join([...columns, ...models])} FROM ${rows} AS r
    JOIN derived.origins AS o ON o.number = r.origin JOIN derived.bookings AS b ON b.number = r.booking`;
}
