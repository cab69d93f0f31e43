import { expect, expectAccessible, expectNoOverflow, settled, test } from "./app.ts";

const languages = ["en", "zh-Hans", "zh-Hant", "id"] as const;

test.describe("channels and campaigns", () => {
  test("go from channel to campaign to asset and back, each step an address", async ({ open }) => {
    const page = await open("/channels");
    const table = page.getByRole("grid", { name: /Cost and credit by/ });
    await table.getByRole("button", { name: "email", exact: true }).click();
    await expect(page).toHaveURL(/ch=email/);
    await expect(page).toHaveURL(/by=campaign/);
    await settled(page);
    await table.getByRole("button", { name: "cart_recovery" }).click();
    await expect(page).toHaveURL(/by=asset/);
    await settled(page);
    const way = page.getByRole("navigation", { name: "Way to these rows" });
    await expect(way.getByRole("button")).toHaveText(["All channels", "email", "cart_recovery"]);
    await way.getByRole("button", { name: "All channels" }).click();
    await settled(page);
    await expect(way).toHaveCount(0);
    await page.goBack();
    await expect(way).toBeVisible();
  });

  test("show other columns, and platforms' claims beside ours", async ({ open }) => {
    const page = await open("/channels");
    await page.getByRole("button", { name: /^Columns/ }).click();
    await page.getByRole("menuitem", { name: "Platform claims" }).click();
    await expect(page).toHaveURL(/cols=claims/);
    await settled(page);
    const table = page.getByRole("grid", { name: /Cost and credit by/ });
    await expect(table.getByRole("columnheader")).toContainText([
      /Channel/,
      /claimed/,
      /Attributed/,
    ]);
  });

  test("explain a cell by its own channel", async ({ open }) => {
    const page = await open("/channels");
    const table = page.getByRole("grid", { name: /Cost and credit by/ });
    await table
      .getByRole("row", { name: /^paid search/ })
      .locator("td button")
      .first()
      .click();
    await expect(page).toHaveURL(/explain=cost/);
    await expect(page).toHaveURL(/xf=channel/);
    await expect(page.getByRole("dialog").getByText("paid search").first()).toBeVisible();
  });

  test("draw another figure over time, side by side or stacked", async ({ open }) => {
    const page = await open("/channels?plot=cost");
    const panel = page.getByRole("region", { name: "Cost over time, by channel" });
    await panel.getByRole("button", { name: /^Form/ }).click();
    await page.getByRole("menuitem", { name: "Stacked" }).click();
    await expect(page).toHaveURL(/form=stack/);
    await expect(panel.getByRole("button", { name: "Form: Stacked" })).toBeVisible();
    await expect(panel.getByRole("img").first()).toBeVisible();
  });

  test("tell spend without sales", async ({ open }) => {
    const page = await open("/channels");
    const burnt = page.getByRole("grid", { name: "Spend without sales" });
    await expect(burnt.getByRole("row", { name: /unknown/ }).first()).toBeVisible();
  });

  test("say what to load where there is nothing", async ({ open }) => {
    const page = await open("/channels?r=2019-01-01..2019-01-31");
    await expect(page.getByText("There is neither cost nor credit here").first()).toBeVisible();
    await expectAccessible(page);
  });

  for (const locale of languages) {
    for (const width of [390, 1280]) {
      test(`fit ${width} px in ${locale}`, async ({ open }) => {
        await expectNoOverflow(await open("/channels", { locale, width }));
      });
    }
  }

  for (const scheme of ["light", "dark"] as const) {
    for (const locale of ["en", "zh-Hant"] as const) {
      test(`are accessible in ${scheme}, ${locale}`, async ({ open }) => {
        await expectAccessible(await open("/channels?ch=email&by=campaign", { scheme, locale }));
      });
    }
  }
});
