import { raw, type Sql, sql } from "../sql/fragment.ts";
import { accountsPremise, buyerOf, lapsedBuyersSql } from "./buyers.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** A time during which a customer is active by the workspace rule. */
export const customerSpans = {
  name: "customer_spans",
  row: "a time during which a customer is active by the workspace rule",
  scope: "person",
  time: { column: "from_at", is: "instant" },
  columns: {
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    from_at: { type: "time", meaning: "Start of the time." },
    to_at: {
      type: "time",
      meaning: "End of the time; null while it is open at the end of the ledger.",
    },
    is_first: { type: "boolean", meaning: "The customer's first active time." },
    cohort: { type: "text", meaning: "Month of the first order, such as 2025-03." },
    country: { type: "text", meaning: "Country." },
    ...originColumns,
  },
  dimensions: {
    ...originDimensions,
    country: "country",
    cohort: "cohort",
    account: "account",
  },
  order: ["person", "from_at"],
  inputs: ["derived.purchases", "derived.customers"],
  usesAsOf: true,
  matured: lapsedBuyersSql,
  premises: accountsPremise,
  select: selectSql,
} as const satisfies DerivedTable;

/** Orders that follow each other within the active days make one span; it ends the active days after its last order. */
function selectSql(context: DeriveContext): Sql {
  const { dialect, people, settings } = context;
  const seconds = settings.customers.active_days * 86_400;
  const asOf = sql`CAST(${context.asOf} AS ${raw(dialect.types.time)})`;
  const end = dialect.addSeconds(sql`max(placed_at)`, seconds);
  return sql`WITH orders AS (
      SELECT buyer, placed_at,
        lag(placed_at) OVER (PARTITION BY buyer ORDER BY placed_at, "order", data_source) AS previous_at
      FROM (
        SELECT *, ${buyerOf(context, sql`person`, sql`account`)} AS buyer FROM derived.purchases WHERE nth IS NOT NULL
      ) AS p
      WHERE buyer IS NOT NULL AND ${people(sql`buyer`)}
    ),
    numbered AS (
      SELECT buyer, placed_at, sum(
        CASE WHEN previous_at IS NULL OR placed_at > ${dialect.addSeconds(sql`previous_at`, seconds)} THEN 1 ELSE 0 END
      ) OVER (PARTITION BY buyer ORDER BY placed_at ROWS UNBOUNDED PRECEDING) AS span
      FROM orders
    )
    SELECT s.buyer AS person, c.account, s.from_at,
      CASE WHEN s.to_at <= ${asOf} THEN s.to_at END AS to_at, s.span = 1 AS is_first,
      c.cohort, c.country, c.channel, c.utm_source, c.utm_medium, c.campaign
    FROM (
      SELECT buyer, span, min(placed_at) AS from_at, ${end} AS to_at FROM numbered GROUP BY buyer, span
    ) AS s
    JOIN derived.customers AS c ON c.person = s.buyer`;
}
