import type { Formula } from "../catalogue/formula.ts";
import { compareExact, type Exact, fraction } from "../ledger/exact.ts";
import type { Settings } from "../ledger/settings.ts";
import { attributionFacts, usedAttribution } from "./attribution.ts";
import { caveatReasons } from "./caveats.ts";
import type { GroupValues } from "./cells.ts";
import type { Maturity } from "./cohort.ts";
import { daysInRanges, type SourceCoverage, shareOf } from "./coverage.ts";
import { changeOf, decimalText } from "./decimal.ts";
import { excludedLinesId } from "./excluded.ts";
import type { Figure, Reason } from "./figure.ts";
import { stateFrom } from "./reasons.ts";
import type { AskedMetric, Request } from "./request.ts";
import { previousSpan, type Span } from "./spans.ts";
import { distinctReasons, type Term, termOf } from "./term.ts";
import { cellOf, measureTerm, sourcesOf, type Values } from "./values.ts";

/** What figures are built from. */
export interface BuildContext {
  readonly request: Request;
  readonly values: Values;
  readonly settings: Settings;
  readonly asOf: string;
  /** Usual time of the metrics that are followed by cohort, by metric and variant. */
  readonly maturities: ReadonlyMap<AskedMetric, Maturity | null>;
  /** Currencies of the rows that were left out in the period, by fact. */
  readonly currencies: ReadonlyMap<string, string>;
  /** How conversions were credited and what to mind about it; empty where no figure rests on credits. */
  readonly attributionReasons: readonly Reason[];
}

/** One place of an answer: a group or the total, a bucket or the whole period. */
export interface Place {
  readonly group: GroupValues | null;
  readonly bucket: string | null;
  readonly span: Span;
  /** The stretch to compare with. */
  readonly against: Span | null;
}

/**
 * Builds one figure: value, comparison, state and reasons.
 *
 * @param context what was asked and what the engine said
 * @param metric the metric
 * @param place group and bucket
 */
export function figureOf(context: BuildContext, metric: AskedMetric, place: Place): Figure {
  const { request, values, settings } = context;
  const { span, group } = place;
  const { metric: declared, variant } = metric.resolved;
  const term = termAt(context, metric.formula, span, group);
  const sides = sidesIn(context, metric, span, group);
  const n = rowsBehind(context, metric, sides, span, group);
  const covers = values.coverage.of(sourcesOf(values, metric.measures, span), span);
  const reasons = distinctReasons([
    ...term.problems,
    ...(term.value === null ? [] : partReasons(context, metric, place)),
    ...excludedReasons(context, metric, place),
    ...coverageReasons(covers),
    ...cohortReasons(context, metric, place),
    ...(term.value === null ? [] : fewReasons(metric, n, settings)),
    ...suspicions(context, metric, sides, place),
    ...caveatsAt(context, metric, place, term.value !== null),
    ...(isTotal(place) && restsOnCredits(metric) ? context.attributionReasons : []),
  ]);
  const comparison = comparisonAt(context, metric, term.value, place);
  const isMoney = declared.unit === "money" || declared.unit === "money_per_day";
  const { share, missing } = shareOf(covers);
  return {
    metric: declared.id,
    variant: variant.id,
    definitionVersion: declared.version,
    group: groupRecord(request.by, group),
    bucket: place.bucket,
    value: term.value && decimalText(term.value),
    unit: declared.unit,
    ...(isMoney ? { currency: settings.currency } : {}),
    ...(sides?.numerator ? { numerator: decimalText(sides.numerator) } : {}),
    ...(sides?.denominator ? { denominator: decimalText(sides.denominator) } : {}),
    ...(n === null ? {} : { n: String(n) }),
    ...(comparison ? { comparison } : {}),
    ...(restsOnCredits(metric) ? { attribution: usedAttribution(request.attribution) } : {}),
    state: stateFrom(
      reasons.map(({ code }) => code),
      term.value?.numerator === 0n,
    ),
    reasons,
    coverage: { from: span.firstDay, to: span.nextDay, share, missing },
  };
}

/**
 * Tells whether a metric follows the settings of attribution.
 *
 * @param metric the metric
 */
export function restsOnCredits({ measures }: Pick<AskedMetric, "measures">): boolean {
  return measures.some(({ fact }) => attributionFacts.has(fact));
}

const isTotal = ({ group, bucket }: Pick<Place, "group" | "bucket">) =>
  group === null && bucket === null;

/**
 * Returns a group as a record.
 *
 * @param by dimensions of the question
 * @param group their values; null for the total
 */
export function groupRecord(
  by: readonly string[],
  group: GroupValues | null,
): Readonly<Record<string, string | null>> {
  return group === null
    ? {}
    : Object.fromEntries(by.map((dimension, index) => [dimension, group[index] ?? null]));
}

/**
 * Evaluates a formula over a stretch and group.
 *
 * @param context what the engine said
 * @param formula over measures
 * @param span the stretch
 * @param group values of the question's dimensions; null for the total
 */
export function termAt(
  { values, settings }: Pick<BuildContext, "values" | "settings">,
  formula: Formula,
  span: Span,
  group: GroupValues | null,
): Term {
  return termOf(formula, {
    span,
    settings,
    measure: (id, at) => measureTerm(values, id, at, group),
  });
}

interface Sides {
  readonly numerator: Exact | null;
  readonly denominator: Exact | null;
}

function sidesIn(
  context: BuildContext,
  { ratio }: AskedMetric,
  span: Span,
  group: GroupValues | null,
): Sides | null {
  if (!ratio) return null;
  return {
    numerator: termAt(context, ratio.numerator, span, group).value,
    denominator: termAt(context, ratio.denominator, span, group).value,
  };
}

/** The denominator where it counts rows or people; otherwise the rows of its first measure, or of the metric's. */
function rowsBehind(
  { values, settings }: BuildContext,
  { ratio, measures }: AskedMetric,
  sides: Sides | null,
  span: Span,
  group: GroupValues | null,
): bigint | null {
  const denominator = sides?.denominator;
  if (ratio?.isPerCount && denominator?.denominator === 1n) return denominator.numerator;
  const first = ratio?.below ?? measures[0];
  if (!first) return null;
  const at = ratio?.below?.periodsBack ? previousSpan(span, settings) : span;
  return cellOf(values, first.id, at, group)?.rows ?? null;
}

function comparisonAt(
  context: BuildContext,
  metric: AskedMetric,
  value: Exact | null,
  { against, group }: Place,
): Figure["comparison"] | null {
  const { request } = context;
  if (!request.comparison) return null;
  const { unit, good } = metric.resolved.metric;
  const before = against ? termAt(context, metric.formula, against, group).value : null;
  const isDifference = unit === "percent" || unit === "flag" || unit === "points";
  const delta = value && before && changeOf(value, before, !isDifference);
  return {
    kind: request.comparison.kind,
    value: before && decimalText(before),
    delta: delta && decimalText(delta),
    deltaUnit: unit === "percent" ? "pp" : isDifference ? "abs" : "percent",
    betterWhen: good,
  };
}

function caveatsAt(
  context: BuildContext,
  metric: AskedMetric,
  place: Place,
  hasValue: boolean,
): readonly Reason[] {
  const found = caveatReasons({
    metric,
    span: place.span,
    asOf: context.asOf,
    isTotal: isTotal(place),
    viewDays: context.request.attribution.view_window_days,
    cell: (id) => cellOf(context.values, id, place.span, place.group),
  });
  return hasValue ? found : found.filter(({ params }) => explainsNoValue.has(params.caveat ?? ""));
}

/** Caveats that also say why there is no value: credit without cost has no return. */
const explainsNoValue: ReadonlySet<string> = new Set(["costs_missing", "ad_spend_missing"]);

/** Parts of a sum that nothing was ever recorded for, told once, for the total. */
function partReasons(
  { values }: BuildContext,
  { measures }: AskedMetric,
  { span, group, bucket }: Place,
): readonly Reason[] {
  if (!isTotal({ group, bucket })) return [];
  return measures.flatMap(({ id }) =>
    measureTerm(values, id, span, null)
      .problems.filter(({ code }) => code === "never_recorded")
      .map(({ params }) => ({ code: "part_missing", params })),
  );
}

/** The largest number of rows that one fact leaves out; measures of the same fact leave out the same rows. */
function excludedReasons(
  { values, currencies }: BuildContext,
  metric: AskedMetric,
  { span, group }: Place,
): readonly Reason[] {
  const byFact = new Map<string, bigint>();
  const asked = metric.measures.map(({ id, fact }) => ({
    fact,
    cell: cellOf(values, id, span, group),
  }));
  for (const { fact, cell } of asked) {
    const excluded = cell?.excluded ?? 0n;
    if (excluded > (byFact.get(fact) ?? 0n)) byFact.set(fact, excluded);
  }
  const lines = metric.measures.some(({ fact, isMoney }) => fact === "purchases" && isMoney);
  const ofOrders = lines ? (cellOf(values, excludedLinesId, span, group)?.rows ?? 0n) : 0n;
  if (ofOrders > 0n) byFact.set("revenue_lines", ofOrders);
  return [...byFact].map(([fact, count]) => ({
    code: "excluded",
    params: { count: String(count), fact, currencies: currencies.get(fact) ?? "?" },
  }));
}

function coverageReasons(covers: readonly SourceCoverage[]): readonly Reason[] {
  return covers.flatMap(({ source, missing, expected, staleDays, lastDay }) => {
    const holes = missing.filter((day) => staleDays === 0 || day <= lastDay);
    const hole: Reason = {
      code: "coverage_hole",
      params: {
        source,
        count: String(holes.length),
        of: String(expected),
        days: daysInRanges(holes).join(", "),
      },
    };
    const stale: Reason = {
      code: "stale",
      params: { source, last_day: lastDay, days: String(staleDays) },
    };
    return [...(holes.length > 0 ? [hole] : []), ...(staleDays > 0 ? [stale] : [])];
  });
}

function cohortReasons(
  { values, maturities }: BuildContext,
  metric: AskedMetric,
  { span, group }: Place,
): readonly Reason[] {
  if (!metric.cohort) return [];
  const maturity = maturities.get(metric);
  if (!maturity) return [{ code: "cohort_unknown", params: {} }];
  const entered = cellOf(values, `cohort ${metric.cohort.from}`, span, group)?.rows ?? 0n;
  const ripe = cellOf(values, ripeId(metric.cohort), span, group)?.rows ?? 0n;
  if (ripe === entered) return [];
  const days = decimalText(fraction(BigInt(Math.ceil(maturity.seconds / 8640)), 10n));
  return [
    { code: "cohort_immature", params: { ripe: String(ripe), entered: String(entered), days } },
  ];
}

/** Id of the measure that counts the people of a cohort who had the usual time. */
export function ripeId({ from, to }: { readonly from: string; readonly to: string }): string {
  return `cohort ${from} ${to} ripe`;
}

function fewReasons(
  { resolved }: AskedMetric,
  n: bigint | null,
  { few }: Settings,
): readonly Reason[] {
  if (resolved.metric.unit !== "percent" || n === null || n >= BigInt(few)) return [];
  return [{ code: "too_few", params: { n: String(n), few: String(few) } }];
}

/** Counts of which the second cannot be larger than the first. */
const orderings = [
  ["emails_sent", "emails_delivered"],
  ["emails_delivered", "email_opens"],
  ["email_opens", "email_clicks"],
  ["sms_sent", "sms_delivered"],
  ["sms_delivered", "sms_clicks"],
] as const;

function suspicions(
  context: BuildContext,
  metric: AskedMetric,
  sides: Sides | null,
  { span, group }: Place,
): readonly Reason[] {
  const found: Reason[] = [];
  const { numerator, denominator } = sides ?? {};
  const isShare = metric.ratio?.isShare && metric.resolved.metric.unit === "percent";
  if (isShare && numerator && denominator && denominator.numerator > 0n) {
    const params = { numerator: decimalText(numerator), denominator: decimalText(denominator) };
    if (compareExact(numerator, denominator) > 0) found.push({ code: "above_hundred", params });
  }
  const value = (id: string) => cellOf(context.values, id, span, group)?.value ?? null;
  for (const [larger, smaller] of orderings) {
    if (![larger, smaller].every((id) => metric.measures.some((one) => one.id === id))) continue;
    const [above, below] = [value(larger), value(smaller)];
    if (!above || !below || compareExact(below, above) <= 0) continue;
    const [larger_value, smaller_value] = [decimalText(above), decimalText(below)];
    found.push({ code: "order_broken", params: { larger, larger_value, smaller, smaller_value } });
  }
  return found;
}
