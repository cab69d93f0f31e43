import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import readXlsx from "read-excel-file/node";
import { expect, settled, test } from "./app.ts";

const panel = (page: Page) => page.getByRole("region", { name: "Cost and credit by Campaign" });

async function saved(page: Page, format: RegExp): Promise<string> {
  await page.getByRole("button", { name: "Export: Cost and credit by Campaign" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: format }).click(),
  ]);
  return download.path();
}

/** Names and printed figures of the table, row by row, as they stand on the screen. */
async function onScreen(page: Page): Promise<readonly (readonly string[])[]> {
  const rows = await panel(page).locator("tbody tr[aria-rowindex]").all();
  return Promise.all(
    rows.map((row) =>
      row.evaluate((element) => {
        const [name, ...cells] = [...element.children];
        const words = (cell: Element | undefined) =>
          [...(cell?.querySelector("button > span")?.childNodes ?? [])]
            .filter((node) => node.nodeType === Node.TEXT_NODE)
            .map((node) => node.textContent)
            .join("");
        return [name?.textContent ?? "", ...cells.map(words)];
      }),
    ),
  );
}

const cellsOf = (line: string) =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = ""]) =>
    cell.replace(/^"|"$/g, "").replaceAll('""', '"'),
  );

/** Rows of a file by campaign: what is printed of each metric, in the order of the file. */
function byCampaign(lines: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [head = [], ...rows] = lines;
  const [campaign, shown] = [head.indexOf("Campaign"), head.indexOf("Value as shown")];
  const found = new Map<string, string[]>();
  for (const row of rows) {
    const name = row[campaign] ?? "";
    found.set(name, [...(found.get(name) ?? []), row[shown] ?? ""]);
  }
  return [...found].map(([name, figures]) => [name, ...figures]);
}

test("what is saved is what is on the screen, sorted and searched", async ({ open }) => {
  const page = await open("/channels?by=campaign&r=91d&s.channels=attributed_revenue");
  await panel(page).getByRole("searchbox").fill("newsletter");
  await settled(page);
  const shown = await onScreen(page);
  expect(shown.length).toBeGreaterThan(2);
  const csv = readFileSync(await saved(page, /CSV/), "utf8");
  const lines = csv.replace("\ufeff", "").trimEnd().split("\r\n").map(cellsOf);
  expect(byCampaign(lines)).toEqual(shown);
  const [sheet] = await readXlsx(await saved(page, /XLSX/));
  const cells = sheet?.data.map((row) => row.map((cell) => String(cell ?? ""))) ?? [];
  expect(byCampaign(cells)).toEqual(shown);
});
