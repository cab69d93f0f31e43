import { expect, expectAccessible, expectNoOverflow, settled, test } from "./app.ts";

const languages = ["en", "zh-Hans", "zh-Hant", "id"] as const;

test.describe("attribution", () => {
  test("keeps credited, influenced and caused apart, and says what is not measured", async ({
    open,
  }) => {
    const page = await open("/attribution");
    const cards = page.locator("article");
    await expect(cards).toHaveCount(3);
    await expect(cards.nth(2)).toContainText("Not measured yet");
    await expect(cards.nth(2)).toContainText("holdout");
  });

  test("compares the models, with a total that is the same under each and the ledger's", async ({
    open,
  }) => {
    const page = await open("/attribution");
    const table = page.getByRole("grid", { name: "Credit under every model" });
    const totals = await table.locator("tfoot tr").last().locator("td").allTextContents();
    const [, ...amounts] = totals;
    expect(amounts.length).toBe(15);
    expect(new Set(amounts).size).toBe(1);
    await expect(page.getByText(/exactly the revenue of the ledger/)).toContainText(
      String(amounts[0]),
    );
    await expect(table.locator("tfoot")).toContainText("Unattributed");
  });

  test("explains a cell under the model of its column", async ({ open }) => {
    const page = await open("/attribution");
    const table = page.getByRole("grid", { name: "Credit under every model" });
    const cell = table
      .getByRole("row", { name: /^email/ })
      .locator("td button")
      .nth(1);
    const amount = await cell.locator("bdi").textContent();
    await cell.click();
    await expect(page).toHaveURL(/xm=last/);
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByText(amount ?? "", { exact: true }).first()).toBeVisible();
    await expect(drawer.getByText(/Last touch/).first()).toBeVisible();
  });

  test("is credited by what the address says, and forgets a filter by Back", async ({ open }) => {
    const page = await open("/attribution?by=campaign&m=first");
    await expect(page.getByRole("button", { name: /^Credit by: Campaign/ })).toBeVisible();
    await expect(page.getByText(/Credited by First touch/i).first()).toBeVisible();
    const table = page.getByRole("grid", { name: /Credit and cost/ });
    await table.getByRole("button", { name: "cart_recovery" }).click();
    await expect(page).toHaveURL(/ca=cart_recovery/);
    await settled(page);
    await expect(table.locator("tbody tr")).toHaveCount(1);
    await page.goBack();
    await settled(page);
    expect(await table.locator("tbody tr").count()).toBeGreaterThan(1);
  });

  test("lists as many conversions as a number of the journeys says, and proves one", async ({
    open,
  }) => {
    const page = await open("/attribution");
    const table = page.getByRole("grid", { name: /Where channels stand/ });
    const cell = table
      .getByRole("row", { name: /^email/ })
      .locator("td button")
      .first();
    const count = await cell.textContent();
    await cell.click();
    await expect(page).toHaveURL(/jl=place/);
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByText(/conversions with a value of/)).toBeVisible();
    const rows = drawer.getByRole("grid").locator("tbody tr");
    expect(Number(count)).toBeGreaterThan(0);
    const order = (await rows.first().locator("th").textContent()) ?? "";
    await rows.first().getByRole("button").first().click();
    await settled(page);
    const proof = page.getByRole("region", { name: `Order ${order}` });
    await expect(proof).toBeVisible();
    await expect(proof.locator("tfoot")).toContainText("Amount");
  });

  test("finds an order by a part of its name, and says when there is none", async ({ open }) => {
    const page = await open("/attribution");
    const field = page.getByLabel("Search for an order");
    await field.fill("no such order");
    await expect(page.getByText("No such conversion in this period")).toBeVisible();
    await field.press("Enter");
    await expect(page.getByText("There is no conversion called no such order")).toBeVisible();
    await expect(page).toHaveURL(/order=no\+such\+order/);
  });

  test("lists the conversions of a flow from the keyboard", async ({ open }) => {
    const page = await open("/attribution");
    const panel = page.getByRole("region", { name: "The last steps before a conversion" });
    await panel.locator("[tabindex='0']").last().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/jl=flow/);
    await expect(page.getByRole("dialog").getByRole("grid")).toBeVisible();
  });

  test("saves what is shown as CSV", async ({ open }) => {
    const page = await open("/attribution");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page
        .getByRole("button", { name: "Export: Credit under every model" })
        .click()
        .then(() => page.getByRole("menuitem", { name: "Table as CSV" }).click()),
    ]);
    expect(download.suggestedFilename()).toBe("Credit under every model.csv");
  });

  test("says what to load where there is nothing", async ({ open }) => {
    const page = await open("/attribution?r=2019-01-01..2019-01-31");
    await expect(page.getByText("Nothing was credited in this period").first()).toBeVisible();
    await expect(page.getByText("No conversion in this period").first()).toBeVisible();
    await expectAccessible(page);
  });

  for (const locale of languages) {
    for (const width of [390, 1280]) {
      test(`fits ${width} px in ${locale}`, async ({ open }) => {
        await expectNoOverflow(await open("/attribution", { locale, width }));
      });
    }
  }

  for (const scheme of ["light", "dark"] as const) {
    for (const locale of ["en", "zh-Hant"] as const) {
      test(`is accessible in ${scheme}, ${locale}`, async ({ open }) => {
        await expectAccessible(await open("/attribution", { scheme, locale }));
      });
    }
    test(`is accessible with conversions listed, in ${scheme}`, async ({ open }) => {
      await expectAccessible(await open("/attribution?jl=touches:0-99", { scheme }));
    });
  }
});
