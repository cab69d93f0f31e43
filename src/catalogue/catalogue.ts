import { LastpennyError } from "../errors.ts";
import { namesIn } from "./evaluate.ts";
import { type Formula, parseFormula } from "./formula.ts";
import type { Measure } from "./measure.ts";
import { attributionMeasures } from "./measures/attribution.ts";
import { automationMeasures } from "./measures/automation.ts";
import { customerMeasures } from "./measures/customers.ts";
import { engagementMeasures } from "./measures/engagement.ts";
import { funnelMeasures } from "./measures/funnel.ts";
import { revenueMeasures } from "./measures/revenue.ts";
import type { Metric, MetricVariant } from "./metric.ts";
import { attributionMetrics } from "./metrics/attribution.ts";
import { automationMetrics } from "./metrics/automation.ts";
import { customerMetrics } from "./metrics/customers.ts";
import { engagementMetrics } from "./metrics/engagement.ts";
import { funnelMetrics } from "./metrics/funnel.ts";
import { revenueMetrics } from "./metrics/revenue.ts";
import { didYouMean } from "./nearest.ts";

/** A metric in one variant, with its formula parsed. */
export interface ResolvedMetric {
  readonly metric: Metric;
  readonly variant: MetricVariant;
  /** As written: names of measures and metrics. */
  readonly formula: Formula;
  /** With every metric replaced by its own formula: names of measures only, none with a variant. */
  readonly expanded: Formula;
  /** The measures of the expanded formula, each once. */
  readonly measures: readonly Measure[];
}

/** Measures and metrics that a workspace knows. */
export interface Catalogue {
  readonly measures: readonly Measure[];
  readonly metrics: readonly Metric[];
  /** @throws metric_unknown */
  readonly measure: (id: string) => Measure;
  /** @throws metric_unknown */
  readonly metric: (id: string) => Metric;
  /**
   * Finds a metric by id or alias, with an optional variant: `revenue`, `clv@purchases`, `clv_purchases`.
   *
   * @throws metric_unknown, formula_invalid
   */
  readonly resolve: (reference: string) => ResolvedMetric;
}

function index<Item extends { readonly id: string }>(
  what: string,
  items: readonly Item[],
): ReadonlyMap<string, Item> {
  const byId = new Map<string, Item>();
  for (const item of items) {
    if (byId.has(item.id))
      throw new LastpennyError("metric_invalid", `${what} \`${item.id}\` exists twice`);
    byId.set(item.id, item);
  }
  return byId;
}

/** Makes the function that replaces metrics by their formulas. A name is a measure first, then a metric. */
function expander(
  measures: ReadonlyMap<string, Measure>,
  metrics: ReadonlyMap<string, Metric>,
): (formula: Formula, text: string, path: readonly string[]) => Formula {
  const refuse = (message: string, text: string, position: number) =>
    new LastpennyError("formula_invalid", `${message} at position ${position} of \`${text}\``, {
      formula: text,
      position: String(position),
    });

  function expandName(
    name: Extract<Formula, { kind: "name" }>,
    text: string,
    path: readonly string[],
  ): Formula {
    if (name.variant === null && measures.has(name.id)) return name;
    const metric = metrics.get(name.id);
    if (!metric) {
      const hint = didYouMean(name.id, [...measures.keys(), ...metrics.keys()]);
      throw new LastpennyError(
        "formula_invalid",
        `unknown measure \`${name.id}\` at position ${name.position}${hint}`,
        { formula: text, position: String(name.position), name: name.id },
      );
    }
    const variant = name.variant
      ? metric.variants.find((one) => one.id === name.variant)
      : metric.variants[0];
    if (!variant) {
      const known = metric.variants.map((one) => one.id);
      throw refuse(
        `metric \`${name.id}\` has no variant \`${name.variant}\` (it has ${known.join(", ")})`,
        text,
        name.position,
      );
    }
    const key = `${metric.id}@${variant.id}`;
    if (path.includes(key))
      throw refuse(
        `formula goes in a circle: ${[...path, key].join(" → ")}; starts`,
        text,
        name.position,
      );
    return expand(parseFormula(variant.formula), variant.formula, [...path, key]);
  }

  function expand(formula: Formula, text: string, path: readonly string[]): Formula {
    const of = (part: Formula): Formula => expand(part, text, path);
    switch (formula.kind) {
      case "name":
        return expandName(formula, text, path);
      case "negate":
        return { ...formula, of: of(formula.of) };
      case "arithmetic":
      case "compare":
      case "logic":
        return { ...formula, left: of(formula.left), right: of(formula.right) };
      case "call": {
        const [first, ...rest] = formula.of;
        return { ...formula, of: [of(first), ...rest.map(of)] };
      }
      default:
        return formula;
    }
  }

  return expand;
}

/**
 * Puts measures and metrics together; formulas are parsed once, when first asked for.
 *
 * @throws metric_invalid when an id exists twice
 */
export function createCatalogue(
  measures: readonly Measure[],
  metrics: readonly Metric[],
): Catalogue {
  const measureById = index("measure", measures);
  const metricById = index("metric", metrics);
  const aliases = new Map(
    metrics.flatMap((metric) =>
      Object.entries(metric.aliases ?? {}).map(
        ([alias, variant]) => [alias, `${metric.id}@${variant}`] as const,
      ),
    ),
  );
  const expand = expander(measureById, metricById);
  const resolved = new Map<string, ResolvedMetric>();

  function measure(id: string): Measure {
    const found = measureById.get(id);
    if (found) return found;
    throw new LastpennyError(
      "metric_unknown",
      `unknown measure: ${id}${didYouMean(id, measureById.keys())}`,
    );
  }

  function metric(id: string): Metric {
    const found = metricById.get(id);
    if (found) return found;
    const hint = didYouMean(id, [...metricById.keys(), ...aliases.keys()]);
    throw new LastpennyError("metric_unknown", `unknown metric: ${id}${hint}`);
  }

  function resolveNew(reference: string): ResolvedMetric {
    const [id = "", variantId, ...rest] = (aliases.get(reference) ?? reference).split("@");
    const found = metric(id);
    const variant =
      variantId === undefined
        ? found.variants[0]
        : found.variants.find((one) => one.id === variantId && rest.length === 0);
    if (!variant) {
      const known = found.variants.map((one) => `${id}@${one.id}`).join(", ");
      throw new LastpennyError(
        "metric_unknown",
        `unknown variant: ${reference}; there is ${known}`,
      );
    }
    const formula = parseFormula(variant.formula);
    const expanded = expand(formula, variant.formula, [`${id}@${variant.id}`]);
    const used = namesIn(expanded);
    if (used.some((name) => name.periodsBack > 1))
      throw new LastpennyError(
        "formula_invalid",
        `formula of ${id} looks back twice: previous() or change() inside another; \`${variant.formula}\``,
      );
    const ids = [...new Set(used.map((name) => name.id))];
    return { metric: found, variant, formula, expanded, measures: ids.map(measure) };
  }

  function resolve(reference: string): ResolvedMetric {
    const known = resolved.get(reference);
    if (known) return known;
    const answer = resolveNew(reference);
    resolved.set(reference, answer);
    return answer;
  }

  return { measures, metrics, measure, metric, resolve };
}

/** Every measure that comes with lastpenny. */
export const measures: readonly Measure[] = [
  ...funnelMeasures,
  ...engagementMeasures,
  ...customerMeasures,
  ...revenueMeasures,
  ...attributionMeasures,
  ...automationMeasures,
];

/** Every metric that comes with lastpenny, in the order of the documentation. */
export const metrics: readonly Metric[] = [
  ...funnelMetrics,
  ...engagementMetrics,
  ...customerMetrics,
  ...revenueMetrics,
  ...attributionMetrics,
  ...automationMetrics,
];

/** The catalogue that comes with lastpenny. */
export const catalogue: Catalogue = createCatalogue(measures, metrics);

/** Finds a built-in measure; throws metric_unknown. */
export const measure = catalogue.measure;

/** Finds a built-in metric; throws metric_unknown. */
export const metric = catalogue.metric;
