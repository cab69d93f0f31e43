import type { Columns } from "../ledger/table.ts";
import { identifier, join, literal, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { bookings, noEntry, origins } from "./dictionaries.ts";
import { isByAccount, ofTheirs, statedTouchKey } from "./goal-conversions.ts";
import { keepOrigins } from "./journey-steps.ts";
import { journeysPremise } from "./journeys-select.ts";
import { vendorOf } from "./origin.ts";
import { touchColumns, touchDimensions } from "./touch-columns.ts";

const lineColumns = {
  order: { type: "text", meaning: "The order; deal ids carry the prefix deal:." },
  booked_at: { type: "time", meaning: "When it was booked." },
  person: { type: "identity", meaning: "The person; null when nobody is named." },
  account: { type: "identity", meaning: "The account, when known." },
  amount: { type: "money", meaning: "Amount in the reporting currency; null when excluded." },
  excluded: bookings.columns.excluded,
  stream: bookings.columns.stream,
  order_kind: bookings.columns.order_kind,
  currency: bookings.columns.currency,
  country: bookings.columns.country,
  data_source: { type: "text", meaning: "The source that brought the row." },
  row_key: { type: "key", meaning: "The line in the ledger." },
} as const satisfies Columns;

const storedColumns: Columns = {
  ...lineColumns,
  touched_at: touchColumns.touched_at,
  origin: { type: "small", meaning: "What the touch has in common with others, by number." },
};

/** A line of revenue with the first touch that its customer ever had. */
export const sourcedLines = {
  name: "sourced_lines",
  row: "a line of revenue with the first touch that its customer ever had",
  scope: "person",
  time: { column: "booked_at", is: "instant" },
  columns: { ...lineColumns, ...touchColumns },
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
  prepare: keepOrigins,
  stored: { columns: storedColumns, view: viewSql },
  slices: (_, context) => Promise.resolve([selectSql(context)]),
  select: selectSql,
} as const satisfies DerivedTable;

function viewSql(_: unknown, rows: Sql): Sql {
  const texts = Object.keys(origins.columns).map((column) => identifier("o", column));
  return sql`SELECT r.*, ${join(texts)} FROM ${rows} AS r JOIN derived.origins AS o ON o.number = r.origin`;
}

/**
 * The first touch that the customer ever had, in no window, when it was at or before the order; an order that names
 * nobody has the origin that it states. With the level account the customer is the account.
 */
function selectSql(context: DeriveContext): Sql {
  const { dialect, people } = context;
  const party = isByAccount(context) ? sql`coalesce(account, person)` : sql`person`;
  const vendor = vendorOf(dialect, sql`data_source`);
  const ofLine = Object.keys(lineColumns).map((column) => identifier("l", column));
  const columns = sql`${join(ofLine)}, t.touched_at, coalesce(t.origin, ${literal(noEntry)}) AS origin`;
  const touches = sql`SELECT t.touch, t.touched_at, ${party} AS party, o.number AS origin
    FROM derived.touchpoints AS t JOIN derived.origins AS o ON o.fingerprint = t.origin`;
  return sql`WITH lines AS (
      SELECT *, ${party} AS party,
        CASE WHEN ${party} IS NULL THEN ${statedTouchKey(context, sql`data_source`, sql`"order"`)} END AS stated_touch,
        min(booked_at) OVER (PARTITION BY ${vendor}, "order") AS placed_at
      FROM derived.revenue_lines WHERE ${people(sql`person`)}
    ),
    instants AS (
      SELECT ${party} AS party, min(touched_at) AS touched_at FROM derived.touchpoints
      WHERE ${party} IN (SELECT party FROM lines) AND ${ofTheirs(context, sql`person`)} GROUP BY 1
    ),
    firsts AS (
      SELECT i.party, i.touched_at, ${dialect.firstBy(sql`t.origin`, sql`t.touch`)} AS origin
      FROM instants AS i JOIN (${touches} WHERE ${ofTheirs(context, sql`person`)}) AS t
        ON t.party = i.party AND t.touched_at = i.touched_at
      GROUP BY 1, 2
    )
    SELECT ${columns} FROM lines AS l LEFT JOIN firsts AS t ON t.party = l.party AND t.touched_at <= l.placed_at
    WHERE l.party IS NOT NULL
    UNION ALL
    SELECT ${columns} FROM lines AS l LEFT JOIN (${touches} WHERE ${party} IS NULL) AS t
      ON t.touch = l.stated_touch AND t.touched_at <= l.placed_at
    WHERE l.party IS NULL`;
}
