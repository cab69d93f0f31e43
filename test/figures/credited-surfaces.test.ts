import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attributionTable } from "../../src/figures/attribution-table.ts";
import type { FiguresContext } from "../../src/figures/context.ts";
import { explain } from "../../src/figures/explain.ts";
import { compareModels } from "../../src/figures/models-compared.ts";
import { creditOf } from "../../src/figures/order-credit.ts";
import { attributionModels } from "../../src/ledger/attribution.ts";
import { orderHeaders } from "../../src/ledger/tables/commerce.ts";
import { creditRows, type SeededConversion } from "./credited.ts";
import { cost, creditedMarch, march } from "./credited-march.ts";
import { insertRows, seededWorkspace } from "./workspace.ts";

let context: FiguresContext;
beforeAll(async () => {
  context = await seededWorkspace(creditedMarch, { few: 0 });
});
afterAll(() => context.store.close());

describe("the table of attribution", () => {
  it("has every group, what nobody earned, and a total that is the ledger's", async () => {
    const table = await attributionTable(context, march, "channel");
    const rows = table.rows.map(({ group, credit, cost: spent, roi, cpa, isSpendWithoutSales }) => [
      group,
      credit.value,
      spent?.value,
      roi?.value,
      cpa?.value,
      isSpendWithoutSales,
    ]);
    expect(rows).toEqual([
      ["paid search", "80", "40", "1", "30.000007500002", false],
      ["direct", "30", "0", null, "0", false],
      ["email", "30", "30", "0", "89.99982000036", false],
      ["display", "0", "20", "-1", null, true],
    ]);
    expect([table.sum, table.ledger, table.ties]).toEqual(["165.5", "165.5", true]);
    expect(table.unattributed.credit.value).toBe("25.5");
    expect(table.unattributed.conversions.value).toBe("1");
    expect([table.total.credit.value, table.total.cost?.value]).toEqual(["140", "90"]);
  });

  it("leaves costs out where they cannot be filtered as asked, and keeps them where they can", async () => {
    const spent = async (filter: string) => {
      const asked = { ...march, filter };
      const table = await attributionTable(context, asked, "channel");
      const compared = await compareModels(context, asked, "channel");
      const rows = table.rows.map(({ group, credit, cost }) => [group, credit.value, cost?.value]);
      return [rows, compared.rows.map(({ cost }) => cost), table.ledger];
    };
    expect(await spent('campaign = "hello"')).toEqual([[["email", "30", "0"]], ["0"], null]);
    expect(await spent("landing_page is null and tool is not null")).toEqual([
      [["email", "30", undefined]],
      [null],
      null,
    ]);
  });

  it("leaves costs out where they cannot be told by the dimension", async () => {
    const table = await attributionTable(context, march, "landing_page");
    expect(table.rows.map(({ cost: spent, roi }) => [spent, roi])).toEqual([[null, null]]);
    expect(table.total.credit.value).toBe("140");
  });
});

describe("the table of a goal", () => {
  const visit = (channel: string | null) => ({ at: "2025-03-05 09:00:00", channel });
  const reached = (conversion: string, channel: string | null): SeededConversion => ({
    ...{ conversion, convertedAt: "2025-03-10 10:00:00", touches: [visit(channel)] },
    entries: [{ kind: "sale", cents: 10_000n }],
  });
  const won = (closed_at: string, amount: string, state = "won") => ({
    ...{ deal: `${closed_at} ${amount}`, person: 1, created_at: "2025-01-02 10:00:00" },
    ...{ closed_at, state, amount, currency: "EUR", data_source: "crm" },
  });

  it("without amounts has the most conversions first, and no ledger to tie to", async () => {
    const rows = [reached("A", "social"), reached("B", "social"), reached("C", "email")];
    const amounts = Object.fromEntries(attributionModels.map((model) => [`credit_${model}`, null]));
    const credits = rows.flatMap((one) => creditRows(one)).map((row) => ({ ...row, ...amounts }));
    const goal = await seededWorkspace(
      { credits, cost_days: [cost("affiliate", "media", "20")] },
      { few: 0, attribution: { goal: "newsletter" } },
    );
    const table = await attributionTable(goal, march, "channel");
    const compared = await compareModels(goal, march, "channel");
    await goal.store.close();
    expect(table.rows.map(({ group, conversions }) => [group, conversions.value])).toEqual([
      ["social", "2"],
      ["email", "1"],
      ["affiliate", "0"],
    ]);
    expect(compared.rows.map(({ group }) => group)).toEqual(["social", "email", "affiliate"]);
    expect(table.ledger).toBeNull();
  });

  it("of deals ties to the deals that were won in the period", async () => {
    const opportunities = [
      ...[won("2025-03-10 10:00:00", "100"), won("2025-03-11 10:00:00", "70", "lost")],
      won("2025-04-02 10:00:00", "30"),
    ];
    const deals = async (rows: readonly SeededConversion[]) => {
      const found = await seededWorkspace(
        { credits: rows.flatMap((one) => creditRows(one)), opportunities },
        { few: 0, attribution: { goal: "deals" } },
      );
      const table = await attributionTable(found, march, "channel");
      await found.store.close();
      return [table.sum, table.ledger, table.ties];
    };
    expect(await deals([reached("deal:A", "email")])).toEqual(["100", "100", true]);
    expect(await deals([reached("deal:A", "email"), reached("deal:B", null)])).toEqual([
      "200",
      "100",
      false,
    ]);
  });
});

describe("models side by side", () => {
  it("shows the range of each group and the same total under every model", async () => {
    const found = await compareModels(context, march, "channel");
    const pick = found.rows.map(({ group, credit, min, max, spread, isSpendWithoutSales }) => [
      group,
      credit.first,
      credit.linear,
      credit.last_non_direct,
      min,
      max,
      spread,
      isSpendWithoutSales,
    ]);
    expect(pick).toEqual([
      ["paid search", "50", "80", "140", "50", "140", "90", false],
      ["direct", "0", "30", "0", "0", "90", "90", false],
      ["email", "90", "30", "0", "0", "90", "90", false],
      ["display", "0", "0", "0", "0", "0", "0", true],
    ]);
    expect(new Set(Object.values(found.total))).toEqual(new Set(["165.5"]));
    expect(found.unattributed).toEqual({ amount: "25.5", conversions: "1" });
    expect(found.rows[2]?.conversions.first).toBe("1");
    expect(found.rows[2]?.share.first).toBe("0.642857142857");
    const limited = await compareModels(context, { ...march, limit: 1 }, "channel");
    expect([limited.rows.length, limited.groups]).toEqual([1, 4]);
  });
});

describe("the credit of one order", () => {
  it("is found by the number that people see, with and without its sign", async () => {
    const { store } = context;
    const header = { order: "A", number: "#1001", booked_at: "2025-03-10 10:00:00" };
    await insertRows(store, "ledger", "order_headers", orderHeaders.columns, [header]);
    for (const name of ["#1001", "1001"]) {
      const { conversions } = await creditOf(context, name);
      expect(conversions.map(({ conversion }) => conversion)).toEqual(["A"]);
    }
    expect((await creditOf(context, "#100")).conversions).toEqual([]);
  });

  it("names each touch with weight and amount, every amount, and the touches that earn nothing", async () => {
    const { conversions } = await creditOf(context, "A");
    expect(conversions).toHaveLength(1);
    const [one] = conversions;
    expect(one?.amount).toBe("90");
    expect(one?.entries.map(({ kind, amount }) => [kind, amount])).toEqual([
      ["sale", "100"],
      ["cost_of_goods", "-60"],
      ["return", "-10"],
    ]);
    expect(
      one?.touches.map(({ channel, credit, ofEntries }) => [channel, credit.linear, ofEntries]),
    ).toEqual([
      ["email", { share: "0.333334", amount: "30" }, ["33.34", "-20", "-3.34"]],
      ["paid search", { share: "0.333333", amount: "30" }, ["33.33", "-20", "-3.33"]],
      ["direct", { share: "0.333333", amount: "30" }, ["33.33", "-20", "-3.33"]],
    ]);
    expect(one?.leftOut.map(({ channel, why }) => [channel, why])).toEqual([
      ["email", "after"],
      ["referral", "before_window"],
    ]);
    expect((await creditOf(context, "C")).conversions[0]?.unattributed?.last).toEqual({
      share: "1",
      amount: "25.5",
    });
    expect((await creditOf(context, "nobody")).conversions).toEqual([]);
  });
});

describe("an explanation of credit", () => {
  it("shows the touches with what they earned by this model alone, tied to the figure", async () => {
    const found = await explain(
      context,
      { ...march, metrics: ["attributed_revenue"], attribution: { model: "last" } },
      { rowLimit: 3 },
    );
    const [rows] = found.rows;
    const names = rows?.columns.map(({ name }) => name) ?? [];
    expect(names).toContain("credit_last");
    expect(names.filter((name) => /^(credit|share)_/.test(name))).toEqual(["credit_last"]);
    expect(rows).toMatchObject({ count: "7", total: "140", ties: true });
    expect(found.figure.attribution?.model).toBe("last");
    expect(found.exclusions.map(({ code, count }) => [code, count])).toEqual([
      ["excluded", "0"],
      ["unattributed", "1"],
    ]);
    expect(found.attribution).toEqual({
      attributed: "140",
      unattributed: "25.5",
      total: "165.5",
      ledger: "165.5",
      ties: true,
    });
    expect(found.ties).toBe(true);
  });
});
