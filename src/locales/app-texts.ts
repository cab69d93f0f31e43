import type en from "./en/app.json" with { type: "json" };
import type metricsEn from "./en/metrics.json" with { type: "json" };
import type { CatalogueTexts } from "./catalogue-texts.ts";
import type { Locale } from "./translate.ts";

/** A text of the app. */
export type AppText = keyof typeof en;

/** The words of the catalogue, as the app reads them: one language, loaded when it is chosen. */
export type AppMetricTexts = typeof metricsEn & CatalogueTexts;

/** What the app says in one language. */
export interface AppTexts {
  readonly app: Readonly<Record<AppText, string>>;
  readonly metrics: AppMetricTexts;
}

const app: Readonly<Record<Locale, () => Promise<{ default: AppTexts["app"] }>>> = {
  en: () => import("./en/app.json", { with: { type: "json" } }),
  "zh-Hans": () => import("./zh-Hans/app.json", { with: { type: "json" } }),
  "zh-Hant": () => import("./zh-Hant/app.json", { with: { type: "json" } }),
  id: () => import("./id/app.json", { with: { type: "json" } }),
};

const metrics: Readonly<Record<Locale, () => Promise<{ default: AppMetricTexts }>>> = {
  en: () => import("./en/metrics.json", { with: { type: "json" } }),
  "zh-Hans": () => import("./zh-Hans/metrics.json", { with: { type: "json" } }),
  "zh-Hant": () => import("./zh-Hant/metrics.json", { with: { type: "json" } }),
  id: () => import("./id/metrics.json", { with: { type: "json" } }),
};

/**
 * Loads the texts of the app in one language; the files of the others stay where they are.
 *
 * @param locale the language
 */
export async function loadAppTexts(locale: Locale): Promise<AppTexts> {
  const [texts, names] = await Promise.all([app[locale](), metrics[locale]()]);
  return { app: texts.default, metrics: names.default };
}
