import { derivedTable } from "../derive/tables.ts";
import type { CatalogueTexts } from "../locales/catalogue-texts.ts";
import { metricTexts } from "../locales/locales.ts";
import { catalogue as builtIn, type Catalogue, type ResolvedMetric } from "./catalogue.ts";
import { namesIn } from "./evaluate.ts";
import type { Formula } from "./formula.ts";
import type { Aggregate, Bound, Measure, MeasureCondition } from "./measure.ts";
import type { Metric, MetricFamily } from "./metric.ts";
import { sharedDimensions } from "./shared-dimensions.ts";
import { formulaWords, measureName, metricText, variantName } from "./words.ts";
import { type FormulaWords, writtenFormula } from "./written-formula.ts";

/** Catalogue and words of a page. */
interface Parts {
  readonly catalogue: Catalogue;
  readonly texts: CatalogueTexts;
}

const families: readonly MetricFamily[] = [
  "funnel",
  "engagement",
  "customers",
  "revenue",
  "automation",
];

const directions = {
  up: "higher is better",
  down: "lower is better",
  neutral: "neither high nor low is good in itself",
} as const;

const spanText = {
  start: "contains the start of the period",
  end: "contains the end of the period",
  during: "overlaps the period",
} as const;

const introduction = `# Metrics

This page is generated from the catalogue (\`src/catalogue\`); a test holds that it is current.

A metric is a formula over measures; a measure is one aggregate over one fact (a derived table). Ratios are divided once, from sums; totals
are recomputed from the measures and never added up from rows. A zero denominator gives no value. Ask for a variant with \`@\`: \`clv@purchases\`;
the first one is the default. S0 to S4 mark the source articles that ask for a metric. Own metrics: [own-metrics.md](own-metrics.md).
`;

/** The denominator of a formula: what its outermost division divides by; a mere number is none. */
function denominatorOf(formula: Formula): Formula | null {
  if (formula.kind !== "arithmetic") return null;
  if (formula.operator === "/")
    return formula.right.kind === "number" ? denominatorOf(formula.left) : formula.right;
  return formula.operator === "*" ? denominatorOf(formula.left) : null;
}

function boundText(bound: Bound): string {
  if (typeof bound === "number") return String(bound);
  return `the setting ${bound.setting}${bound.times ? ` × ${bound.times}` : ""}`;
}

function valuesText(values: string | boolean | readonly string[]): string {
  return typeof values === "object" ? values.join(" or ") : String(values);
}

function conditionText(condition: MeasureCondition): string {
  if ("all" in condition) return condition.all.map(conditionText).join(", ");
  if ("any" in condition) return condition.any.map(conditionText).join(" or ");
  const column = `\`${condition.column}\``;
  if ("is" in condition) return `${column} is ${valuesText(condition.is)}`;
  if ("isNot" in condition) return `${column} is not ${valuesText(condition.isNot)}`;
  if ("isNull" in condition) return `${column} is ${condition.isNull ? "empty" : "known"}`;
  if ("atLeast" in condition) return `${column} ≥ ${boundText(condition.atLeast)}`;
  if ("atMost" in condition) return `${column} ≤ ${boundText(condition.atMost)}`;
  return `${column} is in the setting ${condition.inSetting}`;
}

function aggregateText(aggregate: Aggregate): string {
  const row = "column" in aggregate ? ` of \`${aggregate.column}\`` : "";
  switch (aggregate.op) {
    case "count":
      return "rows";
    case "distinct":
      return `distinct${row.slice(3)}`;
    case "quantile":
      return `${aggregate.share * 100}th percentile${row}`;
    case "stock":
      return `distinct \`${aggregate.distinct}\` ${spannedText(aggregate)}`;
    case "stockSum":
      return `sum${row} of the rows ${spannedText(aggregate)}`;
    case "stockKept": {
      const kept = `\`${aggregate.person}\` with a span \`${aggregate.from}\` to \`${aggregate.to}\` at the start and one at the end of the period`;
      return aggregate.column ? `sum${row} over the spans at the start of each ${kept}` : kept;
    }
    case "peopleInMany":
      return `\`${aggregate.person}\` with at least ${aggregate.atLeast} different \`${aggregate.column}\``;
    case "last":
      return `latest${row.slice(3)}${aggregate.per ? ` of each ${aggregate.per.join(", ")}, added up` : ""}`;
    case "credit":
      return aggregate.of === "amount"
        ? "sum of `credit_<model>`, the money that the chosen model credits"
        : "sum of `share_<model>`, the conversions that the chosen model credits";
    case "sumOnce":
      return `sum${row}, once per \`${aggregate.per}\``;
    default:
      return `${aggregate.op}${row}`;
  }
}

function spannedText({ from, to, at }: Extract<Aggregate, { op: "stock" | "stockSum" }>): string {
  if (to) return `whose span \`${from}\` to \`${to}\` ${spanText[at]}`;
  return `whose \`${from}\` is before the ${at === "start" ? "start" : "end"} of the period`;
}

function countedHow({ aggregate, where, time, fact }: Measure): string {
  const placed = time ?? derivedTable(fact).time?.column;
  const spanned = aggregate.op.startsWith("stock");
  return [
    `${aggregateText(aggregate)}, from \`${fact}\``,
    ...(where ? [`where ${conditionText(where)}`] : []),
    ...(placed && !spanned ? [`placed by \`${placed}\``] : []),
  ].join("; ");
}

function cohortText({ variant }: ResolvedMetric): readonly string[] {
  if (!variant.cohort) return [];
  const { from, to } = variant.cohort;
  return [
    `- **As a cohort** (\`--basis cohort\`): of the people with \`${from}\` in the period, the share that has \`${to}\``,
  ];
}

function variantLines(
  resolved: readonly ResolvedMetric[],
  words: FormulaWords,
  texts: CatalogueTexts,
): readonly string[] {
  return resolved.flatMap(({ metric, variant, formula }) => {
    const denominator = denominatorOf(formula);
    const name =
      resolved.length > 1
        ? `**@${variant.id}** (${variantName(metric, variant, texts)})`
        : "**Formula**";
    return [
      `- ${name}: ${writtenFormula(formula, words)}`,
      `  \`${variant.formula}\``,
      ...(denominator ? [`  denominator: ${writtenFormula(denominator, words)}`] : []),
    ];
  });
}

function metricSection(metric: Metric, { catalogue, texts }: Parts): string {
  const text = metricText(metric, texts);
  const resolved = metric.variants.map((variant) =>
    catalogue.resolve(`${metric.id}@${variant.id}`),
  );
  const [standard] = resolved;
  const facts = [...new Set(resolved.flatMap(({ measures }) => measures.map(({ fact }) => fact)))];
  const aliases = Object.entries(metric.aliases ?? {});
  const { benchmark } = metric;
  return [
    `### ${metric.id}`,
    "",
    `**${text.name}.** ${text.meaning}`,
    "",
    ...variantLines(resolved, formulaWords(catalogue, texts), texts),
    ...(standard ? cohortText(standard) : []),
    `- **Unit**: ${texts.units[metric.unit] ?? metric.unit}; ${directions[metric.good]}`,
    `- **Inputs**: ${facts.map((fact) => `\`${fact}\``).join(", ")}`,
    `- **By**: ${sharedDimensions(standard?.measures ?? []).join(", ") || "only as a total"}`,
    ...(aliases.length > 0
      ? [`- **Also asked for as**: ${aliases.map(([alias]) => `\`${alias}\``).join(", ")}`]
      : []),
    ...(metric.caveats ?? []).map((code) => `- **Mind**: ${texts.caveats[code] ?? code}`),
    `- **Low**: ${text.low}`,
    `- **High**: ${text.high}`,
    `- **What to do**: ${text.act}`,
    ...(benchmark
      ? [`- **Benchmark**: ${benchmark.value} (${benchmark.source}, ${benchmark.year})`]
      : []),
    `- **Version**: ${metric.version}${metric.marks ? `; asked for by ${metric.marks.join(", ")}` : ""}`,
    "",
  ].join("\n");
}

function measureSection({ catalogue, texts }: Parts): string {
  const used = new Set(
    catalogue.metrics.flatMap((metric) =>
      metric.variants.flatMap(({ id }) =>
        namesIn(catalogue.resolve(`${metric.id}@${id}`).expanded).map((name) => name.id),
      ),
    ),
  );
  const rows = catalogue.measures
    .filter(({ id }) => used.has(id))
    .map(
      (measure) =>
        `| \`${measure.id}\` | ${measureName(measure.id, catalogue, texts)} | ${countedHow(measure)} | ${measure.unit} |`,
    );
  return [
    "## Measures",
    "",
    "| measure | name | how it is counted | unit |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/**
 * Writes the page of metrics, docs/metrics.md. The same catalogue and texts always give the same page.
 *
 * @param catalogue built-in by default
 * @param texts English by default
 */
export function documentMetrics(
  catalogue: Catalogue = builtIn,
  texts: CatalogueTexts = metricTexts("en"),
): string {
  const parts = { catalogue, texts };
  const chapters = families.map((family) => {
    const members = catalogue.metrics.filter((metric) => metric.family === family);
    const sections = members.map((metric) => metricSection(metric, parts));
    return [`## ${texts.families[family] ?? family}`, "", ...sections].join("\n");
  });
  return `${[introduction, ...chapters, measureSection(parts)].join("\n").trimEnd()}\n`;
}
