import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoOverflow, settled, test } from "./app.ts";

/** The values on the cards, in their order. */
const figuresOn = (page: Page) => page.locator("article > p:first-of-type").allTextContents();

const languages = ["en", "zh-Hans", "zh-Hant", "id"] as const;

test.describe("the overview", () => {
  test("says whether it pays, and explains every number", async ({ open }) => {
    const page = await open("/");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
    const card = page.locator("article", { hasText: "Marketing efficiency ratio" });
    const value = await card.locator("p").first().textContent();
    await card.getByRole("button").first().click();
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByText(value ?? "", { exact: true }).first()).toBeVisible();
    await expect(page).toHaveURL(/explain=mer/);
    await page.goBack();
    await expect(drawer).toHaveCount(0);
  });

  test("ties the rows to the figure", async ({ open }) => {
    const page = await open("/?explain=revenue&xt=rows");
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByText(/rows give .*, the same as the figure/)).toBeVisible();
    await drawer.getByRole("button", { name: "Next" }).click();
    await expect(drawer.getByText(/^51 to 100 of/)).toBeVisible();
  });

  test("gives the same picture for a copied address", async ({ open, page: other }) => {
    const page = await open("/");
    await page.getByRole("button", { name: /^Period/ }).click();
    await page.getByRole("button", { name: "Last 91 days" }).click();
    await settled(page);
    await page.getByRole("button", { name: /^Compare with/ }).click();
    await page.getByRole("menuitem", { name: "Year before, exact dates" }).click();
    await settled(page);
    const { pathname, search } = new URL(page.url());
    expect(search).toBe("?r=91d&c=year");
    const figures = await figuresOn(page);
    await open(pathname + search);
    expect(await figuresOn(other)).toEqual(figures);
  });

  test("filters by a channel, and forgets it again by Back", async ({ open }) => {
    const page = await open("/");
    const before = await figuresOn(page);
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("button", { name: "Channel", exact: true }).click();
    await page.getByRole("checkbox", { name: "email" }).check();
    await page.getByRole("button", { name: "Keep only these" }).click();
    await expect(page).toHaveURL(/ch=email/);
    await settled(page);
    expect(await figuresOn(page)).not.toEqual(before);
    await page.goBack();
    await settled(page);
    expect(await figuresOn(page)).toEqual(before);
  });

  for (const locale of languages) {
    for (const width of [390, 1280]) {
      test(`fits ${width} px in ${locale}`, async ({ open }) => {
        const page = await open("/", { locale, width });
        await expectNoOverflow(page);
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
      });
    }
  }

  for (const scheme of ["light", "dark"] as const) {
    for (const locale of ["en", "zh-Hant"] as const) {
      test(`is accessible in ${scheme}, ${locale}`, async ({ open }) => {
        const page = await open("/", { scheme, locale });
        await expectAccessible(page);
      });
    }
    test(`is accessible with the explanation open in ${scheme}`, async ({ open }) => {
      test.slow();
      for (const tab of ["formula", "inputs", "change", "rows", "sql", "trust"]) {
        const page = await open(`/?explain=roi&xt=${tab}`, { scheme });
        await expectAccessible(page);
      }
    });
  }

  test("is accessible on a phone", async ({ open }) => {
    const page = await open("/", { width: 390, height: 844 });
    await page.getByRole("button", { name: "Open the list of screens" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
  });
});
