import { z } from "@hono/zod-openapi";
import { languageQuery, list } from "./basics.ts";

/** A metric with its words. */
export const metric = z
  .object({
    id: z.string(),
    family: z.string(),
    familyName: z.string(),
    version: z.int(),
    unit: z.string(),
    unitName: z.string(),
    good: z.enum(["up", "down", "neutral"]),
    name: z.string(),
    meaning: z.string(),
    low: z.string(),
    high: z.string(),
    act: z.string(),
    synonyms: list(z.string()).openapi({
      description: "Names in all languages and other ids, for a search.",
    }),
    isOwn: z.boolean(),
    dimensions: list(z.string()),
    caveats: list(z.string()),
    benchmark: z.object({ value: z.string(), source: z.string(), year: z.int() }).nullable(),
    variants: list(
      z.object({
        id: z.string(),
        name: z.string(),
        formula: z.string(),
        words: z.string(),
        maths: z.string().openapi({ description: "MathML" }),
        measures: list(z.string()),
        dimensions: list(z.string()),
        isCohort: z.boolean(),
      }),
    ),
  })
  .openapi("Metric");

/** Everything that can be asked for. */
export const catalogue = z
  .object({
    metrics: list(metric),
    dimensions: list(z.object({ id: z.string(), name: z.string() })),
    families: list(z.object({ id: z.string(), name: z.string() })),
  })
  .openapi("Catalogue");

/** Which values of a dimension are wanted. */
export const valuesQuery = languageQuery.extend({
  search: z.string().max(200).default(""),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** Values of a dimension, the most frequent first. */
export const values = z.object({
  dimension: z.string(),
  values: list(z.object({ value: z.string().nullable(), text: z.string(), rows: z.string() })),
});

/** Own metrics as the workspace's file writes them. */
export const ownMetrics = z.object({
  file: z.string(),
  exists: z.boolean(),
  text: z.string(),
  metrics: list(z.string()),
});
