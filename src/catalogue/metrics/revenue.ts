import type { Metric } from "../metric.ts";

const family = "revenue";
const money = { family, version: 1, unit: "money", good: "up" } as const;
const rate = { family, version: 1, unit: "percent", good: "up" } as const;

/** A metric that is one measure of the same name. */
const summed = (id: string, marks?: readonly string[]) =>
  ({
    ...money,
    id,
    variants: [{ id: "default", formula: id }],
    ...(marks ? { marks } : {}),
  }) as const satisfies Metric;

const earned = [
  { ...summed("revenue", ["S2"]), caveats: ["excluded_currency"] },
  summed("gross_sales"),
  {
    ...money,
    good: "down",
    id: "discounts",
    variants: [{ id: "default", formula: "-discount_amount" }],
  },
  { ...summed("shipping_and_tax"), good: "neutral" },
  {
    ...money,
    good: "down",
    id: "refunds",
    variants: [{ id: "default", formula: "-returned_amount" }],
  },
  {
    ...rate,
    good: "down",
    id: "refund_rate",
    variants: [
      { id: "amount", formula: "refunds / sales" },
      { id: "orders", formula: "refunded_orders / orders" },
    ],
    caveats: ["refunds_of_earlier_sales"],
  },
  {
    family,
    version: 1,
    unit: "count",
    good: "up",
    id: "orders",
    variants: [{ id: "default", formula: "orders" }],
  },
  {
    family,
    version: 1,
    unit: "count",
    good: "up",
    id: "units_sold",
    variants: [{ id: "default", formula: "units_sold" }],
  },
  {
    ...rate,
    id: "revenue_growth",
    variants: [{ id: "default", formula: "change(revenue) / previous(revenue)" }],
  },
  summed("new_customer_revenue"),
  summed("repeat_customer_revenue", ["S2"]),
  {
    ...rate,
    id: "repeat_customer_revenue_share",
    variants: [{ id: "default", formula: "repeat_customer_revenue / revenue" }],
    marks: ["S2"],
    caveats: ["buyers_unknown"],
  },
  summed("upsell_revenue"),
  summed("cross_sell_revenue"),
  {
    ...money,
    id: "gross_profit",
    variants: [{ id: "default", formula: "costed_revenue - cost_of_goods" }],
    caveats: ["margin_missing"],
  },
  {
    ...rate,
    id: "gross_margin",
    variants: [{ id: "default", formula: "(costed_revenue - cost_of_goods) / costed_revenue" }],
    caveats: ["margin_missing"],
  },
  {
    ...money,
    id: "revenue_per_visitor",
    variants: [{ id: "default", formula: "revenue / visitors" }],
    caveats: ["identities_unlinked"],
  },
  {
    ...money,
    id: "revenue_per_lead",
    variants: [{ id: "default", formula: "revenue / new_leads" }],
    caveats: ["immature"],
  },
  {
    ...money,
    id: "revenue_per_sql",
    variants: [{ id: "default", formula: "revenue / sqls" }],
    marks: ["S0"],
    caveats: ["immature"],
  },
  summed("conversion_value"),
] as const satisfies readonly Metric[];

const spent = [
  { ...summed("cost"), good: "neutral" },
  { ...summed("media_cost"), good: "neutral", aliases: { ad_spend: "default" } },
  { ...summed("licence_cost", ["S0", "S2"]), good: "neutral" },
  { ...summed("acquisition_cost"), good: "neutral" },
  {
    ...money,
    good: "down",
    id: "cpc",
    variants: [{ id: "default", formula: "media_cost / ad_clicks" }],
    caveats: ["ad_spend_missing"],
  },
  {
    ...money,
    good: "down",
    id: "cpm",
    variants: [{ id: "default", formula: "media_cost / ad_impressions * 1000" }],
    caveats: ["ad_spend_missing"],
  },
  {
    family,
    version: 1,
    unit: "ratio",
    good: "up",
    id: "mer",
    variants: [
      { id: "all_costs", formula: "revenue / cost" },
      { id: "media", formula: "revenue / media_cost" },
    ],
    marks: ["S3"],
    caveats: ["costs_missing", "ad_spend_missing"],
  },
  {
    ...rate,
    good: "down",
    id: "cost_to_revenue",
    variants: [{ id: "default", formula: "cost / revenue" }],
    caveats: ["costs_missing"],
  },
  { ...summed("claimed_value"), caveats: ["platform_claim"] },
  {
    family,
    version: 1,
    unit: "ratio",
    good: "up",
    id: "claimed_roas",
    variants: [{ id: "default", formula: "claimed_value / media_cost" }],
    caveats: ["platform_claim", "ad_spend_missing"],
  },
] as const satisfies readonly Metric[];

const pipeline = [
  summed("pipeline_created", ["S4"]),
  { ...summed("open_pipeline"), caveats: ["amount_missing"] },
  summed("won_amount"),
  {
    ...money,
    id: "average_deal_size",
    variants: [{ id: "default", formula: "won_amount / won_deals" }],
    caveats: ["amount_missing"],
  },
  {
    family,
    version: 1,
    unit: "money_per_day",
    good: "up",
    id: "pipeline_velocity",
    variants: [
      {
        id: "closed",
        formula:
          "closed_deals * win_rate@closed * average_deal_size / (mean_closed_cycle_seconds / 86400)",
      },
      {
        id: "open",
        formula:
          "open_deals * win_rate@closed * average_deal_size / (mean_closed_cycle_seconds / 86400)",
      },
    ],
    marks: ["S4"],
  },
] as const satisfies readonly Metric[];

/** Revenue: what was earned, what was spent for it, what is about to come. */
export const revenueMetrics = [
  ...earned,
  ...spent,
  ...pipeline,
] as const satisfies readonly Metric[];
