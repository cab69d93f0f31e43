import {
  always,
  constant,
  currency,
  day,
  first,
  joined,
  lookup,
  money,
  number,
  text,
  time,
} from "../expressions.ts";
import type { Source } from "../source.ts";

/**
 * Google Ads tables as a warehouse sync lands them. Costs are whole micros of the account's currency.
 *
 * Account, campaign, ad group, ad, keyword and search term tables all state the same money, cut differently, and do
 * not add up to each other (an ad table lacks what was spent without an ad). The campaign table is the one that is
 * booked; rows of the others are kept as rejects that say so.
 */
const vendor = "google-ads";

const campaignStats: Source = {
  id: "google-ads/campaign-stats",
  vendor,
  title: "Campaign statistics per day (synced table)",
  columns: ["customer_id", "date", "id", "cost_micros", "impressions", "clicks", "base_campaign"],
  without: ["ad_group_id", "ad_id", "campaign_id"],
  after: ["google-ads/accounts"],
  record: [
    {
      into: "costs",
      key: [
        constant("campaign"),
        first(
          "_fivetran_id",
          joined("|", "customer_id", "id", "date", "device", "ad_network_type"),
        ),
      ],
      set: {
        from_day: day("date"),
        kind: constant("media"),
        amount: money("cost_micros", "micros"),
        currency: lookup("ad_accounts", ["customer_id"], "currency"),
        tool: constant("Google Ads"),
        ad_account: text("customer_id"),
        campaign: text("id"),
        utm_source: constant("google"),
        utm_medium: constant("cpc"),
        impressions: number("impressions"),
        clicks: number("clicks"),
        claimed_conversions: number("conversions"),
        claimed_value: money("conversions_value"),
      },
    },
  ],
};

const campaigns: Source = {
  id: "google-ads/campaigns",
  vendor,
  title: "Campaigns (synced history table)",
  columns: ["id", "updated_at", "name", "customer_id", "advertising_channel_type", "start_date"],
  record: [
    {
      into: "campaigns",
      key: [text("id")],
      version: time("updated_at"),
      set: {
        campaign: text("id"),
        name: text("name"),
        started_at: time("start_date"),
      },
    },
  ],
};

const accounts: Source = {
  id: "google-ads/accounts",
  vendor,
  title: "Accounts (synced history table)",
  columns: ["id", "updated_at", "currency_code", "time_zone", "descriptive_name"],
  record: [
    {
      into: "ad_accounts",
      key: [text("id")],
      version: time("updated_at"),
      set: {
        ad_account: text("id"),
        name: text("descriptive_name"),
        currency: currency("currency_code"),
        time_zone: text("time_zone"),
      },
    },
  ],
};

const same = (
  format: string,
  title: string,
  columns: readonly string[],
  without: readonly string[] = [],
): Source => ({
  id: `google-ads/${format}`,
  vendor,
  title: `${title} (synced table)`,
  columns,
  without,
  skip: {
    when: always,
    reason:
      "the same money as in the campaign statistics, cut differently: counting both would count it twice",
  },
  record: [],
});

/** Google Ads tables as synced. */
export const googleAdsTables: readonly Source[] = [
  campaignStats,
  campaigns,
  accounts,
  same(
    "account-stats",
    "Account statistics per day",
    ["customer_id", "date", "cost_micros", "impressions", "clicks", "ad_network_type"],
    ["id", "base_campaign", "ad_group_id", "ad_id", "campaign_id"],
  ),
  same("ad-group-stats", "Ad group statistics per day", [
    "customer_id",
    "date",
    "cost_micros",
    "base_ad_group",
    "campaign_id",
    "id",
  ]),
  same("ad-stats", "Ad statistics per day", [
    "customer_id",
    "date",
    "cost_micros",
    "ad_id",
    "ad_group",
  ]),
  same("keyword-stats", "Keyword statistics per day", [
    "customer_id",
    "date",
    "cost_micros",
    "ad_group_criterion_criterion_id",
    "ad_group_id",
  ]),
  same("search-term-stats", "Search term statistics per day", [
    "customer_id",
    "date",
    "cost_micros",
    "search_term",
  ]),
];
