import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AttributionChoice, openWorkspace, type Workspace } from "../src/index.ts";

const march = { from: "2025-03-01", to: "2025-04-01" } as const;

const files = {
  "events.csv": `occurred_at,kind,email,utm_source,utm_medium,campaign,automation,page
2025-03-01T09:59:50Z,email_clicked,ann@shop.example,newsletter,email,hello,welcome,
2025-03-01T10:00:00Z,page_viewed,ann@shop.example,newsletter,email,hello,,/beans
2025-03-03T10:00:00Z,page_viewed,ann@shop.example,google,cpc,brand,,/beans
2025-03-05T10:00:00Z,page_viewed,ann@shop.example,(direct),,,,/checkout
2025-03-06T10:00:00Z,page_viewed,cid@shop.example,google,cpc,brand,,/beans
`,
  "orders.csv": `order,line,line_type,booked_at,amount,currency,email
1001,1,sale,2025-03-05T11:00:00Z,100.00,EUR,ann@shop.example
1001,2,refund,2025-03-20T11:00:00Z,-10.00,EUR,ann@shop.example
1002,1,sale,2025-03-06T11:00:00Z,50.00,EUR,bob@shop.example
`,
  "costs.csv": `from_day,kind,channel,amount,currency
2025-03-02,media,paid search,20.00,EUR
2025-03-02,media,display,5.00,EUR
`,
};

let folder = "";
let workspace: Workspace;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lastpenny-attribution-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  workspace = await openWorkspace(join(folder, "home"), { create: true });
  for (const name of Object.keys(files)) await workspace.import(join(folder, name));
});
afterAll(async () => {
  await workspace.close();
  rmSync(folder, { recursive: true, force: true });
});

const creditByChannel = async (attribution: AttributionChoice) => {
  const { rows } = await workspace.attributionTable({ ...march, attribution }, "channel");
  return rows.map(({ group, credit }) => [group, credit.value]);
};

describe("attribution from files to figures", () => {
  it("gives one order the same credit in an answer, a table, a comparison and its own proof", async () => {
    // 100.00 in three: 33.34, 33.33, 33.33; 10.00 came back: 3.34, 3.33, 3.33.
    const expected = { email: "30", "paid search": "30", direct: "30" };
    const asked = await workspace.answer({
      ...march,
      metrics: ["attributed_revenue"],
      by: ["channel"],
    });
    const answered = asked.figures.flatMap(({ group, value }) =>
      group.channel === undefined ? [] : [[group.channel, value]],
    );
    expect(Object.fromEntries(answered)).toEqual(expected);
    const table = Object.fromEntries(await creditByChannel({}));
    expect(table).toEqual({ ...expected, display: "0" });
    const compared = await workspace.compareModels(march, "channel");
    expect(
      Object.fromEntries(compared.rows.map(({ group, credit }) => [group, credit.linear])),
    ).toEqual(table);
    const [order] = (await workspace.creditOf("1001")).conversions;
    expect(order?.touches.map(({ channel, credit }) => [channel, credit.linear.amount])).toEqual(
      Object.entries(expected),
    );
    expect(order?.touches.map(({ class: kind }) => kind)).toEqual([
      "automation",
      "marketing",
      "other",
    ]);
  });

  it("ties to the ledger with what nobody earned, under every model", async () => {
    const table = await workspace.attributionTable(march, "channel");
    expect([
      table.total.credit.value,
      table.unattributed.credit.value,
      table.ledger,
      table.ties,
    ]).toEqual(["90", "50", "140", true]);
    expect([table.total.roi?.value, table.total.roas?.value]).toEqual(["2.6", "1.2"]);
    const books = await workspace.reconcile();
    expect(books.checks.filter(({ ties }) => !ties)).toEqual([]);
    expect(books.counts.credits_are_ledger?.made).toBe(15);
    expect(books.counts.shares_add_up).toEqual({ made: 2, failed: 0 });
  });

  it("counts what marketing opened and touched", async () => {
    const { figures } = await workspace.answer({
      ...march,
      metrics: [
        "sourced_revenue",
        "influenced_revenue",
        "influenced_revenue_share",
        "automation_revenue",
      ],
    });
    expect(figures.map(({ value }) => value)).toEqual(["90", "90", "0.642857142857", "30"]);
  });

  it("looks through another window, at journeys that are shorter then", async () => {
    // Three days: the visit of 3 March and that of 5 March share 100.00 and give 10.00 back.
    expect(await creditByChannel({ windowDays: 3 })).toEqual([
      ["direct", "45"],
      ["paid search", "45"],
      ["display", "0"],
    ]);
    expect(await creditByChannel({ windowDays: 1, model: "first" })).toEqual([
      ["direct", "90"],
      ["display", "0"],
      ["paid search", "0"],
    ]);
    const explained = await workspace.explain({
      ...march,
      metrics: ["influenced_revenue"],
      attribution: { windowDays: 1 },
    });
    expect([explained.figure.value, explained.ties]).toEqual(["0", true]);
    const [order] = (await workspace.creditOf("1001", { windowDays: 1 })).conversions;
    expect(order?.leftOut.map(({ channel, why }) => [channel, why])).toEqual([
      ["paid search", "before_window"],
      ["email", "before_window"],
    ]);
  });

  it("describes the journeys, also the one that has not ended", async () => {
    const { totals, paths } = await workspace.journeyStatistics(march);
    expect(totals).toMatchObject({ conversions: "2", withoutTouch: "1", nulls: "0" });
    expect(paths.map(({ path }) => path)).toEqual(["email > paid search > direct"]);
  });
});
