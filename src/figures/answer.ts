import {
  addDays,
  daysBetween,
  instantText,
  millisecondsOf,
  toLocalDay,
} from "../ledger/calendar.ts";
import { compareExact, type Exact } from "../ledger/exact.ts";
import { identifier, sql } from "../sql/fragment.ts";
import { type AskedMeasure, askedMeasure } from "./asked.ts";
import { attributionFacts, attributionReasons, schemaOf, usedAttribution } from "./attribution.ts";
import {
  type BuildContext,
  figureOf,
  groupRecord,
  type Place,
  restsOnCredits,
  ripeId,
  termAt,
} from "./build.ts";
import { caveatMeasures, countedCodes, withoutLeftOut } from "./caveats.ts";
import { cellAt, type GroupValues, type MeasureCells, runStatements } from "./cells.ts";
import { cohortMetric, type Maturity, maturityOf } from "./cohort.ts";
import type { FiguresContext } from "./context.ts";
import { type CoverageBook, coverageBook, isDoubtful } from "./coverage.ts";
import { excludedCurrencies, excludedLinesId } from "./excluded.ts";
import type { Answer, Reason } from "./figure.ts";
import { testsOf } from "./filter.ts";
import { measuresOf, ownDimensions, planOf } from "./plan.ts";
import { presenceOf } from "./presence.ts";
import type { Question } from "./question.ts";
import { type AskedMetric, type Request, requestOf } from "./request.ts";
import { moment } from "./span-sql.ts";
import { type BucketSpan, previousSpan, type Span, spanKey } from "./spans.ts";

/**
 * Answers a question: figures per metric, group and bucket, each with its comparison, state and reasons. Totals are asked
 * from the engine, ratios are divided once and exactly, and the order is always the same.
 *
 * @param context store, settings, catalogue and the instant until which the ledger is known
 * @param question what to answer
 * @throws LastpennyError `question_invalid`, `metric_unknown`, `dimension_unknown`, `filter_invalid`
 */
export async function answer(context: FiguresContext, question: Question): Promise<Answer> {
  return assemble(await gather(context, requestOf(context, question)));
}

/**
 * Asks the engine everything that a request needs.
 *
 * @param context store, settings, catalogue and the instant until which the ledger is known
 * @param asked a checked question
 * @param keepLeftOut true to count all rows that measures leave out, as explanations do
 */
export async function gather(
  context: FiguresContext,
  asked: Request,
  keepLeftOut = false,
): Promise<BuildContext> {
  const { store, settings, catalogue } = context;
  const asOf = instantText(millisecondsOf(context.asOf));
  const schema = asked.metrics.some(restsOnCredits)
    ? await schemaOf(context, asked.attribution)
    : null;
  const request = readyRequest(asked, schema, keepLeftOut);
  const maturities = await maturitiesOf(context, request.metrics);
  const extra = [
    ...caveatMeasures(request.metrics, catalogue, settings).filter((one) => fits(one, request)),
    ...excludedLines(context, request),
    ...ripeMeasures(maturities),
  ];
  const statements = planOf(request, extra, settings, store.dialect);
  const cells = await runStatements(store, statements);
  const totals = totalsOf(request, context);
  const coverage = await coverageBook(context, totals);
  const presence = await presenceOf(store, doubtful(request, cells, totals, coverage), totals);
  const values = { by: request.by, cells, presence, totals, coverage };
  const currencies = await excludedCurrencies(store, request, cells);
  const notes = schema
    ? await attributionReasons(context, request.attribution, schema, request.period)
    : [];
  return { request, values, settings, asOf, maturities, currencies, attributionReasons: notes };
}

/** The request with the schema of its facts of attribution, and without the left-out rows that nobody counts. */
function readyRequest(asked: Request, schema: string | null, keepLeftOut: boolean): Request {
  const codes = countedCodes(asked.metrics);
  const placed = (metric: AskedMetric): AskedMetric => ({
    ...metric,
    measures: metric.measures.map((one) =>
      schema !== null && attributionFacts.has(one.fact)
        ? { ...one, table: identifier(schema, one.fact) }
        : one,
    ),
  });
  const metrics = asked.metrics.map(placed);
  return {
    ...asked,
    metrics: keepLeftOut ? metrics : metrics.map((metric) => trimmed(metric, codes)),
  };
}

/**
 * Measures of which it has to be asked who told about them: all when any source leaves gaps, otherwise those without
 * rows in one of the stretches.
 */
function doubtful(
  { metrics }: Request,
  cells: ReadonlyMap<string, MeasureCells>,
  totals: readonly Span[],
  coverage: CoverageBook,
): readonly AskedMeasure[] {
  const hasGaps = totals.some((span) =>
    coverage.of(coverage.sources, span).some((cover) => isDoubtful(cover, span)),
  );
  return measuresOf(metrics).filter(({ id }) => {
    const own = cells.get(id);
    return hasGaps || !own || totals.some((span) => cellAt(own, span, "").rows === 0n);
  });
}

function trimmed(metric: AskedMetric, codes: ReadonlySet<string>): AskedMetric {
  return { ...metric, measures: metric.measures.map((one) => withoutLeftOut(one, codes)) };
}

function totalsOf({ metrics, period, comparison }: Request, { settings }: FiguresContext) {
  const spans = [period, ...(comparison ? [comparison.span] : [])];
  const before = metrics.some(({ looksBack }) => looksBack)
    ? spans.map((span) => previousSpan(span, settings))
    : [];
  return [...new Map([...spans, ...before].map((span) => [spanKey(span), span])).values()];
}

async function maturitiesOf(
  context: FiguresContext,
  metrics: readonly AskedMetric[],
): Promise<ReadonlyMap<AskedMetric, Maturity | null>> {
  const found = new Map<AskedMetric, Maturity | null>();
  for (const metric of metrics) {
    if (metric.cohort) found.set(metric, await maturityOf(context, metric.cohort));
  }
  return found;
}

function ripeMeasures(
  maturities: ReadonlyMap<AskedMetric, Maturity | null>,
): readonly AskedMeasure[] {
  return [...maturities].flatMap(([{ cohort }, maturity]) => {
    const [, entered] = cohort ? cohortMetric(cohort).measures : [];
    if (!cohort || !entered || !maturity) return [];
    const condition = sql`${entered.time.column} <= ${moment(maturity.ripeUntil, "instant")}`;
    return [{ ...entered, id: ripeId(cohort), condition }];
  });
}

/** Whether a measure can be narrowed as the question asks. */
function fits(measure: AskedMeasure, { by, filter }: Request): boolean {
  const needed = [...by, ...(filter ? testsOf(filter).map(({ dimension }) => dimension) : [])];
  return ownDimensions(measure, needed).length === needed.length;
}

/** Orders as a whole do not say what their lines left out, so the lines are asked. */
function excludedLines(context: FiguresContext, request: Request): readonly AskedMeasure[] {
  const needs = measuresOf(request.metrics).some(
    ({ fact, isMoney }) => fact === "purchases" && isMoney,
  );
  const count = askedMeasure(
    { id: excludedLinesId, fact: "revenue_lines", aggregate: { op: "count" }, unit: "count" },
    context.settings,
  );
  const measure = { ...count, condition: sql`${identifier("excluded")} IS NOT NULL` };
  return needs && fits(measure, request) ? [measure] : [];
}

function assemble(context: BuildContext): Answer {
  const { request, asOf } = context;
  const { period, comparison, by, limit } = request;
  const groups = by.length > 0 ? orderedGroups(context) : [];
  const shown = limit === null ? groups : groups.slice(0, limit);
  const places = [null, ...shown].flatMap((group) => placesOf(request, group));
  return {
    period: { from: period.firstDay, to: period.nextDay },
    comparisonPeriod: comparison && {
      from: comparison.span.firstDay,
      to: comparison.span.nextDay,
    },
    buckets: request.buckets.map((bucket) => ({
      key: bucket.key,
      from: bucket.span.firstDay,
      to: bucket.span.nextDay,
      isComplete: isComplete(bucket, asOf),
    })),
    groups: shown.map((group) => groupRecord(by, group)),
    figures: request.metrics.flatMap((metric) =>
      places.map((place) => figureOf(context, metric, place)),
    ),
    notes: notesOf(context, groups.length, shown.length),
    ...(request.metrics.some(restsOnCredits)
      ? { attribution: usedAttribution(request.attribution) }
      : {}),
  };
}

function isComplete({ span, isWhole }: BucketSpan, asOf: string): boolean {
  return isWhole && span.to <= asOf;
}

function placesOf({ period, buckets, comparison }: Request, group: GroupValues | null) {
  const total: Place = { group, bucket: null, span: period, against: comparison?.span ?? null };
  const pieces = buckets.map(
    ({ key, span }, index): Place => ({
      group,
      bucket: key,
      span,
      against: comparison?.buckets[index]?.span ?? null,
    }),
  );
  return [total, ...pieces];
}

/** Groups with rows in the period, the largest by the first metric first; those without a value last, then by name. */
function orderedGroups(context: BuildContext): readonly GroupValues[] {
  const { request, values } = context;
  const [first] = request.metrics;
  const found = new Map<string, GroupValues>();
  for (const cells of values.cells.values()) collectGroups(cells, request, found);
  const rank = new Map<GroupValues, Exact | null>();
  for (const group of found.values()) {
    rank.set(group, first ? termAt(context, first.formula, request.period, group).value : null);
  }
  return [...found.values()].sort(
    (a, b) => compareRanks(rank.get(a) ?? null, rank.get(b) ?? null) || compareGroups(a, b),
  );
}

function collectGroups(
  { measure, cells, groups }: MeasureCells,
  { by, period, metrics }: Request,
  found: Map<string, GroupValues>,
): void {
  const isAsked = metrics.some(({ measures }) => measures.some(({ id }) => id === measure.id));
  if (!isAsked || ownDimensions(measure, by).length < by.length) return;
  const inPeriod = cells.get(spanKey(period));
  for (const [key, group] of groups) {
    if ((inPeriod?.get(key)?.rows ?? 0n) > 0n) found.set(key, group);
  }
}

function compareRanks(a: Exact | null, b: Exact | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compareExact(b, a);
}

function compareGroups(a: GroupValues, b: GroupValues): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? null;
    if (left === right) continue;
    if (left === null || right === null) return left === null ? 1 : -1;
    return left < right ? -1 : 1;
  }
  return 0;
}

function notesOf(
  { request, settings, asOf, attributionReasons }: BuildContext,
  of: number,
  shown: number,
): readonly Reason[] {
  const { period, buckets, comparison } = request;
  const notes: Reason[] = [];
  // The last day with rows counts as complete, as it does for the default period.
  if (addDays(toLocalDay(settings.time_zone, asOf), 1) < period.nextDay) {
    notes.push({ code: "period_unfinished", params: { known: asOf } });
  }
  if (shown < of) {
    notes.push({ code: "groups_limited", params: { shown: String(shown), of: String(of) } });
  }
  if (comparison && comparison.sameDays !== null) {
    const of = String(daysBetween(period.firstDay, period.nextDay));
    notes.push({ code: "comparison_same_days", params: { days: String(comparison.sameDays), of } });
  } else if (comparison && comparison.buckets.length !== buckets.length) {
    const params = {
      period: String(buckets.length),
      comparison: String(comparison.buckets.length),
    };
    notes.push({ code: "comparison_unequal", params });
  }
  return [...notes, ...attributionReasons];
}
