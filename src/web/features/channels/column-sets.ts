/** Columns that answer one question together. */
export const columnSets = {
  result: [
    "cost",
    "attributed_revenue",
    "attributed_conversions",
    "roi",
    "roas",
    "cost_per_acquisition@attributed",
    "cac",
  ],
  traffic: [
    "cost",
    "ad_impressions",
    "ad_clicks",
    "click_through_rate",
    "cpc",
    "sessions",
    "new_leads",
    "cost_per_lead",
    "new_customers",
  ],
  claims: [
    "claimed_conversions",
    "attributed_conversions",
    "claimed_value",
    "attributed_revenue",
    "claim_gap",
    "claimed_roas",
    "roas",
  ],
} as const;

/** One of the sets. */
export type ColumnSet = keyof typeof columnSets;

/** The sets in order. */
export const columnSetNames = Object.keys(columnSets) as readonly ColumnSet[];

/** What can be drawn over time, per channel. */
export const plottable = [
  "attributed_revenue",
  "cost",
  "roi",
  "roas",
  "attributed_conversions",
  "sessions",
  "new_leads",
  "ad_clicks",
  "cpc",
] as const;

const added: ReadonlySet<string> = new Set([
  "attributed_revenue",
  "cost",
  "attributed_conversions",
  "sessions",
  "ad_clicks",
]);

/**
 * Tells whether the channels of a metric add up to its whole, so that they may be stacked.
 *
 * @param metric one of those that can be drawn
 */
export function isAdded(metric: string): boolean {
  return added.has(metric);
}
