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
  return translatorOf(texts[locale], locale);
}

/**
 * Returns the function that gives texts, made from those of one language alone.
 *
 * @param texts of that language, ICU message format
 * @param locale the language
 */
export function translatorOf<Key extends string>(
  texts: Readonly<Record<Key, string>>,
  locale: Locale,
): Translate<Key> {
  const message = compiler(texts, locale);
  return (key, params = {}) => String(message(key).format({ ...params }));
}

/** Looks a text up and returns its pieces in order: text, and what was filled in. */
export type Pieces<Key extends string> = <Part>(
  key: Key,
  params: Readonly<Record<string, string | number | Part>>,
) => readonly (string | Part)[];

/**
 * Returns the function that gives a text in pieces, so that what is filled in can be more than text.
 *
 * @param texts of one language, ICU message format
 * @param locale the language
 */
export function piecesOf<Key extends string>(
  texts: Readonly<Record<Key, string>>,
  locale: Locale,
): Pieces<Key> {
  const message = compiler(texts, locale);
  return <Part>(key: Key, params: Readonly<Record<string, string | number | Part>>) =>
    message(key)
      .formatToParts<Part>({ ...params })
      .map((part) => part.value as string | Part);
}

function compiler<Key extends string>(
  texts: Readonly<Record<Key, string>>,
  locale: Locale,
): (key: Key) => IntlMessageFormat {
  const compiled = new Map<Key, IntlMessageFormat>();
  return (key) => {
    const message = compiled.get(key) ?? new IntlMessageFormat(texts[key], intlTags[locale]);
    compiled.set(key, message);
    return message;
  };
}
