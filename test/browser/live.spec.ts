import { addressOf, expect, settled, test } from "./app.ts";

test("a load that lands changes the figures and nothing else", async ({ open, request }) => {
  const opening = { isHostile: true } as const;
  const page = await open("/channels?r=91d&s.channels=-cost&explain=cost", opening);
  const drawer = page.getByRole("dialog");
  const value = drawer
    .locator("p, strong, div")
    .filter({ hasText: /^€[\d,.]+$/ })
    .first();
  const before = await value.textContent();
  await page.evaluate(() => window.scrollTo(0, 500));
  const selected = await page.evaluate(() => {
    const text = document.querySelector("main h2");
    if (text) getSelection()?.selectAllChildren(text);
    return String(getSelection());
  });
  const address = addressOf(opening);
  const { lastDay } = await (await request.get(`${address}/api/workspace`)).json();
  const cost = `${lastDay},${lastDay},media,1234.56,EUR,email,${Date.now()},,,\n`;
  const made = await request.post(`${address}/api/uploads`, {
    headers: { origin: address },
    multipart: {
      as: "template/costs",
      files: {
        name: "costs.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(
          `from_day,to_day,kind,amount,currency,channel,campaign,tool,automation,note\n${cost}`,
        ),
      },
    },
  });
  expect(made.ok(), await made.text()).toBe(true);
  await expect(value).not.toHaveText(before ?? "", { timeout: 30_000 });
  await settled(page);
  await expect(drawer).toBeVisible();
  expect(await page.evaluate(() => window.scrollY)).toBe(500);
  expect(await page.evaluate(() => String(getSelection()))).toBe(selected);
  await expect(page).toHaveURL(/r=91d&s.channels=-cost&explain=cost/);
});
