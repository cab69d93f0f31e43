import type { ResolvedMetric } from "../catalogue/catalogue.ts";
import { namesIn } from "../catalogue/evaluate.ts";
import type { Formula } from "../catalogue/formula.ts";
import { didYouMean } from "../catalogue/nearest.ts";
import { sharedDimensions } from "../catalogue/shared-dimensions.ts";
import { LastpennyError } from "../errors.ts";
import type { AttributionModel, AttributionSettings } from "../ledger/attribution.ts";
import { addDays, daysBetween, toLocalDay } from "../ledger/calendar.ts";
import type { AskedMeasure } from "./asked.ts";
import { askedMeasure } from "./asked.ts";
import { attributionOf } from "./attribution.ts";
import { cohortMetric } from "./cohort.ts";
import type { FiguresContext } from "./context.ts";
import { type Filter, parseFilter, testsOf } from "./filter.ts";
import type { Compare, Grain, Question } from "./question.ts";
import {
  type BucketSpan,
  bucketsOf,
  previousSpan,
  type Span,
  spanOfDays,
  yearBefore,
} from "./spans.ts";
import { type Ratio, sidesOf } from "./term.ts";

/** A metric as a question asks for it: its formula over measures that are ready to be asked. */
export interface AskedMetric {
  readonly resolved: ResolvedMetric;
  readonly formula: Formula;
  /** Its two sides, and whether they are counts, when it is a ratio. */
  readonly ratio: AskedRatio | null;
  readonly measures: readonly AskedMeasure[];
  /** True when the formula looks at the period before. */
  readonly looksBack: boolean;
  /** The two stages, when people are followed from one to the other. */
  readonly cohort: { readonly from: string; readonly to: string } | null;
}

/** The sides of a ratio and what they are made of. */
export interface AskedRatio extends Ratio {
  /** The denominator counts rows or people. */
  readonly isPerCount: boolean;
  /** The first measure of the denominator. */
  readonly below: { readonly id: string; readonly periodsBack: number } | null;
  /** Counts over counts of the same period: such a rate is a share, and above 1 it is suspicious. */
  readonly isShare: boolean;
}

function ratioIn(formula: Formula, measures: readonly AskedMeasure[]): AskedRatio | null {
  const sides = sidesOf(formula);
  if (!sides) return null;
  const measureOf = (id: string) => measures.find((measure) => measure.id === id);
  const below = namesIn(sides.denominator);
  const isShare = [...namesIn(sides.numerator), ...below].every(({ id, periodsBack }) => {
    const measure = measureOf(id);
    return periodsBack === 0 && measure?.isCount && !measure.aggregate.op.startsWith("stock");
  });
  const isPerCount = below.every(({ id }) => measureOf(id)?.isCount);
  return { ...sides, isShare, isPerCount, below: below[0] ?? null };
}

/** A question whose every part was checked. */
export interface Request {
  readonly metrics: readonly AskedMetric[];
  readonly period: Span;
  readonly buckets: readonly BucketSpan[];
  readonly comparison: {
    readonly kind: "previous" | "year" | "custom";
    readonly span: Span;
    readonly buckets: readonly BucketSpan[];
    /** Days of the period that are known, where the comparison was cut to as many; null where it was not. */
    readonly sameDays: number | null;
  } | null;
  readonly by: readonly string[];
  readonly filter: Filter | null;
  readonly grain: Grain | null;
  readonly limit: number | null;
  /** How conversions are credited. */
  readonly attribution: AttributionSettings;
}

const grains: readonly string[] = [
  "hour",
  "day",
  "week",
  "month",
  "quarter",
  "year",
  "fiscal_quarter",
  "fiscal_year",
] satisfies Grain[];

const most = { metrics: 500, buckets: 20_000, dimensions: 4 } as const;

function refuse(message: string, details: Readonly<Record<string, string>> = {}): LastpennyError {
  return new LastpennyError("question_invalid", message, details);
}

/**
 * Checks a question and resolves what it names.
 *
 * @param context catalogue, settings and, to compare unfinished periods, until when the ledger is known
 * @param question as asked
 * @throws LastpennyError `question_invalid`, `metric_unknown`, `dimension_unknown`, `filter_invalid`
 */
export function requestOf(
  context: Pick<FiguresContext, "catalogue" | "settings"> & Partial<Pick<FiguresContext, "asOf">>,
  question: Question,
): Request {
  const { settings } = context;
  checkSizes(question);
  const period = periodOf(question.from, question.to, context);
  const grain = grainOf(question.grain);
  const attribution = attributionOf(settings, question.attribution);
  const metrics = question.metrics.map((reference) =>
    askedMetric(context, reference, question.basis ?? "period", attribution.model),
  );
  const by = question.by ?? [];
  const filter = question.filter?.trim() ? parseFilter(question.filter) : null;
  for (const metric of metrics) {
    for (const dimension of by) checkDimension(metric, dimension, null);
    for (const test of filter ? testsOf(filter) : []) {
      checkDimension(metric, test.dimension, test.position);
    }
    if (grain === "hour") checkHours(metric);
  }
  const buckets = bucketsOf(period, grain ?? undefined, settings);
  if (buckets.length > most.buckets) {
    throw refuse(
      `too many buckets: ${buckets.length}, at most ${most.buckets}; ask by a longer grain`,
    );
  }
  return {
    metrics,
    period,
    buckets,
    comparison: comparisonOf(question.compare, period, grain, context),
    by,
    filter,
    grain,
    limit: question.limit ?? null,
    attribution,
  };
}

function checkSizes({ metrics, by = [], limit }: Question): void {
  if (metrics.length === 0) throw refuse("no metric is asked for: name at least one");
  if (metrics.length > most.metrics) {
    throw refuse(`too many metrics: ${metrics.length}, at most ${most.metrics} at once`);
  }
  if (new Set(by).size < by.length) throw refuse(`a dimension is named twice: ${by.join(", ")}`);
  if (by.length > most.dimensions) {
    throw refuse(`too many dimensions: ${by.join(", ")}; at most ${most.dimensions} at once`);
  }
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) {
    throw refuse(`limit is not a whole number above 0: ${limit}`);
  }
}

/**
 * Checks two days and returns the stretch between them.
 *
 * @param from first day
 * @param to the day after the last
 * @param context the calendar
 * @throws LastpennyError `question_invalid`
 */
export function periodOf(
  from: string,
  to: string,
  context: Pick<FiguresContext, "settings">,
): Span {
  for (const day of [from, to]) {
    if (!isDay(day)) throw refuse(`not a day: ${day}; write it as 2025-01-31`, { day });
  }
  if (from >= to) {
    throw refuse(`the period is empty: ${from} to ${to}; the last day is not included`);
  }
  return spanOfDays(from, to, context.settings);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && addDays(text, 0) === text;
}

function grainOf(grain: Grain | undefined): Grain | null {
  if (grain === undefined) return null;
  if (grains.includes(grain)) return grain;
  throw refuse(`unknown grain: ${String(grain)}${didYouMean(String(grain), grains)}`);
}

function comparisonOf(
  compare: Compare | undefined,
  period: Span,
  grain: Grain | null,
  context: Pick<FiguresContext, "settings"> & Partial<Pick<FiguresContext, "asOf">>,
): Request["comparison"] {
  if (compare === undefined || compare === "none") return null;
  const { settings } = context;
  const cut = (kind: "previous" | "year" | "custom", span: Span) => ({
    kind,
    span,
    buckets: bucketsOf(span, grain ?? undefined, settings),
    sameDays: null,
  });
  const sameDays = knownDays(period, context);
  const upToNow = (kind: "previous" | "year", span: Span) => {
    const end = addDays(span.firstDay, sameDays ?? 0);
    if (sameDays === null || end >= span.nextDay) return cut(kind, span);
    return { ...cut(kind, spanOfDays(span.firstDay, end, settings)), sameDays };
  };
  if (compare === "previous") return upToNow("previous", previousSpan(period, settings));
  if (compare === "year") return upToNow("year", yearBefore(period, settings));
  if (typeof compare === "object")
    return cut("custom", periodOf(compare.from, compare.to, context));
  throw refuse(`unknown comparison: ${String(compare)}; there are previous, year and none`);
}

/** Days of an unfinished period that are known; null when it is finished, or has not begun. */
function knownDays(
  { firstDay, nextDay }: Span,
  { asOf, settings }: Pick<FiguresContext, "settings"> & Partial<Pick<FiguresContext, "asOf">>,
): number | null {
  if (asOf === undefined) return null;
  const end = addDays(toLocalDay(settings.time_zone, asOf), 1);
  return end > firstDay && end < nextDay ? daysBetween(firstDay, end) : null;
}

function askedMetric(
  { catalogue, settings }: Pick<FiguresContext, "catalogue" | "settings">,
  reference: string,
  basis: "period" | "cohort",
  model: AttributionModel,
): AskedMetric {
  const resolved = catalogue.resolve(reference);
  if (basis === "cohort") {
    const cohort = resolved.variant.cohort;
    if (!cohort) {
      throw refuse(
        `${reference} cannot be followed by cohort: only rates from one stage to another can`,
        { metric: reference },
      );
    }
    const made = cohortMetric(cohort);
    const ratio = ratioIn(made.formula, made.measures);
    return { resolved, ...made, ratio, looksBack: false, cohort };
  }
  const measures = resolved.measures.map((measure) => askedMeasure(measure, settings, model));
  return {
    resolved,
    formula: resolved.expanded,
    ratio: ratioIn(resolved.expanded, measures),
    measures,
    looksBack: namesIn(resolved.expanded).some(({ periodsBack }) => periodsBack > 0),
    cohort: null,
  };
}

function checkDimension(
  { resolved, measures }: AskedMetric,
  dimension: string,
  position: number | null,
): void {
  const shared = sharedDimensions(measures);
  if (shared.includes(dimension)) return;
  const { id } = resolved.metric;
  const place = position === null ? "" : ` at position ${position} of the filter`;
  const offer = shared.length > 0 ? `it has ${shared.join(", ")}` : "its facts share no dimension";
  throw new LastpennyError(
    "dimension_unknown",
    `${id} has no dimension ${dimension}${place}; ${offer}${didYouMean(dimension, shared)}`,
    { metric: id, dimension, dimensions: shared.join(", ") },
  );
}

function checkHours({ resolved, measures }: AskedMetric): void {
  const daily = measures.find(({ time }) => time.is === "day");
  if (!daily) return;
  throw refuse(
    `${resolved.metric.id} cannot be told by hour: ${daily.id} is known by day; ask by day or longer`,
    { metric: resolved.metric.id, measure: daily.id },
  );
}
