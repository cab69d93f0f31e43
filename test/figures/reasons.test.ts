import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { reasons, stateFrom } from "../../src/figures/reasons.ts";
import { warningTexts } from "../../src/figures/warnings.ts";

const textsIn = (locale: string, file: string): Readonly<Record<string, string>> => {
  const url = new URL(`../../src/locales/${locale}/${file}.json`, import.meta.url);
  const found: unknown = JSON.parse(readFileSync(url, "utf8"));
  const texts = file === "warnings" ? found : (found as { readonly reasons: unknown }).reasons;
  return texts as Readonly<Record<string, string>>;
};

const parameters = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe("reasons", () => {
  it.each(["en", "zh-Hans", "zh-Hant", "id"])(
    "are told in %s with no parameter that does not exist",
    (locale) => {
      for (const [file, table] of [
        [
          "metrics",
          Object.fromEntries(Object.entries(reasons).map(([code, { text }]) => [code, text])),
        ],
        ["warnings", warningTexts],
      ] as const) {
        const texts = textsIn(locale, file);
        for (const [code, text] of Object.entries(table)) {
          const told = texts[code];
          expect(told, `${file} ${code}`).toBeTypeOf("string");
          const known = parameters(text);
          expect(
            parameters(told ?? "").filter((name) => !known.includes(name)),
            code,
          ).toEqual([]);
        }
      }
    },
  );

  it("lead to the weightiest state", () => {
    expect(stateFrom([], false)).toBe("ok");
    expect(stateFrom([], true)).toBe("zero");
    expect(stateFrom(["too_few", "coverage_hole"], false)).toBe("partial");
    expect(stateFrom(["caveat", "excluded", "never_recorded"], false)).toBe("no_data");
  });
});
