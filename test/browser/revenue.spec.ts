import { expect, expectAccessible, expectNoOverflow, settled, test } from "./app.ts";

const languages = ["en", "zh-Hans", "zh-Hant", "id"] as const;
/** Long enough for cohorts, and with refunds, currencies and surveys in it. */
const year = "/revenue?r=12m";

test.describe("revenue and customers", () => {
  test("leads from gross sales to revenue, and explains each step", async ({ open }) => {
    const page = await open(year);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Revenue & customers");
    const steps = page.getByRole("slider", { name: "From gross sales to revenue" });
    await steps.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(steps).toHaveAttribute("aria-valuetext", /Discounts/);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/explain=discounts/);
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  test("explains a cell of the cohorts by rows that tie to it", async ({ open }) => {
    const page = await open(year);
    const grid = page.getByRole("slider", { name: "Cohorts by month of first order" });
    await grid.focus();
    await page.keyboard.press("ArrowRight");
    await expect(grid).toHaveAttribute("aria-valuetext", /Customers who ordered/);
    await page.keyboard.press("e");
    await expect(page).toHaveURL(/explain=customer_retention_rate%40ordering/);
    await expect(page).toHaveURL(/xf=cohort/);
    await expect(page).toHaveURL(/xp=\d{4}-\d{2}-01\.\./);
    const drawer = page.getByRole("dialog");
    await drawer.getByRole("tab", { name: "Rows" }).click();
    await expect(drawer.getByText(/rows? give.*, the same as the figure/).first()).toBeVisible();
  });

  test("shows another side of the cohorts and keeps it in the address", async ({ open }) => {
    const page = await open(year);
    await page.getByRole("button", { name: /^What the cells show/ }).click();
    await page.getByRole("menuitem", { name: "Revenue per customer so far" }).click();
    await settled(page);
    await expect(page).toHaveURL(/co=value/);
    const { pathname, search } = new URL(page.url());
    await page
      .getByRole("button", { name: "Show as table: Cohorts by month of first order" })
      .click();
    const cells = await page.locator("table.lp-chart-table td").allTextContents();
    expect(cells.some((text) => text.startsWith("€"))).toBe(true);
    await open(pathname + search);
    await page
      .getByRole("button", { name: "Show as table: Cohorts by month of first order" })
      .click();
    expect(await page.locator("table.lp-chart-table td").allTextContents()).toEqual(cells);
  });

  test("filters by a click on a product, and forgets it again by Back", async ({ open }) => {
    const page = await open(`${year}&rb=product`);
    const table = page.getByRole("grid", { name: /Revenue in numbers/ });
    const rows = await table.locator("tbody tr").count();
    expect(rows).toBeGreaterThan(1);
    await table.locator("tbody tr").nth(1).getByRole("button").first().click();
    await settled(page);
    await expect(page).toHaveURL(/f=product/);
    await expect(table.locator("tbody tr")).toHaveCount(1);
    await expect(page.getByText(/Not shown under these filters/).first()).toBeVisible();
    await page.goBack();
    await settled(page);
    await expect(table.locator("tbody tr")).toHaveCount(rows);
  });

  test("draws currencies without a rate instead of dropping them", async ({ open }) => {
    const page = await open(year);
    await expect(
      page.getByText(/rows? of .* left out: .* cannot be converted/).first(),
    ).toBeVisible();
    await page.getByRole("button", { name: "Show as table: Currencies" }).click();
    await expect(page.getByRole("row", { name: /ZZZ – \(with exclusions\)/ })).toBeVisible();
  });

  test("saves what is on the screen", async ({ open }) => {
    const page = await open(year);
    await page.getByRole("button", { name: "Export: Acquisition cost by channel" }).click();
    const saved = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: /CSV/ }).click();
    expect((await saved).suggestedFilename()).toMatch(/\.csv$/);
  });

  for (const locale of languages) {
    for (const width of [390, 1280]) {
      test(`fits ${width} px in ${locale}`, async ({ open }) => {
        const page = await open(year, { locale, width });
        await expectNoOverflow(page);
      });
    }
  }

  for (const scheme of ["light", "dark"] as const) {
    for (const locale of ["en", "zh-Hant"] as const) {
      test(`is accessible in ${scheme}, ${locale}`, async ({ open }) => {
        const page = await open(year, { scheme, locale });
        await expectAccessible(page);
      });
    }
  }

  test("is accessible on a phone", async ({ open }) => {
    const page = await open(year, { width: 390, height: 844 });
    await expectAccessible(page);
  });

  test("says what is missing in a workspace without data", async ({ open }) => {
    const page = await open("/revenue", { isEmpty: true });
    await expect(page.locator("h1").first()).toBeVisible();
    await expectAccessible(page);
  });
});
