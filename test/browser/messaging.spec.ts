import { expect, expectAccessible, expectNoOverflow, settled, test } from "./app.ts";

const languages = ["en", "zh-Hans", "zh-Hant", "id"] as const;

test.describe("the screen of e-mail and messaging", () => {
  test("shows plain numbers with their definitions, machines apart", async ({ open }) => {
    const page = await open("/messaging?r=all");
    const numbers = page.getByRole("table", { name: "E-mail in numbers" });
    for (const name of ["Open rate · people only", "Open rate · machines included"]) {
      await expect(numbers.getByRole("rowheader", { name: new RegExp(`^${name}`) })).toBeVisible();
    }
    for (const name of ["hard bounces", "soft bounces"]) {
      await expect(
        numbers.getByRole("rowheader", { name: `E-mail bounce rate · ${name}` }),
      ).toBeVisible();
    }
  });

  test("explains a number with the rows behind it", async ({ open }) => {
    const page = await open("/messaging?r=all");
    const numbers = page.getByRole("table", { name: "E-mail in numbers" });
    const button = numbers.getByRole("row", { name: /^Attributed revenue/ }).getByRole("button");
    const value = /€[\d,.]+/.exec((await button.textContent()) ?? "")?.[0] ?? "";
    await button.focus();
    await page.keyboard.press("e");
    const drawer = page.getByRole("dialog");
    await expect(page).toHaveURL(/xf=channel/);
    await expect(drawer.getByText(value, { exact: true }).first()).toBeVisible();
    await drawer.getByRole("tab", { name: "Rows" }).click();
    await expect(drawer.getByText(/rows give .*, the same as the figure/)).toBeVisible();
  });

  test("drills from an automation to its messages and their variants, and comes back", async ({
    open,
  }) => {
    const page = await open("/messaging?r=all&by=automation");
    const table = page.getByRole("grid", { name: /^E-mail by/ });
    await table.getByRole("button", { name: "welcome", exact: true }).click();
    await settled(page);
    await expect(page).toHaveURL(/by=asset/);
    await table.getByRole("row").nth(1).getByRole("rowheader").getByRole("button").click();
    await settled(page);
    await expect(page).toHaveURL(/by=variant/);
    await expect(page.getByRole("alert")).toHaveCount(0);
    await page.goBack();
    await page.goBack();
    await settled(page);
    await expect(table.getByRole("button", { name: "welcome", exact: true })).toBeVisible();
  });

  test("says since when automations run and what they earn", async ({ open }) => {
    const page = await open("/messaging?r=all");
    const row = page
      .getByRole("table", { name: "What automations earn" })
      .getByRole("row", { name: /Welcome flow/ });
    await expect(row).toContainText(/[A-Z][a-z]{2} \d+, 20\d\d/);
    await expect(row).toContainText("€");
  });

  test("says what would unlock a medium that nothing was sent by", async ({ open }) => {
    const page = await open("/messaging?medium=whatsapp");
    await expect(page.getByText("No messages by this medium: WhatsApp")).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  for (const locale of languages) {
    for (const width of [390, 1280]) {
      test(`fits ${width} px in ${locale}`, async ({ open }) => {
        await expectNoOverflow(await open("/messaging?r=91d", { locale, width }));
      });
    }
  }

  for (const scheme of ["light", "dark"] as const) {
    test(`is accessible in ${scheme}`, async ({ open }) => {
      await expectAccessible(await open("/messaging?r=91d", { scheme }));
      await expectAccessible(
        await open("/messaging?r=91d", { scheme, locale: "zh-Hant", width: 390 }),
      );
    });
  }
});
