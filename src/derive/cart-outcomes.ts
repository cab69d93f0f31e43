import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";
import { originsSql, recordedOrigin, sameOrigin, vendorOf } from "./origin.ts";
import {
  currencyOf,
  dailyRatesSql,
  exclusionOf,
  inReportingCurrency,
  localDay,
} from "./reporting-currency.ts";

/** A cart with its outcome. */
export const cartOutcomes = {
  name: "cart_outcomes",
  row: "a cart with its outcome",
  scope: "person",
  time: { column: "created_at", is: "instant" },
  columns: {
    cart: { type: "text", meaning: "The cart." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    created_at: { type: "time", meaning: "When it was started." },
    value: { type: "money", meaning: "Value in the reporting currency; null when unknown." },
    is_mature: { type: "boolean", meaning: "The window to order in has passed." },
    is_abandoned: {
      type: "boolean",
      meaning: "No order within the window, or none before a reminder; null while that is open.",
    },
    is_reminded: { type: "boolean", meaning: "A reminder was sent." },
    is_recovered: { type: "boolean", meaning: "Abandoned, reminded and then ordered." },
    recovered_revenue: {
      type: "money",
      meaning: "Revenue of the order that recovered it, net of refunds.",
    },
    order: { type: "text", meaning: "The order that it became." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    ...originDimensions,
    data_source: "data_source",
  },
  order: ["created_at", "cart", "data_source"],
  inputs: [
    "ledger.carts",
    "ledger.orders",
    "ledger.order_headers",
    "ledger.rates",
    "ledger.campaigns",
    "derived.identity_map",
    "derived.people",
    "derived.purchases",
    "derived.interactions",
  ],
  readsOthers: ["purchases"],
  usesAsOf: true,
  matured: maturedSql,
  premises: premisesSql,
  onlyWith: "ledger.carts",
  select: selectSql,
} as const satisfies DerivedTable;

/**
 * A cart is abandoned when no order followed within the window, or none before its reminder (reminders mostly go out
 * within hours); it is recovered when one followed after the reminder. Which
 * order a cart became is told by the source (on the cart, or on the order); otherwise it is the person's first order
 * within the window of the cart or of the reminder, for the person's last cart before it. A vendor that gives orders too
 * is asked for its own ones only: what a subscription pays elsewhere is not what was in the cart.
 */
function selectSql(context: DeriveContext): Sql {
  const { dialect, settings } = context;
  const seconds = settings.cart_window_hours * 3600;
  const asOf = sql`CAST(${context.asOf} AS ${raw(dialect.types.time)})`;
  const end = dialect.addSeconds(sql`c.created_at`, seconds);
  const priced = { currency: sql`c.currency_code`, rate: sql`r.rate` };
  const isLate = sql`(c.final_at IS NULL OR c.final_at > ${end})`;
  const isRecovered = sql`coalesce(c.first_reminder_at <= c.final_at, FALSE)`;
  const said = (field: string): Sql =>
    sql`CASE WHEN ${isSaid} THEN o.${raw(field)} ELSE p.${raw(field)} END`;
  return sql`WITH kept AS (${cartsSql(context)}),
    reminders AS (${remindersSql(context)}),
    reminded AS (
      SELECT k.*, coalesce(k.reminded_at, m.sent_at) AS first_reminder_at
      FROM kept AS k LEFT JOIN reminders AS m ON m.row_key = k.row_key
    ),
    guessed AS (${guessedSql(context)}),
    outcomes AS (
      SELECT k.*, coalesce(k.known_order, g."order") AS final_order, coalesce(k.known_at, g.placed_at) AS final_at,
        CASE WHEN k.known_order IS NULL THEN g.revenue ELSE k.known_revenue END AS order_revenue
      FROM reminded AS k LEFT JOIN guessed AS g ON g.row_key = k.row_key
    ),
    rates AS (${dailyRatesSql(context)}),
    origins AS (${originsSql(dialect, settings, sql`FROM kept`)})
    SELECT c.cart, c.person, c.created_at,
      CASE WHEN ${exclusionOf(context, priced)} IS NULL THEN ${inReportingCurrency(context, sql`c.value`, priced)} END AS value,
      ${end} <= ${asOf} AS is_mature,
      CASE WHEN ${isRecovered} THEN TRUE WHEN ${end} <= ${asOf} OR NOT ${isLate} THEN ${isLate} END AS is_abandoned,
      c.first_reminder_at IS NOT NULL AND coalesce(c.first_reminder_at <= c.final_at, TRUE) AS is_reminded,
      ${isRecovered} AS is_recovered,
      CASE WHEN ${isRecovered} THEN c.order_revenue END AS recovered_revenue, c.final_order AS "order",
      coalesce(${said("channel")}, 'unknown') AS channel, ${said("utm_source")} AS utm_source,
      ${said("utm_medium")} AS utm_medium, ${said("campaign")} AS campaign, c.source AS data_source
    FROM outcomes AS c
    LEFT JOIN rates AS r ON r.currency = c.currency_code AND r.day = ${localDay(context, sql`c.created_at`)}
    LEFT JOIN origins AS o ON ${sameOrigin("c", "o")}
    LEFT JOIN derived.people AS p ON p.person = c.person`;
}

/** Carts whose window to order in ends as the ledger goes on. */
function maturedSql({ dialect, settings, asOf }: DeriveContext, before: string): Sql {
  const seconds = settings.cart_window_hours * 3600;
  const created = (end: string): Sql =>
    dialect.addSeconds(sql`CAST(${end} AS ${raw(dialect.types.time)})`, -seconds);
  return sql`SELECT identity FROM ledger.carts
    WHERE created_at > ${created(before)} AND created_at <= ${created(asOf)}`;
}

/** Vendors that give orders. */
function orderVendorsSql(dialect: DeriveContext["dialect"]): Sql {
  const sources = sql`SELECT DISTINCT source FROM ledger.orders UNION SELECT DISTINCT source FROM ledger.order_headers`;
  return sql`SELECT DISTINCT ${vendorOf(dialect, sql`source`)} AS vendor FROM (${sources}) AS s`;
}

/**
 * Orders that carts became under another identifier: they change the cart of somebody whom they do not touch. And which
 * vendors give orders: one more changes everybody's.
 */
function premisesSql({ dialect }: DeriveContext): Sql {
  const differs = sql`c.identity IS DISTINCT FROM o.identity`;
  return sql`SELECT ${dialect.textOf(sql`count(*)`)} || ' ' || coalesce(${dialect.textOf(sql`max(load)`)}, '') || ' '
      || (SELECT ${dialect.textOf(sql`count(*)`)} FROM (${orderVendorsSql(dialect)}) AS v) AS premise
    FROM (
      SELECT o.load FROM ledger.orders AS o JOIN ledger.carts AS c ON c."order" = o."order" WHERE ${differs}
      UNION ALL
      SELECT o.load FROM ledger.order_headers AS o JOIN ledger.carts AS c ON c."order" = o."order" WHERE ${differs}
      UNION ALL
      SELECT o.load FROM ledger.order_headers AS o JOIN ledger.carts AS c ON c.cart = o.cart WHERE ${differs}
      UNION ALL
      SELECT l.load FROM ledger.orders AS l JOIN ledger.order_headers AS o ON o."order" = l."order"
        JOIN ledger.carts AS c ON c.cart = o.cart WHERE c.identity IS DISTINCT FROM l.identity
    ) AS shared`;
}

const isSaid = join(
  recordedOrigin.slice(1).map((field) => raw(`c.${field} IS NOT NULL`)),
  " OR ",
);

/** Carts with their person and, where the source tells it, their order. */
function cartsSql(context: DeriveContext): Sql {
  const { dialect, people } = context;
  const vendor = (column: Sql): Sql => vendorOf(dialect, column);
  return sql`SELECT c.*, coalesce(c.ordered_at, o.placed_at) AS known_at, o.revenue AS known_revenue
    FROM (
      SELECT k.*, coalesce(m.person, k.identity) AS person, ${currencyOf(context, sql`k.currency`)} AS currency_code,
        coalesce(k."order", h."order") AS known_order
      FROM ledger.carts AS k
      LEFT JOIN derived.identity_map AS m ON m.identity = k.identity
      LEFT JOIN (
        SELECT ${vendor(sql`source`)} AS vendor, cart, min("order") AS "order"
        FROM ledger.order_headers WHERE cart IS NOT NULL AND deleted IS NOT TRUE GROUP BY 1, 2
      ) AS h ON h.vendor = ${vendor(sql`k.source`)} AND h.cart = k.cart
      WHERE k.deleted IS NOT TRUE
    ) AS c
    LEFT JOIN (
      SELECT ${vendor(sql`data_source`)} AS vendor, "order", max(placed_at) AS placed_at, max(revenue) AS revenue
      FROM derived.purchases
      WHERE "order" IN (
        SELECT "order" FROM ledger.carts UNION SELECT "order" FROM ledger.order_headers WHERE cart IS NOT NULL
      )
      GROUP BY 1, 2
    ) AS o ON o.vendor = ${vendor(sql`c.source`)} AND o."order" = c.known_order
    WHERE ${people(sql`c.person`)}`;
}

/** First message about an abandoned cart to its person, for carts whose source tells of no reminder. */
function remindersSql({ dialect }: DeriveContext): Sql {
  // Naming the cart keeps the text from being searched for everything that was ever sent.
  const about = sql`CASE WHEN k.created_at IS NOT NULL THEN lower(concat_ws(' ', i.automation, i.asset, i.campaign)) END`;
  return sql`SELECT k.row_key, min(i.occurred_at) AS sent_at
    FROM kept AS k
    JOIN derived.interactions AS i ON i.person = k.person AND i.occurred_at >= k.created_at
    WHERE k.reminded_at IS NULL AND i.kind IN ('email_sent', 'sms_sent', 'whatsapp_sent', 'push_sent')
      AND i.occurred_at < ${dialect.addSeconds(sql`k.created_at`, 30 * 86_400)}
      AND ${dialect.matches(about, "abandon|(^|[^a-z])(cart|basket|checkout)([^a-z]|$)")}
    GROUP BY k.row_key`;
}

/** Seconds between the completion of a cart and the order that it became, as sources state them. */
const completionMargin = 600;

/** The order that a cart without a known one most likely became; where it is known when, the order of that moment. */
function guessedSql({ dialect, settings }: DeriveContext): Sql {
  const seconds = settings.cart_window_hours * 3600;
  const between = (from: Sql, to: Sql): Sql =>
    sql`(p.placed_at >= ${from} AND p.placed_at <= ${to})`;
  const within = (time: Sql): Sql => between(time, dialect.addSeconds(time, seconds));
  const thatMoment = between(
    dialect.addSeconds(sql`k.known_at`, -completionMargin),
    dialect.addSeconds(sql`k.known_at`, completionMargin),
  );
  const vendor = vendorOf(dialect, sql`k.source`);
  return sql`SELECT * FROM (
    SELECT row_key, "order", placed_at, revenue,
      row_number() OVER (PARTITION BY row_key ORDER BY placed_at, "order", data_source) AS nth_order
    FROM (
      SELECT k.row_key, p."order", p.placed_at, p.revenue, p.data_source,
        row_number() OVER (
          PARTITION BY p.person, p."order", p.data_source ORDER BY CASE WHEN k.known_at IS NULL THEN 1 ELSE 0 END, k.created_at DESC, k.row_key
        ) AS nth_cart
      FROM reminded AS k
      JOIN derived.purchases AS p ON p.person = k.person AND p.placed_at >= k.created_at
      WHERE k.known_order IS NULL AND (p.nth IS NOT NULL OR p.sales > ${literal(0)})
        AND (${vendor} = ${vendorOf(dialect, sql`p.data_source`)} OR ${vendor} NOT IN (${orderVendorsSql(dialect)}))
        AND CASE WHEN k.known_at IS NOT NULL THEN ${thatMoment}
          ELSE ${within(sql`k.created_at`)} OR ${within(sql`k.first_reminder_at`)} END
    ) AS near WHERE nth_cart = 1
  ) AS ranked WHERE nth_order = 1`;
}
