import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { openWorkspace, printFigure } from "../../src/index.ts";
import { recordingTerminal } from "./recording-terminal.ts";

// January: 100.00 + 50.00 - 20.00 EUR from two customers; February: 60.00 EUR from one of them. Costs: 310 EUR in January.
const orders = `order,line,line_type,booked_at,amount,currency,email,country
1,1,sale,2025-01-05T10:00:00Z,100.00,EUR,ann@shop.example,DE
2,1,sale,2025-01-20T10:00:00Z,50.00,EUR,bob@shop.example,ID
2,2,refund,2025-01-25T10:00:00Z,-20.00,EUR,bob@shop.example,ID
3,1,sale,2025-02-10T10:00:00Z,60.00,EUR,ann@shop.example,DE
4,1,sale,someday,10.00,EUR,ann@shop.example,DE
`;
const costs = `from_day,to_day,kind,amount,currency,channel
2025-01-01,2025-01-31,media,310.00,EUR,paid search
`;

let folder = "";

async function run(...args: readonly string[]) {
  const terminal = recordingTerminal(folder);
  const code = await main(args, terminal);
  return { code, output: terminal.output(), notes: terminal.notes() };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lastpenny-cli-"));
  writeFileSync(join(folder, "orders.csv"), orders);
  writeFileSync(join(folder, "costs.csv"), costs);
  await run("import", "orders.csv", "costs.csv");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("lastpenny import", () => {
  it("prints a receipt in which read = taken + repeated + rejected", async () => {
    const { output, code } = await run("import", "orders.csv");
    expect(output).toMatch(/orders\.csv +template\/orders .* +5 +0 +4 +1/);
    expect(code).toBe(0);
  });

  it("names file, row and value of a rejected row", async () => {
    const { output } = await run("rejects");
    expect(output).toContain("someday");
    expect(output).toMatch(/orders\.csv/);
  });

  it("proposes a mapping for an unknown file and uses it once it is accepted", async () => {
    writeFileSync(
      join(folder, "kasse.csv"),
      "Datum;Kunde;Betrag;Währung\n03.03.2025;cid-7;12,50;EUR\n04.03.2025;cid-8;7,50;EUR\n",
    );
    const proposed = await run("import", "kasse.csv");
    expect(proposed.code).toBe(1);
    expect(proposed.output).toMatch(/Betrag +orders\.amount/);
    const accepted = await run("import", "kasse.csv", "--accept");
    expect(accepted.code).toBe(0);
    const { output } = await run(
      "ask",
      "revenue",
      "--from",
      "2025-03-01",
      "--to",
      "2025-04-01",
      "--format",
      "csv",
    );
    expect(output).toMatch(/^revenue,\w+,2025-03-01,2025-04-01,20,/m);
  });

  it("says what to do when the file does not exist", async () => {
    const { code, notes } = await run("import", "nowhere.csv");
    expect(code).toBe(2);
    expect(notes).toMatch(/nowhere\.csv/);
    expect(notes).toContain("docs/errors.md");
  });
});

describe("a path that is not there", () => {
  it("makes no workspace", async () => {
    const { code, notes } = await run("measure", "nowhere", "--workspace", "never");
    expect(code).toBe(2);
    expect(notes).toContain("nowhere does not exist");
    expect(readdirSync(folder)).not.toContain("never");
    expect((await run("costs", "--workspace", "never")).code).toBe(2);
    expect(readdirSync(folder)).not.toContain("never");
  });
});

describe("a folder that cannot be used", () => {
  it("is named without calling it a bug", async () => {
    const { code, notes } = await run("measure", ".", "--workspace", "orders.csv/inside");
    expect(code).toBe(2);
    expect(notes).toContain("--workspace DIR");
    expect(notes).not.toContain("bug");
  });
});

describe("lastpenny ask", () => {
  it("prints the figures that were computed by hand", async () => {
    const { output } = await run(
      ...[
        "ask",
        "revenue",
        "mer",
        "cac",
        "--from",
        "2025-01-01",
        "--to",
        "2025-02-01",
        "--format",
        "json",
      ],
    );
    const answer: unknown = JSON.parse(output);
    expect(answer).toMatchObject({
      figures: [
        { metric: "revenue", value: "130" },
        { metric: "mer", state: "ok" },
        { metric: "cac", value: "155" },
      ],
    });
  });

  it("gives the same strings as the library", async () => {
    const question = {
      metrics: ["revenue", "orders"],
      from: "2025-01-01",
      to: "2025-03-01",
      grain: "month",
    } as const;
    const { output } = await run(
      "ask",
      "revenue",
      "orders",
      "--from",
      "2025-01-01",
      "--to",
      "2025-03-01",
      "--grain",
      "month",
    );
    const workspace = await openWorkspace(join(folder, "lastpenny"));
    const answer = await workspace.answer(question);
    await workspace.close();
    for (const figure of answer.figures) expect(output).toContain(printFigure(figure, "en"));
    expect(answer.figures.length).toBeGreaterThan(4);
  });

  it("is deterministic", async () => {
    const question = [
      "ask",
      "revenue",
      "orders",
      "--by",
      "country",
      "--from",
      "2025-01-01",
      "--to",
      "2025-03-01",
    ];
    expect((await run(...question)).output).toBe((await run(...question)).output);
  });

  it("takes whole numbers only where it counts", async () => {
    expect((await run("explain", "revenue", "--rows", "abc")).notes).toContain("--rows");
    expect((await run("merges", "--limit", "x")).notes).toContain("--limit");
    expect((await run("rejects", "--limit", "0")).notes).toContain("--limit");
  });

  it("answers a wrong metric, dimension or filter with a sentence that helps", async () => {
    expect((await run("ask", "revenu")).notes).toContain("revenue");
    expect((await run("ask", "cac", "--by", "owner")).notes).toMatch(/dimension_unknown/);
    expect((await run("ask", "revenue", "--filter", "country =")).notes).toMatch(/filter_invalid/);
  });
});

describe("lastpenny explain", () => {
  it("shows the formula with the numbers and rows that tie", async () => {
    const { output, code } = await run(
      "explain",
      "cac",
      "--from",
      "2025-01-01",
      "--to",
      "2025-02-01",
    );
    expect(output).toContain("€310.00 ÷ 2 = €155.00");
    expect(output).toMatch(/✓/);
    expect(output).toContain("SELECT");
    expect(code).toBe(0);
  });
});

describe("lastpenny reconcile", () => {
  it("ties out", async () => {
    const { code, output } = await run("reconcile");
    expect(output).toContain("Everything ties out");
    expect(code).toBe(0);
  });
});

describe("lastpenny costs", () => {
  it("spreads a recurring cost over days and keeps the comments of the settings", async () => {
    const settings = join(folder, "lastpenny", "lastpenny.yaml");
    const before = readFileSync(settings, "utf8");
    await run("costs", "add", "licence 100 EUR monthly from 2025-01-01 to 2025-02-28 for HubSpot");
    const { output } = await run(
      "ask",
      "cost",
      "--from",
      "2025-02-01",
      "--to",
      "2025-02-15",
      "--format",
      "csv",
    );
    expect(output).toContain(",50");
    await run("costs", "remove", "1");
    expect(readFileSync(settings, "utf8")).toContain(before.split("\n")[0]);
  });

  it("refuses what it does not understand", async () => {
    const { notes, code } = await run("costs", "add", "a lot");
    expect(code).toBe(2);
    expect(notes).toContain("licence 900 EUR monthly");
  });
});

describe("lastpenny metrics", () => {
  it("lists and explains definitions in four languages", async () => {
    expect((await run("metrics")).output).toContain("cac");
    expect((await run("metrics", "conversion_rate", "--lang", "zh-Hans")).output).toContain(
      "转化率",
    );
    expect((await run("metrics", "conversion_rate", "--lang", "zh-Hant")).output).toContain(
      "轉換率",
    );
    expect(
      (await run("metrics", "conversion_rate", "--lang", "id")).output.toLowerCase(),
    ).toContain("tingkat konversi");
  });
});

describe("the command line", () => {
  it("has help for every command", async () => {
    const { output } = await run("help");
    const names = readdirSync(new URL("../../src/cli", import.meta.url)).map((file) =>
      file.replace(".ts", ""),
    );
    for (const name of ["measure", "import", "sources", "ask", "explain", "reconcile", "doctor"]) {
      expect(names).toContain(name);
      expect(output).toContain(name);
      expect((await run(name, "--help")).output).toContain(`lastpenny ${name}`);
    }
  });

  it("refuses unknown commands and options with exit code 2", async () => {
    expect((await run("mesure")).code).toBe(2);
    expect((await run("ask", "revenue", "--colour", "red")).notes).toContain("--colour");
  });

  it("prints one JSON value for several paths", async () => {
    const { output } = await run("import", "orders.csv", "costs.csv", "--json", "-w", "json");
    expect(JSON.parse(output).files).toHaveLength(2);
  });

  it("leaves figures out that were never anything but 0, unless asked for all", async () => {
    const { output } = await run("measure", "orders.csv", "--workspace", "quiet");
    expect(output).toMatch(/Refunds +€/);
    expect(output).not.toMatch(/Upsell revenue +€/);
    const all = await run("measure", "orders.csv", "--workspace", "quiet", "--all");
    expect(all.output).toMatch(/Upsell revenue +€/);
  });

  it("measures a folder and says what is missing", async () => {
    const { output, code } = await run("measure", ".", "--workspace", "fresh");
    expect(code).toBe(0);
    expect(output).toMatch(/Revenue +€/);
    expect(output).toContain("What more data would add");
  });
});
