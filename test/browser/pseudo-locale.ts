import type { Page } from "@playwright/test";

const accented: Readonly<Record<string, string>> = {
  ...{ a: "áá", e: "éé", i: "íí", o: "óó", u: "úú" },
  ...{ A: "Áá", E: "Éé", I: "Íí", O: "Óó", U: "Úú" },
};

/** Lengthens what is said: not the arguments of an ICU message, but the sentences inside of its plurals. */
function lengthened(message: string): string {
  let depth = 0;
  const letters = [...message].map((letter) => {
    if (letter === "{") depth += 1;
    if (letter === "}") depth -= 1;
    return depth % 2 === 0 ? (accented[letter] ?? letter) : letter;
  });
  return `⟦${letters.join("")}⟧`;
}

/**
 * Lets the app speak an English with accents that is two fifths longer, as translations may become.
 *
 * @param page before it is opened
 */
export async function speakPseudo(page: Page): Promise<void> {
  await page.route(/\/assets\/(app|charts)-[^/]+\.js$/, async (route) => {
    const response = await route.fetch();
    const source = `data:text/javascript,${encodeURIComponent(await response.text())}`;
    const module: { readonly default: Readonly<Record<string, string>> } = await import(source);
    const texts = Object.fromEntries(
      Object.entries(module.default).map(([key, text]) => [key, lengthened(text)]),
    );
    await route.fulfill({ response, body: `export default ${JSON.stringify(texts)}` });
  });
}
