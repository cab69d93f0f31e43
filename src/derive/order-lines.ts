import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { dealPartiesSql } from "./buyers.ts";
import type { DeriveContext } from "./derived.ts";
import { recordedOrigin, vendorOf } from "./origin.ts";
import { currencyOf } from "./reporting-currency.ts";
import { identityMapOf } from "./resolved.ts";

const originFields = recordedOrigin
  .filter((field) => field !== "source")
  .map((field) => raw(field));

/**
 * Returns the common table expressions from recorded orders and deals to the lines that count, in their own currency:
 * `all_lines`, joined to `placed` (one row per order: buyer, time, origin) by vendor and order.
 *
 * A header without sale lines gives one sale line of its total less its other lines; a cancelled order without
 * cancellation lines gives one that brings what is left of it to zero, dated when it was cancelled.
 *
 * @param context settings, engine and the people to compute
 */
export function orderLinesSql(context: DeriveContext): Sql {
  return join(
    [
      sql`headers AS (${headersSql(context)})`,
      sql`lines AS (${linesSql(context)})`,
      sql`order_rows AS (${orderRowsSql(context)})`,
      sql`placed AS (${placedSql(context)})`,
      sql`origins_of_orders AS (${originsOfOrdersSql()})`,
      sql`product_costs AS (${productsSql(context)})`,
      sql`counted AS (${countedSql(context)})`,
      sql`all_lines AS (SELECT * FROM counted UNION ALL ${cancellationsSql(context)})`,
    ],
    ",\n",
  );
}

/** One header per vendor and order; orders that are deleted, or tests, are marked so that their lines go too. */
function headersSql(context: DeriveContext): Sql {
  const { dialect, settings } = context;
  const isRead = settings.revenue.from === "deals" ? sql`FALSE` : sql`TRUE`;
  return sql`SELECT * FROM (
    SELECT h.*, ${vendorOf(dialect, sql`h.source`)} AS vendor, coalesce(m.person, h.identity) AS person,
      row_number() OVER (PARTITION BY ${vendorOf(dialect, sql`h.source`)}, h."order" ORDER BY h.source, h.row_key) AS choice
    FROM ${theirRows(context, "order_headers")} AS h
    LEFT JOIN ${identityMapOf(context)} AS m ON m.identity = h.identity
    WHERE ${isRead}
  ) AS ranked WHERE choice = 1`;
}

/** The rows of orders of which a line or the header names one of the people; whose they are is told later. */
function theirRows(
  { isPartial, identities }: DeriveContext,
  name: "orders" | "order_headers",
): Sql {
  const table = identifier("ledger", name);
  if (!isPartial) return table;
  const isNamed = identities(sql`identity`);
  return sql`(SELECT * FROM ${table} WHERE "order" IN (
      SELECT "order" FROM ledger.orders WHERE ${isNamed}
      UNION SELECT "order" FROM ledger.order_headers WHERE ${isNamed}
    ))`;
}

function linesSql(context: DeriveContext): Sql {
  const { dialect, settings } = context;
  const vendor = vendorOf(dialect, sql`o.source`);
  const ofOrders = sql`SELECT o.source, o.row_key, ${vendor} AS vendor, o."order", o.line, o.line_type,
      coalesce(o.booked_at, h.booked_at) AS booked_at, o.amount, o.tax, coalesce(o.currency, h.currency) AS currency,
      coalesce(m.person, o.identity) AS person, o.account, o.product, o.quantity, o.kind, o.stream, o.cost_of_goods,
      o.country, ${join(originFields.map((field) => sql`o.${field}`))}, 'product' AS usual_stream
    FROM ${theirRows(context, "orders")} AS o
    LEFT JOIN ${identityMapOf(context)} AS m ON m.identity = o.identity
    LEFT JOIN headers AS h ON h.vendor = ${vendor} AND h."order" = o."order"
    WHERE o.deleted IS NOT TRUE AND o.is_test IS NOT TRUE AND h.deleted IS NOT TRUE AND h.is_test IS NOT TRUE`;
  switch (settings.revenue.from) {
    case "orders":
      return ofOrders;
    case "deals":
      return dealLinesSql(context, sql`TRUE`);
    case "both":
      return sql`${ofOrders} UNION ALL ${dealLinesSql(context, sql`TRUE`)}`;
    default: {
      const hasNoOrders = sql`NOT EXISTS (SELECT 1 FROM ledger.orders) AND NOT EXISTS (SELECT 1 FROM ledger.order_headers)`;
      return sql`${ofOrders} UNION ALL ${dealLinesSql(context, hasNoOrders)}`;
    }
  }
}

function dealLinesSql(context: DeriveContext, when: Sql): Sql {
  const { dialect } = context;
  const vendor = vendorOf(dialect, sql`d.source`);
  return sql`SELECT d.source, d.row_key, ${vendor}, 'deal:' || d.deal, CAST(NULL AS ${raw(dialect.types.text)}), 'sale',
      d.closed_at, d.amount, CAST(NULL AS ${raw(dialect.types.money)}), d.currency,
      coalesce(m.person, d.identity, p.person), coalesce(d.account, p.account), d.product,
      CAST(NULL AS ${raw(dialect.types.number)}), d.kind, d.stream, CAST(NULL AS ${raw(dialect.types.money)}),
      CAST(NULL AS ${raw(dialect.types.text)}), ${join(originFields.map((field) => sql`d.${field}`))}, 'other'
    FROM ledger.deals AS d
    LEFT JOIN ${identityMapOf(context)} AS m ON m.identity = d.identity
    LEFT JOIN (${dealPartiesSql(context, (source) => vendorOf(dialect, source))}) AS p
      ON p.vendor = ${vendor} AND p.deal = d.deal
    WHERE d.state = 'won' AND d.deleted IS NOT TRUE AND ${when}`;
}

/** What headers (first) and lines say of their orders. */
function orderRowsSql({ dialect }: DeriveContext): Sql {
  const fields = join(originFields);
  return sql`SELECT vendor, "order", 0 AS rank, row_key, source, booked_at, person, account, country,
      FALSE AS is_sale, total > 0 AS is_sold, CAST(NULL AS ${raw(dialect.types.text)}) AS kind_given, ${fields}
    FROM headers
    WHERE deleted IS NOT TRUE AND is_test IS NOT TRUE
    UNION ALL
    SELECT vendor, "order", 1, row_key, source, booked_at, person, account, country,
      line_type = 'sale', line_type = 'sale' AND coalesce(amount, 1) > 0, CASE WHEN line_type = 'sale' THEN kind END, ${fields}
    FROM lines`;
}

/** One row per order; people are kept or left out here, by the person of the order as a whole. */
function placedSql({ dialect, people }: DeriveContext): Sql {
  const first = (value: Sql): Sql => dialect.firstBy(value, dialect.pair(sql`rank`, sql`row_key`));
  return sql`SELECT o.*, coalesce(o.account_given, p.account) AS account, p.country AS home_country
    FROM (
      SELECT vendor, "order", ${first(sql`person`)} AS person, ${first(sql`account`)} AS account_given,
        ${first(sql`country`)} AS country, ${first(sql`source`)} AS source,
        coalesce(
          min(CASE WHEN rank = 0 THEN booked_at END), min(CASE WHEN is_sale THEN booked_at END), min(booked_at)
        ) AS placed_at,
        CASE WHEN count(CASE WHEN is_sale THEN 1 END) = count(kind_given) AND min(kind_given) = max(kind_given)
          THEN min(kind_given) END AS kind,
        count(CASE WHEN is_sold THEN 1 END) > 0 AS is_sold
      FROM order_rows GROUP BY vendor, "order"
    ) AS o
    LEFT JOIN derived.people AS p ON p.person = o.person
    WHERE ${people(sql`o.person`)}`;
}

/** The first row of each order that says where it came from. */
function originsOfOrdersSql(): Sql {
  const isSaid = join(
    originFields.map((field) => sql`${field} IS NOT NULL`),
    " OR ",
  );
  return sql`SELECT vendor, "order", source, ${join(originFields)} FROM (
    SELECT *, row_number() OVER (PARTITION BY vendor, "order" ORDER BY rank, row_key) AS choice
    FROM order_rows WHERE ${isSaid}
  ) AS ranked WHERE choice = 1`;
}

/** One row per product name. */
function productsSql(context: DeriveContext): Sql {
  return sql`SELECT * FROM (
    SELECT product, stream, cost_of_goods, ${currencyOf(context, sql`currency`)} AS currency,
      row_number() OVER (PARTITION BY product ORDER BY source, row_key) AS choice
    FROM ledger.products WHERE deleted IS NOT TRUE
  ) AS ranked WHERE choice = 1`;
}

/** Lines as the settings count them, with orders that came without lines as one. */
function countedSql(context: DeriveContext): Sql {
  const { dialect, settings } = context;
  const isNet = settings.revenue.tax === "net";
  const amount = isNet ? sql`l.amount - coalesce(l.tax, 0)` : sql`l.amount`;
  const left = [...(isNet ? ["tax"] : []), ...(settings.revenue.shipping ? [] : ["shipping"])];
  const kept = left.length > 0 ? sql`l.line_type NOT IN (${join(left.map(literal))})` : sql`TRUE`;
  const costByPiece = dialect.convertMoney(
    sql`c.cost_of_goods`,
    dialect.decimalOf(sql`l.quantity`),
    literal(6),
  );
  const nothing = (type: "text" | "number" | "money"): Sql =>
    sql`CAST(NULL AS ${raw(dialect.types[type])})`;
  return sql`SELECT l.vendor, l."order", l.line, l.row_key, l.source, l.line_type, l.booked_at,
      ${currencyOf(context, sql`l.currency`)} AS currency,
      CAST(${amount} AS ${raw(dialect.types.money)}) AS original_amount, l.product, l.quantity, l.kind,
      coalesce(l.stream, c.stream, l.usual_stream) AS stream, coalesce(l.cost_of_goods, ${costByPiece}) AS cost_of_goods,
      CASE WHEN l.cost_of_goods IS NULL THEN c.currency ELSE ${currencyOf(context, sql`l.currency`)} END AS cost_currency,
      l.country
    FROM lines AS l LEFT JOIN product_costs AS c ON c.product = l.product
    WHERE ${kept}
    UNION ALL
    SELECT h.vendor, h."order", ${nothing("text")}, ${dialect.key([dialect.keyText(sql`h.row_key`), sql`'unitemised'`])},
      h.source, 'sale', h.booked_at, ${currencyOf(context, sql`h.currency`)},
      CAST(h.total - coalesce(s.others, 0) AS ${raw(dialect.types.money)}), ${nothing("text")}, ${nothing("number")},
      ${nothing("text")}, 'product', ${nothing("money")}, ${nothing("text")}, h.country
    FROM headers AS h
    LEFT JOIN (
      SELECT vendor, "order", count(CASE WHEN line_type = 'sale' THEN 1 END) AS sales,
        sum(CASE WHEN line_type IN ('tax', 'shipping', 'discount') THEN amount END) AS others
      FROM lines GROUP BY vendor, "order"
    ) AS s ON s.vendor = h.vendor AND s."order" = h."order"
    WHERE h.deleted IS NOT TRUE AND h.is_test IS NOT TRUE AND h.total IS NOT NULL AND coalesce(s.sales, 0) = 0`;
}

function cancellationsSql({ dialect }: DeriveContext): Sql {
  const money = raw(dialect.types.money);
  const nothing = sql`CAST(NULL AS ${raw(dialect.types.text)})`;
  return sql`SELECT h.vendor, h."order", ${nothing}, ${dialect.key([dialect.keyText(sql`h.row_key`), sql`'cancelled'`])},
      h.source, 'cancellation', h.cancelled_at, c.currency, CAST(-sum(c.original_amount) AS ${money}), ${nothing},
      -sum(c.quantity), ${nothing}, min(c.stream), CAST(-sum(c.cost_of_goods) AS ${money}),
      CASE WHEN min(c.cost_currency) = max(c.cost_currency) THEN min(c.cost_currency) END, h.country
    FROM headers AS h
    JOIN counted AS c ON c.vendor = h.vendor AND c."order" = h."order"
    WHERE h.cancelled_at IS NOT NULL AND h.deleted IS NOT TRUE AND h.is_test IS NOT TRUE
    GROUP BY h.vendor, h."order", h.row_key, h.source, h.cancelled_at, c.currency, h.country
    HAVING count(CASE WHEN c.line_type = 'cancellation' THEN 1 END) = 0 AND sum(c.original_amount) <> 0`;
}
