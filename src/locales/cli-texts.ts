import en from "./en/cli.json" with { type: "json" };
import id from "./id/cli.json" with { type: "json" };
import { type Locale, type Translate, translator } from "./translate.ts";
import zhHans from "./zh-Hans/cli.json" with { type: "json" };
import zhHant from "./zh-Hant/cli.json" with { type: "json" };

/** A text of the command line. */
export type CliText = keyof typeof en;

/**
 * Returns the texts of the command line in a language.
 *
 * @param locale the language
 */
export function cliTexts(locale: Locale): Translate<CliText> {
  return translator({ en, id, "zh-Hans": zhHans, "zh-Hant": zhHant }, locale);
}
