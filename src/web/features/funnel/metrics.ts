/** The stages of the funnel, with the rate from the stage before as it is by period. */
export const stages = [
  { metric: "visitors", rate: null },
  { metric: "new_leads", rate: "visitor_to_lead_rate" },
  { metric: "mqls", rate: "lead_to_mql_rate" },
  { metric: "sqls", rate: "mql_to_sql_rate" },
  { metric: "opportunities", rate: "sql_to_opportunity_rate" },
  { metric: "new_customers", rate: null },
] as const;

/** The stages that the leads of the period have reached, each as a share of all of them. */
export const cohortStages = [
  { metric: "mqls", rate: "lead_to_mql_rate" },
  { metric: "sqls", rate: "lead_to_sql_rate" },
  { metric: "opportunities", rate: "lead_to_opportunity_rate" },
  { metric: "new_customers", rate: "lead_to_customer_rate" },
] as const;

/** Everything that the funnel by period draws. */
export const stageMetrics = stages.flatMap(({ metric, rate }) =>
  rate ? [metric, rate] : [metric],
);

/** Everything that the funnel by cohort draws. */
export const cohortMetrics = cohortStages.map(({ rate }) => rate);

/** Rates that can be drawn over time; by cohort only those from one stage to another. */
export const rates = {
  period: [
    "mql_to_sql_rate",
    "win_rate",
    "visitor_to_lead_rate",
    "lead_to_mql_rate",
    "sql_to_opportunity_rate",
    "lead_to_customer_rate",
    "followed_up_within_1h_rate",
    "lead_velocity_rate",
  ],
  cohort: [
    "mql_to_sql_rate",
    "lead_to_customer_rate",
    "visitor_to_lead_rate",
    "lead_to_mql_rate",
    "lead_to_sql_rate",
    "sql_to_opportunity_rate",
    "lead_to_opportunity_rate",
    "visitor_to_customer_rate",
  ],
} as const;

/** The rates of the funnel as cards. */
export const shares = {
  period: [
    "visitor_to_lead_rate",
    "lead_to_mql_rate",
    "mql_to_sql_rate",
    "sql_to_opportunity_rate",
    "win_rate@closed",
  ],
  cohort: [
    "visitor_to_lead_rate",
    "lead_to_mql_rate",
    "lead_to_sql_rate",
    "lead_to_opportunity_rate",
    "lead_to_customer_rate",
    "mql_to_sql_rate",
    "sql_to_opportunity_rate",
    "visitor_to_customer_rate",
  ],
} as const;

/** How fast leads and deals move, and how well marketing hands over. */
export const handover = [
  "speed_to_lead@median",
  "followed_up_within_1h_rate",
  "followed_up_rate",
  "sales_cycle_length@median",
  "sales_cycle_length@p90",
  "deal_cycle_length@median",
  "deal_cycle_length@p90",
  "lead_velocity_rate",
  "lead_score@mean",
  "acquisition_rate",
  "pipeline_created",
  "open_pipeline",
] as const;

/** What one more person of each stage costs. */
export const costs = [
  "cost_per_lead@media",
  "cost_per_mql@media",
  "cost_per_sql@media",
  "cost_per_opportunity@media",
  "cac",
] as const;

const leadColumns = [
  "visitors",
  "new_leads",
  "visitor_to_lead_rate",
  "mqls",
  "sqls",
  "mql_to_sql_rate",
  "opportunities",
  "new_customers",
  "cost_per_lead@media",
  "cost_per_mql@media",
  "cost_per_sql@media",
] as const;

const dealColumns = [
  "opportunities",
  "won_deals",
  "lost_deals",
  "win_rate@closed",
  "deal_cycle_length@median",
  "pipeline_created",
] as const;

/** What the funnel can be broken down by, each with the figures that know it. */
export const breakdowns = [
  { by: "channel", metrics: leadColumns },
  { by: "campaign", metrics: leadColumns },
  { by: "source", metrics: leadColumns },
  { by: "country", metrics: leadColumns },
  {
    by: "owner",
    metrics: [
      "new_leads",
      "speed_to_lead@median",
      "followed_up_within_1h_rate",
      "mqls",
      "sqls",
      "mql_to_sql_rate",
      "opportunities",
      "win_rate@closed",
      "deal_cycle_length@median",
    ],
  },
  { by: "team", metrics: dealColumns },
  { by: "pipeline", metrics: dealColumns },
  { by: "product", metrics: dealColumns },
] as const;
