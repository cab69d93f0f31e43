import { attributionModels } from "../ledger/attribution.ts";
import { minorDigitsOf } from "../ledger/money.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { dividedSql } from "./credit-division.ts";
import { bookedLinesSql, entriesSql, returnTermsSql, wholeConversion } from "./credit-entries.ts";
import { type MarkModel, markModels } from "./credit-marks.ts";
import { originNames, stepsSql } from "./credit-steps.ts";
import type { DeriveContext } from "./derived.ts";
import { isByAccount } from "./goal-conversions.ts";

/** Decimals of shares. */
const shareDigits = 6;

/** The SELECT of derived.credits; sales come in the order of the table, then returns, then what nobody touched. */
export function selectCredits(context: DeriveContext): Sql {
  const { people, settings } = context;
  const models = markModels(settings.attribution);
  const sales = dividedSql(context, models, {
    terms: sql`SELECT *, CASE WHEN units < 0 THEN -1 ELSE 1 END AS sign, abs(units) AS credit,
        CASE WHEN is_conversion THEN ${literal(wholeConversion)} ELSE 0 END AS share
      FROM entries WHERE n > 0 AND (NOT is_back OR units IS NULL)`,
    totals: ["credit", "share"],
    kept: entryColumns.map((column) => identifier(column)),
    order: sql`booked_at, entry`,
  });
  return sql`WITH ${stepsSql(context, models)},
    booked AS (${settings.attribution.goal === "orders" ? bookedLinesSql(context) : sql`SELECT 1 AS nothing`}),
    entries AS (${entriesSql(context)})
    SELECT * FROM (
      ${touchedRowsSql(context, sales)}
      UNION ALL BY NAME
      ${touchedRowsSql(context, returnedSql(context, models))}
      UNION ALL BY NAME
      ${unattributedSql(context)}
    ) AS c WHERE ${isByAccount(context) ? people(sql`person`) : sql`TRUE`}`;
}

const entryColumns = [
  "entry",
  "conversion",
  "person",
  "account",
  "booked_at",
  "converted_at",
  "entry_kind",
  "is_costed",
  "is_conversion",
  "is_first",
  "amount",
  "excluded",
  "stream",
  "order_kind",
  "currency",
  "country",
  "data_source",
];
const ofEntry = join(entryColumns.map((column) => identifier("e", column)));

/** Divisions of returns, those of a return put together: one row per touch, with nothing of the conversion itself. */
function returnedSql(context: DeriveContext, models: readonly MarkModel[]): Sql {
  const divided = dividedSql(context, models, {
    terms: sql`SELECT e, id, CASE WHEN total < 0 THEN -sign ELSE sign END AS sign, CAST(abs(total) AS BIGINT) AS credit
      FROM (${returnTermsSql()}) AS t`,
    totals: ["credit"],
    kept: [],
    order: sql`e`,
  });
  const units = attributionModels.flatMap((model) => [
    sql`CAST(sum(sign * ${raw(`credit_of_${model}`)}) AS BIGINT) AS ${raw(`credit_of_${model}`)}`,
    sql`0 AS ${raw(`share_of_${model}`)}`,
  ]);
  const ofTouch = join(
    ["n", "age_seconds", "touch", "touched_at", "origin"].map(
      (name) => sql`min(${raw(name)}) AS ${raw(name)}`,
    ),
  );
  return sql`SELECT ${ofEntry}, d.* EXCLUDE (e) FROM (
      SELECT e, nth, 1 AS sign, ${ofTouch}, ${join(units)} FROM (${divided}) AS d GROUP BY e, nth
    ) AS d JOIN entries AS e ON e.e = d.e`;
}

function touchedRowsSql({ dialect, settings }: DeriveContext, divided: Sql): Sql {
  const digits = minorDigitsOf(settings.currency);
  const models = attributionModels.flatMap((model) => [
    sql`${dialect.moneyOfUnits(sql`d.sign * d.${raw(`credit_of_${model}`)}`, digits)} AS ${raw(`credit_${model}`)}`,
    sql`${dialect.moneyOfUnits(raw(`d.share_of_${model}`), shareDigits)} AS ${raw(`share_${model}`)}`,
  ]);
  const names = [...entryColumns, "touch", "nth", "age_seconds", "touched_at"];
  const columns = [
    ...names.map((column) => identifier("d", column)),
    sql`d.n AS touches`,
    ...originNames.map((column) => identifier("o", column)),
  ];
  return sql`SELECT ${join(columns)}, ${join(models)} FROM (${divided}) AS d JOIN origins AS o ON o.origin = d.origin`;
}

/** Amounts without a touch, whole. */
function unattributedSql({ dialect }: DeriveContext): Sql {
  const models = attributionModels.flatMap((model) => [
    sql`e.amount AS ${raw(`credit_${model}`)}`,
    sql`CAST(CASE WHEN e.is_conversion THEN 1 ELSE 0 END AS ${raw(dialect.types.money)}) AS ${raw(`share_${model}`)}`,
  ]);
  return sql`SELECT ${ofEntry}, 0 AS touches, ${join(models)} FROM entries AS e WHERE e.n = 0`;
}
