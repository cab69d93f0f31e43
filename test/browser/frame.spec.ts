import { expect, expectAccessible, settled, test } from "./app.ts";

test.describe("the frame", () => {
  test("welcomes to an empty workspace", async ({ open }) => {
    const page = await open("/", { isEmpty: true });
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome");
    await expectAccessible(page);
  });

  test("finds a metric by its name in another language", async ({ open }) => {
    const page = await open("/");
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder(/Search for a screen/).fill("获客成本");
    await page.locator(".mantine-Spotlight-action").first().click();
    await expect(
      page.getByRole("dialog").getByText("Customer acquisition cost explained"),
    ).toBeVisible();
  });

  test("changes language and colours without loading anew", async ({ open }) => {
    const page = await open("/");
    await page.getByRole("button", { name: "Language" }).click();
    await page.getByRole("menuitem", { name: "繁體中文" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("總覽");
    await page.getByRole("button", { name: "配色" }).click();
    await page.getByRole("menuitem", { name: "深色" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  });

  test("is worked by keys alone", async ({ open }) => {
    const page = await open("/");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
    await page.keyboard.press("Enter");
    await page.keyboard.press("d");
    await expect(page).toHaveURL(/r=7d/);
    await page.keyboard.press("x");
    await expect(page).toHaveURL(/c=off/);
    await page.keyboard.press("ArrowLeft");
    await expect(page).toHaveURL(/r=\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d/);
    await settled(page);
    await page.keyboard.press("e");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("?");
    await expect(
      page.getByRole("dialog").getByRole("heading", { name: "Keyboard shortcuts" }),
    ).toBeVisible();
  });

  test("can switch single keys off", async ({ open }) => {
    const page = await open("/");
    await page.keyboard.press("?");
    await page.getByRole("switch").uncheck({ force: true });
    await page.keyboard.press("Escape");
    await page.keyboard.press("d");
    await expect(page).not.toHaveURL(/r=7d/);
  });

  test("saves a view and returns to it", async ({ open }) => {
    const page = await open("/?r=91d");
    await page.getByRole("button", { name: "Saved views" }).click();
    await page.getByLabel("Name of this view").fill("Quarter <b>x</b> 季度");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.keyboard.press("Escape");
    await open("/");
    await page.getByRole("button", { name: "Saved views" }).click();
    await page.getByRole("button", { name: "Quarter <b>x</b> 季度", exact: true }).click();
    await expect(page).toHaveURL(/r=91d/);
  });

  test("keeps scroll and drawer when a load lands", async ({ open, request }) => {
    const page = await open("/");
    await page.evaluate(() => window.scrollTo(0, 400));
    const address = process.env.LASTPENNY_ADDRESS ?? "";
    const made = await request.post(`${address}/api/annotations`, {
      data: { from: "2025-02-10", text: "Spring sale" },
      headers: { origin: address },
    });
    expect(made.ok()).toBe(true);
    await expect(page.getByText("Spring sale").first()).toBeAttached();
    expect(await page.evaluate(() => window.scrollY)).toBe(400);
  });

  test("shows an address that leads nowhere", async ({ open }) => {
    const page = await open("/nowhere");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such page");
  });
});
