import { z } from "@hono/zod-openapi";
import { attributionModels } from "../../ledger/attribution.ts";
import { day, list, period, reason } from "./basics.ts";

/** How a question about attributed figures is meant; what is left out follows the settings. */
export const attributionChoice = z.strictObject({
  model: z.enum(attributionModels).optional(),
  windowDays: z.number().positive().max(3650).optional(),
  level: z.enum(["person", "account"]).optional(),
  goal: z.string().min(1).max(200).optional(),
});

/** A question, as the library takes it. Days are calendar days of the workspace; `to` is not included. */
export const question = z
  .strictObject({
    metrics: list(z.string().min(1).max(200)).openapi({ example: ["revenue", "roi"] }),
    from: day,
    to: day,
    grain: z
      .enum(["hour", "day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year"])
      .optional(),
    by: list(z.string().max(100)).optional(),
    filter: z.string().max(20_000).optional(),
    compare: z.union([z.enum(["previous", "year", "none"]), period]).optional(),
    basis: z.enum(["period", "cohort"]).optional(),
    limit: z.int().min(1).max(10_000).optional(),
    attribution: attributionChoice.optional(),
  })
  .openapi("Question");

/** How conversions were credited. */
export const usedAttribution = z.object({
  model: z.enum(attributionModels),
  windowDays: z.number(),
  level: z.enum(["person", "account"]),
  goal: z.string(),
});

const group = z.record(z.string(), z.string().nullable());

/** A figure: exact values as decimal text, and the same values printed in the language asked for. */
export const figure = z
  .object({
    metric: z.string(),
    variant: z.string(),
    definitionVersion: z.int(),
    group,
    bucket: z.string().nullable(),
    value: z.string().nullable(),
    unit: z.string(),
    currency: z.string().optional(),
    numerator: z.string().optional(),
    denominator: z.string().optional(),
    n: z.string().optional(),
    comparison: z
      .object({
        kind: z.enum(["previous", "year", "custom"]),
        value: z.string().nullable(),
        delta: z.string().nullable(),
        deltaUnit: z.enum(["pp", "percent", "abs"]),
        betterWhen: z.enum(["up", "down", "neutral"]),
        text: z.string(),
        deltaText: z.string(),
      })
      .optional(),
    state: z.enum([
      "ok",
      "zero",
      "no_data",
      "partial",
      "stale",
      "estimated",
      "too_few",
      "excluded",
      "not_applicable",
      "error",
    ]),
    attribution: usedAttribution.optional(),
    reasons: list(reason),
    coverage: z.object({
      from: z.string(),
      to: z.string(),
      share: z.number(),
      missing: list(z.string()),
    }),
    text: z.string().openapi({ description: "The value as every surface prints it." }),
  })
  .openapi("Figure");

/** The answer to a question. */
export const answer = z
  .object({
    period,
    comparisonPeriod: period.nullable(),
    buckets: list(
      z.object({ key: z.string(), from: z.string(), to: z.string(), isComplete: z.boolean() }),
    ),
    groups: list(group),
    groupTexts: list(z.record(z.string(), z.string())),
    figures: list(figure),
    notes: list(reason),
    attribution: usedAttribution.optional(),
  })
  .openapi("Answer");

/** Several questions, answered together. */
export const questions = z.strictObject({ questions: z.array(question).min(1).max(40).readonly() });

/** One answer per question, in order; a question that cannot be answered carries its error and stops no other. */
export const answers = z.object({
  answers: list(
    z.union([
      z.object({ ok: z.literal(true), answer }),
      z.object({
        ok: z.literal(false),
        error: z.object({ code: z.string(), detail: z.string() }),
      }),
    ]),
  ),
});

/** What to explain, and which page of its rows. */
export const explainRequest = z.strictObject({
  question,
  rowLimit: z.int().min(1).max(500).optional(),
  rowOffset: z.int().min(0).optional(),
  changeBy: z.string().max(100).optional(),
});

const explainedInput = z
  .object({
    kind: z.enum(["metric", "measure"]),
    id: z.string(),
    name: z.string(),
    variant: z.string().nullable(),
    periodsBack: z.int(),
    value: z.string().nullable(),
    text: z.string(),
    unit: z.string(),
    formula: z.string().optional(),
    withNumbers: z.string().optional(),
    rows: z.string().optional(),
    fact: z.string().optional(),
    sql: z.string().optional(),
    get inputs() {
      return z.array(explainedInput).readonly();
    },
  })
  .openapi("ExplainedInput");

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const measureRows = z.object({
  measure: z.string(),
  name: z.string(),
  fact: z.string(),
  columns: list(z.object({ name: z.string(), type: z.string(), meaning: z.string() })),
  rows: list(list(cell)),
  offset: z.int(),
  count: z.string(),
  total: z.string().nullable(),
  value: z.string().nullable(),
  ties: z.boolean(),
  sql: z.string(),
});

/** How fresh a source is. */
export const freshness = z
  .object({
    source: z.string(),
    firstDay: z.string().nullable(),
    lastDay: z.string().nullable(),
    rows: z.string().nullable(),
    load: z.string().nullable(),
    loadedAt: z.string().nullable(),
    file: z.string().nullable(),
  })
  .openapi("Freshness");

/** Everything about one figure. */
export const explanation = z
  .object({
    figure,
    name: z.string(),
    meaning: z.string(),
    formula: z.object({
      text: z.string(),
      expanded: z.string(),
      withNumbers: z.string(),
      result: z.string().nullable(),
      words: z.string().openapi({ description: "The formula with names in the language asked." }),
      maths: z.string().openapi({ description: "The formula as MathML." }),
    }),
    inputs: list(explainedInput),
    exclusions: list(
      z.object({ measure: z.string(), code: z.string(), count: z.string(), text: z.string() }),
    ),
    statements: list(
      z.object({ measures: list(z.string()), sql: z.string(), milliseconds: z.number() }),
    ),
    rows: list(measureRows),
    ties: z.boolean(),
    freshness: list(freshness),
    variants: list(
      z.object({
        id: z.string(),
        name: z.string(),
        formula: z.string(),
        value: z.string().nullable(),
        text: z.string(),
        isAsked: z.boolean(),
      }),
    ),
    change: z
      .object({
        dimension: z.string(),
        method: z.enum(["difference", "bennet"]),
        before: z.string(),
        after: z.string(),
        change: z.string(),
        contributions: list(
          z.object({
            group: z.string().nullable(),
            groupText: z.string(),
            before: z.string().nullable(),
            after: z.string().nullable(),
            contribution: z.string(),
            mix: z.string().optional(),
            rate: z.string().optional(),
            beforeText: z.string(),
            afterText: z.string(),
            contributionText: z.string(),
          }),
        ),
        overlap: z.string(),
        overlapText: z.string(),
      })
      .nullable(),
    settings: z.object({
      timeZone: z.string(),
      weekStart: z.string(),
      currency: z.string(),
      asOf: z.string(),
    }),
  })
  .openapi("Explanation");

/** A question and the form in which its answer is to be saved. */
export const exportRequest = z.strictObject({
  question,
  format: z.enum(["csv", "xlsx"]),
  title: z.string().max(200).optional(),
  /** The groups to save, in this order; {} is the total. All of them by default. */
  groups: z.array(z.record(z.string(), z.string().nullable())).max(20_000).readonly().optional(),
});

/** A printed table that no single question answers, to be saved. */
export const tableExportRequest = z.strictObject({
  title: z.string().min(1).max(500),
  columns: z.array(z.string().max(1000)).min(1).max(200).readonly(),
  rows: z
    .array(z.array(z.string().max(10_000)).max(200).readonly())
    .max(20_000)
    .readonly(),
  /** The exact value behind each cell; null where it is words. */
  values: z
    .array(
      z
        .array(
          z
            .string()
            .max(100)
            .regex(/^-?\d+(\.\d+)?$/)
            .nullable(),
        )
        .max(200)
        .readonly(),
    )
    .max(20_000)
    .readonly(),
  /** What the table was asked by. */
  asked: z
    .object({
      period: period.optional(),
      filter: z.string().max(20_000).optional(),
      attribution: attributionChoice.optional(),
    })
    .optional(),
});
