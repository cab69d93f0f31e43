import {
  always,
  constant,
  currency,
  day,
  first,
  is,
  lookup,
  money,
  not,
  number,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Expression, Source } from "../source.ts";

/**
 * Meta (Facebook and Instagram) Ads tables as a warehouse sync lands them. Spend is in currency units.
 *
 * The table of ads per day is booked; the country and region tables state the same money again. Of the actions, only
 * the two totals `purchase` and `lead` are taken: Meta lists one action under several names (pixel, on-site, omni).
 */
const vendor = "meta-ads";

const adDays: Source = {
  id: "meta-ads/ads-daily",
  vendor,
  title: "Ads per day (synced table)",
  columns: ["ad_id", "date", "account_id", "impressions", "spend"],
  also: ["inline_link_clicks", "reach"],
  without: ["country", "region", "age", "gender", "action_type"],
  after: ["meta-ads/accounts", "meta-ads/ads"],
  record: [
    {
      into: "costs",
      key: [constant("ad"), text("ad_id"), text("date")],
      set: {
        from_day: day("date"),
        kind: constant("media"),
        amount: money("spend"),
        currency: currency(
          first("account_currency", lookup("ad_accounts", ["account_id"], "currency")),
        ),
        tool: constant("Meta Ads"),
        ad_account: text("account_id"),
        campaign: first(
          "campaign_id",
          lookup("associations", [constant("ad"), text("ad_id")], "to_id"),
        ),
        asset: text("ad_id"),
        utm_source: constant("facebook"),
        utm_medium: constant("paid_social"),
        impressions: number("impressions"),
        clicks: number(first("inline_link_clicks", "clicks")),
      },
    },
  ],
};

const adOf = [constant("ad"), text("ad_id")] as const;

const claims = (
  format: string,
  title: string,
  takes: readonly string[],
  set: Readonly<Record<string, Expression>>,
): Source => ({
  id: `meta-ads/${format}`,
  vendor,
  title: `${title} (synced table)`,
  columns: ["ad_id", "date", "action_type", "value"],
  also: ["_7_d_click", "inline", "index"],
  without: ["account_id", "country", "region"],
  fileName: new RegExp(format.replaceAll("-", "[-_ ]"), "i"),
  needsFileName: true,
  after: ["meta-ads/ads", "meta-ads/ads-daily"],
  skip: {
    when: not(is("action_type", ...takes)),
    reason: `another name or step of actions that are counted already: only ${takes.join(" and ")} count`,
  },
  record: [
    {
      into: "costs",
      key: [constant(format), text("ad_id"), text("date"), text("action_type")],
      set: {
        from_day: day("date"),
        kind: constant("media"),
        amount: money(constant("0")),
        currency: lookup("costs", [...adOf, "date"], "currency"),
        tool: constant("Meta Ads"),
        ad_account: lookup("costs", [...adOf, "date"], "ad_account"),
        campaign: lookup("associations", adOf, "to_id"),
        asset: text("ad_id"),
        utm_source: constant("facebook"),
        utm_medium: constant("paid_social"),
        ...set,
      },
    },
  ],
});

const same = (format: string, title: string, columns: readonly string[]): Source => ({
  id: `meta-ads/${format}`,
  vendor,
  title: `${title} (synced table)`,
  columns,
  skip: {
    when: always,
    reason: "the same money and actions as per ad: counting both would count them twice",
  },
  record: [],
});

/** Meta Ads tables as synced. */
export const metaAdsTables: readonly Source[] = [
  adDays,
  claims("ad-actions", "Actions per ad and day", ["purchase", "lead"], {
    claimed_conversions: when(is("action_type", "purchase"), number("value")),
    claimed_leads: when(is("action_type", "lead"), number("value")),
  }),
  claims("ad-action-values", "Action values per ad and day", ["purchase"], {
    claimed_value: money("value"),
  }),
  same("demographics-country", "Statistics per country and day", [
    "account_id",
    "country",
    "date",
    "impressions",
    "spend",
  ]),
  same("demographics-region", "Statistics per region and day", [
    "account_id",
    "region",
    "date",
    "impressions",
    "spend",
  ]),
  {
    id: "meta-ads/campaigns",
    vendor,
    title: "Campaigns (synced history table)",
    columns: ["id", "account_id", "name", "updated_time"],
    also: ["start_time", "objective"],
    without: ["campaign_id", "ad_set_id", "creative_id"],
    record: [
      {
        into: "campaigns",
        key: [text("id")],
        version: time("updated_time"),
        set: { campaign: text("id"), name: text("name"), started_at: time("start_time") },
      },
    ],
  },
  {
    id: "meta-ads/ads",
    vendor,
    title: "Ads (synced history table)",
    columns: ["id", "account_id", "ad_set_id", "campaign_id", "creative_id", "name"],
    record: [
      {
        into: "associations",
        key: [constant("ad"), text("id")],
        version: time("updated_time"),
        set: {
          from_kind: constant("ad"),
          from_id: text("id"),
          to_kind: constant("campaign"),
          to_id: text("campaign_id"),
          role: text("name"),
        },
      },
    ],
  },
  {
    id: "meta-ads/accounts",
    vendor,
    title: "Accounts (synced history table)",
    columns: ["id", "name", "_fivetran_synced"],
    also: ["currency", "timezone_name", "account_status"],
    fileName: /facebook_ads_account_history|meta_ads_account_history/i,
    needsFileName: true,
    record: [
      {
        into: "ad_accounts",
        key: [text("id")],
        version: time("_fivetran_synced"),
        set: {
          ad_account: text("id"),
          name: text("name"),
          currency: currency("currency"),
          time_zone: text("timezone_name"),
        },
      },
    ],
  },
];
