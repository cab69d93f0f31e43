import type { CatalogueTexts } from "./catalogue-texts.ts";
import en from "./en/metrics.json" with { type: "json" };
import id from "./id/metrics.json" with { type: "json" };
import type { Locale } from "./translate.ts";
import zhHans from "./zh-Hans/metrics.json" with { type: "json" };
import zhHant from "./zh-Hant/metrics.json" with { type: "json" };

/** The words of the catalogue with exactly the keys of the English file. */
export type MetricTexts = typeof en & CatalogueTexts;

const texts: Readonly<Record<Locale, MetricTexts>> = {
  en,
  "zh-Hans": zhHans,
  "zh-Hant": zhHant,
  id,
};

/**
 * Returns the words of the catalogue in a language: metrics, measures, variants, units, dimensions, caveats, reasons.
 *
 * @param locale the language
 */
export function metricTexts(locale: Locale): MetricTexts {
  return texts[locale];
}
