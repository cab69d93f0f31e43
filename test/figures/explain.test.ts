import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseFormula } from "../../src/catalogue/formula.ts";
import { writtenFormula } from "../../src/catalogue/written-formula.ts";
import type { FiguresContext } from "../../src/figures/context.ts";
import { explain } from "../../src/figures/explain.ts";
import { requestOf } from "../../src/figures/request.ts";
import { add, parseExact } from "../../src/ledger/exact.ts";
import { seededWorkspace } from "./workspace.ts";

const sent = (at: string, channel: string, count: number, opened: number) =>
  Array.from({ length: count }, (_, index) => ({
    sent_at: `${at} 10:00:00`,
    message: `${at} ${channel} ${index}`,
    medium: "email",
    channel,
    sent: 1,
    delivered: 1,
    opened: index < opened ? 1 : 0,
    machine_opened: 0,
    data_source: "mailchimp/activity",
  }));

const march = { from: "2025-03-01", to: "2025-04-01" } as const;
let context: FiguresContext;
beforeAll(async () => {
  context = await seededWorkspace({
    messages: [
      ...sent("2025-02-10", "newsletter", 8, 4),
      ...sent("2025-02-11", "flow", 2, 2),
      ...sent("2025-03-10", "newsletter", 4, 1),
      ...sent("2025-03-11", "flow", 12, 9),
    ],
    revenue_lines: [
      {
        booked_at: "2025-02-02 10:00:00",
        amount: "40",
        channel: "email",
        data_source: "s",
        row_key: 1,
      },
      {
        booked_at: "2025-03-02 10:00:00",
        amount: "100",
        channel: "email",
        data_source: "s",
        row_key: 2,
      },
      {
        booked_at: "2025-03-03 10:00:00",
        amount: "-10.10",
        channel: "ads",
        data_source: "s",
        row_key: 3,
      },
      {
        booked_at: "2025-03-04 10:00:00",
        amount: null,
        excluded: "currency_unknown",
        currency: "DOGE",
        data_source: "s",
        row_key: 4,
      },
    ],
    customers: [
      { person: 1, first_at: "2025-03-02 10:00:00", revenue: "100", channel: "email" },
      { person: 2, first_at: "2025-03-05 10:00:00", revenue: "7", channel: "email" },
    ],
    cost_days: [{ day: "2025-03-03", cost_kind: "media", amount: "20", channel: "email" }],
    customer_spans: [{ person: 1, from_at: "2025-03-02 10:00:00" }],
  });
});
afterAll(() => context.store.close());

describe("explanations", () => {
  it("puts the numbers into the formula and follows it down to measures with their SQL", async () => {
    const found = await explain(context, { metrics: ["clv_to_cac"], ...march });
    expect(found.formula).toEqual({
      text: "clv@historical / cac",
      expanded: "revenue_to_date ÷ new_customers ÷ (acquisition_cost ÷ new_customers)",
      withNumbers: "107 ÷ 2 ÷ (20 ÷ 2)",
      result: "5.35",
    });
    expect(found.inputs.map(({ id, value }) => [id, value])).toEqual([
      ["clv", "53.5"],
      ["cac", "10"],
    ]);
    const [clv] = found.inputs;
    expect(clv?.inputs.map(({ id, value, rows }) => [id, value, rows])).toEqual([
      ["revenue_to_date", "107", "2"],
      ["new_customers", "2", "2"],
    ]);
    // The SQL of an input can be run as it is printed and gives the same number.
    for (const input of clv?.inputs ?? []) {
      const [row] = await context.store.query({ strings: [input.sql ?? ""], values: [] });
      expect(Number(row?.total)).toBe(Number(input.value));
    }
    expect(found.variants.map(({ id, isAsked }) => [id, isAsked])[0]).toEqual(["historical", true]);
  });

  it("shows rows whose total is the measure, and counts what is left out", async () => {
    const found = await explain(context, { metrics: ["revenue"], ...march }, { rowLimit: 2 });
    const [rows] = found.rows;
    expect(rows).toMatchObject({ count: "3", total: "89.9", value: "89.9", ties: true });
    expect(rows?.rows).toHaveLength(2);
    expect(found.exclusions).toEqual([{ measure: "revenue", code: "excluded", count: "1" }]);
    expect(found.freshness).toEqual([]);
  });

  it("splits the change of a sum into the groups' differences", async () => {
    const { change } = await explain(context, { metrics: ["revenue"], ...march });
    expect(change).toMatchObject({
      dimension: "channel",
      method: "difference",
      change: "49.9",
      overlap: "0",
    });
    expect(change?.contributions.map(({ group, contribution }) => [group, contribution])).toEqual([
      ["email", "60"],
      ["ads", "-10.1"],
      [null, "0"],
    ]);
  });

  it("splits the change of a rate into rate and mix without a residual (Bennet)", async () => {
    // Before 6/10; after 10/16. Shares .8 → .25 and .2 → .75; rates .5 → .25 and 1 → .75; mean total rate .6125.
    const { change } = await explain(context, { metrics: ["open_rate"], ...march });
    expect(change).toMatchObject({
      before: "0.6",
      after: "0.625",
      change: "0.025",
      method: "bennet",
      overlap: "0",
    });
    expect(change?.contributions).toEqual([
      {
        group: "flow",
        before: "1",
        after: "0.75",
        contribution: "0.025625",
        rate: "-0.11875",
        mix: "0.144375",
      },
      {
        group: "newsletter",
        before: "0.5",
        after: "0.25",
        contribution: "-0.000625",
        rate: "-0.13125",
        mix: "0.130625",
      },
    ]);
    const parts = change?.contributions.flatMap(({ mix = "0", rate = "0" }) => [mix, rate]) ?? [];
    expect(parts.map(parseExact).reduce(add)).toEqual(parseExact("0.025"));
  });

  it("takes one metric only", async () => {
    await expect(explain(context, { metrics: ["revenue", "cac"], ...march })).rejects.toMatchObject(
      {
        code: "question_invalid",
      },
    );
    expect(requestOf(context, { metrics: ["revenue"], ...march }).by).toEqual([]);
  });
});

describe("formulas in signs", () => {
  it.each([
    ["(a - b) / b", "(a − b) ÷ b"],
    ["a - (b - c)", "a − (b − c)"],
    ["a / (b * c)", "a ÷ (b × c)"],
    ["-(a + b) * 2", "(−(a + b)) × 2"],
    ["a > 0 and (b < 1 or c >= 2)", "a > 0 and (b < 1 or c ≥ 2)"],
    ["min(a, b) + 1", "min(a, b) + 1"],
  ])("writes %s as %s", (text, signs) => {
    const wording = {
      name: (id: string) => id,
      constant: (name: string) => `${name}()`,
      min: "min({x}, {y})",
      max: "max({x}, {y})",
      and: "and",
      or: "or",
    };
    expect(writtenFormula(parseFormula(text), wording)).toBe(signs);
  });
});
