import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { IntlMessageFormat } from "intl-messageformat";
import { Converter } from "opencc-js";
import { describe, expect, it } from "vitest";
import { type Locale, locales } from "../../src/locales/translate.ts";

const source = fileURLToPath(new URL("../../src", import.meta.url));
const read = (locale: Locale): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(join(source, "locales", locale, "app.json"), "utf8"));
const english = read("en");

type Elements = ReturnType<IntlMessageFormat["getAst"]>;

/** Names of the arguments of an ICU message, also inside plurals and selections. */
function argumentsOf(elements: Elements): readonly string[] {
  return elements.flatMap((element) => {
    if (!("value" in element) || element.type === 0) return [];
    const inner =
      "options" in element
        ? Object.values(element.options).flatMap(({ value }) => argumentsOf(value))
        : [];
    return [element.value, ...inner];
  });
}

const namesIn = (text: string) =>
  [...new Set(argumentsOf(new IntlMessageFormat(text, "en").getAst()))].sort();

/** Texts that are written alike in several languages: names, signs, and words that the trade shares. */
const sameAsEnglish = new Set([
  "app.name",
  "attribution.median",
  "frame.demo",
  "messaging.sms",
  "messaging.whatsapp",
  "nav.data",
  "explain.sql",
  "explain.left_out_line",
  "explain.ran",
  "explain.total",
  "figure.of",
  "figure.n",
  "filter.is",
  "table.total",
  "view.filters",
]);

describe.each(locales)("texts of the app in %s", (locale) => {
  const texts = read(locale);

  it("have the keys of the English file, in its order", () => {
    expect(Object.keys(texts)).toEqual(Object.keys(english));
  });

  it("take the same arguments", () => {
    for (const [key, text] of Object.entries(texts)) {
      expect(namesIn(text), key).toEqual(namesIn(english[key] ?? ""));
    }
  });

  it("are translated, and neither empty nor padded", () => {
    for (const [key, text] of Object.entries(texts)) {
      expect(text.trim(), key).toBe(text);
      expect(text, key).not.toBe("");
      const isCopy = locale !== "en" && text === english[key];
      expect(isCopy && !sameAsEnglish.has(key), `${key}: ${text}`).toBe(false);
    }
  });
});

describe("Chinese texts of the app", () => {
  const toSimplified = Converter({ from: "t", to: "cn" });
  const toTraditional = Converter({ from: "cn", to: "t" });
  /** Characters that both scripts have, which a converter of words would change. */
  const shared = [..."于台里后面干只准制系并周采布松游斗划占谷余丰岩恤郁群"];
  const changed = (text: string, convert: (text: string) => string) =>
    [...text].filter((one) => convert(one) !== one && !shared.includes(one)).join("");

  it("in simplified characters hold no traditional ones", () => {
    for (const [key, text] of Object.entries(read("zh-Hans"))) {
      expect(changed(text, toSimplified), key).toBe("");
    }
  });

  it("in traditional characters hold no simplified ones", () => {
    for (const [key, text] of Object.entries(read("zh-Hant"))) {
      expect(changed(text, toTraditional), key).toBe("");
    }
  });
});

describe("texts of the app in the code", () => {
  const files = readdirSync(join(source, "web"), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
  const code = files.join("\n");

  it("are all used", () => {
    const prefixes = [...code.matchAll(/`([a-z_]+(?:\.[a-z_]+)*[._])\$\{/g)].map(
      ([, start]) => start,
    );
    const unused = Object.keys(english)
      .filter((key) => !key.startsWith("nav."))
      .filter(
        (key) =>
          !code.includes(`"${key}"`) && !prefixes.some((prefix) => key.startsWith(prefix ?? "-")),
      );
    expect(unused).toEqual([]);
  });

  it("are nowhere written into elements", () => {
    const written = files.flatMap((file) =>
      [...file.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+[.!?]?)\s*</g)].map(([, text]) => text),
    );
    expect(written).toEqual([]);
  });
});
