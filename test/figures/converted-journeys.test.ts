import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FiguresContext } from "../../src/figures/context.ts";
import {
  convertedJourneys,
  type JourneyListQuestion,
} from "../../src/figures/converted-journeys.ts";
import { journeyStatistics } from "../../src/figures/paths.ts";
import { creditRows, journeyRow, type SeededConversion } from "./credited.ts";
import { seededWorkspace } from "./workspace.ts";

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
  order("A-1", "2025-03-05", 1000n, at("2025-03-01", "email"), at("2025-03-03", "search")),
  order("A-2", "2025-03-06", 2050n, at("2025-03-02", "email"), at("2025-03-06", "search")),
  order("B-3", "2025-03-07", 300n, at("2025-03-07", "search")),
  order("B-4", "2025-03-08", 700n),
  order(
    "B-5",
    "2025-03-20",
    4000n,
    at("2025-02-20", "it's"),
    at("2025-03-01", "email"),
    at("2025-03-02", "search"),
    at("2025-03-15", "email"),
  ),
];

let context: FiguresContext;
beforeAll(async () => {
  context = await seededWorkspace({
    journeys: orders.map(journeyRow),
    credits: orders.flatMap((one) => creditRows(one)),
  });
});
afterAll(() => context.store.close());

const names = async (question: Partial<JourneyListQuestion>) => {
  const { rows } = await convertedJourneys(context, { ...march, ...question });
  return rows.map(({ conversion }) => conversion);
};

describe("the conversions behind statistics", () => {
  it("are listed with the way to each, the latest first, and summed over all pages", async () => {
    const found = await convertedJourneys(context, { ...march, limit: 1, offset: 3 });
    expect(found).toMatchObject({ count: "5", value: "80.5", offset: 3, currency: "EUR" });
    expect(found.rows).toEqual([
      {
        conversion: "A-2",
        convertedAt: "2025-03-06T10:00:00Z",
        value: "20.5",
        path: "email > search",
        touches: 2,
        days: 4,
        isFirst: false,
        dataSource: found.rows[0]?.dataSource,
      },
    ]);
  });

  it("can be told by path, length, duration and name", async () => {
    expect(await names({ paths: ["email > search", "search"] })).toEqual(["B-3", "A-2", "A-1"]);
    expect(await names({ paths: ["it's > email > search > email"] })).toEqual(["B-5"]);
    expect(await names({ touches: { from: 0, to: 0 } })).toEqual(["B-4"]);
    expect(await names({ days: { from: 4, to: 9 } })).toEqual(["A-2", "A-1"]);
    expect(await names({ search: "a-" })).toEqual(["A-2", "A-1"]);
    expect(await names({ search: "%" })).toEqual([]);
    expect(await names({ channel: "it's" })).toEqual(["B-5"]);
  });

  it("are as many as the statistics say for every place of a channel", async () => {
    const { positions, assists } = await journeyStatistics(context, march);
    const count = async (channel: string, place: "first" | "last" | "only" | "middle") =>
      String((await names({ place: { channel, at: place } })).length);
    for (const { channel, first, middle, last, only } of positions) {
      const found = { first, middle, last, only };
      for (const place of ["first", "last", "only", "middle"] as const) {
        expect(await count(channel, place), `${channel} ${place}`).toBe(found[place]);
      }
    }
    for (const { channel, assisted, last } of assists) {
      expect(await names({ place: { channel, at: "assisting" } })).toHaveLength(Number(assisted));
      expect(await names({ place: { channel, at: "closing" } })).toHaveLength(Number(last));
    }
  });
});
