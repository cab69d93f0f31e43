import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locales } from "../../src/locales/translate.ts";
import type { ShownAnswer, ShownFigure } from "../../src/server/api.ts";
import { cohortPeriod, cohortsIn } from "../../src/web/features/revenue/cohorts.ts";
import { saleParts } from "../../src/web/features/revenue/sale-parts.ts";

const figure = (part: Partial<ShownFigure> & Pick<ShownFigure, "metric">): ShownFigure => ({
  ...{ variant: "default", definitionVersion: 1, group: {}, bucket: null },
  ...{ value: "1", text: "1", unit: "money", currency: "EUR", state: "ok", reasons: [] },
  coverage: { from: "", to: "", share: 1, missing: [] },
  ...part,
});

const answerOf = (figures: readonly ShownFigure[], months: readonly string[] = []) =>
  ({
    period: { from: "2025-01-01", to: "2025-04-01" },
    comparisonPeriod: null,
    buckets: months.map((month, index) => ({
      key: `${month}-01`,
      from: `${month}-01`,
      to: `${months[index + 1] ?? "2025-04"}-01`,
      isComplete: index < months.length - 1,
    })),
    groups: [],
    groupTexts: [],
    figures,
    notes: [],
  }) as unknown as ShownAnswer;

describe("the months in which cohorts are followed", () => {
  it.each([
    ["a year back for a short period", "2025-09-03", "2025-10-01", "2020-05-05", "2024-09-01"],
    ["as long as the period", "2024-03-10", "2025-10-01", "2020-05-05", "2024-03-01"],
    ["two years at most", "2019-01-01", "2025-10-01", "2018-01-01", "2023-10-01"],
    ["no longer than the ledger", "2025-09-03", "2025-10-01", "2025-06-20", "2025-06-01"],
    ["from this month without any day", "2025-09-03", "2025-09-20", null, "2024-09-01"],
    ["never after the period", "2025-01-01", "2025-02-01", "2025-06-01", "2025-01-01"],
  ])("are %s", (_what, from, to, firstDay, start) => {
    expect(cohortPeriod({ from, to }, firstDay)).toEqual({ from: start, to });
  });
});

describe("the grid of cohorts", () => {
  const months = ["2025-01", "2025-02", "2025-03"];
  const cell = (cohort: string | null, month: string, value: string | null) =>
    figure({ metric: "clv", group: { cohort }, bucket: `${month}-01`, value });
  const cells = months.flatMap((cohort) =>
    months.map((month) => cell(cohort, month, month < cohort ? null : `${cohort} ${month}`)),
  );

  it("begins each cohort in its own month, so that younger ones are shorter", () => {
    const found = cohortsIn(answerOf(cells, months));
    expect(found.map((cohort) => cohort.cells.map((one) => one.figure.value))).toEqual([
      ["2025-01 2025-01", "2025-01 2025-02", "2025-01 2025-03"],
      ["2025-02 2025-02", "2025-02 2025-03"],
      ["2025-03 2025-03"],
    ]);
  });

  it("knows the days of each cell, and which month is not over", () => {
    const [january] = cohortsIn(answerOf(cells, months));
    expect(january?.cells.map(({ isComplete }) => isComplete)).toEqual([true, true, false]);
    expect(january?.cells[1]?.period).toEqual({ from: "2025-02-01", to: "2025-03-01" });
  });

  it("leaves out cohorts from before its months, and people without one", () => {
    const others = [cell("2024-11", "2025-01", "5"), cell(null, "2025-01", "6")];
    expect(cohortsIn(answerOf(others, months))).toEqual([]);
  });
});

describe("the way from gross sales to revenue", () => {
  const cents = fc.integer({ min: 0, max: 1e9 });
  const text = (amount: number) => (amount / 100).toFixed(2);

  it("ends at the revenue, whatever lies between", () => {
    fc.assert(
      fc.property(cents, cents, cents, cents, (gross, off, shipping, back) => {
        const values = {
          gross_sales: text(gross),
          discounts: text(off),
          shipping_and_tax: text(shipping),
          refunds: text(back),
          revenue: text(gross - off + shipping - back),
        };
        const figures = Object.entries(values).map(([metric, value]) => figure({ metric, value }));
        const parts = saleParts(answerOf(figures), (metric) => metric, "en");
        const [before, last] = parts.slice(-2);
        expect(before?.part.end).toBe(last?.part.end);
        expect(last?.part.name).toBe("revenue");
      }),
    );
  });

  it.each(locales)(
    "writes what is taken away with its sign in %s, and leaves out nothing",
    (locale) => {
      const figures = ["gross_sales", "discounts", "refunds", "revenue"].map((metric) =>
        figure({ metric, value: metric === "refunds" ? "0" : "10" }),
      );
      const parts = saleParts(answerOf(figures), (metric) => metric, locale);
      expect(parts.map(({ part }) => part.name)).toEqual(["gross_sales", "discounts", "revenue"]);
      expect(parts[1]?.part.datum.value).toMatch(/^-10/);
      expect(parts[1]?.part.datum.label).toMatch(/^[-−]/);
    },
  );

  it("is not drawn without a revenue", () => {
    const figures = [figure({ metric: "gross_sales" }), figure({ metric: "revenue", value: null })];
    expect(saleParts(answerOf(figures), (metric) => metric, "en")).toEqual([]);
  });
});
