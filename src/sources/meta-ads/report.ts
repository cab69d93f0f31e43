import {
  allOf,
  constant,
  currency,
  day,
  first,
  header,
  joined,
  money,
  not,
  number,
  ordinal,
  present,
  text,
} from "../expressions.ts";
import type { Expression, Source } from "../source.ts";

const dimensions: readonly Expression[] = [
  text("Reporting starts"),
  text("Reporting ends"),
  first("Campaign ID", "Campaign name"),
  first("Ad set ID", "Ad set name"),
  first("Ad ID", "Ad name"),
  text("Age"),
  text("Gender"),
  text("Country"),
  text("Platform"),
  text("Placement"),
];

/**
 * A report exported from Ads Manager, in English. The currency stands in the header of the spend column; a first row
 * without a campaign holds the totals. Reports without a break-down by day spread each amount over its period.
 */
export const metaAdsReport: Source = {
  id: "meta-ads/report",
  vendor: "meta-ads",
  title: "Ads Manager report (CSV)",
  columns: [
    "Campaign name",
    "Amount spent (*)",
    "Impressions",
    "Reporting starts",
    "Reporting ends",
  ],
  also: ["Link clicks", "Results", "Result indicator", "Reach", "Campaign delivery", "Ad set name"],
  skip: {
    when: allOf(
      not(present("Campaign name")),
      not(present("Ad set name")),
      not(present("Ad name")),
    ),
    reason: "the row of totals: its parts are counted already",
  },
  record: [
    {
      into: "costs",
      key: [constant("report"), ...dimensions, ordinal(...dimensions)],
      set: {
        from_day: day(first("Day", "Reporting starts")),
        to_day: day(first("Day", "Reporting ends")),
        kind: constant("media"),
        amount: money("Amount spent (*)"),
        currency: currency(first("Currency", header("Amount spent (*)"))),
        tool: constant("Meta Ads"),
        ad_account: first("Account ID", "Account name"),
        campaign: text("Campaign name"),
        asset: first("Ad name", "Ad set name"),
        country: text("Country"),
        segment: joined(", ", "Age", "Gender"),
        utm_source: constant("facebook"),
        utm_medium: constant("paid_social"),
        impressions: number("Impressions"),
        clicks: number(first("Link clicks", "Clicks (all)")),
        claimed_conversions: number(first("Purchases", "Website purchases")),
        claimed_value: money(
          first("Purchases conversion value", "Website purchases conversion value"),
        ),
        claimed_leads: number(first("Leads", "Website leads")),
      },
    },
  ],
};
