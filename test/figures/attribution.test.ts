import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answer } from "../../src/figures/answer.ts";
import { attributionOf } from "../../src/figures/attribution.ts";
import { attributionTable } from "../../src/figures/attribution-table.ts";
import type { FiguresContext } from "../../src/figures/context.ts";
import { explain } from "../../src/figures/explain.ts";
import type { Answer } from "../../src/figures/figure.ts";
import { compareModels } from "../../src/figures/models-compared.ts";
import { creditOf } from "../../src/figures/order-credit.ts";
import type { AttributionModel } from "../../src/ledger/attribution.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import { creditRows, lineRows, type SeededConversion, type SeededWeights } from "./credited.ts";
import { seededWorkspace } from "./workspace.ts";

const march = { from: "2025-03-01", to: "2025-04-01" } as const;

const email = {
  at: "2025-03-01 09:00:00",
  channel: "email",
  more: { touch_class: "automation", automation: "welcome", tool: "klaviyo", campaign: "hello" },
};
const search = {
  at: "2025-03-05 09:00:00",
  channel: "paid search",
  more: { is_paid: true, campaign: "brand" },
};
const direct = { at: "2025-03-09 09:00:00", channel: "direct", more: { touch_class: "other" } };

const weights: SeededWeights = {
  first: [1, 0, 0],
  last: [0, 0, 1],
  last_non_direct: [0, 1, 0],
  u_shaped: [40, 20, 40],
  time_decay: [1, 2, 4],
};

/** Three touches, a partial refund, costs of goods: 100.00 − 10.00, and 60.00 of goods. */
const first: SeededConversion = {
  conversion: "A",
  convertedAt: "2025-03-10 10:00:00",
  person: 1,
  touches: [email, search, direct],
  isCosted: true,
  isFirst: true,
  entries: [
    { kind: "sale", cents: 10_000n },
    { kind: "return", at: "2025-03-20 10:00:00", cents: -1_000n },
    { kind: "cost_of_goods", cents: -6_000n },
  ],
};
const second: SeededConversion = {
  conversion: "B",
  convertedAt: "2025-03-12 10:00:00",
  person: 2,
  touches: [{ ...search, at: "2025-03-11 09:00:00" }],
  entries: [{ kind: "sale", cents: 5_000n }],
};
const untouched: SeededConversion = {
  conversion: "C",
  convertedAt: "2025-03-15 10:00:00",
  touches: [],
  entries: [{ kind: "sale", cents: 2_550n }],
};

const cost = (channel: string, cost_kind: string, amount: string, more = {}) => ({
  day: "2025-03-02",
  channel,
  cost_kind,
  amount,
  data_source: "ads",
  ...more,
});

let context: FiguresContext;
beforeAll(async () => {
  context = await seededWorkspace(
    {
      credits: [...creditRows(first, weights), ...creditRows(second), ...creditRows(untouched)],
      revenue_lines: [first, second, untouched].flatMap(lineRows),
      touchpoints: [
        {
          touch: 901,
          person: 1,
          touched_at: "2024-11-01 09:00:00",
          touch_kind: "visit",
          touch_class: "marketing",
          channel: "referral",
        },
        {
          touch: 902,
          person: 1,
          touched_at: "2025-03-11 09:00:00",
          touch_kind: "click",
          touch_class: "marketing",
          channel: "email",
        },
        {
          touch: 903,
          person: 9,
          touched_at: "2025-01-15 09:00:00",
          touch_kind: "visit",
          touch_class: "marketing",
          channel: "email",
        },
      ],
      sourced_lines: [
        {
          booked_at: first.convertedAt,
          amount: "90",
          touch_class: "automation",
          channel: "email",
          person: 1,
        },
        {
          booked_at: second.convertedAt,
          amount: "50",
          touch_class: "other",
          channel: "direct",
          person: 2,
        },
        { booked_at: untouched.convertedAt, amount: "25.5" },
      ],
      cost_days: [
        cost("paid search", "media", "40", { claimed_value: "120", claimed_conversions: 3 }),
        cost("email", "licence", "30", { tool: "klaviyo", automation: "welcome" }),
        cost("display", "media", "20"),
      ],
      messages: [
        {
          sent_at: "2025-03-01 08:00:00",
          medium: "email",
          channel: "email",
          delivered: 12,
          data_source: "klaviyo",
        },
      ],
    },
    { few: 0 },
  );
});
afterAll(() => context.store.close());

const values = (found: Answer) =>
  found.figures.map(({ group, value }) => [Object.values(group)[0] ?? "total", value]);
const ask = (metric: string, by?: string, model?: AttributionModel) =>
  answer(context, {
    ...march,
    metrics: [metric],
    ...(by ? { by: [by] } : {}),
    ...(model ? { attribution: { model } } : {}),
  });

describe("credit in figures", () => {
  it("is that of the model asked for, to the cent, refunds included", async () => {
    // 100.00 in three: 33.34, 33.33, 33.33; returned 10.00: 3.34, 3.33, 3.33; and 50.00 to paid search alone.
    expect(values(await ask("attributed_revenue", "channel"))).toEqual([
      ["total", "140"],
      ["paid search", "80"],
      ["direct", "30"],
      ["email", "30"],
    ]);
    expect(values(await ask("attributed_revenue", "channel", "last"))).toEqual([
      ["total", "140"],
      ["direct", "90"],
      ["paid search", "50"],
      ["email", "0"],
    ]);
    expect(values(await ask("attributed_revenue", "channel", "u_shaped"))).toEqual([
      ["total", "140"],
      ["paid search", "68"],
      ["direct", "36"],
      ["email", "36"],
    ]);
    expect(values(await ask("unattributed_revenue"))).toEqual([["total", "25.5"]]);
    expect(values(await ask("attributed_revenue_share"))).toEqual([["total", "0.845921450151"]]);
  });

  it("tells marketing, automations and other touches apart", async () => {
    expect(values(await ask("marketing_revenue"))).toEqual([["total", "110"]]);
    expect(values(await ask("automation_revenue", "automation"))).toEqual([
      ["total", "30"],
      ["welcome", "30"],
    ]);
    expect(values(await ask("sourced_revenue", "channel"))).toEqual([
      ["total", "90"],
      ["email", "90"],
    ]);
    expect(values(await ask("sourced_revenue_share"))[0]?.[1]).toBe("0.543806646526");
    expect(values(await ask("revenue_per_recipient"))).toEqual([["total", "2.5"]]);
  });

  it("counts influenced revenue once in the total, in full for every channel, against all revenue", async () => {
    expect(values(await ask("influenced_revenue", "channel"))).toEqual([
      ["total", "140"],
      ["paid search", "140"],
      ["email", "90"],
    ]);
    const share = values(await ask("influenced_revenue_share", "channel"));
    // 140 ÷ 165.5, 140 ÷ 165.5, 90 ÷ 165.5
    expect(share.map(([, value]) => value)).toEqual([
      "0.845921450151",
      "0.845921450151",
      "0.543806646526",
    ]);
  });

  it("keeps spend without sales in every denominator, and has no return where nothing was spent", async () => {
    expect(values(await ask("roi", "channel"))).toEqual([
      ["total", "0.555555555556"],
      ["paid search", "1"],
      ["email", "0"],
      ["display", "-1"],
      ["direct", null],
    ]);
    const { figures } = await ask("roi", "channel");
    expect(figures.at(-1)?.reasons.map(({ code, params }) => params.caveat ?? code)).toEqual([
      "zero_denominator",
      "costs_missing",
    ]);
    expect(values(await ask("roi@margin"))).toEqual([["total", "-0.666666666667"]]);
    expect(values(await ask("roas", "channel"))).toEqual([
      ["total", "1.333333333333"],
      ["paid search", "2"],
      ["display", "0"],
    ]);
    expect(values(await ask("cost_per_acquisition@attributed"))).toEqual([["total", "45"]]);
    expect(values(await ask("cac@attributed", "channel", "first"))).toEqual([
      ["total", "90"],
      ["email", "30"],
      ["direct", null],
      ["display", null],
      ["paid search", null],
    ]);
    expect(values(await ask("claim_gap"))).toEqual([["total", "40"]]);
    expect(values(await ask("tool_efficiency", "tool"))).toEqual([
      ["total", "1.555555555556"],
      ["total", "1.833333333333"],
      ["klaviyo", "1"],
    ]);
  });

  it("says by which model, window, level and goal, and that touches begin too late to fill the windows", async () => {
    const found = await ask("roi", undefined, "time_decay");
    const used = { model: "time_decay", windowDays: 90, level: "person", goal: "orders" };
    expect(found.attribution).toEqual(used);
    expect(found.figures[0]?.attribution).toEqual(used);
    expect(found.notes).toEqual([
      { code: "attribution", params: { model: "time_decay", days: "90" } },
    ]);
    const early = await answer(context, { metrics: ["roi"], from: "2025-01-01", to: "2025-03-01" });
    expect(early.notes.map(({ code, params }) => [code, params.until])).toContainEqual([
      "history_short",
      "2025-01-30",
    ]);
    const plain = await ask("revenue");
    expect(plain.figures[0]).not.toHaveProperty("attribution");
    expect(plain).not.toHaveProperty("attribution");
  });
});

describe("a choice of attribution", () => {
  it("takes what is left out from the settings, and cuts windows to the one asked for", () => {
    const attribution = {
      ...defaultSettings.attribution,
      channel_windows: { email: 60, display: 5 },
      view_window_days: 20,
    };
    expect(attributionOf({ attribution }, { windowDays: 30, model: "shapley" })).toMatchObject({
      model: "shapley",
      window_days: 30,
      channel_windows: { email: 30, display: 5 },
      view_window_days: 20,
      goal: "orders",
    });
    expect(attributionOf({ attribution }, undefined)).toBe(attribution);
  });

  it("is refused with what is possible", async () => {
    const wrong = (attribution: object) =>
      answer(context, { ...march, metrics: ["roi"], attribution });
    await expect(wrong({ model: "linaer" })).rejects.toThrow("did you mean `linear`?");
    await expect(wrong({ windowDays: 0 })).rejects.toThrow("attribution.windowDays");
    await expect(wrong({ level: "household" })).rejects.toThrow("attribution.level");
    await expect(wrong({ goal: "newsleter" })).rejects.toThrow("unknown goal: newsleter");
    await expect(wrong({ window: 3 })).rejects.toThrow("windowDays");
  });
});

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

  it("leaves costs out where they cannot be told by the dimension", async () => {
    const table = await attributionTable(context, march, "landing_page");
    expect(table.rows.map(({ cost: spent, roi }) => [spent, roi])).toEqual([[null, null]]);
    expect(table.total.credit.value).toBe("140");
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
    expect(found.attribution).toEqual({ attributed: "140", unattributed: "25.5", total: "165.5" });
    expect(found.ties).toBe(true);
  });
});
