import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BarTable, barTableDescription, barTableTable } from "../../src/charts/bar-table.tsx";
import { lightColours } from "../../src/charts/colours.ts";
import { Dumbbell, dumbbellDescription, dumbbellTable } from "../../src/charts/dumbbell.tsx";
import { HeatStrip, heatStripDescription, heatStripTable } from "../../src/charts/heat-strip.tsx";
import {
  StepFunnel,
  stepFunnelDescription,
  stepFunnelTable,
} from "../../src/charts/step-funnel.tsx";
import { Waterfall, waterfallDescription, waterfallTable } from "../../src/charts/waterfall.tsx";
import { count, days, elements, words } from "./drawing.ts";
import "../../src/locales/every-chart-text.ts";

const base = { title: "Orders", width: 800, locale: "en", colours: lightColours } as const;
const { series, good, bad, muted, text, surface } = lightColours;
const filled = (markup: string, colour: string, tag = "rect") =>
  elements(markup, tag).filter(({ fill }) => fill === colour);

describe("a table of bars", () => {
  const data = {
    valueName: "Orders",
    comparisonName: "Before",
    rows: [
      { name: "Email", datum: count(100), comparison: count(50) },
      { name: "Search", datum: count(25) },
      { name: "SMS", datum: count(null, "no_data") },
      { name: "Affiliates", datum: count(-50) },
      { name: "Few", datum: count(10, "too_few") },
      { name: "Unattributed", datum: count(40), isUnattributed: true },
    ],
  };
  const markup = renderToStaticMarkup(createElement(BarTable, { ...base, ...data }));
  const bars = filled(markup, series[0]).filter(({ height }) => height === "14");

  it("has lengths in the proportion of the values, those below zero to the left", () => {
    const [long, short, below] = bars.map(({ x, width }) => [Number(x), Number(width)] as const);
    expect(long?.[1]).toBeCloseTo(4 * (short?.[1] ?? 0), 1);
    expect(below?.[1]).toBeCloseTo(2 * (short?.[1] ?? 0), 1);
    expect((below?.[0] ?? 0) + (below?.[1] ?? 0)).toBeCloseTo(long?.[0] ?? 0, 1);
  });

  it("puts the comparison where its value is", () => {
    const ticks = elements(markup, "line").filter(
      ({ stroke, y1 }) => stroke === text && y1 !== "2",
    );
    const [bar] = bars;
    expect(Number(ticks[0]?.x1)).toBeCloseTo(Number(bar?.x) + Number(bar?.width) / 2, 1);
  });

  it("keeps a row without a value, and draws no bar for it", () => {
    expect(words(markup)).toEqual(expect.arrayContaining(["SMS", "–", "no data"]));
    expect(bars).toHaveLength(3);
  });

  it("greys what is not attributed and what too few cases are behind", () => {
    expect(filled(markup, muted).map((bar) => bar["fill-opacity"])).toEqual(["0.45", "0.45"]);
  });

  it("says first and last row and the unattributed part", () => {
    expect(barTableDescription({ ...data, title: "Orders", locale: "en" })).toMatch(
      /: 6 rows, from \u2068Email\u2069 \(100\) to \u2068Few\u2069 \(10\)\. Unattributed: 40\.$/,
    );
  });

  it("has a table with the same values", () => {
    expect(barTableTable({ ...data, title: "Orders", locale: "id" })).toEqual({
      caption: "Orders",
      columns: ["Nama", "Orders", "Before"],
      rows: [
        ["Email", "100", "50"],
        ["Search", "25", "–"],
        ["SMS", "– (tidak ada data)", "–"],
        ["Affiliates", "-50", "–"],
        ["Few", "10 (kasus terlalu sedikit)", "–"],
        ["Unattributed", "40", "–"],
      ],
    });
  });

  it("sets names above bars where it is narrow", () => {
    const narrow = renderToStaticMarkup(createElement(BarTable, { ...base, ...data, width: 360 }));
    const [bar] = filled(narrow, series[0]).filter(({ height }) => height === "14");
    expect(Number(bar?.width)).toBeGreaterThan(200);
  });
});

describe("a dumbbell", () => {
  const data = {
    models: ["First", "Last", "Linear"],
    unit: { unit: "count" },
    rows: [
      { name: "Email", values: [count(0), count(100), count(50)] },
      { name: "Search", values: [count(60), count(60), count(null)] },
    ],
  };
  const markup = renderToStaticMarkup(createElement(Dumbbell, { ...base, ...data }));
  const dots = elements(markup, "path").filter(({ stroke }) => stroke === surface);

  it("has a dot per model and row that has a value", () => {
    expect(dots).toHaveLength(5);
  });

  it("puts the middle value in the middle", () => {
    const [first = 0, last = 0, linear = 0] = dots.map(({ d }) =>
      Number(d?.match(/M([\d.]+)/)?.[1]),
    );
    expect(linear).toBeCloseTo((first + last) / 2, 1);
  });

  it("moves equal values off each other", () => {
    const heights = dots.slice(3).map(({ d }) => d?.match(/,([\d.]+)a/)?.[1]);
    expect(new Set(heights).size).toBe(2);
  });

  it("says where the models differ most", () => {
    expect(dumbbellDescription({ ...data, title: "Orders", locale: "en" })).toContain(
      "The models differ most on \u2068Email\u2069: 0 (First) to 100 (Last).",
    );
  });

  it("has a table with a column per model", () => {
    const { rows } = dumbbellTable({ ...data, title: "Orders", locale: "en" });
    expect(rows).toEqual([
      ["Email", "0", "100", "50", "0 – 100"],
      ["Search", "60", "60", "–", "60"],
    ]);
  });
});

describe("a funnel", () => {
  const rate = (label: string) => ({ value: null, label });
  const data = {
    valueName: "People",
    total: rate("10%"),
    steps: [
      { name: "Visit", datum: count(200) },
      { name: "Lead", datum: count(50), rate: rate("25%"), drop: count(150) },
      { name: "Customer", datum: count(20), rate: rate("40%"), drop: count(30), isImmature: true },
    ],
  };
  const markup = renderToStaticMarkup(createElement(StepFunnel, { ...base, ...data }));

  it("has lengths in the proportion of the counts", () => {
    const [visit = 0, lead = 0, customer = 0] = filled(markup, series[0]).map(({ width }) =>
      Number(width),
    );
    expect(visit / lead).toBeCloseTo(4, 1);
    expect(visit / customer).toBeCloseTo(10, 1);
  });

  it("shows who goes on and who is lost between two steps", () => {
    expect(words(markup)).toEqual(expect.arrayContaining(["25% go on · 150 lost"]));
  });

  it("dashes what still moves", () => {
    expect(filled(markup, series[0]).map((bar) => bar["fill-opacity"])).toEqual(["1", "1", "0.4"]);
  });

  it("says where it leads, and has a table", () => {
    const spoken = { ...data, title: "Funnel", locale: "en" } as const;
    expect(stepFunnelDescription(spoken)).toContain("to \u2068Customer\u2069 (20), 10% of all.");
    expect(stepFunnelTable(spoken).rows[1]).toEqual(["Lead", "50", "25%", "150"]);
  });
});

describe("a waterfall", () => {
  const data = {
    valueName: "Revenue",
    unit: { unit: "count" },
    parts: [
      { name: "Before", datum: count(100), end: "100", isTotal: true },
      { name: "Email", datum: count(50), end: "150" },
      { name: "Search", datum: count(-30), end: "120" },
      { name: "Now", datum: count(120), end: "120", isTotal: true },
    ],
  };
  const draw = (betterWhen: "up" | "down") =>
    renderToStaticMarkup(createElement(Waterfall, { ...base, ...data, betterWhen }));

  it("begins every change where the one before ended", () => {
    const markup = draw("up");
    const span = (box: Readonly<Record<string, string>> | undefined) =>
      [Number(box?.x), Number(box?.x) + Number(box?.width)] as const;
    const [before, now] = filled(markup, series[0]).map(span);
    const [email] = filled(markup, good).map(span);
    const [search] = filled(markup, bad).map(span);
    expect(email?.[0]).toBeCloseTo(before?.[1] ?? 0, 1);
    expect(search?.[1]).toBeCloseTo(email?.[1] ?? 0, 1);
    expect(search?.[0]).toBeCloseTo(now?.[1] ?? 0, 1);
    expect(before?.[0]).toBe(now?.[0]);
  });

  it("colours a rise as bad where less is better", () => {
    expect(filled(draw("down"), bad)).toHaveLength(1);
    expect(Number(filled(draw("down"), bad)[0]?.width)).toBeCloseTo(
      Number(filled(draw("up"), good)[0]?.width),
      1,
    );
  });

  it("says start, end and the largest change, and has a table", () => {
    const spoken = { ...data, title: "Revenue", locale: "zh-Hant" } as const;
    expect(waterfallDescription(spoken)).toContain("變化最大：\u2068Email\u2069，50。");
    expect(waterfallTable(spoken).rows).toHaveLength(4);
  });
});

describe("a strip of freshness", () => {
  const data = {
    days: days(4),
    sources: [
      { name: "shop", note: "2 h", days: [count(9), count(0), count(4), count(9)] },
      { name: "mail", note: "1 d", days: [null, null, count(1), count(0)] },
    ],
  };
  const markup = renderToStaticMarkup(createElement(HeatStrip, { ...base, ...data }));

  it("tells holes by shape and colour, and leaves days before the first load blank", () => {
    const holes = filled(markup, bad).filter(({ y }) => y !== "9");
    expect(holes.map(({ height }) => height)).toEqual(["5", "5"]);
    expect(filled(markup, series[2]).filter(({ height }) => height === "18")).toHaveLength(4);
  });

  it("counts holes, and names them in the table", () => {
    const spoken = { ...data, title: "Freshness", locale: "en" } as const;
    expect(heatStripDescription(spoken)).toContain("Days without rows: 2.");
    expect(heatStripTable(spoken).rows).toEqual([
      ["shop", "3", "2025-03-02"],
      ["mail", "1", "2025-03-04"],
    ]);
  });

  it("keeps a hole of one day visible among a thousand", () => {
    const values = Array.from({ length: 1000 }, (_, index) => count(index === 500 ? 0 : 5));
    const one = { name: "shop", note: "", days: values };
    const long = renderToStaticMarkup(
      createElement(HeatStrip, { ...base, days: days(1000), sources: [one] }),
    );
    expect(filled(long, bad).filter(({ y }) => y !== "9")).toHaveLength(1);
  });
});

describe("charts of rows without rows", () => {
  it.each([
    ["BarTable", createElement(BarTable, { ...base, valueName: "x", rows: [] })],
    [
      "Dumbbell",
      createElement(Dumbbell, { ...base, unit: { unit: "count" }, models: [], rows: [] }),
    ],
    ["StepFunnel", createElement(StepFunnel, { ...base, valueName: "x", steps: [] })],
    [
      "Waterfall",
      createElement(Waterfall, { ...base, valueName: "x", unit: { unit: "count" }, parts: [] }),
    ],
    ["HeatStrip", createElement(HeatStrip, { ...base, days: [], sources: [] })],
  ])("say so: %s", (_, chart) => {
    const markup = renderToStaticMarkup(chart);
    expect(words(markup)).toContain("No values to show");
    expect(markup).not.toMatch(/NaN|Infinity/);
  });
});
