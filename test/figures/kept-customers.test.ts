import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answer } from "../../src/figures/answer.ts";
import type { FiguresContext } from "../../src/figures/context.ts";
import { explain } from "../../src/figures/explain.ts";
import { seededWorkspace } from "./workspace.ts";

const span = (person: number, from: string, to: string | null, channel = "email") => ({
  person,
  from_at: `2025-${from} 00:00:00`,
  to_at: to && `2025-${to} 00:00:00`,
  channel,
});
const order = (
  person: number,
  from: string,
  to: string | null,
  revenue: string | null,
  channel = "email",
) => ({ ...span(person, from, to, channel), order: `${person}-${from}`, revenue });

/**
 * March: 1 stays, 2 leaves, 3 leaves and comes back, 4, 6 and 7 come back from before, 5 is won and lost. At the start
 * there are 1, 2, 3; at the end 1, 3, 4, 6, 7. Expected values below are computed by hand.
 */
const seed = {
  customers: [{ person: 5, first_at: "2025-03-02 00:00:00", channel: "email" }],
  customer_spans: [
    span(1, "01-01", null),
    span(2, "01-01", "03-10"),
    span(3, "01-01", "03-05", "direct"),
    span(3, "03-20", null, "direct"),
    ...[4, 6, 7].flatMap((person) => [span(person, "01-01", "02-01"), span(person, "03-15", null)]),
    span(5, "03-02", "03-25"),
  ],
  customer_orders: [
    order(1, "02-10", null, "100"),
    order(1, "02-20", null, "50"),
    order(2, "02-08", "03-10", "30"),
    order(2, "02-09", "03-10", null),
    order(3, "02-03", "03-05", "20", "direct"),
    order(3, "03-20", null, "500", "direct"),
    order(4, "01-01", "02-01", "70"),
    order(5, "03-02", "03-25", "10"),
  ],
};

let context: FiguresContext;
beforeAll(async () => {
  context = await seededWorkspace(seed, { few: 0 });
});
afterAll(() => context.store.close());

const march = { from: "2025-03-01", to: "2025-04-01" } as const;
const sides = async (metrics: readonly string[], by: readonly string[] = []) => {
  const { figures } = await answer(context, { ...march, metrics, by });
  return figures.map(({ group, numerator, denominator }) => [
    ...by.map((dimension) => group[dimension] ?? "all"),
    numerator,
    denominator,
  ]);
};

describe("kept customers", () => {
  it("are those of the start who are there at the end, wherever they were between", async () => {
    expect(await sides(["customer_retention_rate", "churn_rate"])).toEqual([
      ["2", "3"],
      ["1", "3"],
    ]);
  });

  it("stand beside the articles' formulas, which may pass one", async () => {
    expect(await sides(["customer_retention_rate@end_less_new", "churn_rate@losses"])).toEqual([
      ["4", "3"],
      ["3", "3"],
    ]);
  });

  it("carry the revenue that they brought in the active days before the period", async () => {
    expect(await sides(["customer_retention_rate@revenue", "churn_rate@revenue"])).toEqual([
      ["170", "200"],
      ["30", "200"],
    ]);
    const { figures } = await answer(context, { ...march, metrics: ["churn_rate@revenue"] });
    expect(figures[0]?.value).toBe("0.15");
    expect(figures[0]?.reasons).toContainEqual({
      code: "caveat",
      params: { caveat: "orders_excluded", count: "1" },
    });
  });

  it("are counted by group and month alike", async () => {
    expect(await sides(["customer_retention_rate"], ["channel"])).toEqual([
      ["all", "2", "3"],
      ["direct", "1", "1"],
      ["email", "1", "2"],
    ]);
    const { figures } = await answer(context, {
      from: "2025-02-01",
      to: "2025-04-01",
      metrics: ["customer_retention_rate"],
      grain: "month",
    });
    // 4, 6 and 7 are there just before February, not just before March, and again at the end of it.
    expect(
      figures.map(({ bucket, numerator, denominator }) => [bucket, numerator, denominator]),
    ).toEqual([
      [null, "5", "6"],
      ["2025-02-01", "3", "6"],
      ["2025-03-01", "2", "3"],
    ]);
  });

  it("are shown with the rows of the start, which tie", async () => {
    for (const metric of ["customer_retention_rate", "customer_retention_rate@revenue"]) {
      const found = await explain(context, { ...march, metrics: [metric] });
      expect(found.ties, metric).toBe(true);
    }
  });
});

describe("the payback of automation", () => {
  it("has no value while it is not reached, and says so", async () => {
    const day = (text: string, paid_back_days: number | null) => ({
      day: text,
      discounted_to_date: "-10",
      paid_back_days,
    });
    const workspace = await seededWorkspace({
      automation_days: [day("2025-02-28", null), day("2025-03-31", null), day("2025-04-30", 120)],
    });
    const ask = async (from: string, to: string) =>
      (await answer(workspace, { metrics: ["payback_period", "npv"], from, to })).figures;
    const [early, present] = await ask("2025-03-01", "2025-04-01");
    expect(early).toMatchObject({ value: null, state: "not_applicable" });
    expect(early?.reasons.map(({ code }) => code)).toEqual(["not_reached"]);
    expect(present?.value).toBe("-10");
    const [late] = await ask("2025-04-01", "2025-05-01");
    // 120 days × 12 ÷ 365.25
    expect(late?.value).toBe("3.94250513347");
    await workspace.store.close();
  });
});
