import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BarTable } from "../../src/charts/bar-table.tsx";
import { ChartTable } from "../../src/charts/chart-table.tsx";
import { CohortHeat } from "../../src/charts/cohort-heat.tsx";
import { Dumbbell } from "../../src/charts/dumbbell.tsx";
import { HeatStrip } from "../../src/charts/heat-strip.tsx";
import { Histogram } from "../../src/charts/histogram.tsx";
import { Sankey } from "../../src/charts/sankey.tsx";
import { Sparkline } from "../../src/charts/sparkline.tsx";
import { StepFunnel } from "../../src/charts/step-funnel.tsx";
import { fitText, textWidth } from "../../src/charts/text-width.ts";
import { TimeSeries } from "../../src/charts/time-series.tsx";
import { Waterfall } from "../../src/charts/waterfall.tsx";
import { count, days, elements } from "./drawing.ts";
import "../../src/locales/every-chart-text.ts";

const names = [
  '<img src=x onerror="alert(1)"></text></svg><script>alert(1)</script>',
  "\u202Eחזרה לאתר (2025)\u202D",
  "👩‍👩‍👧‍👦🎉".repeat(40),
  "x".repeat(300),
  "购物车召回".repeat(60),
  "=cmd('calc')!A0",
  "",
];

const base = { title: "t", locale: "en", cursor: { index: 0, move: () => undefined } } as const;
const unit = { unit: "count" };

function charts(name: string, width: number): readonly (readonly [string, ReactNode])[] {
  const all = { ...base, title: name, width };
  const row = { name, datum: count(5), end: "5", rate: count(1), drop: count(1) };
  return [
    [
      "TimeSeries",
      createElement(TimeSeries, {
        ...all,
        unit,
        buckets: days(2),
        series: [
          { name, values: [count(1), count(2)] },
          { name: `${name}2`, values: [] },
        ],
        annotations: [{ at: 0, letter: "A", text: name }],
      }),
    ],
    ["BarTable", createElement(BarTable, { ...all, valueName: name, rows: [row] })],
    [
      "Dumbbell",
      createElement(Dumbbell, {
        ...all,
        unit,
        models: [name],
        rows: [{ name, values: [count(3)] }],
      }),
    ],
    ["StepFunnel", createElement(StepFunnel, { ...all, valueName: name, steps: [row, row] })],
    ["Waterfall", createElement(Waterfall, { ...all, unit, valueName: name, parts: [row] })],
    [
      "Sankey",
      createElement(Sankey, {
        ...all,
        valueName: name,
        nodes: [
          { id: "a", name },
          { id: "b", name },
        ],
        flows: [{ from: "a", to: "b", datum: count(4) }],
      }),
    ],
    [
      "CohortHeat",
      createElement(CohortHeat, {
        ...all,
        valueName: name,
        periods: ["0"],
        cohorts: [{ name, cells: [count(1)] }],
      }),
    ],
    [
      "HeatStrip",
      createElement(HeatStrip, {
        ...all,
        days: days(2),
        sources: [{ name, note: name, days: [count(1), null] }],
      }),
    ],
    [
      "Histogram",
      createElement(Histogram, {
        ...all,
        unit,
        valueName: name,
        bins: [{ name, datum: count(1) }],
      }),
    ],
    ["Sparkline", createElement(Sparkline, { ...all, values: [count(1), count(2)] })],
    [
      "ChartTable",
      createElement(ChartTable, { table: { caption: name, columns: [name], rows: [[name]] } }),
    ],
  ];
}

describe.each(names)("a chart of things called %j", (name) => {
  it.each([300, 1000])("escapes every name and draws numbers only, %i px wide", (width) => {
    for (const [chart, element] of charts(name, width)) {
      const markup = renderToStaticMarkup(element);
      expect(markup, chart).not.toMatch(/<(img|script)/);
      expect(markup, chart).not.toMatch(/NaN|Infinity|undefined/);
      for (const { x, width: wide = "0" } of elements(markup, "rect")) {
        expect(Number(wide), chart).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(Number(x ?? 0)), chart).toBe(true);
      }
    }
  });
});

describe("cutting a text", () => {
  it.each(names)("keeps it within its room and never cuts inside a character: %j", (name) => {
    const shown = fitText(name, 120, 12);
    expect(textWidth(shown, 12)).toBeLessThanOrEqual(120);
    if (shown !== name) {
      const clusters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
      const kept = shown.slice(0, -1);
      expect(shown.endsWith("…")).toBe(true);
      const whole = clusters.slice(0, [...new Intl.Segmenter().segment(kept)].length).join("");
      expect(whole.trimEnd()).toBe(kept);
    }
  });

  it("counts wide characters as wide, combining ones as nothing", () => {
    expect(textWidth("购物", 10)).toBe(20);
    expect(textWidth("e\u0301", 10)).toBe(textWidth("e", 10));
  });
});
