import { IntlMessageFormat } from "intl-messageformat";

/** The languages that people can choose. */
export const locales = ["en", "zh-Hans", "zh-Hant", "id"] as const;

/** One of the languages. */
export type Locale = (typeof locales)[number];

/** BCP 47 tags for Intl: the region decides digits, dates and money. */
export const intlTags: Readonly<Record<Locale, string>> = {
  en: "en-US",
  "zh-Hans": "zh-CN",
  "zh-Hant": "zh-TW",
  id: "id-ID",
};

/** Looks a text up and fills its ICU arguments in. */
export type Translate<Key extends string> = (
  key: Key,
  params?: Readonly<Record<string, string | number>>,
) => string;

/**
 * Returns the function that gives texts in a language.
 *
 * @param texts the same keys in every language, ICU message format
 * @param locale the language
 */
export function translator<Key extends string>(
  texts: Readonly<Record<Locale, Readonly<Record<Key, string>>>>,
  locale: Locale,
): Translate<Key> {
  const compiled = new Map<Key, IntlMessageFormat>();
  return (key, params = {}) => {
    const message =
      compiled.get(key) ?? new IntlMessageFormat(texts[locale][key], intlTags[locale]);
    compiled.set(key, message);
    return String(message.format({ ...params }));
  };
}
