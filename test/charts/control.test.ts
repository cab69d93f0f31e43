import { createElement, isValidElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BarTable } from "../../src/charts/bar-table.tsx";
import { areaPoints, type ChartPoint } from "../../src/charts/chart.ts";
import { ChartControl } from "../../src/charts/chart-control.tsx";
import { keyTarget } from "../../src/charts/cursor.ts";
import { count, elements } from "./drawing.ts";
import "../../src/locales/every-chart-text.ts";

const point = (label: string, x: number): ChartPoint => ({
  label,
  values: [{ name: "Orders", label: "7" }],
  box: { x, y: 0, width: 10, height: 10 },
});
const points = areaPoints([point("A", 0), point("B", 10), point("C", 20)]);

/** A control whose cursor stands at an index, and what it did. */
function control(index: number | null) {
  const done: unknown[] = [];
  const chart = {
    title: "t",
    width: 30,
    locale: "en",
    onOpen: (at: number, isAlternate: boolean) => done.push(["open", at, isAlternate]),
    onPoint: (found: ChartPoint | null) => done.push(["point", found?.label ?? null]),
  } as const;
  const cursor = { index, move: (next: number | null) => done.push(["move", next]) };
  const element = ChartControl({ chart, cursor, points });
  const props = isValidElement<Record<string, unknown>>(element) ? element.props : {};
  const target = { getBoundingClientRect: () => ({ left: 100, top: 50, width: 60 }) };
  const fire = (name: string, event: object) => {
    const handler = props[name];
    if (typeof handler === "function") {
      handler({ currentTarget: target, preventDefault() {}, stopPropagation() {}, ...event });
    }
    return done;
  };
  return { props, fire };
}

describe("the keys of a chart", () => {
  it.each([
    ["ArrowRight", null, 0],
    ["ArrowLeft", null, 29],
    ["ArrowRight", 29, 29],
    ["ArrowLeft", 0, 0],
    ["ArrowDown", 4, 5],
    ["Home", 12, 0],
    ["End", 12, 29],
    ["PageDown", 12, 15],
    ["PageUp", 1, 0],
    ["Escape", 12, null],
    ["x", 12, undefined],
    ["Tab", 12, undefined],
  ])("%s leads from %s to %s among thirty", (key, from, to) => {
    expect(keyTarget(key, from, { count: 30 })).toBe(to);
  });

  it("go up and down by rows in a grid, and stay in it", () => {
    expect(keyTarget("ArrowDown", 3, { count: 24, columns: 12 })).toBe(15);
    expect(keyTarget("ArrowUp", 15, { count: 24, columns: 12 })).toBe(3);
    expect(keyTarget("ArrowUp", 3, { count: 24, columns: 12 })).toBe(3);
  });

  it("lead nowhere in an empty chart", () => {
    expect(keyTarget("End", null, { count: 0 })).toBeUndefined();
  });
});

describe("the control over a chart", () => {
  it("moves with the arrows, tells what it is on, and opens with Enter or E", () => {
    expect(control(0).fire("onKeyDown", { key: "ArrowRight" })).toEqual([
      ["move", 1],
      ["point", "B"],
    ]);
    expect(control(1).fire("onKeyDown", { key: "Enter", altKey: false })).toEqual([
      ["open", 1, false],
    ]);
    expect(control(1).fire("onKeyDown", { key: "e", altKey: false })).toEqual([["open", 1, false]]);
    expect(control(null).fire("onKeyDown", { key: "Enter" })).toEqual([]);
  });

  it("leaves keys with Ctrl or Command to the app", () => {
    expect(control(0).fire("onKeyDown", { key: "ArrowRight", ctrlKey: true })).toEqual([]);
  });

  it("follows the pointer, also on a page that is zoomed", () => {
    // 30 px are shown on 60: the pointer at 130 is 15 px inside.
    const mouse = { pointerType: "mouse", clientX: 130, clientY: 55, button: 0, altKey: true };
    expect(control(0).fire("onPointerMove", mouse)).toEqual([
      ["move", 1],
      ["point", "B"],
    ]);
    expect(control(1).fire("onPointerUp", mouse)).toEqual([["open", 1, true]]);
  });

  it("shows at the first touch and opens at the second", () => {
    const touch = { pointerType: "touch", clientX: 130, clientY: 55, button: 0, altKey: false };
    expect(control(null).fire("onPointerUp", touch)).toEqual([
      ["move", 1],
      ["point", "B"],
    ]);
    expect(control(1).fire("onPointerUp", touch)).toEqual([["open", 1, false]]);
  });

  it("reads out its value", () => {
    expect(control(1).props["aria-valuetext"]).toBe("\u2068B\u2069: \u2068Orders\u2069 7");
    expect(control(null).props["aria-valuetext"]).toContain("Arrow keys");
  });

  it("is there only where the chart has a cursor", () => {
    const data = {
      title: "Orders",
      width: 600,
      locale: "en",
      valueName: "Orders",
      rows: [{ name: "Email", datum: count(3) }],
    } as const;
    const cursor = { index: 0, move: () => undefined };
    const still = renderToStaticMarkup(createElement(BarTable, data));
    const live = renderToStaticMarkup(createElement(BarTable, { ...data, cursor }));
    expect(still.startsWith("<svg")).toBe(true);
    expect(live).toContain('role="slider"');
    expect(elements(live, "div").some(({ tabindex }) => tabindex === "0")).toBe(true);
    expect(live.match(/tabindex/g)).toHaveLength(1);
  });
});
