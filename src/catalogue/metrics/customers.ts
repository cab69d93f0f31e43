import type { Metric } from "../metric.ts";

const family = "customers";
const count = { family, version: 1, unit: "count", good: "up" } as const;
const rate = { family, version: 1, unit: "percent", good: "up" } as const;
const price = { family, version: 1, unit: "money", good: "down" } as const;
const value = { family, version: 1, unit: "money", good: "up" } as const;

/** A metric that is one measure of the same name. */
const counted = (id: string, marks?: readonly string[]) =>
  ({
    ...count,
    id,
    variants: [{ id: "default", formula: id }],
    ...(marks ? { marks } : {}),
  }) as const satisfies Metric;

const acquisition = [
  {
    ...price,
    id: "cac",
    variants: [
      { id: "default", formula: "acquisition_cost / new_customers" },
      { id: "media", formula: "media_cost / new_customers" },
      { id: "all_costs", formula: "cost / new_customers" },
      { id: "attributed", formula: "acquisition_cost / attributed_customers" },
    ],
    marks: ["S0", "S2", "S3"],
    caveats: ["costs_missing"],
  },
  {
    ...price,
    id: "mql_acquisition_cost",
    variants: [
      { id: "default", formula: "acquisition_cost_without_media / customers_from_mqls" },
      { id: "all_acquisition", formula: "acquisition_cost / customers_from_mqls" },
    ],
    marks: ["S2"],
    caveats: ["costs_missing"],
  },
  {
    ...price,
    id: "cost_per_acquisition",
    variants: [
      { id: "customers", formula: "cost / new_customers" },
      { id: "conversions", formula: "media_cost / conversions" },
      { id: "claimed", formula: "media_cost / claimed_conversions" },
      { id: "attributed", formula: "cost / attributed_conversions" },
    ],
    marks: ["S4"],
    caveats: ["costs_missing", "ad_spend_missing"],
  },
  {
    ...price,
    id: "cost_per_conversion",
    variants: [
      { id: "media", formula: "media_cost / conversions" },
      { id: "claimed", formula: "media_cost / claimed_conversions" },
    ],
    caveats: ["ad_spend_missing"],
  },
  {
    ...price,
    id: "cost_per_lead",
    variants: [
      { id: "media", formula: "media_cost / new_leads" },
      { id: "acquisition", formula: "acquisition_cost / new_leads" },
      { id: "claimed", formula: "media_cost / claimed_leads" },
    ],
    marks: ["S4"],
    caveats: ["ad_spend_missing"],
  },
  {
    ...price,
    id: "cost_per_mql",
    variants: [
      { id: "media", formula: "media_cost / mqls" },
      { id: "acquisition", formula: "acquisition_cost / mqls" },
    ],
    marks: ["S4"],
    caveats: ["ad_spend_missing"],
  },
  {
    ...price,
    id: "cost_per_sql",
    variants: [
      { id: "media", formula: "media_cost / sqls" },
      { id: "acquisition", formula: "acquisition_cost / sqls" },
    ],
    marks: ["S4"],
    caveats: ["ad_spend_missing"],
  },
  {
    ...price,
    id: "cost_per_opportunity",
    variants: [
      { id: "media", formula: "media_cost / opportunities" },
      { id: "acquisition", formula: "acquisition_cost / opportunities" },
    ],
    caveats: ["ad_spend_missing"],
  },
] as const satisfies readonly Metric[];

const loyalty = [
  { ...counted("customers_start"), good: "neutral" },
  counted("active_customers"),
  { ...counted("churned_customers"), good: "down" },
  counted("reactivated_customers"),
  counted("buyers"),
  {
    ...rate,
    id: "customer_retention_rate",
    variants: [
      { id: "kept", formula: "customers_kept / customers_start" },
      { id: "end_less_new", formula: "(active_customers - new_customers) / customers_start" },
      { id: "revenue", formula: "customer_revenue_kept / customer_revenue_start" },
      { id: "ordering", formula: "ordering_customers / customers_to_date" },
    ],
    marks: ["S2", "S4"],
    caveats: ["orders_excluded"],
  },
  {
    ...rate,
    good: "down",
    id: "churn_rate",
    variants: [
      { id: "customers", formula: "(customers_start - customers_kept) / customers_start" },
      { id: "losses", formula: "churned_customers / customers_start" },
      {
        id: "revenue",
        formula: "(customer_revenue_start - customer_revenue_kept) / customer_revenue_start",
      },
    ],
    marks: ["S4"],
    caveats: ["orders_excluded"],
  },
  {
    ...rate,
    id: "repeat_purchase_rate",
    variants: [
      { id: "period", formula: "buyers_with_two_orders / buyers" },
      { id: "to_date", formula: "new_customers_with_repeat / new_customers" },
    ],
    marks: ["S1"],
    caveats: ["immature"],
  },
  {
    ...rate,
    id: "returning_customer_rate",
    variants: [{ id: "default", formula: "returning_buyers / buyers" }],
  },
  {
    family,
    version: 1,
    unit: "ratio",
    good: "up",
    id: "purchase_frequency",
    variants: [{ id: "default", formula: "identified_orders / buyers" }],
    marks: ["S3"],
  },
  {
    family,
    version: 1,
    unit: "days",
    good: "down",
    id: "days_between_orders",
    variants: [
      { id: "median", formula: "median_days_between_orders" },
      { id: "mean", formula: "mean_days_between_orders" },
    ],
  },
] as const satisfies readonly Metric[];

const lifetimeValue = [
  {
    ...value,
    id: "average_order_value",
    variants: [
      { id: "net", formula: "revenue / valued_orders" },
      { id: "before_refunds", formula: "order_sales / valued_orders" },
    ],
    marks: ["S3"],
    aliases: { aov: "net" },
  },
  {
    ...value,
    id: "revenue_per_customer",
    variants: [{ id: "default", formula: "revenue / buyers" }],
    caveats: ["buyers_unknown"],
  },
  {
    ...value,
    id: "customer_value_per_year",
    variants: [{ id: "default", formula: "revenue / customers_during * 365.25 / days()" }],
  },
  {
    family,
    version: 1,
    unit: "months",
    good: "up",
    id: "customer_lifespan",
    variants: [
      {
        id: "default",
        formula: "customers_start / (customers_start - customers_kept) * days() * 12 / 365.25",
      },
    ],
    caveats: ["steady_churn_assumed"],
  },
  {
    ...value,
    id: "clv",
    variants: [
      { id: "historical", formula: "revenue_to_date / new_customers" },
      { id: "historical_margin", formula: "margin_to_date / new_customers_with_margin" },
      { id: "purchases", formula: "average_order_value * purchase_frequency" },
      { id: "value_lifespan", formula: "customer_value_per_year * customer_lifespan / 12" },
      { id: "cumulative", formula: "order_revenue_to_date / customers_to_date" },
      { id: "cumulative_margin", formula: "order_margin_to_date / customers_to_date" },
    ],
    marks: ["S3", "S4"],
    aliases: {
      clv_historical: "historical",
      clv_purchases: "purchases",
      clv_value_lifespan: "value_lifespan",
    },
    caveats: ["immature", "margin_missing"],
  },
  {
    family,
    version: 1,
    unit: "ratio",
    good: "up",
    id: "clv_to_cac",
    variants: [
      { id: "historical", formula: "clv@historical / cac" },
      { id: "historical_margin", formula: "clv@historical_margin / cac" },
      { id: "purchases", formula: "clv@purchases / cac" },
      { id: "value_lifespan", formula: "clv@value_lifespan / cac" },
    ],
    marks: ["S0", "S3"],
    caveats: ["costs_missing", "immature"],
  },
  {
    family,
    version: 1,
    unit: "months",
    good: "down",
    id: "cac_payback",
    variants: [
      { id: "margin", formula: "cac / (gross_profit / customers_during / days() * 365.25 / 12)" },
      { id: "revenue", formula: "cac / (revenue / customers_during / days() * 365.25 / 12)" },
    ],
    marks: ["S0", "S3"],
    caveats: ["costs_missing", "margin_missing"],
  },
] as const satisfies readonly Metric[];

const feedback = [
  {
    ...rate,
    id: "csat",
    variants: [{ id: "default", formula: "csat_satisfied / csat_answers" }],
    marks: ["S1", "S4"],
  },
  {
    family,
    version: 1,
    unit: "points",
    good: "up",
    id: "csat_score",
    variants: [{ id: "mean", formula: "mean_csat_score" }],
  },
  {
    family,
    version: 1,
    unit: "points",
    good: "up",
    id: "nps",
    variants: [{ id: "default", formula: "(nps_promoters - nps_detractors) / nps_answers * 100" }],
    marks: ["S1"],
  },
  {
    family,
    version: 1,
    unit: "points",
    good: "neutral",
    id: "ces",
    variants: [{ id: "mean", formula: "mean_ces_score" }],
    caveats: ["scale_direction"],
  },
] as const satisfies readonly Metric[];

const carts = [
  { ...counted("carts"), good: "neutral" },
  {
    ...rate,
    good: "down",
    id: "cart_abandonment_rate",
    variants: [{ id: "default", formula: "abandoned_carts / mature_carts" }],
    marks: ["S1"],
    caveats: ["immature"],
  },
  {
    ...price,
    id: "abandoned_cart_value",
    variants: [{ id: "default", formula: "abandoned_cart_value" }],
    caveats: ["immature"],
  },
  {
    ...rate,
    id: "cart_recovery_rate",
    variants: [{ id: "default", formula: "recovered_carts / abandoned_carts" }],
    marks: ["S1"],
    caveats: ["immature"],
  },
  {
    ...value,
    id: "recovered_revenue",
    variants: [{ id: "default", formula: "recovered_revenue" }],
    marks: ["S1"],
    caveats: ["not_incremental"],
  },
] as const satisfies readonly Metric[];

/** Customers: what they cost to win, whether they stay, what they are worth. */
export const customerMetrics = [
  ...acquisition,
  ...loyalty,
  ...lifetimeValue,
  ...feedback,
  ...carts,
] as const satisfies readonly Metric[];
