/** The figures that say whether automated marketing pays, the answer first. */
export const keyMetrics = [
  "roi",
  "mer",
  "attributed_revenue",
  "revenue",
  "cost",
  "cac",
  "clv_to_cac",
  "influenced_revenue_share",
  "automation_saving_return",
  "hours_saved",
] as const;

/** One of the key figures. */
export type KeyMetric = (typeof keyMetrics)[number];
