import type en from "./en/charts.json";
import { type Locale, type Translate, translatorOf } from "./translate.ts";

/** A text of charts. */
export type ChartText = keyof typeof en;

/** What charts say in one language. */
export type ChartTexts = Readonly<Record<ChartText, string>>;

const known = new Map<Locale, Translate<ChartText>>();

/**
 * Gives charts their texts in a language: a browser gives the one in use, a server all of them.
 *
 * @param locale the language
 * @param texts of that language
 */
export function provideChartTexts(locale: Locale, texts: ChartTexts): void {
  known.set(locale, translatorOf(texts, locale));
}

/**
 * Returns the texts of charts in a language.
 *
 * @param locale the language
 * @throws Error when nobody provided them
 */
export function chartTexts(locale: Locale): Translate<ChartText> {
  const texts = known.get(locale);
  if (!texts) throw new Error(`no texts of charts were provided in ${locale}`);
  return texts;
}
