import { expect, expectAccessible, expectNoOverflow, settled, test } from "./app.ts";

const languages = ["en", "zh-Hans", "zh-Hant", "id"] as const;

test.describe("the screen of funnel and leads", () => {
  test("draws the stages, and explains a bar by the people behind it", async ({ open }) => {
    const page = await open("/funnel?r=all");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Funnel & leads");
    const panel = page.getByRole("region", { name: "From visitor to customer" });
    await panel.getByRole("button", { name: /Show as table/ }).click();
    const steps = panel
      .getByRole("row")
      .filter({ hasText: /leads|Opportunities|customers|Visitors/ });
    await expect(steps).toHaveCount(6);
    await panel.getByRole("button", { name: /Show as chart/ }).click();
    await panel.locator("[tabindex='0']").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/explain=/);
    await expect(
      page.getByRole("dialog").getByText(/rows give .*, the same as the figure/),
    ).toBeVisible();
  });

  test("follows the leads of the period, says how ripe they are, and keeps that in the address", async ({
    open,
  }) => {
    const page = await open("/funnel?r=91d");
    await page.getByRole("button", { name: /^How people are counted/ }).click();
    await page.getByRole("menuitem", { name: /^Leads of the period/ }).click();
    await settled(page);
    await expect(page).toHaveURL(/basis=cohort/);
    await expect(
      page.getByText(/had the usual time of .* days to get there/).first(),
    ).toBeVisible();
    const card = page.locator("article", { hasText: "Lead-to-MQL rate" });
    const value = (await card.locator("p").first().textContent()) ?? "";
    await card.getByRole("button").first().click();
    await expect(page).toHaveURL(/xb=cohort/);
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByText(value, { exact: true }).first()).toBeVisible();
    await page.goBack();
    await page.goBack();
    await settled(page);
    await expect(page).not.toHaveURL(/basis/);
  });

  test("breaks down by owner, and names the figures that do not know one", async ({ open }) => {
    const page = await open("/funnel?r=all&by=owner");
    const table = page.getByRole("grid", { name: /Funnel by/ });
    const row = table.getByRole("row").nth(1);
    const owner = (await row.getByRole("rowheader").textContent()) ?? "";
    await row.getByRole("rowheader").getByRole("button").click();
    await settled(page);
    await expect(page).toHaveURL(/f=owner/);
    await expect(table.getByRole("rowheader", { name: owner })).toBeVisible();
    await expect(page.getByText(/Not shown under these filters.*Visitors/).first()).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test("says what would unlock it where there is no data", async ({ open }) => {
    const page = await open("/funnel", { isEmpty: true });
    await expect(page.locator("h1").first()).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  for (const locale of languages) {
    for (const width of [390, 1280]) {
      test(`fits ${width} px in ${locale}`, async ({ open }) => {
        await expectNoOverflow(await open("/funnel?r=91d", { locale, width }));
      });
    }
  }

  for (const scheme of ["light", "dark"] as const) {
    test(`is accessible in ${scheme}`, async ({ open }) => {
      await expectAccessible(await open("/funnel?r=91d", { scheme }));
      await expectAccessible(
        await open("/funnel?r=91d&basis=cohort", { scheme, locale: "zh-Hant" }),
      );
    });
  }
});
