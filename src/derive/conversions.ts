import { raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** A conversion of any goal. */
export const conversions = {
  name: "conversions",
  row: "a conversion of any goal",
  scope: "person",
  time: { column: "converted_at", is: "instant" },
  columns: {
    converted_at: { type: "time", meaning: "When." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    goal: {
      type: "text",
      meaning: "purchase, deal_won, newsletter, or the name of the form or goal.",
    },
    session: { type: "key", meaning: "The session that it happened in." },
    landing_page: { type: "text", meaning: "Landing page of that session." },
    variant: { type: "text", meaning: "Variant of a test." },
    value: { type: "money", meaning: "Value in the reporting currency." },
    country: { type: "text", meaning: "Country." },
    device: { type: "text", meaning: "Device class." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The event, order or deal in the ledger." },
  },
  dimensions: {
    ...originDimensions,
    goal: "goal",
    landing_page: "landing_page",
    variant: "variant",
    country: "country",
    device: "device",
    account: "account",
    data_source: "data_source",
  },
  order: ["converted_at", "row_key", "goal"],
  inputs: [
    "derived.interactions",
    "derived.sessions",
    "derived.purchases",
    "derived.opportunities",
  ],
  select: selectSql,
} as const satisfies DerivedTable;

/** Goals, forms and subscriptions by people, orders, and won deals; an order belongs to the visit it was placed in. */
function selectSql({ dialect, settings, people }: DeriveContext): Sql {
  const pause = settings.sessions.timeout_minutes * 60;
  const money = raw(dialect.types.money);
  const origin = (alias: string): Sql =>
    raw(
      ["channel", "utm_source", "utm_medium", "campaign"]
        .map((field) => `${alias}.${field}`)
        .join(", "),
    );
  return sql`SELECT i.occurred_at AS converted_at, i.person, i.account,
      CASE i.kind WHEN 'email_subscribed' THEN coalesce(i.goal, 'newsletter')
        WHEN 'form_submitted' THEN coalesce(i.goal, i.asset, 'form') ELSE coalesce(i.goal, 'goal') END AS goal,
      i.session, s.landing_page, i.variant, CAST(NULL AS ${money}) AS value,
      coalesce(i.country, s.country) AS country, coalesce(i.device, s.device) AS device,
      ${origin("i")}, i.data_source, i.row_key
    FROM derived.interactions AS i
    LEFT JOIN (SELECT * FROM derived.sessions WHERE ${people(sql`person`)}) AS s ON s.session = i.session
    WHERE i.kind IN ('goal_reached', 'form_submitted', 'email_subscribed') AND i.machine IS NULL
      AND ${people(sql`i.person`)}
    UNION ALL
    SELECT p.placed_at, p.person, p.account, 'purchase', v.session, v.landing_page, NULL, p.revenue,
      coalesce(p.country, v.country), v.device, ${origin("p")}, p.data_source,
      ${dialect.key([sql`'order'`, sql`p."order"`, sql`p.data_source`])}
    FROM derived.purchases AS p
    LEFT JOIN (
      SELECT o."order", o.data_source, s.session, s.landing_page, s.country, s.device
      FROM (SELECT * FROM derived.purchases WHERE ${people(sql`person`)}) AS o
      ASOF JOIN (SELECT * FROM derived.sessions WHERE ${people(sql`person`)}) AS s ON s.person = o.person AND s.started_at <= o.placed_at
      WHERE ${dialect.addSeconds(sql`s.ended_at`, pause)} >= o.placed_at
    ) AS v ON v."order" = p."order" AND v.data_source = p.data_source
    WHERE (p.nth IS NOT NULL OR p.sales > 0) AND p."order" NOT LIKE 'deal:%' AND ${people(sql`p.person`)}
    UNION ALL
    SELECT d.closed_at, d.person, d.account, 'deal_won', NULL, NULL, NULL, d.amount, d.country, NULL,
      ${origin("d")}, d.data_source, d.row_key
    FROM derived.opportunities AS d WHERE d.state = 'won' AND ${people(sql`d.person`)}`;
}
