import {
  constant,
  currency,
  day,
  first,
  matches,
  money,
  number,
  ordinal,
  text,
} from "../expressions.ts";
import type { Expression, Source } from "../source.ts";

const dimensions: readonly Expression[] = [
  text("Day"),
  text("Account"),
  text("Customer ID"),
  first("Campaign ID", "Campaign"),
  text("Ad group"),
  text("Device"),
  text("Network"),
  text("Country"),
];

/**
 * A campaign report downloaded from the Google Ads pages, cut by day. Costs are in currency units there, not micros.
 * The pages write a title and the period above the header, and total rows below.
 */
export const googleAdsReport: Source = {
  id: "google-ads/campaign-report",
  vendor: "google-ads",
  title: "Campaign report by day (CSV)",
  columns: ["Day", "Campaign", "Cost", "Impr.", "Clicks"],
  also: ["Currency code", "Campaign ID", "Conversions", "Conv. value", "Network"],
  placeholders: ["--", " --"],
  zone: "workspace",
  skip: {
    when: matches(first("Day", "Campaign status", "Campaign"), "^Total"),
    reason: "a total row: its parts are counted already",
  },
  record: [
    {
      into: "costs",
      key: [constant("report"), ...dimensions, ordinal(...dimensions)],
      set: {
        from_day: day("Day"),
        kind: constant("media"),
        amount: money("Cost"),
        currency: currency(first("Currency code", "Currency")),
        tool: constant("Google Ads"),
        ad_account: first("Customer ID", "Account"),
        campaign: text("Campaign"),
        utm_source: constant("google"),
        utm_medium: constant("cpc"),
        impressions: number("Impr."),
        clicks: number("Clicks"),
        claimed_conversions: number("Conversions"),
        claimed_value: money("Conv. value"),
        country: text("Country"),
      },
    },
  ],
};
