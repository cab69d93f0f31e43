import { raw, type Sql, sql } from "../sql/fragment.ts";
import { accountsPremise, buyerOf } from "./buyers.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";
import { vendorOf } from "./origin.ts";

/** An order as a whole (or a won deal). */
export const purchases = {
  name: "purchases",
  row: "an order as a whole (or a won deal)",
  scope: "person",
  time: { column: "placed_at", is: "instant" },
  columns: {
    order: { type: "text", meaning: "The order." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    placed_at: { type: "time", meaning: "When it was placed." },
    nth: {
      type: "count",
      meaning: "1 for the first order of the buyer; null when the buyer is unknown.",
    },
    is_first: { type: "boolean", meaning: "The first order of the buyer." },
    is_sold: { type: "boolean", meaning: "At least one line sold something above zero." },
    revenue: {
      type: "money",
      meaning: "All its lines, refunds included, in the reporting currency.",
    },
    sales: { type: "money", meaning: "Its lines without refunds and cancellations." },
    refunds: { type: "money", meaning: "Its refunds and cancellations, negative." },
    margin: {
      type: "money",
      meaning: "Revenue less cost of goods; null when the cost is unknown.",
    },
    order_kind: { type: "text", meaning: "new, repeat, upsell, cross_sell or renewal." },
    stream: { type: "text", meaning: "Stream of its largest line." },
    product: { type: "text", meaning: "Product of its largest line." },
    days_since_previous: { type: "number", meaning: "Days since the buyer's order before." },
    country: { type: "text", meaning: "Country." },
    currency: { type: "text", meaning: "Currency." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    ...originDimensions,
    country: "country",
    product: "product",
    stream: "stream",
    order_kind: "order_kind",
    currency: "currency",
    account: "account",
    data_source: "data_source",
  },
  order: ["placed_at", "order", "data_source"],
  inputs: ["derived.revenue_lines"],
  premises: accountsPremise,
  select: selectSql,
} as const satisfies DerivedTable;

/**
 * One row per order of a vendor. An order counts as one of the buyer's when something was sold: credit notes that name
 * no order keep their row, so that the sum stays that of the lines, but are nobody's first or next order.
 */
function selectSql(context: DeriveContext): Sql {
  const { dialect, people } = context;
  const ofLine = sql`PARTITION BY vendor, "order" ORDER BY amount DESC NULLS LAST, row_key`;
  const ofSale = sql`CASE WHEN line_type = 'sale' THEN 0 ELSE 1 END`;
  return sql`WITH lines AS (
      SELECT *, row_number() OVER (${ofLine}) AS by_size,
        row_number() OVER (PARTITION BY vendor, "order" ORDER BY ${ofSale}, booked_at, row_key) AS by_time
      FROM (
        SELECT *, ${vendorOf(dialect, sql`data_source`)} AS vendor
        FROM derived.revenue_lines WHERE ${people(sql`person`)}
      ) AS l
    ),
    orders AS (${ordersSql(context)}),
    sold AS (
      SELECT vendor, "order",
        row_number() OVER (PARTITION BY buyer ORDER BY placed_at, "order", vendor) AS nth,
        lag(placed_at) OVER (PARTITION BY buyer ORDER BY placed_at, "order", vendor) AS previous_at
      FROM orders WHERE is_sold AND buyer IS NOT NULL
    )
    SELECT o."order", o.person, o.account, o.placed_at, s.nth,
      CASE WHEN o.buyer IS NOT NULL THEN coalesce(s.nth = 1, FALSE) END AS is_first, o.is_sold,
      o.revenue, o.sales, o.refunds, o.margin, o.order_kind, o.stream, o.product,
      ${dialect.secondsBetween(sql`s.previous_at`, sql`o.placed_at`)} / 86400 AS days_since_previous,
      o.country, o.currency, o.channel, o.utm_source, o.utm_medium, o.campaign, o.data_source
    FROM orders AS o LEFT JOIN sold AS s ON s.vendor = o.vendor AND s."order" = o."order"`;
}

function ordersSql(context: DeriveContext): Sql {
  const money = raw(context.dialect.types.money);
  const largest = (column: Sql): Sql => sql`max(CASE WHEN by_size = 1 THEN ${column} END)`;
  const first = (column: Sql): Sql => sql`max(CASE WHEN by_time = 1 THEN ${column} END)`;
  const isBack = sql`line_type IN ('refund', 'cancellation')`;
  return sql`SELECT vendor, "order", max(person) AS person, max(account) AS account,
      ${buyerOf(context, sql`max(person)`, sql`max(account)`)} AS buyer,
      coalesce(min(CASE WHEN line_type = 'sale' THEN booked_at END), min(booked_at)) AS placed_at,
      count(CASE WHEN line_type = 'sale' AND coalesce(original_amount, 1) > 0 THEN 1 END) > 0 AS is_sold,
      CAST(sum(amount) AS ${money}) AS revenue,
      CAST(sum(CASE WHEN NOT ${isBack} THEN amount END) AS ${money}) AS sales,
      CAST(coalesce(sum(CASE WHEN ${isBack} THEN amount END), 0) AS ${money}) AS refunds,
      CASE WHEN count(*) = count(cost_of_goods) THEN CAST(sum(amount - cost_of_goods) AS ${money}) END AS margin,
      ${first(sql`order_kind`)} AS order_kind, ${largest(sql`stream`)} AS stream, ${largest(sql`product`)} AS product,
      ${first(sql`country`)} AS country, ${first(sql`currency`)} AS currency, ${first(sql`channel`)} AS channel,
      ${first(sql`utm_source`)} AS utm_source, ${first(sql`utm_medium`)} AS utm_medium,
      ${first(sql`campaign`)} AS campaign, ${first(sql`data_source`)} AS data_source
    FROM lines GROUP BY vendor, "order"`;
}
