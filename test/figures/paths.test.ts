import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FiguresContext } from "../../src/figures/context.ts";
import { journeyStatistics } from "../../src/figures/paths.ts";
import { creditRows, journeyRow, type SeededConversion } from "./credited.ts";
import { type SeedRow, seededWorkspace } from "./workspace.ts";

const march = { from: "2025-03-01", to: "2025-04-01" } as const;

const at = (day: string, channel: string) => ({ at: `${day} 10:00:00`, channel });
const order = (
  conversion: string,
  day: string,
  cents: bigint,
  ...touches: readonly { readonly at: string; readonly channel: string }[]
): SeededConversion => ({
  conversion,
  convertedAt: `${day} 10:00:00`,
  touches,
  entries: [{ kind: "sale", cents }],
});

const orders = [
  order("1", "2025-03-05", 1000n, at("2025-03-01", "email"), at("2025-03-03", "search")),
  order("2", "2025-03-06", 2050n, at("2025-03-02", "email"), at("2025-03-06", "search")),
  order("3", "2025-03-07", 300n, at("2025-03-07", "search")),
  order("4", "2025-03-08", 700n),
  order(
    "5",
    "2025-03-20",
    4000n,
    at("2025-02-20", "social"),
    at("2025-03-01", "email"),
    at("2025-03-02", "search"),
    at("2025-03-15", "email"),
  ),
  order("6", "2025-04-02", 9900n, at("2025-03-15", "email")),
];

const lost = (journey: number, path: string): SeedRow => ({
  journey,
  is_converted: false,
  ended_at: "2025-03-25 10:00:00",
  path,
  touches: path.split(" > ").length,
  first_touched_at: "2025-01-01 10:00:00",
});

let context: FiguresContext;
beforeAll(async () => {
  context = await seededWorkspace({
    journeys: [
      ...orders.map(journeyRow),
      lost(801, "email > search"),
      lost(802, "search"),
      lost(803, "search"),
      lost(804, "research"),
    ],
    credits: orders.flatMap((one) => creditRows(one)),
  });
});
afterAll(() => context.store.close());

describe("journeys", () => {
  it("are counted by path, with those that ended without a conversion", async () => {
    const found = await journeyStatistics(context, march);
    expect(found.totals).toEqual({
      conversions: "5",
      value: "80.5",
      nulls: "4",
      withoutTouch: "1",
      paths: "4",
    });
    expect(found.paths).toEqual([
      {
        path: "email > search",
        conversions: "2",
        value: "30.5",
        nulls: "1",
        rate: "0.666666666667",
      },
      {
        path: "social > email > search > email",
        conversions: "1",
        value: "40",
        nulls: "0",
        rate: "1",
      },
      { path: "search", conversions: "1", value: "3", nulls: "2", rate: "0.333333333333" },
      { path: "research", conversions: "0", value: null, nulls: "1", rate: "0" },
    ]);
    expect(found.attribution.windowDays).toBe(90);
    expect((await journeyStatistics(context, { ...march, limit: 2 })).paths).toHaveLength(2);
  });

  it("have a length in touches and a duration in full days", async () => {
    const { lengths, lags } = await journeyStatistics(context, march);
    expect(lengths.map(({ touches, conversions, nulls }) => [touches, conversions, nulls])).toEqual(
      [
        [0, "1", "0"],
        [1, "1", "3"],
        [2, "2", "1"],
        [4, "1", "0"],
      ],
    );
    expect(lags).toEqual([
      { days: 0, conversions: "1", value: "3" },
      { days: 4, conversions: "2", value: "30.5" },
      { days: 28, conversions: "1", value: "40" },
    ]);
  });

  it("show where channels stand, and which conversions they assisted", async () => {
    const { positions, assists } = await journeyStatistics(context, march);
    expect(positions).toEqual([
      { channel: "email", first: "2", middle: "1", last: "1", only: "0" },
      { channel: "search", first: "0", middle: "1", last: "2", only: "1" },
      { channel: "social", first: "1", middle: "0", last: "0", only: "0" },
    ]);
    expect(assists).toEqual([
      {
        channel: "email",
        assisted: "3",
        assistedValue: "70.5",
        last: "1",
        lastValue: "40",
        ratio: "3",
      },
      {
        channel: "search",
        assisted: "1",
        assistedValue: "40",
        last: "3",
        lastValue: "33.5",
        ratio: "0.333333333333",
      },
      {
        channel: "social",
        assisted: "1",
        assistedValue: "40",
        last: "0",
        lastValue: null,
        ratio: null,
      },
    ]);
  });

  it("can be narrowed to those that touch a channel, by its whole name", async () => {
    const found = await journeyStatistics(context, { ...march, channel: "search" });
    expect(found.totals).toMatchObject({ conversions: "4", nulls: "3", withoutTouch: "0" });
    const social = await journeyStatistics(context, { ...march, channel: "social" });
    expect(social.positions.map(({ channel }) => channel)).toEqual(["email", "search", "social"]);
  });

  it("are refused a period that is none", async () => {
    const wrong = { from: "2025-04-01", to: "2025-03-01" };
    await expect(journeyStatistics(context, wrong)).rejects.toThrow("the period is empty");
  });
});
