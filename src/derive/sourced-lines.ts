import { identifier, join, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { isByAccount, ofTheirs, statedTouchKey } from "./goal-conversions.ts";
import { journeysPremise } from "./journeys-select.ts";
import { vendorOf } from "./origin.ts";
import { touchColumns, touchDimensions } from "./touchpoints.ts";

/** A line of revenue with the first touch that its customer ever had. */
export const sourcedLines = {
  name: "sourced_lines",
  row: "a line of revenue with the first touch that its customer ever had",
  scope: "person",
  time: { column: "booked_at", is: "instant" },
  columns: {
    order: { type: "text", meaning: "The order; deal ids carry the prefix deal:." },
    booked_at: { type: "time", meaning: "When it was booked." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    amount: { type: "money", meaning: "Amount in the reporting currency; null when excluded." },
    excluded: {
      type: "text",
      meaning: "Why the amount is left out of figures; null when it counts.",
    },
    stream: { type: "text", meaning: "product, service, subscription or other." },
    order_kind: { type: "text", meaning: "new, repeat, upsell, cross_sell or renewal." },
    currency: { type: "text", meaning: "Currency of the source amount." },
    country: { type: "text", meaning: "Country." },
    ...touchColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The line in the ledger." },
  },
  dimensions: {
    ...touchDimensions,
    stream: "stream",
    order_kind: "order_kind",
    currency: "currency",
    country: "country",
    account: "account",
    data_source: "data_source",
  },
  order: ["booked_at", "row_key"],
  inputs: ["derived.revenue_lines", "derived.touchpoints"],
  premises: journeysPremise,
  select: selectSql,
} as const satisfies DerivedTable;

const ofLine = [
  "order",
  "booked_at",
  "person",
  "account",
  "amount",
  "excluded",
  "stream",
  "order_kind",
  "currency",
  "country",
  "data_source",
  "row_key",
].map((column) => identifier("l", column));

/**
 * The first touch that the customer ever had, in no window, when it was at or before the order; an order that names
 * nobody has the origin that it states. With the level account the customer is the account.
 */
function selectSql(context: DeriveContext): Sql {
  const { dialect, people } = context;
  const party = isByAccount(context) ? sql`coalesce(account, person)` : sql`person`;
  const vendor = vendorOf(dialect, sql`data_source`);
  const touch = Object.keys(touchColumns).map((column) => identifier("t", column));
  const columns = join([...ofLine, ...touch]);
  const isSince = sql`t.touched_at <= l.placed_at`;
  return sql`WITH lines AS (
      SELECT *, ${party} AS party, ${statedTouchKey(context, sql`data_source`, sql`"order"`)} AS stated_touch,
        min(booked_at) OVER (PARTITION BY ${vendor}, "order") AS placed_at
      FROM derived.revenue_lines WHERE ${people(sql`person`)}
    ),
    firsts AS (
      SELECT * FROM (
        SELECT *, ${party} AS party, row_number() OVER (PARTITION BY ${party} ORDER BY touched_at, touch) AS nth
        FROM derived.touchpoints WHERE ${party} IS NOT NULL AND ${ofTheirs(context, sql`person`)}
      ) AS numbered WHERE nth = 1
    )
    SELECT ${columns} FROM lines AS l LEFT JOIN firsts AS t ON t.party = l.party AND ${isSince}
    WHERE l.party IS NOT NULL
    UNION ALL
    SELECT ${columns} FROM lines AS l LEFT JOIN (
      SELECT * FROM derived.touchpoints WHERE ${party} IS NULL
    ) AS t ON t.touch = l.stated_touch AND ${isSince}
    WHERE l.party IS NULL`;
}
