import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoOverflow, settled, test } from "./app.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const languages = ["en", "zh-Hans", "zh-Hant", "id"] as const;
const pages = ["files", "sources", "rejects", "mappings", "metrics", "proof", "settings"] as const;

const orders = `order,line,line_type,booked_at,amount,currency,email,country
1,1,sale,2025-01-05T10:00:00Z,100.00,EUR,ann@shop.example,DE
2,1,sale,2025-01-20T10:00:00Z,50.00,EUR,bob@shop.example,ID
3,1,sale,someday,60.00,EUR,ann@shop.example,DE
4,1,sale,2025-01-21T10:00:00Z,plenty,EUR,"<img src=x onerror=alert(1)>",=cmd()
`;
const rates = `day,currency,base,rate,note
2025-01-01,USD,EUR,0.97,
2025-01-02,USD,EUR,0.96,=cmd()
someday,USD,EUR,0.95,
never,USD,EUR,0.94,<img src=x onerror=alert(1)>
`;
const till =
  "Datum;Kunde;Betrag;Brutto;Währung\n21.01.2025;cid-7;12,50;14,88;EUR\n22.01.2025;cid-8;7,50;8,93;EUR\n";

interface Own {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** A server over a new workspace, because these tests change it. */
async function ownServer(): Promise<Own> {
  const folder = mkdtempSync(join(tmpdir(), "lastpenny-data-"));
  const args = [join(root, "bin", "lastpenny.js"), "serve", "--workspace", folder, "--port", "0"];
  const server: ChildProcess = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const address = await new Promise<string>((found, failed) => {
    let said = "";
    const hear = (chunk: Buffer) => {
      said += String(chunk);
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (match) found(match[0]);
    };
    server.stdout?.on("data", hear);
    server.stderr?.on("data", hear);
    server.on("exit", () => failed(new Error(`the server ended: ${said}`)));
  });
  return {
    address,
    stop: async () => {
      const ended = new Promise((done) => server.once("exit", done));
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Dropped = readonly [name: string, content: string, type?: string];

/** Drags files over the page and lets them go, as a hand does. */
async function drop(page: Page, files: readonly Dropped[]): Promise<void> {
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const [name, content, type] of given) {
      data.items.add(new File([content], name, { type: type ?? "text/csv" }));
    }
    return data;
  }, files);
  await page.dispatchEvent("main", "dragenter", { dataTransfer: transfer });
  await expect(page.getByText("Drop to import")).toBeVisible();
  await page.dispatchEvent("main", "drop", { dataTransfer: transfer });
  await expect(page.getByText("Drop to import")).toHaveCount(0);
}

const latest = (page: Page) => page.locator("[data-job]").first();

/** Waits until a number of imports is over. */
async function landed(page: Page, count: number): Promise<void> {
  await expect(page.locator("[data-job=done]")).toHaveCount(count, { timeout: 30_000 });
  await settled(page);
}

test.describe("files on the screen of data", () => {
  test.describe.configure({ timeout: 120_000 });
  let own: Own;
  test.beforeEach(async () => {
    own = await ownServer();
  });
  test.afterEach(async ({ page }) => {
    // A page that loses its server says so in the console.
    await page.goto(`${own.address}/favicon.svg`);
    await own.stop();
  });

  test("are imported by drag and drop, with the receipt of the command line; rejects say why", async ({
    open,
  }) => {
    const page = await open("/data?as=template/rates", { address: own.address });
    await expect(page.getByText("What to bring first")).toBeVisible();
    await drop(page, [["rates.csv", rates]]);
    await landed(page, 1);
    await expect(latest(page).locator("[data-receipt]")).toHaveText(
      /4\s*Read\s*=\s*2\s*Taken\s*\+\s*0\s*Repeated\s*\+\s*2\s*Rejected/,
    );
    await drop(page, [["again.csv", rates]]);
    await landed(page, 2);
    await expect(latest(page).locator("[data-receipt]")).toHaveText(
      /0\s*Taken\s*\+\s*2\s*Repeated/,
    );

    await page.getByRole("tab", { name: /Rejected rows/ }).click();
    await expect(page).toHaveURL(/tab=rejects/);
    await settled(page);
    const row = page
      .getByRole("row", { name: /Not a date or time that can be read\s*never/ })
      .last();
    await row.locator("summary").click();
    await expect(row.getByText("<img src=x onerror=alert(1)>").last()).toBeVisible();
    await expect(page.locator("img")).toHaveCount(0);
    await expectAccessible(page);

    await page.getByRole("button", { name: "rates.csv" }).first().click();
    await expect(page).toHaveURL(/load=1/);
    const saving = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save as CSV to correct" }).click();
    const saved = readFileSync(await (await saving).path(), "utf8");
    expect(saved).toContain("never");
    await drop(page, [
      ["fixed.csv", saved.replace("never", "2025-01-04").replace("someday", "2025-01-03")],
    ]);
    await landed(page, 3);
    await expect(latest(page).locator("[data-receipt]")).toHaveText(/2\s*Taken/);
    await expect(page.getByRole("tab", { name: "Rejected rows" })).toHaveText("Rejected rows");
    await page.goBack();
    await expect(page).toHaveURL(/tab=rejects/);
  });

  test("that are none say so, and the others are taken", async ({ open }) => {
    const page = await open("/data", { address: own.address });
    await drop(page, [
      ["paper.csv", "%PDF-1.7\n%\u00e2\u00e3\n1 0 obj << /Type /Catalog >> endobj"],
      ["photo.xlsx", "\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR"],
      ["empty.csv", ""],
      ["broken.csv", `${orders.split("\n").slice(0, 2).join("\n")}\n9,1,"never closed,2025\n`],
    ]);
    await landed(page, 1);
    const outcomes = latest(page).locator("[data-outcome]");
    await expect(outcomes).toHaveCount(4);
    await expect(latest(page).locator("[data-outcome=loaded]")).toHaveCount(1);
    await expect(latest(page).locator("[data-receipt]")).toHaveText(/1\s*Taken/);
    await expectAccessible(page);
  });

  test("that nothing recognises are mapped by hand, and the mapping is corrected later", async ({
    open,
  }) => {
    const page = await open("/data", { address: own.address });
    await drop(page, [["kasse.csv", till]]);
    await landed(page, 1);
    const mapping = latest(page).getByRole("region", { name: "How kasse is read" });
    await expect(mapping.getByRole("row", { name: /Betrag/ })).toContainText("12,50");
    await expect(mapping.getByLabel("Field that Betrag fills")).toHaveValue("orders.amount");
    await mapping.getByLabel("Field that Brutto fills").selectOption("orders.amount");
    await expect(mapping.getByLabel("Field that Betrag fills")).toHaveValue("");
    await expectAccessible(page);
    await mapping.getByRole("button", { name: "Accept and import" }).click();
    await landed(page, 2);
    await expect(latest(page).locator("[data-receipt]")).toHaveText(/2\s*Taken/);

    await page.getByRole("tab", { name: "Mappings" }).click();
    await page.getByRole("button", { name: "Look over" }).click();
    await expect(page).toHaveURL(/mapping=own-kasse/);
    await settled(page);
    await page.getByLabel("Field that Betrag fills").selectOption("orders.amount");
    await page.getByRole("button", { name: "Save and read rejected rows again" }).click();
    await landed(page, 3);
    await drop(page, [["kasse.csv", till]]);
    await landed(page, 4);
    await page.getByRole("link", { name: "Overview" }).click();
    await settled(page);
    await expect(
      page.locator("article", { has: page.getByRole("heading", { name: "Revenue", exact: true }) }),
    ).toContainText("€20.00");
  });

  test("change the figures of a page that is open elsewhere", async ({ open, context }) => {
    const page = await open("/data", { address: own.address });
    await drop(page, [["orders.csv", orders]]);
    await landed(page, 1);
    const other = await context.newPage();
    await other.goto(`${own.address}/?r=2025-01-01..2025-01-31`);
    await settled(other);
    const revenue = other.locator("article", {
      has: other.getByRole("heading", { name: "Revenue", exact: true }),
    });
    await expect(revenue).toContainText("€150.00");
    await drop(page, [["more.csv", orders.replace("1,1,sale", "8,1,sale")]]);
    await landed(page, 2);
    await expect(revenue).toContainText("€250.00");
    await other.close();
  });

  test("are chosen by a button too", async ({ open }) => {
    const page = await open("/data", { address: own.address });
    const path = join(mkdtempSync(join(tmpdir(), "lastpenny-choose-")), "orders.csv");
    writeFileSync(path, orders);
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose files" }).click();
    await (await choosing).setFiles(path);
    await landed(page, 1);
    await expect(latest(page)).toContainText("orders.csv");
  });
});

test.describe("the screen of data", () => {
  test("finds metrics by names in other languages, and explains them", async ({ open }) => {
    const page = await open("/data?tab=metrics");
    await page.getByLabel("Search", { exact: true }).fill("获客成本");
    await expect(page).toHaveURL(/q=/);
    const metric = page.locator("li", { hasText: "Customer acquisition cost" }).first();
    await metric.locator("summary").click();
    await metric.getByRole("button", { name: /^Explain/ }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
  });

  test("shows holes of sources, and the loads of one", async ({ open }) => {
    const page = await open("/data?tab=sources");
    await page.getByRole("button", { name: /^Show as table/ }).click();
    await expect(page.getByRole("columnheader", { name: "Days without rows" })).toBeVisible();
    await page
      .getByRole("button", { name: /^Orders export/ })
      .first()
      .click();
    await expect(page).toHaveURL(/source=shopify/);
    await expect(page.getByRole("button", { name: /^Only shopify/ })).toBeVisible();
  });

  test("proves the books and lists what platforms claim", async ({ open }) => {
    const page = await open("/data?tab=proof");
    await expect(page.getByText(/^Everything ties out/)).toBeVisible();
    await expect(page.getByRole("heading", { name: "What platforms claim" })).toBeVisible();
  });

  for (const tab of pages) {
    for (const scheme of ["light", "dark"] as const) {
      test(`is accessible: ${tab}, ${scheme}`, async ({ open }) => {
        await expectAccessible(await open(`/data?tab=${tab}`, { scheme }));
      });
    }
    for (const locale of languages) {
      test(`fits in ${locale}: ${tab}`, async ({ open }) => {
        for (const width of [390, 1280]) {
          await expectNoOverflow(await open(`/data?tab=${tab}`, { locale, width }));
        }
      });
    }
  }

  test("welcomes to an empty workspace", async ({ open }) => {
    for (const tab of pages) {
      const page = await open(`/data?tab=${tab}`, { isEmpty: true });
      await expectAccessible(page);
    }
  });
});
