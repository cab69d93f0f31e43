import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseRecurringCost } from "../../src/ledger/recurring-costs.ts";
import { settingsSchema } from "../../src/ledger/settings.ts";
import { simulate } from "../../src/simulate/simulate.ts";
import { at, fingerprint, type Simulated, simulated } from "./simulated.ts";

describe("simulate", () => {
  it("writes the same bytes for the same seed and others for another", async () => {
    const first = await fingerprint(7);
    expect(await fingerprint(7)).toBe(first);
    expect(await fingerprint(8)).not.toBe(first);
  });

  it("leaves no file of an earlier run in the folder, and touches nothing else", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lastpenny-simulate-"));
    try {
      const run = { people: 5, seed: 1, out: folder };
      await simulate({ ...run, months: 4 });
      writeFileSync(join(folder, "exports", "mine.csv"), "kept");
      const { files } = await simulate({ ...run, months: 2 });
      const found = readdirSync(join(folder, "exports"), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(join(folder, "exports"), join(entry.parentPath, entry.name)));
      expect(found.sort()).toEqual([...Object.keys(files), "mine.csv"].sort());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("tells how far it is", async () => {
    const heard: number[] = [];
    await simulate(
      { people: 1000, months: 1, seed: 1, out: "memory", onProgress: (done) => heard.push(done) },
      { open: () => ({ write: () => {}, close: () => {} }), forget: () => {} },
    );
    expect(heard).toEqual([500, 1000]);
  });
});

describe("the files of a simulated company", () => {
  let company: Simulated;
  let seconds = 0;
  beforeAll(async () => {
    const start = performance.now();
    company = await simulated(200, 18);
    seconds = (performance.now() - start) / 1000;
  });
  afterAll(() => company.remove());

  it("are there within three seconds for 200 people", () => {
    expect(seconds).toBeLessThan(3);
  });

  it("have as many rows as the truth says, every row as many columns as the header", async () => {
    for (const [name, counts] of Object.entries(company.report.files)) {
      expect(counts.rows).toBe(counts.taken + counts.repeated + counts.rejected);
      const path = join(company.report.exports, name).replaceAll("'", "''");
      const options = name.endsWith(".ndjson")
        ? "delim = '\\0', header = false, quote = '', columns = {'line': 'VARCHAR'}"
        : name.startsWith("linkedin")
          ? "delim = '\\t', skip = 5, header = true, all_varchar = true, encoding = 'utf-16'"
          : "delim = ',', quote = '\"', header = true, all_varchar = true, null_padding = false, strict_mode = true";
      const count = await company.rows(
        `SELECT count(*) AS n FROM read_csv('${path}', auto_detect = false, ${options.includes("columns =") ? options : `columns = ${await columnsOf(path)}, ${options.replace(", all_varchar = true", "")}`})`,
      );
      expect(`${name} ${count[0]?.n}`).toBe(`${name} ${counts.rows}`);
    }
  });

  it("come from nine vendors and the company's own templates", () => {
    const vendors = new Set(Object.keys(company.report.files).map((name) => name.split("/")[0]));
    expect([...vendors].sort()).toEqual([
      "ga4",
      "google_ads",
      "hubspot",
      "klaviyo",
      "linkedin_ads",
      "meta_ads",
      "own",
      "sendgrid",
      "shopify",
      "stripe",
    ]);
  });

  it("come with settings that a workspace takes", () => {
    const settings = settingsSchema.parse(parse(readFileSync(company.report.settings, "utf8")));
    expect(settings).toMatchObject({ currency: "EUR", time_zone: "Europe/Berlin" });
    expect(settings.costs.map(parseRecurringCost)).toMatchObject([
      { kind: "licence", amount: "450.00", every: "month" },
    ]);
  });

  it("name every planted fault with its file", () => {
    const kinds = Object.keys(at(company.truth, "faults"));
    expect(kinds).toEqual(
      expect.arrayContaining([
        "bad_rows",
        "repeated_rows",
        "overlapping_windows",
        "repeated_files",
        "late_rows",
        "missing_rates",
        "missing_day",
        "unknown_currency",
        "test_orders",
        "robot_page_views",
        "doubled_hour_orders",
        "shared_browsers",
      ]),
    );
  });

  it("use addresses of reserved domains only", async () => {
    const found = await company.rows(
      `SELECT DISTINCT split_part("Email", '@', 2) AS domain
       FROM read_csv('{exports}/shopify/orders_export_*.csv', all_varchar = true, header = true)`,
    );
    for (const { domain } of found) expect(domain).toMatch(/(\.|^)example(\.(org|net|com))?$/);
  });
});

async function columnsOf(path: string): Promise<string> {
  const bytes = readFileSync(path.replaceAll("''", "'"));
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const lines = (isWide ? bytes.toString("utf16le") : bytes.toString("utf8")).split("\n");
  const header = (isWide ? lines[5]?.split("\t") : lines[0]?.split(",")) ?? [];
  return `{${header.map((name) => `'${name.replaceAll("'", "''")}': 'VARCHAR'`).join(", ")}}`;
}
