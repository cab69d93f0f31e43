import type { Metric } from "../catalogue/metric.ts";
import { sharedDimensions } from "../catalogue/shared-dimensions.ts";
import { LastpennyError } from "../errors.ts";
import { add, parseExact } from "../ledger/exact.ts";
import { displaySql } from "../sql/fragment.ts";
import { gather } from "./answer.ts";
import { ledgerAmount } from "./attribution-table.ts";
import { type BuildContext, figureOf, restsOnCredits, termAt } from "./build.ts";
import { type Decomposition, decompositionOf } from "./change.ts";
import type { FiguresContext } from "./context.ts";
import { decimalText } from "./decimal.ts";
import { type ExplainedInput, inputsOf, inWords, withNumbers } from "./explained-inputs.ts";
import type { Figure } from "./figure.ts";
import { type Freshness, freshnessOf } from "./freshness.ts";
import type { Question } from "./question.ts";
import { type AskedMetric, requestOf } from "./request.ts";
import { type MeasureRows, measureRows } from "./rows.ts";
import { cellOf, sourcesOf } from "./values.ts";

/** Rows that a measure leaves out on purpose. */
interface Exclusion {
  readonly measure: string;
  readonly code: string;
  readonly count: string;
}

/** Everything about one figure. */
export interface Explanation {
  readonly figure: Figure;
  readonly formula: {
    /** As the catalogue writes it, over metrics and measures. */
    readonly text: string;
    /** Over measures only. */
    readonly expanded: string;
    /** With the numbers put in. */
    readonly withNumbers: string;
    readonly result: string | null;
  };
  readonly inputs: readonly ExplainedInput[];
  readonly exclusions: readonly Exclusion[];
  readonly statements: readonly {
    readonly measures: readonly string[];
    readonly sql: string;
    readonly milliseconds: number;
  }[];
  readonly rows: readonly MeasureRows[];
  /** True when every total of rows is the measure's value. */
  readonly ties: boolean;
  readonly freshness: readonly Freshness[];
  readonly variants: readonly {
    readonly id: string;
    readonly formula: string;
    readonly value: string | null;
    readonly isAsked: boolean;
  }[];
  readonly change: Decomposition | null;
  /** What the conversions of the figure brought: credited to touches, to nobody, and together; null for other figures. */
  readonly attribution: {
    readonly attributed: string | null;
    readonly unattributed: string | null;
    readonly total: string | null;
    /** Revenue of the ledger, where it can be told for this question. */
    readonly ledger: string | null;
    readonly ties: boolean;
  } | null;
  readonly settings: {
    readonly timeZone: string;
    readonly weekStart: string;
    readonly currency: string;
    readonly asOf: string;
  };
}

/** What to show of an explanation. */
export interface ExplainOptions {
  /** Rows of each measure; 50 by default. */
  readonly rowLimit?: number;
  readonly rowOffset?: number;
  /** Dimension by which the change is split; channel, or the first that the metric has, by default. */
  readonly changeBy?: string;
}

/**
 * Explains one metric over the whole period of a question: formula with numbers, inputs down to their SQL, what was left
 * out, the rows with a total that ties, freshness, other definitions and why it changed.
 *
 * @param context store, settings, catalogue and the instant until which the ledger is known
 * @param question for one metric; grain and breakdown are left aside
 * @param options pages of rows, dimension of the change
 * @throws LastpennyError `question_invalid` when more than one metric is asked for, and as `answer` does
 */
export async function explain(
  context: FiguresContext,
  question: Question,
  options: ExplainOptions = {},
): Promise<Explanation> {
  if (question.metrics.length !== 1) {
    throw new LastpennyError(
      "question_invalid",
      `explain takes one metric, not ${question.metrics.length}: ${question.metrics.join(", ")}`,
    );
  }
  const request = requestOf(context, withoutPieces(question));
  const built = await gather(context, request, true);
  const [metric] = built.request.metrics;
  if (!metric) throw new Error("a request without metrics");
  const { period, comparison } = request;
  const against = comparison?.span ?? null;
  const figure = figureOf(built, metric, { group: null, bucket: null, span: period, against });
  const rows = await rowsOf(context, built, metric, options);
  return {
    figure,
    formula: formulaOf(built, metric, figure.value),
    inputs: inputsOf(context, built, metric.cohort ? metric.formula : metric.resolved.formula),
    exclusions: exclusionsOf(built, metric),
    statements: statementsOf(built),
    rows,
    ties: rows.every(({ ties }) => ties),
    freshness: await freshnessOf(context.store, sourcesOf(built.values, metric.measures, period)),
    variants: await variantsOf(context, question, metric),
    change: await changeOf(context, question, metric, options.changeBy),
    attribution: restsOnCredits(metric) ? await creditedOf(context, question) : null,
    settings: {
      timeZone: context.settings.time_zone,
      weekStart: context.settings.week_start,
      currency: context.settings.currency,
      asOf: context.asOf,
    },
  };
}

/** The question over the whole period, compared with the period before unless it says otherwise. */
function withoutPieces(question: Question): Question {
  const { metrics, from, to, filter, compare, basis, attribution } = question;
  return {
    metrics,
    from,
    to,
    compare: compare ?? "previous",
    ...(filter === undefined ? {} : { filter }),
    ...(basis === undefined ? {} : { basis }),
    ...(attribution === undefined ? {} : { attribution }),
  };
}

function formulaOf(
  context: BuildContext,
  metric: AskedMetric,
  result: string | null,
): Explanation["formula"] {
  const { variant } = metric.resolved;
  return {
    text: metric.cohort ? inWords(metric.formula) : variant.formula,
    expanded: inWords(metric.cohort ? metric.formula : metric.resolved.expanded),
    withNumbers: withNumbers(context, metric.formula),
    result,
  };
}

function exclusionsOf(built: BuildContext, { measures }: AskedMetric): readonly Exclusion[] {
  return measures.flatMap(({ id, leavesOut }) => {
    const cell = cellOf(built.values, id, built.request.period, null);
    return leavesOut.map(({ code }, index) => ({
      measure: id,
      code,
      count: String(cell?.leftOut[index] ?? 0n),
    }));
  });
}

function statementsOf({ values }: BuildContext): Explanation["statements"] {
  const byStatement = new Map([...values.cells.values()].map((one) => [one.statement, one]));
  return [...byStatement].map(([statement, { milliseconds }]) => ({
    measures: statement.asking.measures.map(({ id }) => id),
    sql: displaySql(statement.sql),
    milliseconds,
  }));
}

async function rowsOf(
  { store }: FiguresContext,
  { request, values }: BuildContext,
  { measures }: AskedMetric,
  { rowLimit, rowOffset }: ExplainOptions,
): Promise<readonly MeasureRows[]> {
  const found: MeasureRows[] = [];
  for (const measure of measures) {
    found.push(
      await measureRows(store, {
        measure,
        span: request.period,
        filter: request.filter,
        value: cellOf(values, measure.id, request.period, null)?.value ?? null,
        ...(rowLimit === undefined ? {} : { limit: rowLimit }),
        ...(rowOffset === undefined ? {} : { offset: rowOffset }),
      }),
    );
  }
  return found;
}

/** The metric's other definitions over the same period; one that cannot be asked in this way has no value. */
async function variantsOf(
  context: FiguresContext,
  question: Question,
  { resolved, cohort }: AskedMetric,
): Promise<Explanation["variants"]> {
  const {
    metric,
    variant,
  }: { readonly metric: Metric; readonly variant: { readonly id: string } } = resolved;
  const found: Explanation["variants"][number][] = [];
  for (const one of metric.variants) {
    const asked = { ...withoutPieces(question), metrics: [`${metric.id}@${one.id}`] };
    const value = await valueOfVariant(context, { ...asked, compare: "none" });
    found.push({
      id: one.id,
      formula: cohort ? `${one.cohort?.from ?? ""} → ${one.cohort?.to ?? ""}` : one.formula,
      value,
      isAsked: one.id === variant.id,
    });
  }
  return found;
}

async function creditedOf(
  context: FiguresContext,
  question: Question,
): Promise<Explanation["attribution"]> {
  const of = (metric: string) =>
    valueOfVariant(context, { ...withoutPieces(question), metrics: [metric], compare: "none" });
  const attributed = await of("attributed_revenue");
  const unattributed = await of("unattributed_revenue");
  const total =
    attributed === null || unattributed === null
      ? null
      : decimalText(add(parseExact(attributed), parseExact(unattributed)));
  const ledger = await ledgerAmount(context, question);
  return { attributed, unattributed, total, ledger, ties: ledger === null || ledger === total };
}

async function valueOfVariant(context: FiguresContext, question: Question): Promise<string | null> {
  try {
    const built = await gather(context, requestOf(context, question));
    const [metric] = built.request.metrics;
    const value = metric && termAt(built, metric.formula, built.request.period, null).value;
    return value ? decimalText(value) : null;
  } catch (error) {
    const isRefused = error instanceof LastpennyError && error.code !== "query_failed";
    if (isRefused) return null;
    throw error;
  }
}

async function changeOf(
  context: FiguresContext,
  question: Question,
  { measures }: AskedMetric,
  changeBy: string | undefined,
): Promise<Decomposition | null> {
  const offered = sharedDimensions(measures);
  const dimension = changeBy ?? (offered.includes("channel") ? "channel" : offered[0]);
  if (dimension === undefined || question.compare === "none") return null;
  const request = requestOf(context, { ...withoutPieces(question), by: [dimension] });
  const built = await gather(context, request);
  const [metric] = built.request.metrics;
  return metric ? decompositionOf(built, metric) : null;
}
