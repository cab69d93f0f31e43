import { describe, expect, it } from "vitest";
import { attributionModels } from "../../src/ledger/attribution.ts";
import { modelTexts } from "../../src/locales/model-texts.ts";
import { locales } from "../../src/locales/translate.ts";
import { simplifiedOnly, traditionalOnly } from "./chinese-characters.ts";

describe.each(locales)("the models in %s", (locale) => {
  const texts = modelTexts(locale);

  it("are all named, each by a name and a rule of its own", () => {
    expect(Object.keys(texts)).toEqual([...attributionModels]);
    const all = Object.values(texts).flatMap(({ name, rule }) => [name, rule]);
    expect(new Set(all).size).toBe(2 * attributionModels.length);
  });

  it("are translated", () => {
    const english = Object.values(modelTexts("en")).map(({ rule }) => rule);
    const copied = Object.values(texts).filter(({ rule }) => english.includes(rule));
    expect(copied.length).toBe(locale === "en" ? attributionModels.length : 0);
  });

  it("are written in the characters of their readers", () => {
    const foreign = { "zh-Hans": traditionalOnly, "zh-Hant": simplifiedOnly, en: [], id: [] };
    const text = JSON.stringify(texts);
    expect(foreign[locale].filter((character) => text.includes(character))).toEqual([]);
  });
});
