import type { Metric } from "../metric.ts";

const family = "revenue";
const money = { family, version: 1, unit: "money", good: "up" } as const;
const rate = { family, version: 1, unit: "percent", good: "up" } as const;
const ratio = { family, version: 1, unit: "ratio", good: "up" } as const;

/** A metric that is one measure of the same name. */
const credited = (id: string, marks: readonly string[] = []) =>
  ({
    ...money,
    id,
    variants: [{ id: "default", formula: id }],
    ...(marks.length > 0 ? { marks } : {}),
    caveats: ["not_caused"],
  }) as const satisfies Metric;

/** What touches earned and what they cost. */
export const attributionMetrics = [
  {
    ...credited("attributed_revenue", ["S0", "S4"]),
    variants: [
      { id: "default", formula: "attributed_revenue" },
      { id: "margin", formula: "attributed_margin" },
    ],
    caveats: ["not_caused", "margin_missing"],
  },
  {
    ...rate,
    id: "attributed_revenue_share",
    variants: [{ id: "default", formula: "attributed_revenue / creditable_revenue" }],
    caveats: ["not_caused"],
  },
  {
    ...money,
    good: "down",
    id: "unattributed_revenue",
    variants: [{ id: "default", formula: "unattributed_revenue" }],
  },
  credited("marketing_revenue"),
  credited("automation_revenue", ["S0", "S4"]),
  {
    ...money,
    id: "sourced_revenue",
    variants: [{ id: "default", formula: "sourced_revenue" }],
    marks: ["S4"],
    caveats: ["not_caused", "buyers_unknown"],
  },
  {
    ...rate,
    id: "sourced_revenue_share",
    variants: [{ id: "default", formula: "sourced_revenue / revenue_of_all" }],
    marks: ["S4"],
    caveats: ["not_caused", "buyers_unknown"],
  },
  {
    ...credited("influenced_revenue", ["S4"]),
    caveats: ["not_caused", "influence_overlaps"],
  },
  {
    ...rate,
    id: "influenced_revenue_share",
    variants: [{ id: "default", formula: "influenced_revenue / creditable_revenue" }],
    marks: ["S4"],
    caveats: ["not_caused", "influence_overlaps"],
  },
  {
    family,
    version: 1,
    unit: "count",
    good: "up",
    id: "attributed_conversions",
    variants: [{ id: "default", formula: "attributed_conversions" }],
    caveats: ["not_caused"],
  },
  {
    family,
    version: 1,
    unit: "count",
    good: "down",
    id: "unattributed_conversions",
    variants: [{ id: "default", formula: "unattributed_conversions" }],
  },
  {
    family,
    version: 1,
    unit: "count",
    good: "up",
    id: "attributed_customers",
    variants: [{ id: "default", formula: "attributed_customers" }],
    caveats: ["not_caused"],
  },
  {
    ...rate,
    id: "roi",
    variants: [
      { id: "revenue", formula: "(attributed_revenue - cost) / cost" },
      { id: "margin", formula: "(attributed_margin - cost) / cost" },
    ],
    marks: ["S0", "S1", "S2", "S3", "S4"],
    caveats: ["costs_missing", "margin_missing", "not_caused"],
  },
  {
    ...ratio,
    id: "roas",
    variants: [
      { id: "paid", formula: "paid_revenue / media_cost" },
      { id: "paid_margin", formula: "paid_margin / media_cost" },
      { id: "all_touches", formula: "attributed_revenue / media_cost" },
    ],
    caveats: ["ad_spend_missing", "margin_missing", "views_left_out", "not_caused"],
  },
  {
    ...money,
    id: "revenue_per_recipient",
    variants: [{ id: "default", formula: "message_revenue / messages_delivered" }],
    caveats: ["not_caused"],
  },
  {
    ...money,
    good: "down",
    id: "claim_gap",
    variants: [{ id: "default", formula: "claimed_value - paid_revenue" }],
    caveats: ["platform_claim", "views_left_out"],
  },
] as const satisfies readonly Metric[];
