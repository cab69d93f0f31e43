import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { chartTexts } from "../../src/locales/chart-texts.ts";
import "../../src/locales/every-chart-text.ts";
import { type Locale, locales } from "../../src/locales/translate.ts";
import { simplifiedOnly, traditionalOnly } from "./chinese-characters.ts";

function textsOf(locale: Locale): Readonly<Record<string, string>> {
  const url = new URL(`../../src/locales/${locale}/charts.json`, import.meta.url);
  return JSON.parse(readFileSync(fileURLToPath(url), "utf8"));
}

const english = textsOf("en");
const slots = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort();

describe.each(locales)("texts of charts in %s", (locale) => {
  const texts = textsOf(locale);

  it("have the keys and arguments of the English ones", () => {
    expect(Object.keys(texts)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(texts)) {
      expect(slots(text), key).toEqual(slots(english[key] ?? ""));
    }
  });

  it("are translated", () => {
    const copied = Object.keys(texts).filter((key) => texts[key] === english[key]);
    if (locale !== "en") expect(copied.filter((key) => key !== "alone")).toEqual([]);
  });

  it("keep to one Chinese script", () => {
    const foreign =
      locale === "zh-Hans" ? traditionalOnly : locale === "zh-Hant" ? simplifiedOnly : [];
    const all = Object.values(texts).join("");
    expect(foreign.filter((character) => all.includes(character))).toEqual([]);
  });

  it("can be filled in", () => {
    const t = chartTexts(locale);
    expect(t("time.gaps", { count: 3 })).toContain("3");
    expect(t("state.too_few")).toBe(texts["state.too_few"]);
  });
});
