import { raw, type Sql, sql } from "../sql/fragment.ts";
import { accountsPremise, buyerOf, lapsedBuyersSql } from "./buyers.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** An order for as long as it makes its buyer an active customer. */
export const customerOrders = {
  name: "customer_orders",
  row: "an order for as long as it makes its buyer an active customer",
  scope: "person",
  time: { column: "from_at", is: "instant" },
  columns: {
    order: { type: "text", meaning: "The order." },
    person: { type: "identity", meaning: "The buyer." },
    account: { type: "identity", meaning: "The account, when known." },
    from_at: { type: "time", meaning: "When the order was placed." },
    to_at: {
      type: "time",
      meaning: "The active days later; null while that lies beyond the end of the ledger.",
    },
    revenue: {
      type: "money",
      meaning: "All lines of the order, refunds included; null when excluded.",
    },
    margin: {
      type: "money",
      meaning: "Revenue of the order less cost of goods; null when the cost is unknown.",
    },
    cohort: { type: "text", meaning: "Month of the buyer's first order, such as 2025-03." },
    country: { type: "text", meaning: "Country." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the order." },
  },
  dimensions: {
    ...originDimensions,
    country: "country",
    cohort: "cohort",
    account: "account",
  },
  order: ["from_at", "order", "data_source"],
  inputs: ["derived.purchases", "derived.customers"],
  usesAsOf: true,
  matured: lapsedBuyersSql,
  premises: accountsPremise,
  select: selectSql,
} as const satisfies DerivedTable;

/** Origin and country are those of the customer, as in the spans, so that both are broken down alike. */
function selectSql(context: DeriveContext): Sql {
  const { dialect, people, settings } = context;
  const asOf = sql`CAST(${context.asOf} AS ${raw(dialect.types.time)})`;
  const end = dialect.addSeconds(sql`p.placed_at`, settings.customers.active_days * 86_400);
  return sql`SELECT p."order", c.person, c.account, p.placed_at AS from_at,
      CASE WHEN ${end} <= ${asOf} THEN ${end} END AS to_at, p.revenue, p.margin, c.cohort,
      c.country, c.channel, c.utm_source, c.utm_medium, c.campaign, p.data_source
    FROM (
      SELECT *, ${buyerOf(context, sql`person`, sql`account`)} AS buyer FROM derived.purchases WHERE nth IS NOT NULL
    ) AS p
    JOIN derived.customers AS c ON c.person = p.buyer
    WHERE ${people(sql`p.buyer`)}`;
}
