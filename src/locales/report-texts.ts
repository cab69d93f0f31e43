import en from "./en/reports.json" with { type: "json" };
import id from "./id/reports.json" with { type: "json" };
import { type Locale, type Translate, translator } from "./translate.ts";
import zhHans from "./zh-Hans/reports.json" with { type: "json" };
import zhHant from "./zh-Hant/reports.json" with { type: "json" };

/** A text of exported files. */
export type ReportText = keyof typeof en;

/**
 * Returns the texts of exported files in a language.
 *
 * @param locale the language
 */
export function reportTexts(locale: Locale): Translate<ReportText> {
  return translator({ en, id, "zh-Hans": zhHans, "zh-Hant": zhHant }, locale);
}
