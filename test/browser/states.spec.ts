import type { Page } from "@playwright/test";
import type { ShownAnswer, ShownFigure } from "../../src/server/api.ts";
import { expect, expectAccessible, settled, test } from "./app.ts";

/** The ten states, with what the card then says. Suspicious is a reason beside a value. */
const states = [
  { state: "no_data", value: null, text: "–", says: "No data" },
  { state: "zero", value: "0", text: "0", says: null },
  { state: "partial", value: "12", text: "12", says: "Partial" },
  { state: "stale", value: "13", text: "13", says: "Out of date" },
  { state: "estimated", value: "14", text: "14", says: "Estimated" },
  { state: "too_few", value: "15", text: "15", says: "Too few" },
  { state: "excluded", value: "16", text: "16", says: "With exclusions" },
  { state: "not_applicable", value: null, text: "–", says: "Not applicable" },
  { state: "error", value: null, text: "–", says: "Error" },
  { state: "ok", value: "17", text: "17", says: "To be checked" },
] as const;

/** Gives the figures of an answer the ten states in turn, by metric: total, groups and days alike. */
function inEveryState(answer: ShownAnswer): ShownAnswer {
  const metrics = [...new Set(answer.figures.map(({ metric }) => metric))];
  const figures = answer.figures.map((figure): ShownFigure => {
    const { state, value, text } =
      states[metrics.indexOf(figure.metric) % states.length] ?? states[0];
    const code = state === "ok" ? "above_hundred" : "why";
    const reasons = [{ code, params: {}, text: `Why it is ${state}` }];
    return { ...figure, state, value, text, reasons };
  });
  return { ...answer, figures };
}

async function answerInEveryState(page: Page): Promise<void> {
  await page.route("**/api/answer*", async (route) => {
    const response = await route.fetch();
    if (!response.ok()) return route.fulfill({ response });
    await route.fulfill({ response, json: inEveryState(await response.json()) });
  });
}

for (const scheme of ["light", "dark"] as const) {
  test(`each of the ten states has its mark, its words and its picture, ${scheme}`, async ({
    open,
    page,
  }, info) => {
    await answerInEveryState(page);
    await open("/", { scheme });
    const cards = page.locator("article");
    const found = new Map<string, string>();
    for (const card of await cards.all()) {
      found.set((await card.getAttribute("data-state")) ?? "", (await card.textContent()) ?? "");
    }
    for (const { state, says } of states) {
      expect([...found.keys()]).toContain(state);
      if (says !== null) expect(found.get(state)).toContain(says);
    }
    // What has no value is never shown as nothing.
    for (const state of ["no_data", "not_applicable", "error"]) {
      expect(found.get(state)).toMatch(/–/);
    }
    await expectAccessible(page);
    const path = info.outputPath(`states-${scheme}.png`);
    await page.screenshot({ path, fullPage: true });
    await info.attach("states", { path, contentType: "image/png" });
  });
}

test("a part that fails says so, and the others stay", async ({ page }) => {
  let failed = 0;
  await page.route("**/api/answer*", async (route) => {
    const asked = route.request().postDataJSON() as { readonly by?: readonly string[] };
    if (asked.by?.[0] !== "campaign") return route.continue();
    failed += 1;
    await route.fulfill({
      status: 500,
      contentType: "application/problem+json",
      json: {
        type: "about:blank",
        title: "query_failed",
        status: 500,
        detail: "broken",
        code: "query_failed",
      },
    });
  });
  await page.goto(process.env.LASTPENNY_ADDRESS ?? "");
  await settled(page);
  expect(failed).toBeGreaterThan(0);
  const panel = page.getByRole("region", { name: /campaigns/i });
  await expect(panel.getByRole("alert")).toContainText("broken");
  await expect(panel.getByRole("button", { name: /again/i })).toBeVisible();
  expect(await page.locator("article").count()).toBeGreaterThan(3);
});
