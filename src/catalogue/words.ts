import type { CatalogueTexts, MetricText } from "../locales/catalogue-texts.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Metric, MetricVariant } from "./metric.ts";
import type { FormulaWords } from "./written-formula.ts";

/**
 * Returns what people read about a metric. Own metrics carry their texts themselves, in the language they were
 * written in.
 *
 * @param metric a metric of the catalogue
 * @param texts the words of one language
 */
export function metricText(metric: Metric, texts: CatalogueTexts): MetricText {
  return (
    metric.texts ??
    texts.metrics[metric.id] ?? { name: metric.id, meaning: "", low: "", high: "", act: "" }
  );
}

/**
 * Returns the name of a variant.
 *
 * @param metric a metric of the catalogue
 * @param variant one of its variants
 * @param texts the words of one language
 */
export function variantName(metric: Metric, variant: MetricVariant, texts: CatalogueTexts): string {
  return texts.variants[`${metric.id}@${variant.id}`] ?? texts.variants[variant.id] ?? variant.id;
}

/**
 * Returns the name of a measure: its own, or that of the metric that is nothing but this measure.
 *
 * @param id the measure's id
 * @param catalogue where metrics are declared
 * @param texts the words of one language
 */
export function measureName(id: string, catalogue: Catalogue, texts: CatalogueTexts): string {
  const own = catalogue.measures.find((one) => one.id === id)?.name;
  const metric = catalogue.metrics.find((one) => one.id === id);
  return own ?? texts.measures[id] ?? (metric ? metricText(metric, texts).name : id);
}

/**
 * Returns the words that write formulas in a language.
 *
 * @param catalogue where measures and metrics are declared
 * @param texts the words of one language
 */
export function formulaWords(catalogue: Catalogue, texts: CatalogueTexts): FormulaWords {
  const { formula } = texts;
  const word = (key: string): string => formula[key] ?? key;
  const before = (text: string, periodsBack: number): string =>
    periodsBack === 0 ? text : word("previous").replace("{x}", text);
  return {
    name: (id, variantId, periodsBack) => {
      const metric = catalogue.metrics.find((one) => one.id === id);
      const variant = metric?.variants.find((one) => one.id === variantId);
      const name = measureName(id, catalogue, texts);
      const full = metric && variant ? `${name} (${variantName(metric, variant, texts)})` : name;
      return before(full, periodsBack);
    },
    constant: (name, periodsBack) => before(word(name), periodsBack),
    min: word("min"),
    max: word("max"),
    and: word("and"),
    or: word("or"),
  };
}
