/** What was earned and how. */
export const revenueMetrics = [
  "revenue",
  "orders",
  "average_order_value",
  "gross_margin",
  "repeat_customer_revenue_share",
] as const;

/** Whether customers come, come back and stay. */
export const customerMetrics = [
  "new_customers",
  "active_customers",
  "reactivated_customers",
  "customer_retention_rate",
  "churn_rate",
  "repeat_purchase_rate",
  "returning_customer_rate",
  "purchase_frequency",
  "days_between_orders",
  "revenue_per_customer",
] as const;

/** What customers say. */
export const surveyMetrics = ["nps", "csat", "csat_score", "ces"] as const;

/** What a customer costs, and until when that is earned back. */
export const costMetrics = [
  "cac",
  "cac@attributed",
  "clv_to_cac",
  "cac_payback@margin",
  "cac_payback@revenue",
] as const;

/** The lines between what was charged and what was earned: revenue is exactly their sum. */
export const saleSteps = [
  { metric: "gross_sales", sign: 1 },
  { metric: "discounts", sign: -1 },
  { metric: "shipping_and_tax", sign: 1 },
  { metric: "refunds", sign: -1 },
  { metric: "revenue", sign: 1 },
] as const;

/** By what revenue can be broken down on this screen, the usual one first. */
export const revenueDimensions = [
  "stream",
  "product",
  "channel",
  "campaign",
  "country",
  "order_kind",
  "currency",
] as const;

/** Ways of computing what a customer is worth, to stand beside each other. */
export const lifetimeVariants = [
  "historical",
  "historical_margin",
  "purchases",
  "value_lifespan",
] as const;
