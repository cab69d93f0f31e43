import { minorDigitsOf } from "../ledger/money.ts";
import { literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext } from "./derived.ts";
import { bookings, fingerprintOf } from "./dictionaries.ts";
import { ofTheirs } from "./goal-conversions.ts";
import { vendorOf } from "./origin.ts";

/** Millionths of a conversion. */
export const wholeConversion = 1_000_000;

/**
 * Returns the query of entries: the amounts to be divided, with the conversion that each belongs to.
 *
 * Columns beside those of the table of credits: `id` (of the conversion in `journey_goals`; 0 when there is none), `n`
 * (its touches), `units` (the amount in minor units), `is_back` (returns and what they cost), `is_cost`, `e` (a number),
 * `booked_as` (the fingerprint of its booking).
 *
 * @param context goal and people; the tables of `keepJourneySteps` must exist
 */
export function entriesSql(context: DeriveContext): Sql {
  const { dialect, settings } = context;
  const kind = sql`CASE WHEN is_cost THEN 'cost_of_goods' WHEN is_back THEN 'return' ELSE 'sale' END`;
  const first = sql`row_number() OVER (PARTITION BY id ORDER BY is_cost, is_back, booked_at, entry) = 1`;
  return sql`WITH booked AS MATERIALIZED (${settings.attribution.goal === "orders" ? bookedLinesSql(context) : sql`SELECT 1 AS nothing`})
    SELECT *, id > 0 AND ${first} AS is_conversion,
      ${dialect.minorUnits(sql`amount`, minorDigitsOf(settings.currency))} AS units, row_number() OVER () AS e,
      ${fingerprintOf(dialect, bookings)} AS booked_as
    FROM (
      SELECT a.*, ${kind} AS entry_kind, coalesce(g.id, 0) AS id, coalesce(s.touches, 0) AS n, g.converted_at, g.is_first
      FROM (${amountsSql(context)}) AS a
      LEFT JOIN journey_goals AS g ON g.vendor = a.vendor AND g.conversion = a.conversion
      LEFT JOIN journey_steps AS s ON s.id = g.id
    ) AS known`;
}

function amountsSql(context: DeriveContext): Sql {
  switch (context.settings.attribution.goal) {
    case "orders":
      return orderAmountsSql(context);
    case "deals":
      return dealAmountsSql(context);
    default:
      return goalAmountsSql(context);
  }
}

/** Lines of an order that were booked alike, put together; what they cost is an amount of its own. */
function orderAmountsSql(context: DeriveContext): Sql {
  const { dialect } = context;
  const money = raw(dialect.types.money);
  const alike = raw(
    `conversion, vendor, booked_at, is_back, is_costed, excluded, stream, order_kind, currency, country, data_source`,
  );
  const entry = (isCost: boolean): Sql =>
    dialect.key([
      literal(isCost ? "cost" : "amount"),
      ...["conversion", "vendor"].map((column) => raw(column)),
      dialect.textOf(dialect.epochMicroseconds(sql`booked_at`)),
      ...["is_back", "is_costed"].map((column) => dialect.textOf(raw(column))),
      ...["excluded", "stream", "order_kind", "currency", "country", "data_source"].map((column) =>
        raw(column),
      ),
    ]);
  return sql`SELECT ${entry(false)} AS entry, ${alike}, person, account, FALSE AS is_cost, amount FROM booked
    UNION ALL
    SELECT ${entry(true)}, conversion, vendor, booked_at, is_back, TRUE, NULL, stream, order_kind, currency, country,
      data_source, person, account, TRUE, CAST(-cost AS ${money})
    FROM booked WHERE cost <> 0`;
}

/** Revenue lines by order, instant and whatever figures can be broken down by. */
function bookedLinesSql(context: DeriveContext): Sql {
  const { dialect } = context;
  const money = raw(dialect.types.money);
  return sql`SELECT "order" AS conversion, ${vendorOf(dialect, sql`data_source`)} AS vendor, booked_at,
      line_type IN ('refund', 'cancellation') AS is_back, cost_of_goods IS NOT NULL AS is_costed, excluded, stream,
      order_kind, currency, country, data_source, min(person) AS person, min(account) AS account,
      CAST(sum(amount) AS ${money}) AS amount, CAST(sum(cost_of_goods) AS ${money}) AS cost
    FROM derived.revenue_lines WHERE ${ofTheirs(context, sql`person`)}
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`;
}

function dealAmountsSql(context: DeriveContext): Sql {
  const { dialect } = context;
  return sql`SELECT row_key AS entry, 'deal:' || deal AS conversion, ${vendorOf(dialect, sql`data_source`)} AS vendor,
      closed_at AS booked_at, FALSE AS is_back, FALSE AS is_costed, excluded, stream, order_kind, currency, country,
      data_source, person, account, FALSE AS is_cost, amount
    FROM derived.opportunities WHERE state = 'won' AND ${ofTheirs(context, sql`person`)}`;
}

function goalAmountsSql({ dialect }: DeriveContext): Sql {
  const nothing = sql`CAST(NULL AS ${raw(dialect.types.text)})`;
  return sql`SELECT journey AS entry, conversion, vendor, converted_at AS booked_at, FALSE AS is_back, FALSE AS is_costed,
      ${nothing} AS excluded, ${nothing} AS stream, ${nothing} AS order_kind, ${nothing} AS currency, ${nothing} AS country,
      data_source, person, account, FALSE AS is_cost, CAST(NULL AS ${raw(dialect.types.money)}) AS amount
    FROM journey_goals`;
}

/** Entries that were booked in the same stream and currency: what a return takes back from. */
const sameBook = sql`b.id = s.id AND b.is_cost = s.is_cost AND b.stream IS NOT DISTINCT FROM s.stream
  AND b.currency IS NOT DISTINCT FROM s.currency`;

/**
 * Returns the query of the divisions that make up what returns take back: e, id, total (of either sign), sign.
 *
 * A return takes the division of everything returned so far less that of everything before it; once all that was sold
 * in the stream and currency is back, exactly what the sales gave.
 */
export function returnTermsSql(): Sql {
  const ofReturn = (total: Sql, isAll: Sql, sign: number): Sql => sql`
    SELECT e, id, ${total} AS total, ${literal(sign)} AS sign FROM so_far WHERE NOT ${isAll}
    UNION ALL
    SELECT s.e, s.id, -b.units, ${literal(sign)} FROM so_far AS s JOIN entries AS b ON ${sameBook}
    WHERE ${isAll} AND NOT b.is_back AND b.units IS NOT NULL`;
  return sql`WITH sold AS (
      SELECT id, is_cost, stream, currency, sum(units) AS sold FROM entries
      WHERE NOT is_back AND id IN (SELECT id FROM entries WHERE is_back) GROUP BY 1, 2, 3, 4
    ),
    so_far AS (
      SELECT b.*, coalesce(b.returned = -s.sold AND s.sold <> 0, FALSE) AS is_all,
        coalesce(b.returned - b.units = -s.sold AND s.sold <> 0, FALSE) AS was_all
      FROM (
        SELECT e, id, is_cost, stream, currency, units,
          sum(units) OVER (PARTITION BY id, is_cost, stream, currency ORDER BY booked_at, entry ROWS UNBOUNDED PRECEDING) AS returned
        FROM entries WHERE is_back AND n > 0 AND units IS NOT NULL
      ) AS b LEFT JOIN sold AS s ON ${sameBook}
    )
    ${ofReturn(sql`returned`, sql`is_all`, 1)}
    UNION ALL
    ${ofReturn(sql`returned - units`, sql`was_all`, -1)}`;
}
