import en from "./en/charts.json" with { type: "json" };
import id from "./id/charts.json" with { type: "json" };
import { type Locale, type Translate, translator } from "./translate.ts";
import zhHans from "./zh-Hans/charts.json" with { type: "json" };
import zhHant from "./zh-Hant/charts.json" with { type: "json" };

/** A text of charts. */
export type ChartText = keyof typeof en;

const known = new Map<Locale, Translate<ChartText>>();

/**
 * Returns the texts of charts in a language; they are compiled once.
 *
 * @param locale the language
 */
export function chartTexts(locale: Locale): Translate<ChartText> {
  const texts =
    known.get(locale) ?? translator({ en, id, "zh-Hans": zhHans, "zh-Hant": zhHant }, locale);
  known.set(locale, texts);
  return texts;
}
