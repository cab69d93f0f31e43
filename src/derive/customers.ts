import { raw, type Sql, sql } from "../sql/fragment.ts";
import { accountsPremise, buyerOf } from "./buyers.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";
import { localDay } from "./reporting-currency.ts";
import { scoreBandColumn } from "./score-band.ts";

/** A customer: a person with at least one order or won deal. */
export const customers = {
  name: "customers",
  row: "a customer: a person with at least one order or won deal",
  scope: "person",
  time: { column: "first_at", is: "instant" },
  columns: {
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    first_at: { type: "time", meaning: "First order or won deal." },
    last_at: { type: "time", meaning: "Last one." },
    cohort: { type: "text", meaning: "Month of the first order, such as 2025-03." },
    orders: { type: "count", meaning: "Number of orders." },
    repeat_orders: { type: "count", meaning: "Orders on later days than the first." },
    revenue: { type: "money", meaning: "Revenue to date." },
    margin: { type: "money", meaning: "Revenue less cost of goods; null when unknown." },
    recency_days: { type: "number", meaning: "Days between first and last order." },
    age_days: {
      type: "number",
      meaning: "Days between first order and the last day of the ledger.",
    },
    score_band: scoreBandColumn,
    country: { type: "text", meaning: "Country." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    ...originDimensions,
    country: "country",
    cohort: "cohort",
    score_band: "score_band",
    account: "account",
    data_source: "data_source",
  },
  order: ["person"],
  inputs: ["derived.purchases", "derived.people"],
  usesAsOf: "day",
  premises: accountsPremise,
  select: selectSql,
} as const satisfies DerivedTable;

/**
 * One row per buyer with at least one order. Repeat orders are counted in days, as models of buying do: several orders
 * on the day of the first are none, two on a later day are one.
 */
function selectSql(context: DeriveContext): Sql {
  const { dialect, people } = context;
  const money = raw(dialect.types.money);
  const first = (column: Sql): Sql => sql`max(CASE WHEN nth = 1 THEN ${column} END)`;
  const [firstDay, lastDay] = [
    sql`min(CASE WHEN nth IS NOT NULL THEN day END)`,
    sql`max(CASE WHEN nth IS NOT NULL THEN day END)`,
  ];
  const today = localDay(context, sql`CAST(${context.asOf} AS ${raw(dialect.types.time)})`);
  return sql`SELECT buyer AS person, ${first(sql`account`)} AS account,
      min(CASE WHEN nth IS NOT NULL THEN placed_at END) AS first_at,
      max(CASE WHEN nth IS NOT NULL THEN placed_at END) AS last_at,
      substr(${dialect.textOf(firstDay)}, 1, 7) AS cohort,
      count(nth) AS orders,
      count(DISTINCT CASE WHEN nth IS NOT NULL THEN day END) - 1 AS repeat_orders,
      CAST(coalesce(sum(revenue), 0) AS ${money}) AS revenue,
      CASE WHEN count(CASE WHEN nth IS NOT NULL AND margin IS NULL THEN 1 END) = 0
        THEN CAST(sum(CASE WHEN nth IS NULL THEN coalesce(margin, revenue) ELSE margin END) AS ${money}) END AS margin,
      ${dialect.daysBetween(firstDay, lastDay)} AS recency_days,
      ${dialect.daysBetween(firstDay, today)} AS age_days, max(score_band) AS score_band,
      ${first(sql`country`)} AS country, ${first(sql`channel`)} AS channel, ${first(sql`utm_source`)} AS utm_source,
      ${first(sql`utm_medium`)} AS utm_medium, ${first(sql`campaign`)} AS campaign,
      ${first(sql`data_source`)} AS data_source
    FROM (
      SELECT *, ${buyerOf(context, sql`person`, sql`account`)} AS buyer, ${localDay(context, sql`placed_at`)} AS day
      FROM derived.purchases
    ) AS p
    LEFT JOIN (SELECT person AS scored, score_band FROM derived.people WHERE score_band IS NOT NULL) AS s ON s.scored = p.buyer
    WHERE buyer IS NOT NULL AND ${people(sql`buyer`)}
    GROUP BY buyer HAVING count(nth) > 0`;
}
