import type en from "./en/app.json";
import type { Locale } from "./translate.ts";

/** A text of the app. */
export type AppText = keyof typeof en;

/** What the app says in one language. */
export type AppTexts = Readonly<Record<AppText, string>>;

const files: Readonly<Record<Locale, () => Promise<{ readonly default: AppTexts }>>> = {
  en: () => import("./en/app.json", { with: { type: "json" } }),
  "zh-Hans": () => import("./zh-Hans/app.json", { with: { type: "json" } }),
  "zh-Hant": () => import("./zh-Hant/app.json", { with: { type: "json" } }),
  id: () => import("./id/app.json", { with: { type: "json" } }),
};

/**
 * Loads the texts of the app in one language; the files of the others stay where they are.
 *
 * @param locale the language
 */
export async function loadAppTexts(locale: Locale): Promise<AppTexts> {
  const { default: texts } = await files[locale]();
  return texts;
}
