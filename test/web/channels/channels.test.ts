import { describe, expect, it } from "vitest";
import type { ShownAnswer, ShownFigure } from "../../../src/server/api.ts";
import { into, levelOf, wayTo } from "../../../src/web/features/channels/levels.ts";
import { shareRows } from "../../../src/web/features/channels/share-rows.ts";
import { type Chip, chipsOf } from "../../../src/web/view/filters.ts";
import type { View } from "../../../src/web/view/use-view.ts";

const viewOf = (filter: string, by?: string) =>
  ({ chips: chipsOf(filter), search: { by } }) as unknown as View;

describe("levels of channels", () => {
  it("are channels unless the address says something known", () => {
    expect(levelOf(viewOf("", "campaign"))).toBe("campaign");
    expect(levelOf(viewOf("", "nonsense"))).toBe("channel");
  });

  it("go from a channel to its campaigns and from a campaign to its assets", () => {
    expect(into(viewOf(""), "channel", "email")).toMatchObject({ ch: ["email"], by: "campaign" });
    expect(into(viewOf('channel = "email"'), "campaign", "Spring")).toMatchObject({
      ch: ["email"],
      ca: ["Spring"],
      by: "asset",
    });
    expect(into(viewOf(""), "asset", "a")).toMatchObject({ by: "asset" });
  });

  it("go into what has no campaign as well", () => {
    expect(into(viewOf('channel = "email"'), "campaign", null)).toMatchObject({
      ch: ["email"],
      f: "campaign is null",
      by: "asset",
    });
  });

  it("lead back step by step", () => {
    expect(wayTo(viewOf('country = "DE"'))).toEqual([]);
    const way = wayTo(viewOf('channel = "email" and campaign = "Spring" and country = "DE"'));
    expect(way.map(({ value }) => value)).toEqual([null, "email", "Spring"]);
    const all = way[0]?.search;
    expect(all).toMatchObject({ ch: undefined, ca: undefined, by: undefined });
    expect(all?.f).toContain("country");
    expect(way[1]?.search).toMatchObject({ ch: ["email"], ca: undefined, by: "campaign" });
  });

  it("take several channels for a filter, not for a step", () => {
    const chips: readonly Chip[] = [
      { kind: "values", dimension: "channel", values: ["email", "sms"], isExcluded: false },
    ];
    expect(wayTo({ chips })).toEqual([]);
  });
});

const figure = (metric: string, value: string | null, channel?: string) =>
  ({
    metric,
    variant: "default",
    value,
    bucket: null,
    group: channel === undefined ? {} : { channel },
    state: "ok",
  }) as unknown as ShownFigure;

const answerOf = (rows: Readonly<Record<string, readonly [string | null, string | null]>>) =>
  ({
    groups: Object.keys(rows).map((channel) => ({ channel })),
    groupTexts: Object.keys(rows).map((channel) => ({ channel })),
    figures: [
      ...Object.entries(rows).flatMap(([channel, [cost, credit]]) => [
        figure("cost", cost, channel),
        figure("attributed_revenue", credit, channel),
      ]),
      figure("cost", "200"),
      figure("attributed_revenue", "300"),
    ],
  }) as unknown as ShownAnswer;

describe("shares of budget and credit", () => {
  it("are exact parts of the whole, the largest cost first", () => {
    const rows = shareRows(
      answerOf({ direct: [null, "200"], ads: ["200", "100"], none: ["0", "0"] }),
    );
    expect(rows.map(({ row, cost, credit }) => [row.texts.channel, cost, credit])).toEqual([
      ["ads", "1.000000", "0.333333"],
      ["direct", "0.000000", "0.666667"],
    ]);
  });
});
