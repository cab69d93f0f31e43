import {
  constant,
  currency,
  day,
  first,
  joined,
  money,
  number,
  ordinal,
  text,
} from "../expressions.ts";
import type { Expression, Source } from "../source.ts";

const cut: readonly Expression[] = [
  text("Start Date (in UTC)"),
  text("Account Name"),
  first("Campaign ID", "Campaign Name"),
  text("Ad ID"),
];

/**
 * LinkedIn's campaign performance report (UTF-16, tab separated, with title lines above the header). Amounts are in
 * units of the account's currency.
 */
const campaignReport: Source = {
  id: "linkedin-ads/campaign-report",
  vendor: "linkedin-ads",
  title: "Campaign performance report (CSV)",
  columns: [
    "Start Date (in UTC)",
    "Campaign Name",
    "Currency",
    "Total Spent",
    "Impressions",
    "Clicks",
  ],
  also: ["Campaign Group Name", "Campaign ID", "Conversions", "Leads", "Account Name"],
  dayFirst: false,
  record: [
    {
      into: "costs",
      key: [constant("report"), joined("|", ...cut), ordinal(...cut)],
      set: {
        from_day: day("Start Date (in UTC)"),
        kind: constant("media"),
        amount: money("Total Spent"),
        currency: currency("Currency"),
        tool: constant("LinkedIn Ads"),
        ad_account: text("Account Name"),
        campaign: text("Campaign Name"),
        utm_source: constant("linkedin"),
        utm_medium: constant("paid social"),
        impressions: number("Impressions"),
        clicks: number("Clicks"),
        claimed_conversions: number("Conversions"),
        claimed_value: money("Total Conversion Value"),
        claimed_leads: number("Leads"),
      },
    },
  ],
};

/** Everything of this vendor that can be recognised. */
export const linkedinAds: readonly Source[] = [campaignReport];
