import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import stringWidth from "string-width";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { locales } from "../../src/locales/translate.ts";
import { recordingTerminal } from "./recording-terminal.ts";

// Ann comes by paid search, then by e-mail twice, and buys for 100.01; Bob buys for 50.00 and nobody saw him come; Cid looks and
// does not buy. Paid search costs 30.00, display 20.00 and sells nothing.
const files = {
  "events.csv": `id,email,occurred_at,kind,utm_source,utm_medium,campaign,page
1,ann@shop.example,2025-01-02T10:00:00Z,page_viewed,google,cpc,Brand,/
2,ann@shop.example,2025-01-05T10:00:00Z,page_viewed,letter,email,Spring,/
3,ann@shop.example,2025-01-10T10:00:00Z,page_viewed,letter,email,Spring,/
4,cid@shop.example,2025-01-03T10:00:00Z,page_viewed,letter,email,Spring,/
5,ann@shop.example,2025-01-20T10:00:00Z,page_viewed,letter,email,Spring,/
`,
  "orders.csv": `order,line,line_type,booked_at,amount,currency,email
A-1001,1,sale,2025-01-12T10:00:00Z,100.01,EUR,ann@shop.example
A-1002,1,sale,2025-01-15T10:00:00Z,50.00,EUR,bob@shop.example
`,
  "costs.csv": `from_day,to_day,kind,amount,currency,channel
2025-01-01,2025-01-31,media,31.00,EUR,paid search
2025-01-01,2025-01-31,media,20.00,EUR,display
`,
} as const;

const january = ["--from", "2025-01-01", "--to", "2025-02-01"] as const;
let folder = "";

async function run(...args: readonly string[]) {
  const terminal = recordingTerminal(folder);
  const code = await main(args, terminal);
  return { code, output: terminal.output(), notes: terminal.notes() };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lastpenny-credit-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  await run("import", ".");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("lastpenny attribute", () => {
  it("gives credit to the cent, keeps what nobody earned and spend without sales", async () => {
    // Three touches: 33.34 + 33.34 + 33.33; ROI of paid search (33.34 - 31) / 31.
    const { output, code } = await run(
      "attribute",
      "--by",
      "channel",
      ...january,
      "--format",
      "csv",
    );
    expect(code).toBe(0);
    const rows = output.split("\n").map((line) => line.split(","));
    const row = (name: string) => rows.find(([group]) => group === name) ?? [];
    expect(rows[0]).toEqual([
      "channel",
      "credit",
      "conversions",
      "cost",
      "roi",
      "roas",
      "cpa",
      "currency",
      "note",
    ]);
    expect(row("email").slice(0, 2)).toEqual(["email", "66.67"]);
    expect(row("paid search").slice(0, 2)).toEqual(["paid search", "33.34"]);
    expect(row("paid search")[3]).toBe("31");
    expect(Number(row("paid search")[4])).toBeCloseTo(2.34 / 31, 9);
    expect(row("display").at(-1)).toBe("spend without sales");
    expect(row("display")[3]).toBe("20");
    expect(row("(unattributed)").slice(0, 3)).toEqual(["(unattributed)", "50", "1"]);
    expect(row("(total)").slice(0, 4)).toEqual(["(total)", "150.01", "2", "51"]);
  });

  it("prints model and window, and that the total is the ledger's", async () => {
    const { output } = await run("attribute", "--model", "U-shaped", "--window", "60d", ...january);
    expect(output).toContain("U-shaped · window of 60 days");
    expect(output).toMatch(/€100\.01 .* €50\.00 .* €150\.01 ✓/);
    expect(output).toMatch(/paid search +€40\.0/);
  });

  it("drops touches that are older than the window", async () => {
    const { output } = await run("attribute", "--window", "4d", ...january, "--format", "csv");
    expect(output).toMatch(/^email,100\.01,/m);
  });

  it("puts all models side by side with the range of each row", async () => {
    const { output } = await run("attribute", "--compare-models", ...january);
    // First touch gives paid search everything, last touch nothing.
    expect(output).toMatch(/paid search +€0\.00 +€100\.01 +€100\.01/);
    for (const name of ["first", "shapley", "markov_4", "data_driven"])
      expect(output).toContain(name);
    const csv = await run("attribute", "--compare-models", ...january, "--format", "csv");
    expect(csv.output).toMatch(/^paid search,first,100\.01,/m);
    expect(csv.output).toMatch(/^\(total\),shapley,150\.01,/m);
  });

  it("explains what is wrong with the arguments", async () => {
    expect((await run("attribute", "--model", "linaer")).notes).toMatch(/did you mean linear/);
    expect((await run("attribute", "--window", "soon")).notes).toMatch(/90d/);
    expect((await run("attribute", "--by", "chanel")).notes).toMatch(/did you mean `channel`/);
    expect((await run("attribute", "--goal", "ordres")).notes).toMatch(/did you mean `orders`/);
    expect((await run("attribute", "campaign")).notes).toMatch(/--by campaign/);
    expect((await run("attribute", "--by", "channel,campaign")).notes).toMatch(/one dimension/);
    expect((await run("attribute", "--window", "9999")).notes).toMatch(/too long.*3660 days/);
    expect((await run("attribute", "--format", "xml")).notes).toMatch(/table, json, csv/);
  });
});

describe("lastpenny paths", () => {
  it("counts paths, their length and their time", async () => {
    const { output, code } = await run("paths", ...january);
    expect(code).toBe(0);
    expect(output).toContain("2 conversions");
    expect(output).toContain("paid search > email ×2");
    expect(output).toContain("1 conversion had no touch");
  });

  it("writes one part as a data file", async () => {
    const { output } = await run("paths", "--by", "position", ...january, "--format", "csv");
    expect(output.split("\n").toSorted()).toEqual(
      ["channel,first,middle,last,only", "email,0,1,1,0", "paid search,1,0,0,0"].toSorted(),
    );
  });

  it("keeps to the journeys of a channel, and says when there are none", async () => {
    const touched = await run("paths", "--channel", "Paid Search", ...january);
    expect(touched.output).toContain("1 conversion and 0 journeys");
    const { output } = await run("paths", "--channel", "radio", ...january);
    expect(output).toContain("touches radio");
  });

  it("names the parts when there is none such", async () => {
    const { notes, code } = await run("paths", "--by", "colour");
    expect(code).toBe(2);
    expect(notes).toMatch(/length, lag, position, assists/);
  });
});

describe("lastpenny credit", () => {
  it("shows which touch got how much under every model, and which got nothing", async () => {
    const { output, code } = await run("credit", "A-1001", "--model", "linear");
    expect(code).toBe(0);
    expect(output).toMatch(/1 +2025-01-02 10:00 +paid search, visit +Brand .* 33\.3% +€33\.34/);
    expect(output).toMatch(/Last touch +· +· +€100\.01/);
    expect(output).toMatch(/2025-01-20 10:00 .* after the conversion/);
  });

  it("says that nobody earned an order without a touch", async () => {
    const { output } = await run("credit", "A-1002");
    expect(output).toContain("unattributed");
  });

  it("offers names that are like the one that does not exist", async () => {
    const { code, notes } = await run("credit", "#1001");
    expect(code).toBe(2);
    expect(notes).toContain("did you mean A-1001?");
    expect((await run("credit", "A-1901")).notes).toMatch(/did you mean A-100/);
    expect((await run("credit")).notes).toContain("name one order");
  });
});

describe("figures that rest on credits", () => {
  it("say by which model and window", async () => {
    const { output } = await run(
      ...["ask", "attributed_revenue", "roi", "--model", "markov_1", "--window", "30"],
      ...january,
    );
    expect(output).toContain("Markov, order 1");
    expect(output).toContain("30");
  });

  it("are proved with the same options", async () => {
    const { code, output } = await run(
      ...["explain", "attributed_revenue", "--model", "first", ...january],
    );
    expect(code).toBe(0);
    expect(output).toContain("100.01");
  });
});

describe("deals whose only trace is their lead source", () => {
  it("are credited to the channel that it names, and stay unattributed where it names none", async () => {
    const head =
      "Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount,Amount Currency,Probability (%),Age,Close Date,Created Date,Next Step,Lead Source,Type";
    const deal = (account: string, amount: string, source: string) =>
      `Jo,${account},${account} pilot,Closed Won,Q1-2025,${amount},EUR,100,53,2025-03-14,2025-01-20,,${source},New Business`;
    const deals = [
      deal("Ash", "1200.00", "Google Ads"),
      deal("Elm", "800.01", "Partner Referral"),
      deal("Oak", "500.00", "Trade Show"),
      deal("Yew", "300.00", "Web"),
      deal("Fir", "100.00", ""),
    ];
    writeFileSync(join(folder, "report.csv"), [head, ...deals].join("\n"));
    await run("import", "report.csv", "--workspace", "crm");
    const spring = ["--from", "2025-03-01", "--to", "2025-04-01", "--workspace", "crm"];
    const { output } = await run("attribute", ...spring, "--goal", "deals", "--format", "csv");
    const credit = output.split("\n").map((line) => line.split(",").slice(0, 3).join(" "));
    expect(credit.slice(1)).toEqual([
      "paid search 1200 1",
      "referral 800.01 1",
      "events 500 1",
      "(unattributed) 400 2",
      "(total) 2900.01 5",
    ]);
    expect((await run("reconcile", "--workspace", "crm")).code).toBe(0);
  });
});

describe.each(locales)("reports about credits in %s", (lang) => {
  it.each([["attribute"], ["attribute", "--compare-models"], ["paths"], ["credit", "A-1001"]])(
    "fit the line: %s %s",
    async (...command) => {
      const dates = command[0] === "credit" ? [] : january;
      const { output, code } = await run(...command, ...dates, "--lang", lang);
      expect(code).toBe(0);
      const wide = output.split("\n").filter((line) => stringWidth(line) > 100);
      expect(wide).toEqual([]);
      expect(output).not.toMatch(/undefined|NaN|\{\w+\}/);
    },
  );
});
