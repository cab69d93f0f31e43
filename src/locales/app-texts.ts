import { type ChartTexts, provideChartTexts } from "./chart-texts.ts";
import type en from "./en/app.json";
import type { Locale } from "./translate.ts";

/** A text of the app. */
export type AppText = keyof typeof en;

/** What the app says in one language. */
export type AppTexts = Readonly<Record<AppText, string>>;

type File<Texts> = () => Promise<{ readonly default: Texts }>;

const files: Readonly<Record<Locale, readonly [app: File<AppTexts>, charts: File<ChartTexts>]>> = {
  en: [
    () => import("./en/app.json", { with: { type: "json" } }),
    () => import("./en/charts.json", { with: { type: "json" } }),
  ],
  "zh-Hans": [
    () => import("./zh-Hans/app.json", { with: { type: "json" } }),
    () => import("./zh-Hans/charts.json", { with: { type: "json" } }),
  ],
  "zh-Hant": [
    () => import("./zh-Hant/app.json", { with: { type: "json" } }),
    () => import("./zh-Hant/charts.json", { with: { type: "json" } }),
  ],
  id: [
    () => import("./id/app.json", { with: { type: "json" } }),
    () => import("./id/charts.json", { with: { type: "json" } }),
  ],
};

/**
 * Loads the texts of the app in one language, and gives charts theirs; the files of the others stay where they are.
 *
 * @param locale the language
 */
export async function loadAppTexts(locale: Locale): Promise<AppTexts> {
  const [app, charts] = files[locale];
  const [{ default: texts }, { default: words }] = await Promise.all([app(), charts()]);
  provideChartTexts(locale, words);
  return texts;
}
