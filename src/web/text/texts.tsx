import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { type AppText, type AppTexts, loadAppTexts } from "../../locales/app-texts.ts";
import {
  type Locale,
  locales,
  type Pieces,
  piecesOf,
  type Translate,
  translatorOf,
} from "../../locales/translate.ts";

/** The language of the page and everything said in it. */
export interface Texts {
  readonly locale: Locale;
  readonly t: Translate<AppText>;
  readonly pieces: Pieces<AppText>;
  readonly setLocale: (locale: Locale) => void;
}

const TextsContext = createContext<Texts | null>(null);
const storageKey = "lastpenny.language";

/** Returns the language chosen before, or the first of the browser's languages that there is. */
export function firstLocale(): Locale {
  const stored = localStorage.getItem(storageKey);
  const asked = stored ? [stored] : navigator.languages;
  for (const tag of asked) {
    const found = localeOf(tag);
    if (found) return found;
  }
  return "en";
}

/** Chinese is written in two scripts; the region says which when the tag does not. */
function localeOf(tag: string): Locale | undefined {
  const lower = tag.toLowerCase();
  if (lower.startsWith("zh")) return /hant|tw|hk|mo/.test(lower) ? "zh-Hant" : "zh-Hans";
  return locales.find((locale) => lower.split("-")[0] === locale.toLowerCase());
}

interface Loaded {
  readonly locale: Locale;
  readonly texts: AppTexts;
}

/**
 * Gives the texts to everything below; another language replaces them once its files are there.
 *
 * @param props the first language with its texts
 */
export function TextsProvider({
  first,
  children,
}: {
  readonly first: Loaded;
  readonly children: ReactNode;
}) {
  const [loaded, setLoaded] = useState(first);
  const { locale, texts } = loaded;
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const value = useMemo<Texts>(
    () => ({
      locale,
      t: translatorOf(texts, locale),
      pieces: piecesOf(texts, locale),
      setLocale: (next) => {
        localStorage.setItem(storageKey, next);
        void loadAppTexts(next).then((found) => setLoaded({ locale: next, texts: found }));
      },
    }),
    [locale, texts],
  );
  return <TextsContext value={value}>{children}</TextsContext>;
}

/** Returns the language of the page and its texts. */
export function useTexts(): Texts {
  const texts = useContext(TextsContext);
  if (!texts) throw new Error("texts outside of their provider");
  return texts;
}

/** Returns the function that says a text of the app. */
export function useT(): Translate<AppText> {
  return useTexts().t;
}
