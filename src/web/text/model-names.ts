import type { Locale } from "../../locales/translate.ts";

/** Name of an attribution model, and its rule in a sentence. */
export type ModelNames = Readonly<
  Record<string, { readonly name: string; readonly rule: string } | undefined>
>;

const files: Readonly<Record<Locale, () => Promise<{ readonly default: object }>>> = {
  en: () => import("../../locales/en/models.json"),
  "zh-Hans": () => import("../../locales/zh-Hans/models.json"),
  "zh-Hant": () => import("../../locales/zh-Hant/models.json"),
  id: () => import("../../locales/id/models.json"),
};

/**
 * Loads the names of the attribution models.
 *
 * @param locale language
 */
export async function loadModelNames(locale: Locale): Promise<ModelNames> {
  const { default: names } = await files[locale]();
  return names as ModelNames;
}
