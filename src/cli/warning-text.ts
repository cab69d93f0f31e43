import type { Reason } from "../figures/figure.ts";
import { metricTexts } from "../locales/locales.ts";
import type { Locale } from "../locales/translate.ts";

/**
 * Says a warning in a language.
 *
 * @param warning code and parameters
 * @param locale language
 */
export function warningText({ code, params }: Reason, locale: Locale): string {
  const texts: Readonly<Record<string, string>> = metricTexts(locale).warnings;
  return (texts[code] ?? code).replace(/\{(\w+)\}/g, (_whole, name: string) => params[name] ?? "");
}
