import type { Catalogue } from "../catalogue/catalogue.ts";
import { metricText, variantName } from "../catalogue/words.ts";
import type { Figure, Reason } from "../figures/figure.ts";
import { addDays } from "../ledger/calendar.ts";
import type { CatalogueTexts } from "../locales/catalogue-texts.ts";
import { metricTexts } from "../locales/locales.ts";
import { type ModelText, modelTexts } from "../locales/model-texts.ts";
import type { Locale } from "../locales/translate.ts";

/**
 * Returns a metric's name, with its variant where that is not the usual one.
 *
 * @param figure names metric and variant
 * @param catalogue where they are declared
 * @param locale language
 */
export function metricName(
  figure: Pick<Figure, "metric" | "variant">,
  catalogue: Catalogue,
  locale: Locale,
): string {
  const texts = metricTexts(locale);
  const metric = catalogue.metric(figure.metric);
  const variant = metric.variants.find(({ id }) => id === figure.variant);
  const { name } = metricText(metric, texts);
  return variant && variant !== metric.variants[0]
    ? `${name} (${variantName(metric, variant, texts)})`
    : name;
}

/**
 * Says which days a period covers, the last one included.
 *
 * @param period its first day and the day after its last
 */
export function daysText({ from, to }: { readonly from: string; readonly to: string }): string {
  const last = addDays(to, -1);
  return last <= from ? from : `${from} – ${last}`;
}

/**
 * Says a reason in a language, in the words of the reader: ids of measures, kinds of data, models and caveats become their names.
 *
 * @param reason code and parameters
 * @param locale language
 */
export function reasonText({ code, params }: Reason, locale: Locale): string {
  const texts = metricTexts(locale);
  const templates: Readonly<Record<string, string>> = texts.reasons;
  const template = templates[code] ?? code;
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = params[name] ?? "";
    if (name === "measure" && params.measure_name) return params.measure_name;
    return wordOf(name, value, locale) ?? value;
  });
}

/** The name that a parameter's id has in a language; null where it is no id. */
function wordOf(parameter: string, id: string, locale: Locale): string | null {
  const { measures, metrics, facts, caveats }: CatalogueTexts = metricTexts(locale);
  const models: Readonly<Record<string, ModelText>> = modelTexts(locale);
  switch (parameter) {
    case "measure":
    case "larger":
    case "smaller":
      return measures[id] ?? metrics[id]?.name ?? null;
    case "fact":
      return facts[id] ?? null;
    case "goal":
      return id === "deals" ? (facts.opportunities ?? null) : null;
    case "model":
      return models[id]?.name ?? null;
    case "caveat":
      return caveats[id] ?? null;
    default:
      return null;
  }
}
