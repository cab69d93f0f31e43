import en from "./en/warnings.json" with { type: "json" };
import id from "./id/warnings.json" with { type: "json" };
import type { Locale } from "./translate.ts";
import zhHans from "./zh-Hans/warnings.json" with { type: "json" };
import zhHant from "./zh-Hant/warnings.json" with { type: "json" };

const texts: Readonly<Record<Locale, Readonly<Record<keyof typeof en, string>>>> = {
  en,
  "zh-Hans": zhHans,
  "zh-Hant": zhHant,
  id,
};

/**
 * Says a warning about the data in a language.
 *
 * @param warning code and parameters
 * @param locale language
 */
export function warningText(
  warning: { readonly code: string; readonly params: Readonly<Record<string, string>> },
  locale: Locale,
): string {
  const templates: Readonly<Record<string, string>> = texts[locale];
  const template = templates[warning.code] ?? warning.code;
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = warning.params[name] ?? "";
    return name === "fact" ? (templates[`fact.${value}`] ?? value) : withoutTrailingZeros(value);
  });
}

/** Amounts come with all the digits they are kept with. */
function withoutTrailingZeros(text: string): string {
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, "") : text;
}
