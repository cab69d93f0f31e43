import en from "./en/models.json" with { type: "json" };
import id from "./id/models.json" with { type: "json" };
import type { Locale } from "./translate.ts";
import zhHans from "./zh-Hans/models.json" with { type: "json" };
import zhHant from "./zh-Hant/models.json" with { type: "json" };

/** What people read about an attribution model. */
export interface ModelText {
  readonly name: string;
  /** One sentence: who gets how much. */
  readonly rule: string;
}

const texts: Readonly<Record<Locale, Readonly<Record<keyof typeof en, ModelText>>>> = {
  en,
  id,
  "zh-Hans": zhHans,
  "zh-Hant": zhHant,
};

/**
 * Returns names and rules of the attribution models in a language.
 *
 * @param locale the language
 */
export function modelTexts(locale: Locale): Readonly<Record<keyof typeof en, ModelText>> {
  return texts[locale];
}
