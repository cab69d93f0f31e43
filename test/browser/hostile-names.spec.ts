import { readFileSync } from "node:fs";
import { screens } from "../../src/web/screens.ts";
import { addressOf, expect, expectNoOverflow, settled, test } from "./app.ts";
import { hostileNames } from "./hostile-names.ts";

const names = Object.values(hostileNames);

for (const { id, path } of screens) {
  test(`hostile names do nothing on the screen ${id}`, async ({ open }) => {
    const page = await open(path, { isHostile: true });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await settled(page);
      await expectNoOverflow(page);
    }
    expect(await page.evaluate(() => "broken" in window)).toBe(false);
    await expect(page.locator("main img, main script, main iframe")).toHaveCount(0);
    // Names written from right to left keep their direction to themselves.
    const loose = await page.evaluate(() => {
      const isIsolated = (element: Element | null): boolean =>
        element !== null &&
        (/isolate|plaintext/.test(getComputedStyle(element).unicodeBidi) ||
          (element.parentElement !== document.body && isIsolated(element.parentElement)));
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.textContent ?? "";
        if (!text.includes("خصم")) continue;
        const hasMarks = /⁨[^⁩]*خصم[^⁩]*⁩/.test(text);
        const isDrawn = node.parentElement?.closest("svg") !== null;
        if (!hasMarks && !isDrawn && !isIsolated(node.parentElement)) {
          found.push(node.parentElement?.outerHTML.slice(0, 200) ?? "");
        }
      }
      return found;
    });
    expect(loose).toEqual([]);
  });
}

test("every hostile name is shown as it is", async ({ open }) => {
  const page = await open("/channels?by=campaign&r=all", { isHostile: true });
  const table = page.getByRole("region", { name: "Cost and credit by Campaign" });
  for (const name of names) {
    await table.getByRole("searchbox").fill(name);
    await expect(table.locator("tbody tr")).toHaveCount(1);
    await expect(table.locator("tbody th")).toHaveText(name.trim());
  }
});

test("a hostile name filters, is explained and leaves again", async ({ open }) => {
  for (const name of names) {
    const page = await open(`/?r=all&ca=${encodeURIComponent(name)}&explain=clicks&xt=rows`, {
      isHostile: true,
    });
    await expect(page.getByRole("dialog").getByText(/the same as the figure/)).toBeVisible();
    await expect(page.locator("main").getByText(name.slice(0, 40)).first()).toBeAttached();
    expect(await page.evaluate(() => "broken" in window)).toBe(false);
  }
});

test("hostile names are harmless in exported files", async ({ open, request }) => {
  const opening = { isHostile: true } as const;
  const page = await open("/channels?by=campaign&r=all", opening);
  await page.getByRole("button", { name: /^Export: .* by Campaign/ }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /CSV/ }).click(),
  ]);
  const csv = readFileSync(await download.path(), "utf8");
  expect(csv.startsWith("\ufeff")).toBe(true);
  expect(csv).toContain(`'${hostileNames.formula}`);
  // No cell begins with what a spreadsheet would run.
  expect(csv).not.toMatch(/(^|,)"?=/m);
  expect(csv).toContain(hostileNames.html.replaceAll('"', '""'));
  const address = addressOf(opening);
  const answer = await request.post(`${address}/api/export`, {
    headers: { origin: address },
    data: {
      format: "xlsx",
      title: hostileNames.html,
      question: {
        metrics: ["clicks"],
        by: ["campaign"],
        ...{ from: "2024-07-01", to: "2025-03-01" },
      },
    },
  });
  expect(answer.ok()).toBe(true);
  expect(answer.headers()["content-disposition"]).not.toMatch(/[<>\r\n]|script>/);
});
