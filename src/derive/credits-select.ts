import { attributionModels } from "../ledger/attribution.ts";
import { minorDigitsOf } from "../ledger/money.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { dividedSql } from "./credit-division.ts";
import { bookedLinesSql, entriesSql, returnTermsSql, wholeConversion } from "./credit-entries.ts";
import { markModels } from "./credit-marks.ts";
import { stepsSql } from "./credit-steps.ts";
import type { DeriveContext } from "./derived.ts";
import { isByAccount, ofTheirs } from "./goal-conversions.ts";
import { touchColumns } from "./touchpoints.ts";

/** Decimals of shares. */
const shareDigits = 6;

/** The SELECT of derived.credits. */
export function selectCredits(context: DeriveContext): Sql {
  const { people, settings } = context;
  const models = markModels(settings.attribution);
  const sales = sql`SELECT e, id, CASE WHEN units < 0 THEN -1 ELSE 1 END AS sign, abs(units) AS amount,
      CASE WHEN is_conversion THEN ${literal(wholeConversion)} ELSE 0 END AS share
    FROM entries WHERE n > 0 AND (NOT is_back OR units IS NULL)`;
  const returns = sql`SELECT e, id, CASE WHEN total < 0 THEN -sign ELSE sign END AS sign, abs(total) AS amount
    FROM (${returnTermsSql()}) AS t`;
  const touched = touchedRowsSql(
    context,
    sql`SELECT * FROM (${dividedSql(context, models, sales, ["amount", "share"])}) AS sales
      UNION ALL BY NAME
      ${summedSql(dividedSql(context, models, returns, ["amount"]))}`,
  );
  return sql`WITH ${stepsSql(context, models)},
    booked AS (${settings.attribution.goal === "orders" ? bookedLinesSql(context) : sql`SELECT 1 AS nothing`}),
    entries AS (${entriesSql(context)})
    SELECT * FROM (
      ${touched}
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

/** Puts the divisions of a return together: one row per touch, with nothing of the conversion itself. */
function summedSql(divided: Sql): Sql {
  const units = attributionModels.flatMap((model) => [
    sql`CAST(sum(sign * ${raw(`amount_of_${model}`)}) AS BIGINT) AS ${raw(`amount_of_${model}`)}`,
    sql`0 AS ${raw(`share_of_${model}`)}`,
  ]);
  return sql`SELECT e, id, 1 AS sign, touch_row, nth, min(age_seconds) AS age_seconds, min(n) AS n, ${join(units)}
    FROM (${divided}) AS d GROUP BY e, id, touch_row, nth`;
}

function touchedRowsSql(context: DeriveContext, divided: Sql): Sql {
  const { dialect, settings } = context;
  const digits = minorDigitsOf(settings.currency);
  const models = attributionModels.flatMap((model) => [
    sql`${dialect.moneyOfUnits(sql`d.sign * d.${raw(`amount_of_${model}`)}`, digits)} AS ${raw(`credit_${model}`)}`,
    sql`${dialect.moneyOfUnits(raw(`d.share_of_${model}`), shareDigits)} AS ${raw(`share_${model}`)}`,
  ]);
  const ofTouch = Object.keys(touchColumns).map((column) => identifier("t", column));
  return sql`SELECT ${ofEntry}, t.touch, d.nth, d.n AS touches, d.age_seconds, ${join(ofTouch)}, ${join(models)}
    FROM (${divided}) AS d
    JOIN entries AS e ON e.e = d.e
    JOIN derived.touchpoints AS t ON t.rowid = d.touch_row
    WHERE ${ofTheirs(context, sql`t.person`)}`;
}

/** Amounts without a touch, whole. */
function unattributedSql({ dialect }: DeriveContext): Sql {
  const models = attributionModels.flatMap((model) => [
    sql`e.amount AS ${raw(`credit_${model}`)}`,
    sql`CAST(CASE WHEN e.is_conversion THEN 1 ELSE 0 END AS ${raw(dialect.types.money)}) AS ${raw(`share_${model}`)}`,
  ]);
  return sql`SELECT ${ofEntry}, 0 AS touches, ${join(models)} FROM entries AS e WHERE e.n = 0`;
}
