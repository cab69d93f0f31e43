import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answer } from "../../src/figures/answer.ts";
import { attributionOf } from "../../src/figures/attribution.ts";
import type { FiguresContext } from "../../src/figures/context.ts";
import type { Answer } from "../../src/figures/figure.ts";
import type { AttributionModel } from "../../src/ledger/attribution.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import { creditRows } from "./credited.ts";
import { cost, creditedMarch, march, second } from "./credited-march.ts";
import { seededWorkspace } from "./workspace.ts";

let context: FiguresContext;
beforeAll(async () => {
  context = await seededWorkspace(creditedMarch, { few: 0 });
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

  it("has no margin where no cost of goods was ever known", async () => {
    const alone = await seededWorkspace(
      {
        credits: creditRows(second),
        cost_days: [cost("paid search", "media", "40")],
      },
      { few: 0 },
    );
    const { figures } = await answer(alone, { ...march, metrics: ["roi@margin", "roi"] });
    await alone.store.close();
    expect(figures.map(({ value, state }) => [value, state])).toEqual([
      [null, "no_data"],
      ["0.25", "ok"],
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

describe("a fitted model", () => {
  it("says for which months the data cannot carry it, and why; a rule says nothing", async () => {
    const weight = (month: string, model: string, channel: string, note: string | null) => ({
      month,
      model,
      channel,
      weight: 1,
      note,
    });
    const fitted = await seededWorkspace(
      {
        credits: creditRows(second),
        channel_weights: [
          weight("2025-02-01", "markov_1", "email", "no_nulls"),
          weight("2025-03-01", "markov_1", "email", "too_few"),
          weight("2025-03-01", "markov_1", "paid search", "too_few"),
          weight("2025-04-01", "markov_1", "email", "too_few"),
          weight("2025-03-01", "data_driven", "email", null),
        ],
      },
      { few: 0 },
    );
    const reasonsBy = async (model: AttributionModel) => {
      const period = { from: "2025-02-10", to: "2025-04-01" };
      const asked = { ...period, metrics: ["attributed_revenue"], attribution: { model } };
      const [figure] = (await answer(fitted, asked)).figures;
      const fits = figure?.reasons.filter(({ code }) => code.startsWith("fit_"));
      return [figure?.state, fits?.map(({ code, params }) => `${code} ${params.months}`)];
    };
    const found = [
      await reasonsBy("markov_1"),
      await reasonsBy("data_driven"),
      await reasonsBy("linear"),
    ];
    await fitted.store.close();
    expect(found).toEqual([
      ["too_few", ["fit_no_nulls 2025-02", "fit_too_few 2025-03"]],
      ["ok", []],
      ["ok", []],
    ]);
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
