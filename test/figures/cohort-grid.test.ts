import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answer } from "../../src/figures/answer.ts";
import type { FiguresContext } from "../../src/figures/context.ts";
import { explain } from "../../src/figures/explain.ts";
import { seededWorkspace } from "./workspace.ts";

const order = (person: number, day: string, revenue: string | null, margin: string | null) => ({
  person,
  order: `${person}-${day}`,
  from_at: `2025-${day} 12:00:00`,
  cohort: person < 4 ? "2025-01" : "2025-02",
  revenue,
  margin,
});

/** January: 1, 2, 3; February: 4, 5. Expected values below are computed by hand. */
const seed = {
  customers: [
    ...[1, 2, 3].map((person) => ({ person, first_at: `2025-01-0${person} 12:00:00` })),
    ...[4, 5].map((person) => ({ person, first_at: `2025-02-0${person} 12:00:00` })),
  ].map((row) => ({ ...row, cohort: row.first_at.slice(0, 7) })),
  customer_orders: [
    order(1, "01-01", "10", "4"),
    order(2, "01-02", "20", "8"),
    order(3, "01-03", "30", "12"),
    order(1, "02-10", "40", "16"),
    order(1, "02-11", "5", "2"),
    order(4, "02-04", "7", "3"),
    order(5, "02-05", "9", null),
    order(2, "03-31", "-20", "-8"),
  ],
};

let context: FiguresContext;
beforeAll(async () => {
  context = await seededWorkspace(seed, { few: 0 });
});
afterAll(() => context.store.close());

const quarter = { from: "2025-01-01", to: "2025-04-01", grain: "month" } as const;

async function grid(metric: string) {
  const { figures } = await answer(context, { ...quarter, metrics: [metric], by: ["cohort"] });
  const cells = figures.filter(({ bucket, group }) => bucket !== null && group.cohort);
  return Object.fromEntries(
    ["2025-01", "2025-02"].map((cohort) => [
      cohort,
      cells.filter(({ group }) => group.cohort === cohort),
    ]),
  );
}

const sides = (cells: readonly { numerator?: string; denominator?: string }[] = []) =>
  cells.map(({ numerator, denominator }) => `${numerator}/${denominator}`);

describe("a grid of cohorts by month", () => {
  it("says who of a cohort ordered, of all who belong to it", async () => {
    const { "2025-01": january, "2025-02": february } = await grid(
      "customer_retention_rate@ordering",
    );
    expect(sides(january)).toEqual(["3/3", "1/3", "1/3"]);
    expect(sides(february).slice(1)).toEqual(["2/2", "0/2"]);
    expect(february?.[0]?.value ?? null).toBeNull();
  });

  it("adds up what a cohort has brought until the end of each month", async () => {
    const { "2025-01": january, "2025-02": february } = await grid("clv@cumulative");
    expect(sides(january)).toEqual(["60/3", "105/3", "85/3"]);
    expect(sides(february).slice(1)).toEqual(["16/2", "16/2"]);
  });

  it("tells how many orders without a cost the gross profit leaves out", async () => {
    const { "2025-02": february } = await grid("clv@cumulative_margin");
    expect(sides(february).slice(1)).toEqual(["3/2", "3/2"]);
    expect(february?.[2]?.reasons).toContainEqual({
      code: "caveat",
      params: { caveat: "margin_missing", count: "1" },
    });
  });

  it.each([
    ["customer_retention_rate@ordering", ["1", "3"]],
    ["clv@cumulative", ["105", "3"]],
  ])("explains a cell of %s by rows that tie to it", async (metric, totals) => {
    const question = {
      metrics: [metric],
      from: "2025-02-01",
      to: "2025-03-01",
      filter: 'cohort = "2025-01"',
    };
    const { rows, ties } = await explain(context, question, { rowLimit: 1 });
    expect(rows.map(({ total }) => total)).toEqual(totals);
    expect(ties).toBe(true);
  });
});

describe("from gross sales to revenue", () => {
  it("every kind of line has its part, so that the parts add up exactly", async () => {
    const types = ["sale", "discount", "shipping", "tax", "refund", "cancellation"];
    const amounts = ["100.01", "-10.02", "4.03", "1.04", "-20.05", "-5.06"];
    const books = await seededWorkspace({
      revenue_lines: types.map((line_type, index) => ({
        ...{ order: "1", line: line_type, line_type, is_repeat: index > 2 },
        ...{ amount: amounts[index] ?? null, booked_at: "2025-03-03 12:00:00" },
      })),
    });
    const metrics = ["gross_sales", "discounts", "shipping_and_tax", "refunds", "revenue"];
    const shares = ["new_customer_revenue", "repeat_customer_revenue"];
    const march = { from: "2025-03-01", to: "2025-04-01" };
    const { figures } = await answer(books, { metrics: [...metrics, ...shares], ...march });
    expect(figures.map(({ value }) => value)).toEqual(
      ["100.01", "10.02", "5.07", "25.11", "69.95"].concat("94.02", "-24.07"),
    );
    await books.store.close();
  });
});
