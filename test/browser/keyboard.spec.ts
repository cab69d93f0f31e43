import type { Page } from "@playwright/test";
import { expect, settled, test } from "./app.ts";

/** Steps on with Tab until something has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, isThere: (focused: string) => boolean, most = 120): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return `${element?.getAttribute("role") ?? element?.tagName} ${element?.getAttribute("aria-label") ?? element?.textContent}`;
    });
    seen.push(focused);
    if (isThere(focused)) return;
  }
  throw new Error(`Tab never came there: ${seen.join(" | ")}`);
}

test("filter, figure, explanation, rows and back, by keys alone", async ({ open }) => {
  const page = await open("/");
  await tabTo(page, (name) => name.endsWith("Filter"));
  await page.keyboard.press("Enter");
  await tabTo(page, (name) => name === "BUTTON Channel");
  await page.keyboard.press("Enter");
  await page.getByRole("checkbox", { name: "email" }).waitFor();
  await tabTo(page, (name) => name.startsWith("INPUT"));
  const email = page.getByRole("checkbox", { name: "email" });
  for (
    let step = 0;
    step < 20 && !(await email.evaluate((one) => one === document.activeElement));
    step += 1
  ) {
    await page.keyboard.press("Tab");
  }
  await expect(email).toBeFocused();
  await page.keyboard.press("Space");
  await tabTo(page, (name) => name === "BUTTON Keep only these");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/ch=email/);
  await settled(page);

  const card = page.locator("article [data-explain]").first();
  for (
    let step = 0;
    step < 80 && !(await card.evaluate((one) => one === document.activeElement));
    step += 1
  ) {
    await page.keyboard.press("Tab");
  }
  await expect(card).toBeFocused();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByRole("tab", { name: "Formula" })).toBeVisible();
  await tabTo(page, (name) => name.startsWith("tab "));
  for (let step = 0; step < 6; step += 1) {
    if (await drawer.getByRole("tab", { name: "Rows", selected: true }).isVisible()) break;
    await page.keyboard.press("ArrowRight");
  }
  await expect(page).toHaveURL(/xt=rows/);
  await expect(drawer.getByRole("table").or(drawer.getByRole("grid")).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
  await expect(card).toBeFocused();
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(page).toHaveURL(/ch=email/);
});
