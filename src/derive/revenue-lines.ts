import { raw, type Sql, sql } from "../sql/fragment.ts";
import { buyerOf } from "./buyers.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";
import { orderLinesSql } from "./order-lines.ts";
import { originsSql, sameOrigin } from "./origin.ts";
import { dailyRatesSql, exclusionOf, inReportingCurrency, localDay } from "./reporting-currency.ts";

/** A line of revenue in the reporting currency, net as the settings say. */
export const revenueLines = {
  name: "revenue_lines",
  row: "a line of revenue in the reporting currency, net as the settings say",
  scope: "person",
  time: { column: "booked_at", is: "instant" },
  columns: {
    order: { type: "text", meaning: "The order; deal ids carry the prefix deal:." },
    line: { type: "text", meaning: "The line." },
    booked_at: { type: "time", meaning: "When it was booked." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    line_type: { type: "text", meaning: "sale, refund, cancellation, shipping, tax or discount." },
    order_kind: { type: "text", meaning: "new, repeat, upsell, cross_sell or renewal." },
    is_repeat: { type: "boolean", meaning: "The buyer had ordered before." },
    stream: { type: "text", meaning: "product, service, subscription or other." },
    product: { type: "text", meaning: "Product." },
    quantity: { type: "number", meaning: "Pieces." },
    currency: { type: "text", meaning: "Currency of the source amount." },
    original_amount: { type: "money", meaning: "Amount that counts, in its own currency." },
    amount: {
      type: "money",
      meaning: "Amount that counts, in the reporting currency; null when excluded.",
    },
    cost_of_goods: {
      type: "money",
      meaning:
        "Cost of the goods in the reporting currency; null for all lines of an order while that of one of its sold goods is unknown.",
    },
    costed_amount: {
      type: "money",
      meaning: "The amount, where the cost of the goods is known.",
    },
    excluded: {
      type: "text",
      meaning:
        "Why the amount is left out of figures: currency_unknown, rate_missing, amount_missing; null when it counts.",
    },
    country: { type: "text", meaning: "Country." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The line in the ledger." },
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
  order: ["booked_at", "row_key"],
  inputs: [
    "ledger.orders",
    "ledger.order_headers",
    "ledger.deals",
    "ledger.products",
    "ledger.rates",
    "ledger.campaigns",
    "ledger.associations",
    "derived.identity_map",
    "derived.people",
    "derived.sessions",
  ],
  premises: premisesSql,
  premisesMoved: premisesMovedSql,
  select: selectSql,
} as const satisfies DerivedTable;

/**
 * Where revenue is read from, and the rows of orders whose header and lines do not name the same identifier: they can
 * change the order of somebody whom they do not touch. Where accounts buy, every row can.
 */
function premisesSql(context: DeriveContext): Sql {
  const { dialect } = context;
  return sql`SELECT
    CASE WHEN EXISTS (SELECT 1 FROM ledger.orders) OR EXISTS (SELECT 1 FROM ledger.order_headers)
      THEN 'orders ' ELSE 'deals ' END
    || ${dialect.textOf(sql`count(*)`)} || ' ' || coalesce(${dialect.textOf(sql`sum(n)`)}, '') || ' '
    || coalesce(${dialect.textOf(sql`max(load)`)}, '') AS premise
    FROM (${sharedOrdersSql(context, sql``)}) AS shared`;
}

/** While no order was shared, only an order with a new row can be. */
function premisesMovedSql(
  context: DeriveContext,
  answer: string,
  isNew: (table: string) => Sql,
): Sql | null {
  if (!answer.startsWith("orders 0 ")) return null;
  const newOrders = sql`SELECT "order" FROM ledger.orders WHERE ${isNew("orders")}
    UNION SELECT "order" FROM ledger.order_headers WHERE ${isNew("order_headers")}`;
  return sharedOrdersSql(context, sql`WHERE "order" IN (${newOrders})`);
}

function sharedOrdersSql({ settings }: DeriveContext, where: Sql): Sql {
  const isShared =
    settings.customers.unit === "account"
      ? sql`TRUE`
      : sql`min(coalesce(identity, 0)) <> max(coalesce(identity, 0))`;
  return sql`SELECT "order", count(*) AS n, max(load) AS load
    FROM (
      SELECT "order", identity, load FROM ledger.orders UNION ALL SELECT "order", identity, load FROM ledger.order_headers
    ) AS r
    ${where} GROUP BY "order" HAVING ${isShared}`;
}

/**
 * The margin of an order is known when the cost of everything sold in it is; its shipping, discounts and refunds then
 * cost nothing unless they say so. A credit note that names no order costs what it says, or nobody knows.
 */
function selectSql(context: DeriveContext): Sql {
  const { dialect, settings } = context;
  const buyer = buyerOf(context, sql`person`, sql`account`);
  const lines = (which: Sql): Sql =>
    sql`count(CASE WHEN ${which} THEN 1 END) OVER (PARTITION BY l.vendor, l."order")`;
  const isSale = sql`l.line_type = 'sale'`;
  const costOfOrder = sql`CASE
    WHEN ${lines(isSale)} = 0 THEN CASE WHEN ${lines(sql`l.cost IS NULL`)} = 0 THEN l.cost END
    WHEN ${lines(sql`${isSale} AND l.cost IS NULL`)} = 0
    THEN coalesce(l.cost, CAST(0 AS ${raw(dialect.types.money)})) END`;
  const isRepeat = sql`CASE WHEN o.buyer IS NOT NULL THEN coalesce(o.placed_at > o.first_at, FALSE) END`;
  return sql`WITH ${orderLinesSql(context)},
    buyers AS (
      SELECT *, ${buyer} AS buyer,
        min(CASE WHEN is_sold THEN placed_at END) OVER (PARTITION BY ${buyer}) AS first_at
      FROM placed
    ),
    rates AS (${dailyRatesSql(context)}),
    priced AS (${pricedSql(context)}),
    costed AS (SELECT l.*, ${costOfOrder} AS cost_of_order FROM priced AS l),
    stated AS (${originsSql(dialect, settings, sql`FROM origins_of_orders`)}),
    own AS (
      SELECT t.vendor, t."order", s.channel, s.utm_source, s.utm_medium, s.campaign
      FROM origins_of_orders AS t JOIN stated AS s ON ${sameOrigin("t", "s")}
    ),
    visits AS (${visitsSql(context)})
    SELECT l."order", l.line, l.booked_at, o.person, o.account, l.line_type,
      coalesce(l.kind, o.kind, CASE ${isRepeat} WHEN TRUE THEN 'repeat' WHEN FALSE THEN 'new' END) AS order_kind,
      ${isRepeat} AS is_repeat,
      l.stream, l.product, l.quantity, l.currency, l.original_amount,
      l.amount, l.cost_of_order AS cost_of_goods,
      CASE WHEN l.cost_of_order IS NOT NULL THEN l.amount END AS costed_amount,
      CASE WHEN l.original_amount IS NULL THEN 'amount_missing' ELSE l.exclusion END AS excluded,
      coalesce(l.country, o.country, o.home_country) AS country,
      coalesce(s.channel, v.channel, 'unknown') AS channel,
      CASE WHEN s.channel IS NULL THEN v.utm_source ELSE s.utm_source END AS utm_source,
      CASE WHEN s.channel IS NULL THEN v.utm_medium ELSE s.utm_medium END AS utm_medium,
      CASE WHEN s.channel IS NULL THEN v.campaign ELSE s.campaign END AS campaign,
      l.source AS data_source, l.row_key
    FROM costed AS l
    JOIN buyers AS o ON o.vendor = l.vendor AND o."order" = l."order"
    LEFT JOIN own AS s ON s.vendor = l.vendor AND s."order" = l."order"
    LEFT JOIN visits AS v ON v.vendor = l.vendor AND v."order" = l."order"`;
}

/** Lines with amount and cost in the reporting currency; each expression stands once, since others read it often. */
function pricedSql(context: DeriveContext): Sql {
  const priced = { currency: sql`currency`, rate: sql`rate` };
  const costPriced = { currency: sql`cost_currency`, rate: sql`cost_rate` };
  return sql`SELECT *,
      CASE WHEN exclusion IS NULL THEN ${inReportingCurrency(context, sql`original_amount`, priced)} END AS amount,
      CASE WHEN cost_exclusion IS NULL THEN ${inReportingCurrency(context, sql`cost_of_goods`, costPriced)} END AS cost
    FROM (
      SELECT *, ${exclusionOf(context, priced)} AS exclusion, ${exclusionOf(context, costPriced)} AS cost_exclusion
      FROM (
        SELECT l.*, r.rate, c.rate AS cost_rate
        FROM (SELECT *, ${localDay(context, sql`booked_at`)} AS day FROM all_lines) AS l
        JOIN placed AS o ON o.vendor = l.vendor AND o."order" = l."order"
        LEFT JOIN rates AS r ON r.currency = l.currency AND r.day = l.day
        LEFT JOIN rates AS c ON c.currency = l.cost_currency AND c.day = l.day
      ) AS rated
    ) AS judged`;
}

/** The visit during which an order was placed, for orders that say nothing of their origin themselves. */
function visitsSql({ dialect, settings, people }: DeriveContext): Sql {
  const pause = settings.sessions.timeout_minutes * 60;
  return sql`SELECT o.vendor, o."order", s.channel, s.utm_source, s.utm_medium, s.campaign
    FROM placed AS o
    ASOF JOIN (SELECT * FROM derived.sessions WHERE ${people(sql`person`)}) AS s ON s.person = o.person AND s.started_at <= o.placed_at
    WHERE ${dialect.addSeconds(sql`s.ended_at`, pause)} >= o.placed_at`;
}
