import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { lightColours } from "../../src/charts/colours.ts";
import { TimeSeries, type TimeSeriesProps } from "../../src/charts/time-series.tsx";
import { timeSeriesDescription, timeSeriesTable } from "../../src/charts/time-series-words.ts";
import { count, days, elements, words } from "./drawing.ts";
import "../../src/locales/every-chart-text.ts";

const base = {
  title: "Orders",
  width: 400,
  locale: "en",
  colours: lightColours,
  unit: { unit: "count" },
} as const;

function draw(props: Partial<TimeSeriesProps> & Pick<TimeSeriesProps, "buckets" | "series">) {
  return renderToStaticMarkup(createElement(TimeSeries, { ...base, ...props }));
}

const line = (values: readonly (number | null)[]) => ({
  name: "Orders",
  values: values.map((value) => count(value)),
});

const lines = (markup: string, dash?: string) =>
  elements(markup, "path")
    .filter((path) => path.stroke === lightColours.series[0] && path["stroke-dasharray"] === dash)
    .map(({ d }) => d);

describe("a line over time", () => {
  it("goes where the data say", () => {
    const markup = draw({ buckets: days(3), series: [line([0, 50, 100])] });
    // Labels "0", "50", "100" take 3 × 0.64 × 11 px and 8 px of air: the plot is 30…394 px wide, 240…6 px high.
    expect(lines(markup)).toEqual(["M30,240L212,123L394,6"]);
    expect(words(markup)).toEqual(expect.arrayContaining(["0", "50", "100", "Mar 1", "Mar 2"]));
  });

  it("stops at a hole, hatches it, and does not bridge it", () => {
    const markup = draw({ buckets: days(5), series: [line([0, 50, null, 50, 100])] });
    expect(lines(markup)).toEqual(["M30,240L121,123M303,123L394,6"]);
    const hole = elements(markup, "rect").find(({ fill }) => fill === lightColours.grid);
    expect(hole).toMatchObject({ x: "166.5", width: "91" });
  });

  it("is dashed where a bucket is not over", () => {
    const buckets = days(3).map((day, index) => ({ ...day, isComplete: index < 2 }));
    const markup = draw({ buckets, series: [line([0, 50, 100])] });
    expect(lines(markup)).toEqual(["M30,240L212,123"]);
    expect(lines(markup, "4 4")).toEqual(["M212,123L394,6"]);
  });

  it("does not hatch what has not happened yet", () => {
    const buckets = days(3).map((day, index) => ({ ...day, isComplete: index < 2 }));
    const markup = draw({ buckets, series: [line([0, 100, null])] });
    expect(elements(markup, "rect")).toEqual([]);
  });

  it("shows values of too few cases as dots that no line joins", () => {
    const values = [count(0), count(50), count(50, "too_few"), count(50), count(100)];
    const markup = draw({ buckets: days(5), series: [{ name: "Orders", values }] });
    expect(lines(markup)).toEqual(["M30,240L121,123M303,123L394,6"]);
    expect(elements(markup, "circle")).toMatchObject([{ cx: "212", cy: "123", stroke: "#5b6270" }]);
  });

  it("draws the comparison muted and dashed, and says so in the legend", () => {
    const series = { ...line([0, 50, 100]), comparison: [count(100), count(50), count(0)] };
    const markup = draw({ buckets: days(3), series: [series] });
    const dashed = elements(markup, "path").filter((path) => path["stroke-dasharray"] === "5 4");
    expect(dashed).toHaveLength(1);
    expect(markup).toContain(`stroke="${lightColours.muted}"`);
    expect(words(markup)).toContain("Orders, comparison period");
  });

  it("draws intervals as a band and prints their level", () => {
    const bounds = [0, 50, 90].map((low) => ({ low: count(low), high: count(low + 10) }));
    const series = { ...line([5, 55, 95]), interval: { level: "95%", bounds } };
    const markup = draw({ buckets: days(3), series: [series] });
    const bands = elements(markup, "path").filter((path) => path["fill-opacity"] === "0.16");
    expect(bands).toHaveLength(1);
    expect(words(markup)).toContain("95% interval");
  });

  it("puts one value in the middle as a dot", () => {
    const markup = draw({ buckets: days(1), series: [line([7])] });
    expect(elements(markup, "circle")).toHaveLength(1);
    expect(lines(markup)).toEqual([]);
  });

  it("reduces ten thousand points and keeps the spike", () => {
    const values = Array.from({ length: 10_000 }, (_, index) => (index === 777 ? 5000 : index % 9));
    const markup = draw({ buckets: days(10_000, "1999-01-01"), series: [line(values)] });
    const [path = ""] = lines(markup);
    expect(path.split(/[ML]/).length).toBeLessThan(2 * 400 + 10);
    expect(path).toContain("L51.83,45L"); // 5,000 of 6,000 on 240…6 px
    expect(markup.length).toBeLessThan(30_000);
  });

  it("shows a level to reach and annotations", () => {
    const markup = draw({
      buckets: days(3),
      series: [line([0, 50, 100])],
      target: { name: "Goal", datum: count(80) },
      annotations: [{ at: 1, letter: "A", text: "Price change" }],
    });
    expect(words(markup)).toEqual(expect.arrayContaining(["Goal 80", "A", "Price change"]));
  });

  it("gathers annotations that would cover each other", () => {
    const annotations = [0, 1, 2].map((at) => ({
      at,
      letter: "ABC"[at] ?? "",
      text: `note ${at}`,
    }));
    const values = Array.from({ length: 200 }, (_, index) => index);
    const markup = draw({ buckets: days(200), series: [line(values)], annotations });
    expect(words(markup)).toContain("3");
    expect(words(markup)).not.toContain("A");
  });
});

describe("bars over time", () => {
  const bars = (values: readonly (number | null)[]) => ({ ...line(values), form: "bars" as const });
  const boxes = (markup: string) =>
    elements(markup, "rect").filter(({ fill }) => fill?.startsWith("#2f5fd0"));

  it("grow from zero, downwards below it", () => {
    const markup = draw({ buckets: days(2), series: [bars([100, -100])] });
    const [up, down] = boxes(markup);
    // −100…100 on 6…240 px: zero at 123.
    expect(up).toMatchObject({ y: "6", height: "117" });
    expect(down).toMatchObject({ y: "123", height: "117" });
  });

  it("show a zero as a line and nothing where there is no value", () => {
    const markup = draw({ buckets: days(3), series: [bars([0, null, 100])] });
    expect(boxes(markup).map(({ height }) => height)).toEqual(["1", "234"]);
  });

  it("are lighter while their bucket is not over", () => {
    const buckets = days(2).map((day, index) => ({ ...day, isComplete: index === 0 }));
    const markup = draw({ buckets, series: [bars([50, 100])] });
    expect(boxes(markup).map((box) => box["fill-opacity"])).toEqual(["1", "0.4"]);
  });

  it("stay on top of the others where they are zero", () => {
    const areas = [line([60, 60]), line([0, 40])].map((one) => ({ ...one, form: "area" as const }));
    const markup = draw({ buckets: days(2), series: areas, isStacked: true });
    const top = elements(markup, "path")
      .filter(({ stroke }) => stroke === lightColours.series[1])
      .map(({ d }) => d);
    const bottom = elements(markup, "path")
      .filter(({ stroke }) => stroke === lightColours.series[0])
      .map(({ d }) => d);
    const start = (path = "") => path.split("L")[0];
    expect(start(top[0])).toBe(start(bottom[0]));
  });

  it("stack exactly on each other", () => {
    const series = [bars([30]), { ...bars([70]), name: "Other" }];
    const markup = draw({ buckets: days(1), series, isStacked: true });
    const all = elements(markup, "rect").filter((box) => box["fill-opacity"] === "1");
    const [below, above] = all.map(({ y, height }) => ({ y: Number(y), height: Number(height) }));
    expect(below?.y).toBeCloseTo((above?.y ?? 0) + (above?.height ?? 0), 1);
    expect((above?.height ?? 0) / (below?.height ?? 1)).toBeCloseTo(70 / 30, 1);
  });
});

describe("a chart over time without a picture to draw", () => {
  it.each([
    ["no buckets", [], []],
    ["no series", days(3), []],
    ["only missing values", days(2), [line([null, null])]],
    [
      "a value that no axis holds",
      days(1),
      [{ name: "x", values: [{ value: "1e999", label: "∞" }] }],
    ],
  ])("says so: %s", (_, buckets, series) => {
    const markup = draw({ buckets, series });
    expect(words(markup)).toContain("No values to show");
    expect(markup).not.toContain("NaN");
  });
});

describe("charts over time at the edges", () => {
  it.each([
    ["huge", [1e15, 3e15]],
    ["tiny", [1e-9, 3e-9]],
    ["equal", [5, 5]],
    ["all zero", [0, 0]],
    ["negative", [-5, -3]],
  ])("have an axis for values that are %s", (_, values) => {
    const unit = { unit: "money", currency: "EUR" };
    const series = [{ name: "a", values: values.map((v) => ({ value: String(v), label: "l" })) }];
    const markup = draw({ buckets: days(2), series, unit });
    expect(markup).not.toMatch(/NaN|Infinity/);
    const labels = elements(markup, "text").filter((text) => text["text-anchor"] === "end");
    expect(labels.length).toBeGreaterThanOrEqual(2);
  });

  it("become small charts of one scale above six series", () => {
    const series = Array.from({ length: 7 }, (_, index) => ({
      ...line([index, index * 200 + 7]),
      name: `Channel ${index}`,
    }));
    const markup = draw({ buckets: days(2), series, width: 1000 });
    expect(words(markup).filter((text) => text === "1K")).toHaveLength(7);
    expect(words(markup)).toContain("Channel 6");
  });

  it("use no random ids: two renderings are the same text", () => {
    const props = { buckets: days(3), series: [line([1, 2, 3])] };
    expect(draw(props)).toBe(draw(props));
  });
});

describe("the words of a chart over time", () => {
  const spoken = {
    title: "Orders",
    buckets: days(3).map((day, index) => ({ ...day, isComplete: index < 2 })),
    series: [{ ...line([7, 3, 5]), comparison: [count(1), count(2), count(3)] }],
    unit: { unit: "count" },
    annotations: [{ at: 0, letter: "A", text: "Launch" }],
  };

  it.each([
    ["en", "lowest 3 (2025-03-02), highest 7 (2025-03-01), last 5 (2025-03-03)."],
    ["zh-Hans", "最低 3（2025-03-02），最高 7（2025-03-01），最新 5（2025-03-03）。"],
    ["zh-Hant", "最低 3（2025-03-02），最高 7（2025-03-01），最新 5（2025-03-03）。"],
    ["id", "terendah 3 (2025-03-02), tertinggi 7 (2025-03-01), terakhir 5 (2025-03-03)."],
  ] as const)("name the extremes in %s", (locale, sentence) => {
    expect(timeSeriesDescription({ ...spoken, locale })).toContain(sentence);
  });

  it("are in the drawing, and a given sentence replaces them", () => {
    const own = draw(spoken);
    expect(own).toMatch(/role="img" aria-labelledby="(\S+)-title \1-description"/);
    expect(own).toContain("is not over yet.");
    expect(draw({ ...spoken, description: "My words." })).toContain(">My words.</desc>");
  });

  it("stand in the table as they are in the data", () => {
    expect(timeSeriesTable({ ...spoken, locale: "en" })).toEqual({
      caption: "Orders",
      columns: ["Period", "Orders", "Orders, comparison period", "Note"],
      rows: [
        ["2025-03-01", "7", "1", "Launch"],
        ["2025-03-02", "3", "2", ""],
        ["2025-03-03", "5", "3", "Not over yet"],
      ],
    });
  });
});
