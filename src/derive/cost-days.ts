import { raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";
import { originsSql, sameOrigin, vendorOf } from "./origin.ts";
import {
  currencyOf,
  dailyRatesSql,
  exclusionOf,
  inReportingCurrency,
} from "./reporting-currency.ts";
import { dayOfPeriod, eachDaySql, spreadNumber } from "./spread.ts";

/** The share of a cost that falls on a day. */
export const costDays = {
  name: "cost_days",
  row: "the share of a cost that falls on a day",
  scope: "whole",
  time: { column: "day", is: "day" },
  columns: {
    day: { type: "day", meaning: "The day." },
    cost_kind: { type: "text", meaning: "Kind of cost." },
    amount: {
      type: "money",
      meaning: "Amount in the reporting currency, exact over the days; null when excluded.",
    },
    original_amount: { type: "money", meaning: "Amount in its own currency." },
    currency: { type: "text", meaning: "Currency." },
    excluded: {
      type: "text",
      meaning:
        "Why the amount is left out of figures: currency_unknown, rate_missing; null when it counts.",
    },
    ...originColumns,
    tool: { type: "text", meaning: "Tool that is paid." },
    automation: { type: "text", meaning: "Automation." },
    asset: { type: "text", meaning: "Ad or creative." },
    country: { type: "text", meaning: "Country." },
    segment: { type: "text", meaning: "Audience." },
    impressions: { type: "number", meaning: "Impressions." },
    clicks: { type: "number", meaning: "Clicks." },
    claimed_conversions: { type: "number", meaning: "Conversions that the platform claims." },
    claimed_value: { type: "money", meaning: "Value that the platform claims." },
    claimed_leads: { type: "number", meaning: "Leads that the platform claims." },
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The cost in the ledger." },
  },
  dimensions: {
    ...originDimensions,
    cost_kind: "cost_kind",
    tool: "tool",
    automation: "automation",
    asset: "asset",
    country: "country",
    segment: "segment",
    currency: "currency",
    data_source: "data_source",
  },
  order: ["day", "row_key"],
  inputs: ["ledger.costs", "ledger.ad_accounts", "ledger.rates", "ledger.campaigns"],
  select: selectSql,
} as const satisfies DerivedTable;

/**
 * Returns the query of the currency in which an advertising account is billed, by vendor and account: platforms whose
 * cost tables name no currency say it there, whichever of the two files came first.
 *
 * @param dialect regular expressions
 */
export function accountCurrenciesSql(dialect: DeriveContext["dialect"]): Sql {
  return sql`SELECT ${vendorOf(dialect, sql`source`)} AS vendor, ad_account, max(currency) AS currency
    FROM ledger.ad_accounts WHERE deleted IS NOT TRUE GROUP BY 1, 2`;
}

/**
 * A cost is spread evenly over its days in its own currency, the earlier days taking the millionths that are left over,
 * so that the days add up to it exactly; each day is then converted at that day's rate and keeps six decimals.
 */
function selectSql(context: DeriveContext): Sql {
  const { dialect, settings } = context;
  const priced = { currency: sql`c.currency_code`, rate: sql`r.rate` };
  const shareOf = (column: string): Sql =>
    dialect.spreadMoney(raw(`c.${column}`), dayOfPeriod.count, dayOfPeriod.index);
  const money = (column: string): Sql =>
    sql`CASE WHEN ${exclusionOf(context, priced)} IS NULL
      THEN ${inReportingCurrency(context, shareOf(column), priced, 6)} END AS ${raw(column)}`;
  const number = (column: string): Sql =>
    sql`${spreadNumber(dialect, raw(`c.${column}`), dayOfPeriod)} AS ${raw(column)}`;
  return sql`WITH kept AS (
      SELECT c.*, ${currencyOf(context, sql`coalesce(c.currency, a.currency)`)} AS currency_code
      FROM ledger.costs AS c LEFT JOIN (${accountCurrenciesSql(dialect)}) AS a
        ON a.vendor = ${vendorOf(dialect, sql`c.source`)} AND a.ad_account = c.ad_account
      WHERE c.deleted IS NOT TRUE
    ),
    rates AS (${dailyRatesSql(context)}),
    origins AS (${originsSql(dialect, settings, sql`FROM kept`)})
    SELECT c.day, coalesce(c.kind, 'media') AS cost_kind, ${money("amount")},
      ${shareOf("amount")} AS original_amount, c.currency_code AS currency,
      ${exclusionOf(context, priced)} AS excluded,
      o.channel, o.utm_source, o.utm_medium, o.campaign, c.tool, c.automation, c.asset, c.country, c.segment,
      ${number("impressions")}, ${number("clicks")}, ${number("claimed_conversions")}, ${money("claimed_value")},
      ${number("claimed_leads")}, c.source AS data_source, c.row_key
    FROM (${eachDaySql(dialect, sql`SELECT * FROM kept`)}) AS c
    LEFT JOIN rates AS r ON r.currency = c.currency_code AND r.day = c.day
    LEFT JOIN origins AS o ON ${sameOrigin("c", "o")}`;
}
