import { derivedTable } from "../derive/tables.ts";
import type { CalendarSettings } from "../ledger/calendar.ts";
import type { Dialect } from "../sql/dialect.ts";
import type { AskedMeasure } from "./asked.ts";
import { testsOf } from "./filter.ts";
import type { AskedMetric, Request } from "./request.ts";
import { layersOf, previousSpan, type Span, spanKey } from "./spans.ts";
import { formOf, type Statement, statementOf } from "./statement.ts";

/** Measures that one statement answers, and whether the period before is needed as well. */
interface Bundle {
  readonly measures: readonly AskedMeasure[];
  readonly looksBack: boolean;
  readonly by: readonly string[];
}

/**
 * Plans the statements of a request: measures of one fact and time column together, period, comparison and buckets in one
 * pass over the rows.
 *
 * @param request a checked question
 * @param extra measures that caveats and cohorts need besides those of the formulas
 * @param settings the workspace's calendar
 * @param dialect the engine
 */
export function planOf(
  request: Request,
  extra: readonly AskedMeasure[],
  settings: CalendarSettings,
  dialect: Dialect,
): readonly Statement[] {
  const spans = baseSpans(request);
  const layers = layersOf(distinctSpans(spans));
  const back = request.metrics.some(({ looksBack }) => looksBack);
  const earlier = back ? spans.map((span) => previousSpan(span, settings)) : [];
  const layersBack = back ? layersOf(distinctSpans([...spans, ...earlier])) : layers;
  return bundlesOf(request, extra).map(({ measures, looksBack, by }) => {
    const asking = {
      measures,
      layers: looksBack ? layersBack : layers,
      by,
      filter: request.filter,
    };
    return statementOf(asking, dialect);
  });
}

function baseSpans({ period, buckets, comparison }: Request): readonly Span[] {
  return [
    period,
    ...buckets.map(({ span }) => span),
    ...(comparison ? [comparison.span, ...comparison.buckets.map(({ span }) => span)] : []),
  ];
}

function distinctSpans(spans: readonly Span[]): readonly Span[] {
  return [...new Map(spans.map((span) => [spanKey(span), span])).values()];
}

/**
 * Returns the dimensions of a breakdown that narrow a measure; under the others every group has the same value.
 *
 * @param measure the measure
 * @param by dimensions of the question
 */
export function ownDimensions(
  measure: Pick<AskedMeasure, "fact" | "sameForEvery">,
  by: readonly string[],
): readonly string[] {
  const fact = derivedTable(measure.fact);
  return by.filter(
    (dimension) =>
      Object.hasOwn(fact.dimensions, dimension) && !measure.sameForEvery.has(dimension),
  );
}

function bundlesOf(request: Request, extra: readonly AskedMeasure[]): readonly Bundle[] {
  const bundles = new Map<string, Bundle>();
  const filtered = request.filter ? testsOf(request.filter).map(({ dimension }) => dimension) : [];
  const include = (measure: AskedMeasure, looksBack: boolean) => {
    const by = ownDimensions(measure, request.by);
    const ignored = filtered.filter((dimension) => measure.sameForEvery.has(dimension));
    const key = JSON.stringify([formOf(measure), by, ignored]);
    const known = bundles.get(key) ?? { measures: [], looksBack: false, by };
    const isNew = !known.measures.some(({ id }) => id === measure.id);
    bundles.set(key, {
      measures: isNew ? [...known.measures, measure] : known.measures,
      looksBack: known.looksBack || looksBack,
      by,
    });
  };
  for (const metric of request.metrics) {
    for (const measure of metric.measures) include(measure, metric.looksBack);
  }
  for (const measure of extra) include(measure, false);
  return [...bundles.values()];
}

/**
 * Returns every measure of some metrics once.
 *
 * @param metrics metrics of a request
 */
export function measuresOf(metrics: readonly AskedMetric[]): readonly AskedMeasure[] {
  const all = metrics.flatMap(({ measures }) => measures);
  return [...new Map(all.map((measure) => [measure.id, measure])).values()];
}
