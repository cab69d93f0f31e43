import { describe, expect, it } from "vitest";
import type { ShownAnswer, ShownFigure } from "../../src/server/api.ts";
import { markOf, turnOf } from "../../src/web/figure/state.ts";
import { compareFigures, figureRows } from "../../src/web/table/figure-rows.ts";

const figure = (more: Partial<ShownFigure>): ShownFigure => ({
  metric: "revenue",
  variant: "default",
  definitionVersion: 1,
  group: {},
  bucket: null,
  value: "1",
  unit: "money",
  state: "ok",
  reasons: [],
  coverage: { from: "2025-01-01", to: "2025-02-01", share: 1, missing: [] },
  text: "1",
  ...more,
});

const compared = (delta: string | null, betterWhen: "up" | "down" | "neutral", value = "1") =>
  figure({
    comparison: {
      kind: "previous",
      value,
      delta,
      deltaUnit: "percent",
      betterWhen,
      text: "",
      deltaText: "",
    },
  });

describe("what a change is for the reader", () => {
  it.each([
    ["0.1", "up", "better"],
    ["-0.1", "up", "worse"],
    ["0.1", "down", "worse"],
    ["-0.1", "down", "better"],
    ["0.1", "neutral", "changed"],
    ["0", "up", "same"],
    ["-0.000", "down", "same"],
  ] as const)("of %s, better when %s, is %s", (delta, betterWhen, turn) => {
    expect(turnOf(compared(delta, betterWhen))).toBe(turn);
  });

  it("is new where there was nothing, and nothing where too few rows are behind it", () => {
    expect(turnOf(compared(null, "up", "0"))).toBe("new");
    expect(turnOf({ ...compared(null, "up", "0"), value: "0" })).toBe("same");
    expect(turnOf({ ...compared("0.5", "up"), state: "too_few" })).toBeNull();
    expect(turnOf(figure({}))).toBeNull();
  });
});

describe("marks", () => {
  it("are there for every state that says more than the value, each its own", () => {
    const states = [
      "no_data",
      "partial",
      "stale",
      "estimated",
      "too_few",
      "excluded",
      "not_applicable",
      "error",
    ] as const;
    const marks = states.map((state) => markOf({ state, reasons: [] }));
    expect(new Set(marks.map((mark) => mark?.text)).size).toBe(states.length);
    expect(new Set(marks.map((mark) => mark?.icon)).size).toBe(states.length);
    expect([markOf(figure({})), markOf(figure({ state: "zero" }))]).toEqual([null, null]);
  });

  it("warn of a value that cannot be right", () => {
    const reasons = [{ code: "order_broken", params: {}, text: "more clicks than opens" }];
    expect(markOf(figure({ reasons }))?.text).toBe("state.suspicious");
  });
});

describe("rows of a table", () => {
  it("hold the figures of their group, in the answer's order, and the totals apart", () => {
    const groups = [{ channel: "b" }, { channel: null }];
    const answer = {
      groups,
      groupTexts: [{ channel: "b" }, { channel: "(none)" }],
      figures: [
        figure({ value: "3" }),
        figure({ group: { channel: "b" }, value: "2" }),
        figure({ group: { channel: null }, value: "1" }),
        figure({ group: { channel: "b" }, bucket: "2025-01-01", value: "9" }),
      ],
    } as unknown as ShownAnswer;
    const { rows, total } = figureRows(answer);
    expect(rows.map(({ texts, figures }) => [texts.channel, figures.revenue?.value])).toEqual([
      ["b", "2"],
      ["(none)", "1"],
    ]);
    expect(total.revenue?.value).toBe("3");
  });

  it("are ranked exactly, beyond the digits of a float; what cannot be ranked goes last", () => {
    const values = ["0.1", "90071992547409930.1", "90071992547409930.2", "-5"];
    const figures = [
      ...values.map((value) => figure({ value })),
      figure({ value: null }),
      figure({ value: "99", state: "too_few" }),
      undefined,
    ];
    const order = (isDescending: boolean) =>
      figures.toSorted((a, b) => compareFigures(a, b, isDescending)).map((one) => one?.value);
    expect(order(true).slice(0, 4)).toEqual([values[2], values[1], "0.1", "-5"]);
    expect(order(false).slice(0, 4)).toEqual(["-5", "0.1", values[1], values[2]]);
  });
});
