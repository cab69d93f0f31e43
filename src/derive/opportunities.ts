import { join, raw, type Sql, sql } from "../sql/fragment.ts";
import { dealPartiesSql } from "./buyers.ts";
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

/** A deal in the reporting currency. */
export const opportunities = {
  name: "opportunities",
  row: "a deal in the reporting currency",
  scope: "person",
  time: { column: "created_at", is: "instant" },
  columns: {
    deal: { type: "text", meaning: "The deal." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    created_at: { type: "time", meaning: "When it was created." },
    closed_at: { type: "time", meaning: "When it was won or lost." },
    state: { type: "text", meaning: "open, won or lost." },
    deal_stage: { type: "text", meaning: "Pipeline stage." },
    pipeline: { type: "text", meaning: "Pipeline." },
    currency: { type: "text", meaning: "Currency." },
    amount: {
      type: "money",
      meaning: "Amount in the reporting currency; null when unknown or excluded.",
    },
    excluded: {
      type: "text",
      meaning:
        "Why the amount is left out of figures: currency_unknown, rate_missing; null when it counts.",
    },
    owner: { type: "text", meaning: "Who is responsible." },
    team: { type: "text", meaning: "Team." },
    product: { type: "text", meaning: "Product." },
    order_kind: { type: "text", meaning: "new, renewal, upsell or cross_sell." },
    stream: { type: "text", meaning: "Revenue stream." },
    cycle_seconds: { type: "number", meaning: "Seconds from created to closed." },
    lead_to_won_seconds: {
      type: "number",
      meaning: "Seconds from lead to won, when the lead is known.",
    },
    country: { type: "text", meaning: "Country." },
    industry: { type: "text", meaning: "Industry." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The deal in the ledger." },
  },
  dimensions: {
    ...originDimensions,
    owner: "owner",
    team: "team",
    product: "product",
    pipeline: "pipeline",
    deal_stage: "deal_stage",
    stream: "stream",
    order_kind: "order_kind",
    currency: "currency",
    country: "country",
    industry: "industry",
    account: "account",
    data_source: "data_source",
  },
  order: ["row_key"],
  inputs: [
    "ledger.deals",
    "ledger.associations",
    "ledger.accounts",
    "ledger.rates",
    "ledger.campaigns",
    "derived.identity_map",
    "derived.people",
    "derived.stage_entries",
  ],
  onlyWith: "ledger.deals",
  select: selectSql,
} as const satisfies DerivedTable;

/** Closed deals are converted at the rate of the day they closed, open ones at that of the day they were created. */
function selectSql(context: DeriveContext): Sql {
  const { dialect, settings, people } = context;
  const priced = { currency: sql`d.currency_code`, rate: sql`r.rate` };
  const booked = sql`CASE WHEN d.state = 'open' THEN d.created_at ELSE coalesce(d.closed_at, d.created_at) END`;
  const said = (field: string): Sql =>
    sql`CASE WHEN ${isSaid} THEN o.${raw(field)} ELSE p.${raw(field)} END`;
  return sql`WITH kept AS (${dealsSql(context)}),
    rates AS (${dailyRatesSql(context)}),
    origins AS (${originsSql(dialect, settings, sql`FROM kept`)}),
    leads AS (
      SELECT person, min(entered_at) AS lead_at FROM derived.stage_entries WHERE stage = 'lead' GROUP BY person
    ),
    companies AS (
      SELECT * FROM (
        SELECT account, country, industry, row_number() OVER (PARTITION BY account ORDER BY source, row_key) AS choice
        FROM ledger.accounts WHERE deleted IS NOT TRUE
      ) AS ranked WHERE choice = 1
    )
    SELECT d.deal, d.person, coalesce(d.known_account, p.account) AS account, d.created_at, d.closed_at, d.state,
      d.stage AS deal_stage, d.pipeline, d.currency_code AS currency,
      CASE WHEN ${exclusionOf(context, priced)} IS NULL THEN ${inReportingCurrency(context, sql`d.amount`, priced)} END AS amount,
      CASE WHEN d.amount IS NOT NULL THEN ${exclusionOf(context, priced)} END AS excluded,
      coalesce(d.owner, p.owner) AS owner, d.team, d.product, d.kind AS order_kind, d.stream,
      ${dialect.secondsBetween(sql`d.created_at`, sql`d.closed_at`)} AS cycle_seconds,
      CASE WHEN d.state = 'won' AND l.lead_at <= d.closed_at
        THEN ${dialect.secondsBetween(sql`l.lead_at`, sql`d.closed_at`)} END AS lead_to_won_seconds,
      coalesce(c.country, p.country) AS country, coalesce(c.industry, p.industry) AS industry,
      coalesce(${said("channel")}, 'unknown') AS channel, ${said("utm_source")} AS utm_source,
      ${said("utm_medium")} AS utm_medium, ${said("campaign")} AS campaign,
      d.source AS data_source, d.row_key
    FROM kept AS d
    LEFT JOIN rates AS r ON r.currency = d.currency_code AND r.day = ${localDay(context, booked)}
    LEFT JOIN origins AS o ON ${sameOrigin("d", "o")}
    LEFT JOIN derived.people AS p ON p.person = d.person
    LEFT JOIN leads AS l ON l.person = d.person
    LEFT JOIN companies AS c ON c.account = coalesce(d.known_account, p.account)
    WHERE ${people(sql`d.person`)}`;
}

const isSaid = join(
  recordedOrigin.slice(1).map((field) => raw(`d.${field} IS NOT NULL`)),
  " OR ",
);

function dealsSql(context: DeriveContext): Sql {
  const vendor = (source: Sql): Sql => vendorOf(context.dialect, source);
  return sql`SELECT d.*, coalesce(m.person, d.identity, a.person) AS person,
      coalesce(d.account, a.account) AS known_account, ${currencyOf(context, sql`d.currency`)} AS currency_code
    FROM ledger.deals AS d
    LEFT JOIN derived.identity_map AS m ON m.identity = d.identity
    LEFT JOIN (${dealPartiesSql(context, vendor)}) AS a ON a.vendor = ${vendor(sql`d.source`)} AND a.deal = d.deal
    WHERE d.deleted IS NOT TRUE`;
}
