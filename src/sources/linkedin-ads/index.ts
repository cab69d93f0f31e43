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
  ordinal,
  present,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Expression, Source } from "../source.ts";

const vendor = "linkedin-ads";

const cut: readonly Expression[] = [
  text("Start Date (in UTC)"),
  text("Account Name"),
  first("Campaign ID", "Campaign Name"),
  first("Ad Set ID", "Ad Set Name"),
  text("Ad ID"),
];

/**
 * LinkedIn's campaign performance report (UTF-16, tab separated, with title lines above the header). Amounts are in
 * units of the account's currency, before tax. Conversions are LinkedIn's own claim.
 */
const campaignReport: Source = {
  id: "linkedin-ads/campaign-report",
  vendor,
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
        asset: first("Ad Name", "Creative Name"),
        utm_source: constant("linkedin"),
        utm_medium: constant("paid_social"),
        impressions: number("Impressions"),
        clicks: number("Clicks"),
        claimed_conversions: number("Conversions"),
        claimed_value: money("Total Conversion Value"),
        claimed_leads: number("Leads"),
      },
    },
  ],
};

const accountOfCampaign = lookup("associations", [constant("campaign"), "campaign_id"], "to_id");
const accountCurrency = lookup("ad_accounts", [accountOfCampaign], "currency");

/**
 * LinkedIn's tables as a warehouse sync lands them. Costs per campaign and day carry no currency: it is the account's,
 * found through the campaign's history. Where that was not loaded, LinkedIn's own conversion to US dollars is taken.
 * The same costs per creative are left out.
 */
const tables: readonly Source[] = [
  {
    id: "linkedin-ads/accounts",
    vendor,
    title: "Accounts (synced table)",
    columns: ["id", "last_modified_time", "created_time", "name", "currency", "version_tag"],
    record: [
      {
        into: "ad_accounts",
        key: [text("id")],
        version: time("last_modified_time"),
        set: {
          ad_account: text("id"),
          name: text("name"),
          currency: currency("currency"),
          time_zone: constant("UTC"),
        },
      },
    ],
  },
  {
    id: "linkedin-ads/campaigns",
    vendor,
    title: "Campaigns (synced table)",
    columns: [
      "id",
      "last_modified_time",
      "account_id",
      "campaign_group_id",
      "created_time",
      "name",
    ],
    record: [
      {
        into: "campaigns",
        key: [text("id")],
        version: time("last_modified_time"),
        set: {
          campaign: text("id"),
          name: text("name"),
          started_at: first(time("run_schedule_start"), time("created_time")),
        },
      },
      {
        into: "associations",
        when: present("account_id"),
        key: [constant("campaign"), text("id")],
        version: time("last_modified_time"),
        set: {
          from_kind: constant("campaign"),
          from_id: text("id"),
          to_kind: constant("ad_account"),
          to_id: text("account_id"),
        },
      },
    ],
  },
  {
    id: "linkedin-ads/campaign-days",
    vendor,
    title: "Campaigns per day (synced table)",
    columns: ["campaign_id", "day", "clicks", "impressions", "cost_in_local_currency"],
    also: ["cost_in_usd", "conversion_value_in_local_currency", "external_website_conversions"],
    without: ["creative_id"],
    after: ["linkedin-ads/accounts", "linkedin-ads/campaigns"],
    record: [
      {
        into: "costs",
        key: [constant("campaign day"), text("campaign_id"), day("day")],
        set: {
          from_day: day("day"),
          kind: constant("media"),
          amount: when(
            present(accountCurrency),
            money("cost_in_local_currency"),
            money(first("cost_in_usd", "cost_in_local_currency")),
          ),
          currency: first(accountCurrency, when(present("cost_in_usd"), constant("USD"))),
          tool: constant("LinkedIn Ads"),
          ad_account: accountOfCampaign,
          campaign: text("campaign_id"),
          utm_source: constant("linkedin"),
          utm_medium: constant("paid_social"),
          impressions: number("impressions"),
          clicks: number("clicks"),
          claimed_conversions: number("external_website_conversions"),
          claimed_value: when(
            present(accountCurrency),
            money("conversion_value_in_local_currency"),
          ),
          claimed_leads: number("one_click_leads"),
        },
      },
    ],
  },
  {
    id: "linkedin-ads/creative-days",
    vendor,
    title: "Creatives per day (synced table)",
    columns: ["creative_id", "day", "clicks", "impressions", "cost_in_local_currency"],
    skip: { when: always, reason: "the same costs as per campaign, cut by creative" },
    record: [],
  },
];

/** Everything of this vendor that can be recognised. */
export const linkedinAds: readonly Source[] = [campaignReport, ...tables];
