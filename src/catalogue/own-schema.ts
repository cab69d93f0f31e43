import { z } from "zod";

const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, "a name of small letters, digits and _, such as demo_requests");

const text = z.string().min(1);

/** One condition of `where`: a value, several values, or a comparison. */
export const ownCondition = z.union(
  [
    z.string(),
    z.boolean(),
    z.array(z.string()).min(1),
    z.strictObject({ not: z.union([z.string(), z.boolean(), z.array(z.string()).min(1)]) }),
    z.strictObject({ at_least: z.number() }),
    z.strictObject({ at_most: z.number() }),
    z.strictObject({ missing: z.boolean() }),
  ],
  "expected a value, a list of values, {not: …}, {at_least: n}, {at_most: n} or {missing: true}",
);

/** How an own measure adds rows up. */
export const ownAggregate = z.union(
  [
    z.literal("count"),
    z.strictObject({ sum: text }),
    z.strictObject({ distinct: text }),
    z.strictObject({ mean: text }),
    z.strictObject({ median: text }),
    z.strictObject({ quantile: text, share: z.number().gt(0).lt(1) }),
    z.strictObject({ credit: z.enum(["amount", "share"]) }),
  ],
  "expected count, {sum: column}, {distinct: column}, {mean: column}, {median: column}, {quantile: column, share: 0.9} or {credit: amount}",
);

const ownMeasure = z.strictObject({
  name: text.optional(),
  fact: text,
  aggregate: ownAggregate,
  time: text.optional(),
  where: z.record(z.string(), ownCondition).optional(),
});

const ownMetric = z
  .strictObject({
    name: text.optional(),
    meaning: text.optional(),
    low: text.optional(),
    high: text.optional(),
    act: text.optional(),
    family: z
      .enum(["funnel", "engagement", "customers", "revenue", "automation"])
      .default("revenue"),
    unit: z.enum([
      "count",
      "percent",
      "ratio",
      "money",
      "money_per_day",
      "days",
      "minutes",
      "seconds",
      "hours",
      "months",
      "fte",
      "points",
      "flag",
    ]),
    good: z.enum(["up", "down", "neutral"]).default("neutral"),
    version: z.int().min(1).default(1),
    formula: text.optional(),
    variants: z.record(name, text).optional(),
  })
  .refine(
    ({ formula, variants }) =>
      (formula === undefined) !== (variants === undefined || Object.keys(variants).length === 0),
    "give either formula or variants",
  );

/** What a workspace's `metrics.yaml` may say. */
export const ownMetricsSchema = z.strictObject({
  measures: z.record(name, ownMeasure).default({}),
  metrics: z.record(name, ownMetric).default({}),
});

/** A parsed `metrics.yaml`. */
export type OwnMetrics = z.output<typeof ownMetricsSchema>;
