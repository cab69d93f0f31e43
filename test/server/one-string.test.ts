import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import readWorkbook from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { openWorkspace, simulate } from "../../src/index.ts";
import { locales } from "../../src/locales/translate.ts";
import { startServer } from "../../src/server/server.ts";
import { recordingTerminal } from "../cli/recording-terminal.ts";
import type { Json } from "./running-server.ts";

let folder = "";
let stop: () => Promise<void> = async () => undefined;
let url = "";
const now = () => new Date("2026-01-15T12:00:00Z");

/** Cells of a CSV file whose cells hold no line breaks. */
function csvRows(text: string): string[][] {
  return text
    .replace(/^\ufeff/, "")
    .split("\r\n")
    .filter((line) => line !== "")
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
        .slice(0, -1)
        .map(([, cell = ""]) => cell.replace(/^"|"$/g, "").replaceAll('""', '"')),
    );
}

const post = (path: string, body: unknown) =>
  fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

let question: Json;
let metrics: readonly string[] = [];
/** What the command line prints, taken before the server has the workspace. */
const printed = new Map<string, readonly (readonly string[])[]>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lastpenny-one-string-"));
  const out = join(folder, "company");
  const company = await simulate({ people: 250, months: 4, seed: 3, out });
  const home = join(folder, "home");
  const made = await openWorkspace(home, { create: true, now });
  await made.import(company.exports);
  await made.refresh();
  const period = (await made.defaultPeriod()) ?? { from: "", to: "" };
  metrics = made.catalogue.metrics.flatMap(({ id, variants }) =>
    variants.map((variant) => `${id}@${variant.id}`),
  );
  await made.close();
  question = { metrics, ...period, compare: "previous" };
  for (const locale of locales) {
    const terminal = recordingTerminal(folder);
    const days = ["--from", period.from, "--to", period.to, "--compare", "previous"];
    await main(["ask", ...metrics, ...days, "--lang", locale, "-w", "home"], {
      ...terminal,
      width: Number.POSITIVE_INFINITY,
    });
    const [, ...lines] = terminal.output().split("\n");
    printed.set(
      locale,
      lines.map((line) => line.trim().split(/ {2,}/)),
    );
  }
  const workspace = await openWorkspace(home, { now });
  await workspace.refresh();
  const options = { host: "127.0.0.1", port: 0, passwordHash: null, appFolder: folder };
  const server = await startServer(workspace, { ...options, now, log: () => undefined });
  ({ url, stop } = server);
});
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(locales)("every metric in %s is one string", (locale) => {
  let figures: Json[] = [];
  beforeAll(async () => {
    const answer = (await (await post(`/api/answer?lang=${locale}`, question)).json()) as Json;
    figures = answer.figures;
  });

  it("in the API, all of them", () => {
    expect(figures).toHaveLength(metrics.length);
    expect(figures.filter(({ value }) => value !== null).length).toBeGreaterThan(60);
  });

  it("on the command line", () => {
    const lines = printed.get(locale) ?? [];
    for (const [index, { metric, text, comparison }] of figures.entries()) {
      const cells = lines[index] ?? [];
      expect(cells.slice(1, 4), metric).toEqual([text, comparison.text, comparison.deltaText]);
    }
  });

  it("in the CSV file, beside the exact value", async () => {
    const response = await post(`/api/export?lang=${locale}`, { question, format: "csv" });
    const text = Buffer.from(await response.arrayBuffer()).toString("utf8");
    expect(text.startsWith("\ufeff")).toBe(true);
    const [, ...rows] = csvRows(text);
    expect(rows.map((row) => [row[4], row[5], row[8], row[9], row[10]])).toEqual(
      figures.map(({ value, text: shown, comparison }) => [
        ...[value ?? "", shown],
        ...[comparison.value ?? "", comparison.text, comparison.deltaText],
      ]),
    );
  });

  it("in the workbook, whose numbers are numbers", async () => {
    const response = await post(`/api/export?lang=${locale}`, { question, format: "xlsx" });
    const bytes = Buffer.from(await response.arrayBuffer());
    const sheets = await readWorkbook(Readable.from(bytes));
    const [, ...rows] = (sheets[0] as Json).data as Json[][];
    expect(rows.map((row) => row[5])).toEqual(figures.map(({ text }) => text));
    for (const [index, { value }] of figures.entries()) {
      const cell = rows[index]?.[4];
      if (value === null) expect(cell ?? "").toBe("");
      else expect(Number(cell)).toBe(Number(value));
    }
    const about = JSON.stringify((sheets[1] as Json).data);
    expect(about).toContain("lastpenny");
  });

  it("in every explanation of a sample", async () => {
    for (const { metric, variant, text } of figures.filter((_one, index) => index % 17 === 0)) {
      const one = { ...question, metrics: [`${metric}@${variant}`] };
      const response = await post(`/api/explain?lang=${locale}`, { question: one, rowLimit: 1 });
      expect(((await response.json()) as Json).figure.text).toBe(text);
    }
  });
});
