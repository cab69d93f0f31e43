import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/catalogue/catalogue.ts";
import { measureName } from "../../src/catalogue/words.ts";
import { dimensions } from "../../src/derive/dimensions.ts";
import { reasons } from "../../src/figures/reasons.ts";
import { metricTexts } from "../../src/locales/locales.ts";
import { locales } from "../../src/locales/translate.ts";
import { simplifiedOnly, traditionalOnly } from "./chinese-characters.ts";

/** Texts of a locale file by path. */
function leaves(value: unknown, path = ""): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value as object).flatMap(([key, part]) =>
    leaves(part, path === "" ? key : `${path}.${key}`),
  );
}

const english = new Map(leaves(metricTexts("en")));
const slots = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

/** Texts that are nothing but a parameter. */
const sameAsEnglish = ["reasons.caveat"];

describe.each(locales)("texts of the catalogue in %s", (locale) => {
  const texts = metricTexts(locale);
  const all = leaves(texts);

  it("have the keys of the English file", () => {
    expect(all.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
  });

  it("are never empty, and keep the parameters", () => {
    for (const [path, text] of all) {
      expect(text.trim(), path).toBe(text);
      expect(text, path).not.toBe("");
      expect(slots(text), path).toEqual(slots(english.get(path) ?? ""));
    }
  });

  it("are translated", () => {
    const copied = all.filter(([path, text]) => text === english.get(path)).map(([path]) => path);
    const expected = locale === "en" ? all.map(([path]) => path) : sameAsEnglish;
    expect(copied.filter((path) => !expected.includes(path))).toEqual([]);
  });

  it("say of every metric what it means, what low and high mean, and what to do", () => {
    expect(Object.keys(texts.metrics).sort()).toEqual(catalogue.metrics.map(({ id }) => id).sort());
  });

  it("do not say the same of two metrics", () => {
    const meanings = Object.values(texts.metrics).flatMap(({ name, meaning }) => [name, meaning]);
    expect(meanings.filter((text, index) => meanings.indexOf(text) < index)).toEqual([]);
  });

  it("name every measure, variant, family, unit, dimension, caveat and reason", () => {
    const variants: Readonly<Record<string, string>> = texts.variants;
    for (const { id, fact, leavesOut = [] } of catalogue.measures) {
      expect(texts.facts, id).toHaveProperty(fact);
      expect(measureName(id, catalogue, texts), id).not.toBe(id);
      for (const { code } of leavesOut) expect(texts.leftOut, id).toHaveProperty(code);
    }
    for (const metric of catalogue.metrics) {
      for (const { id } of metric.variants) expect(variants[id], metric.id).toBeTruthy();
      for (const code of metric.caveats ?? [])
        expect(texts.caveats, metric.id).toHaveProperty(code);
      expect(texts.families).toHaveProperty(metric.family);
      expect(texts.units).toHaveProperty(metric.unit);
    }
    expect(Object.keys(texts.dimensions).sort()).toEqual([...dimensions].sort());
    expect(Object.keys(texts.reasons).sort()).toEqual(Object.keys(reasons).sort());
  });
});

describe("the list of distinct characters", () => {
  it("is in step from the first pair to the last", () => {
    expect([simplifiedOnly.at(0), traditionalOnly.at(0)]).toEqual(["访", "訪"]);
    expect([simplifiedOnly.at(-1), traditionalOnly.at(-1)]).toEqual(["骤", "驟"]);
    expect(simplifiedOnly.filter((character) => traditionalOnly.includes(character))).toEqual([]);
  });
});

describe("Chinese texts", () => {
  const mixed = (locale: "zh-Hans" | "zh-Hant", foreign: readonly string[]) =>
    leaves(metricTexts(locale)).flatMap(([path, text]) =>
      foreign.filter((character) => text.includes(character)).map((found) => `${path} ${found}`),
    );

  it("in simplified characters hold no traditional ones", () => {
    expect(mixed("zh-Hans", traditionalOnly)).toEqual([]);
  });

  it("in traditional characters hold no simplified ones", () => {
    expect(mixed("zh-Hant", simplifiedOnly)).toEqual([]);
  });

  it("use the terms of the trade on each side", () => {
    const names = (locale: "zh-Hans" | "zh-Hant", ids: readonly string[]) =>
      ids.map((id) => new Map(leaves(metricTexts(locale))).get(`metrics.${id}.name`));
    const ids = ["conversion_rate", "open_rate", "repeat_purchase_rate", "average_order_value"];
    expect(names("zh-Hans", ids)).toEqual(["转化率", "打开率", "复购率", "客单价"]);
    expect(names("zh-Hant", ids)).toEqual(["轉換率", "開信率", "回購率", "客單價"]);
  });
});
