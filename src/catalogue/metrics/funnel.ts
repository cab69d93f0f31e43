import type { Metric } from "../metric.ts";

const family = "funnel";
const count = { family, version: 1, unit: "count", good: "up" } as const;
const rate = { family, version: 1, unit: "percent", good: "up" } as const;

/** A metric that is one measure of the same name. */
const counted = (id: string, marks?: readonly string[]) =>
  ({
    ...count,
    id,
    variants: [{ id: "default", formula: id }],
    ...(marks ? { marks } : {}),
  }) as const satisfies Metric;

/** Funnel and leads: visits, goals, stages, deals and how fast they move. */
export const funnelMetrics = [
  counted("visitors", ["S0", "S3"]),
  counted("new_leads", ["S0"]),
  counted("mqls", ["S2", "S3"]),
  counted("sqls", ["S0", "S3"]),
  counted("opportunities", ["S4"]),
  counted("new_customers", ["S0", "S3"]),
  counted("conversions", ["S0", "S4"]),
  counted("form_submissions"),
  counted("meetings"),
  counted("calls"),
  {
    ...rate,
    id: "conversion_rate",
    variants: [
      { id: "people", formula: "converted_people / visitors" },
      { id: "conversions", formula: "conversions / visitors" },
      { id: "sessions", formula: "sessions_with_goal / sessions" },
    ],
    marks: ["S0", "S3", "S4"],
    caveats: ["identities_unlinked"],
  },
  {
    ...rate,
    id: "landing_page_conversion_rate",
    variants: [{ id: "people", formula: "visitors_with_goal / visitors" }],
    marks: ["S4"],
  },
  {
    ...rate,
    id: "visitor_to_lead_rate",
    variants: [
      {
        id: "default",
        formula: "new_leads / visitors",
        cohort: { from: "visitor_at", to: "lead_at" },
      },
    ],
    marks: ["S0"],
    caveats: ["immature"],
  },
  {
    ...rate,
    id: "lead_to_mql_rate",
    variants: [
      { id: "default", formula: "mqls / new_leads", cohort: { from: "lead_at", to: "mql_at" } },
    ],
    caveats: ["immature"],
  },
  {
    ...rate,
    id: "mql_to_sql_rate",
    variants: [{ id: "default", formula: "sqls / mqls", cohort: { from: "mql_at", to: "sql_at" } }],
    marks: ["S0", "S3"],
    caveats: ["immature"],
  },
  {
    ...rate,
    id: "sql_to_opportunity_rate",
    variants: [
      {
        id: "default",
        formula: "opportunities / sqls",
        cohort: { from: "sql_at", to: "opportunity_at" },
      },
    ],
    marks: ["S4"],
    caveats: ["immature", "deals_per_person"],
  },
  {
    ...rate,
    id: "lead_to_sql_rate",
    variants: [
      { id: "default", formula: "sqls / new_leads", cohort: { from: "lead_at", to: "sql_at" } },
    ],
    caveats: ["immature"],
  },
  {
    ...rate,
    id: "lead_to_opportunity_rate",
    variants: [
      {
        id: "default",
        formula: "opportunities / new_leads",
        cohort: { from: "lead_at", to: "opportunity_at" },
      },
    ],
    marks: ["S4"],
    caveats: ["immature", "deals_per_person"],
  },
  {
    ...rate,
    id: "lead_to_customer_rate",
    variants: [
      {
        id: "default",
        formula: "new_customers / new_leads",
        cohort: { from: "lead_at", to: "customer_at" },
      },
    ],
    marks: ["S0", "S1", "S3"],
    caveats: ["immature"],
  },
  {
    ...rate,
    id: "visitor_to_customer_rate",
    variants: [
      {
        id: "default",
        formula: "new_customers / visitors",
        cohort: { from: "visitor_at", to: "customer_at" },
      },
    ],
    caveats: ["immature", "identities_unlinked"],
  },
  {
    ...rate,
    id: "lead_conversion_share",
    variants: [{ id: "default", formula: "people_converted / known_people" }],
  },
  {
    ...rate,
    id: "win_rate",
    variants: [
      { id: "closed", formula: "won_deals / closed_deals" },
      { id: "created", formula: "opportunities_won / opportunities" },
    ],
    marks: ["S4"],
  },
  { ...counted("won_deals"), version: 1 },
  { ...counted("lost_deals"), good: "down" },
  { ...counted("closed_deals"), good: "neutral" },
  { ...counted("open_deals"), good: "neutral" },
  {
    ...rate,
    id: "upsell_rate",
    variants: [{ id: "default", formula: "upsell_buyers / customers_during" }],
    marks: ["S0", "S1"],
  },
  {
    ...rate,
    id: "cross_sell_rate",
    variants: [{ id: "default", formula: "cross_sell_buyers / customers_during" }],
    marks: ["S0", "S1"],
  },
  {
    id: "sales_cycle_length",
    family,
    version: 1,
    unit: "days",
    good: "down",
    variants: [
      { id: "median", formula: "median_sales_cycle_seconds / 86400" },
      { id: "mean", formula: "mean_sales_cycle_seconds / 86400" },
      { id: "p90", formula: "p90_sales_cycle_seconds / 86400" },
    ],
    marks: ["S4"],
    caveats: ["lead_unknown"],
  },
  {
    id: "deal_cycle_length",
    family,
    version: 1,
    unit: "days",
    good: "down",
    variants: [
      { id: "median", formula: "median_deal_cycle_seconds / 86400" },
      { id: "mean", formula: "mean_deal_cycle_seconds / 86400" },
      { id: "p90", formula: "p90_deal_cycle_seconds / 86400" },
      { id: "closed", formula: "mean_closed_cycle_seconds / 86400" },
    ],
    marks: ["S4"],
  },
  {
    id: "time_in_stage",
    family,
    version: 1,
    unit: "days",
    good: "down",
    variants: [
      { id: "median", formula: "median_stage_seconds / 86400" },
      { id: "mean", formula: "mean_stage_seconds / 86400" },
      { id: "p90", formula: "p90_stage_seconds / 86400" },
    ],
    marks: ["S4"],
    caveats: ["immature"],
  },
  {
    id: "speed_to_lead",
    family,
    version: 1,
    unit: "minutes",
    good: "down",
    variants: [
      { id: "median", formula: "median_follow_up_seconds / 60" },
      { id: "mean", formula: "mean_follow_up_seconds / 60" },
      { id: "p90", formula: "p90_follow_up_seconds / 60" },
    ],
    marks: ["S1"],
    caveats: ["only_followed_up"],
  },
  {
    ...rate,
    id: "followed_up_within_1h_rate",
    variants: [{ id: "default", formula: "leads_followed_up_in_time / new_leads" }],
    marks: ["S1"],
  },
  {
    ...rate,
    id: "followed_up_rate",
    variants: [{ id: "default", formula: "leads_followed_up / new_leads" }],
    caveats: ["immature"],
  },
  {
    id: "lead_score",
    family,
    version: 1,
    unit: "points",
    good: "up",
    variants: [
      { id: "mean", formula: "mean_lead_score" },
      { id: "median", formula: "median_lead_score" },
    ],
    marks: ["S4"],
  },
  {
    ...rate,
    id: "lead_velocity_rate",
    variants: [{ id: "default", formula: "(mqls - previous(mqls)) / previous(mqls)" }],
    marks: ["S4"],
  },
  {
    id: "lead_quality_alarm",
    family,
    version: 1,
    unit: "flag",
    good: "down",
    variants: [
      {
        id: "default",
        formula:
          "change(mql_to_sql_rate) > 0 and (change(win_rate) < 0 or change(revenue_per_sql) < 0)",
      },
    ],
    marks: ["S0"],
  },
  {
    ...rate,
    id: "acquisition_rate",
    variants: [{ id: "default", formula: "new_customers / customers_start" }],
    marks: ["S4"],
  },
  {
    id: "new_customers_per_day",
    family,
    version: 1,
    unit: "ratio",
    good: "up",
    variants: [{ id: "default", formula: "new_customers / days()" }],
    marks: ["S4"],
  },
] as const satisfies readonly Metric[];
