import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { CohortHeat, cohortHeatTable } from "../../src/charts/cohort-heat.tsx";
import { lightColours } from "../../src/charts/colours.ts";
import { Histogram, histogramTable } from "../../src/charts/histogram.tsx";
import { Sankey, sankeyDescription, sankeyTable } from "../../src/charts/sankey.tsx";
import { flowMiddle } from "../../src/charts/sankey-layout.ts";
import { Sparkline } from "../../src/charts/sparkline.tsx";
import { count, elements, words } from "./drawing.ts";
import "../../src/locales/every-chart-text.ts";

const base = { title: "Paths", width: 600, locale: "en", colours: lightColours } as const;

describe("a sankey", () => {
  const data = {
    valueName: "Conversions",
    nodes: ["a", "b", "c"].map((id) => ({ id, name: id.toUpperCase() })),
    flows: [
      { from: "a", to: "c", datum: count(30) },
      { from: "b", to: "c", datum: count(10) },
    ],
  };
  const draw = (flows: typeof data.flows) =>
    renderToStaticMarkup(createElement(Sankey, { ...base, ...data, flows }));
  const widths = (markup: string) =>
    elements(markup, "path").map((path) => Number(path["stroke-width"]));

  it("has widths in the proportion of the flows", () => {
    const [wide = 0, thin = 0] = widths(draw(data.flows));
    expect(wide / thin).toBeCloseTo(3, 1);
  });

  it("draws paths that lead back in a circle as far as they go on", () => {
    const circle = [...data.flows, { from: "c", to: "a", datum: count(5) }];
    expect(widths(draw(circle))).toHaveLength(2);
    expect(widths(draw([{ from: "a", to: "a", datum: count(5) }]))).toHaveLength(0);
    expect(sankeyTable({ ...base, ...data, flows: circle }).rows).toHaveLength(3);
  });

  it("draws no flow without size", () => {
    const flows = [...data.flows, { from: "a", to: "b", datum: count(0) }];
    expect(widths(draw(flows))).toHaveLength(2);
    expect(words(draw([{ from: "a", to: "b", datum: count(null) }]))).toContain(
      "No values to show",
    );
  });

  it("finds the middle of a flow: half way up in the middle, level at the ends", () => {
    const curve = { index: 0, from: { id: "a", x: 0, y: 0 }, to: { x: 100, y: 40 }, width: 5 };
    expect(flowMiddle(curve, 50)).toBeCloseTo(20, 1);
    expect(flowMiddle(curve, 0)).toBeCloseTo(0, 1);
    expect(flowMiddle(curve, 100)).toBeCloseTo(40, 1);
    expect(flowMiddle(curve, 101)).toBeNull();
  });

  it("says the largest flow", () => {
    expect(sankeyDescription({ ...base, ...data, locale: "zh-Hans" })).toContain(
      "最大的一条从 \u2068A\u2069 到 \u2068C\u2069：30。",
    );
  });
});

describe("a heat map of cohorts", () => {
  const data = {
    valueName: "Retention",
    periods: ["0", "1", "2"],
    cohorts: [
      { name: "Jan", size: count(40), cells: [count(100), count(50), count(0)] },
      { name: "Feb", size: count(20), cells: [count(80), null, null] },
    ],
  };
  const markup = renderToStaticMarkup(createElement(CohortHeat, { ...base, ...data }));

  it("leaves blank what a cohort has not reached, and shows a zero", () => {
    const cells = elements(markup, "rect");
    expect(cells).toHaveLength(4);
    // 0.04 at the lowest, 0.5 at the highest, even in between
    expect(cells.map((cell) => cell["fill-opacity"])).toEqual(["0.5", "0.27", "0.04", "0.41"]);
  });

  it("has a table with blanks in the same places", () => {
    expect(cohortHeatTable({ ...base, ...data })).toMatchObject({
      columns: ["Cohort", "Size", "0", "1", "2"],
      rows: [
        ["Jan", "40", "100", "50", "0"],
        ["Feb", "20", "80", "", ""],
      ],
    });
  });
});

describe("a histogram", () => {
  const data = {
    valueName: "Orders",
    unit: { unit: "count" },
    bins: [
      { name: "0–1", datum: count(40) },
      { name: "2–3", datum: count(20) },
      { name: "4+", datum: count(null) },
    ],
    marks: [{ name: "Median", label: "1.5", at: 1 }],
  };
  const markup = renderToStaticMarkup(createElement(Histogram, { ...base, ...data }));

  it("has columns in the proportion of the values, and marks at their place", () => {
    const [high, low] = elements(markup, "rect").filter(
      ({ fill }) => fill === lightColours.series[0],
    );
    expect(Number(high?.height)).toBeCloseTo(2 * Number(low?.height), 1);
    const mark = elements(markup, "line").find(
      (line) => line.stroke === lightColours.text && line.y2 === "198",
    );
    expect(Number(mark?.x1)).toBeCloseTo(Number(low?.x) - 1, 1);
  });

  it("has a table", () => {
    expect(histogramTable({ ...base, ...data }).rows).toEqual([
      ["0–1", "40"],
      ["2–3", "20"],
      ["4+", "–"],
    ]);
  });
});

describe("a sparkline", () => {
  const draw = (values: readonly (number | null)[]) =>
    renderToStaticMarkup(
      createElement(Sparkline, { ...base, width: 108, values: values.map((one) => count(one)) }),
    );

  it("runs from edge to edge and ends in a dot", () => {
    const markup = draw([0, 10]);
    expect(elements(markup, "path").map(({ d }) => d)).toContain("M4,28L104,4");
    expect(elements(markup, "circle")).toMatchObject([{ cx: "104", cy: "4" }]);
  });

  it("stays whole without values and with one", () => {
    expect(draw([])).not.toMatch(/NaN|Infinity/);
    expect(draw([null, null])).not.toContain("<circle");
    expect(elements(draw([5]), "circle").at(-1)).toMatchObject({ cx: "54" });
  });
});
