import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LastpennyError } from "../../../src/errors.ts";
import { aggregatedPaths } from "../../../src/models/attribution/paths.ts";
import {
  coalitionTotals,
  orderedShapleyCredits,
  shapleyCredits,
} from "../../../src/models/attribution/shapley.ts";
import { shapleyValues } from "../../../src/stats/coalitions.ts";
import { arbitraryPaths } from "./path-data.ts";

const rows = [
  { path: "A", conversions: 5 },
  { path: "B", conversions: 2 },
  { path: "C", conversions: 1 },
  { path: "A > B", conversions: 4 },
  { path: "C > A", conversions: 3 },
  { path: "B > C", conversions: 2 },
  { path: "C > B > A", conversions: 6 },
];

describe("Shapley credits of paths", () => {
  it("divide the worked example into 10.5, 7 and 5.5", () => {
    const paths = aggregatedPaths(rows);
    expect(shapleyCredits(paths).map((row) => row.conversions)).toEqual([10.5, 7, 5.5]);
    const values = shapleyValues(coalitionTotals(paths).conversions);
    [10.5, 7, 5.5].forEach((value, channel) => {
      expect(values[channel]).toBeCloseTo(value, 12);
    });
  });

  it("equal the sum over all coalitions", () => {
    fc.assert(
      fc.property(arbitraryPaths(6), (given) => {
        const paths = aggregatedPaths(given);
        const { conversions, values } = coalitionTotals(paths);
        const exact = shapleyValues(conversions);
        const money = shapleyValues(values ?? new Float64Array());
        shapleyCredits(paths).forEach((row, channel) => {
          expect(row.conversions).toBeCloseTo(exact[channel] ?? -1, 9);
          expect(row.value).toBeCloseTo(money[channel] ?? -1, 1);
        });
      }),
    );
  });

  it("ignore repeats and order, and add up to all conversions", () => {
    const [a, b] = shapleyCredits(aggregatedPaths([{ path: "a > a > b > a", conversions: 3 }]));
    expect([a?.conversions, b?.conversions, a?.share]).toEqual([1.5, 1.5, 0.5]);
  });

  it("by position add up to the value of the channel", () => {
    fc.assert(
      fc.property(arbitraryPaths(4), (given) => {
        const paths = aggregatedPaths(given);
        const ordered = orderedShapleyCredits(paths);
        for (const { channel, conversions } of shapleyCredits(paths)) {
          const own = ordered.filter((row) => row.channel === channel);
          expect(own.reduce((sum, row) => sum + row.conversions, 0)).toBeCloseTo(conversions, 9);
        }
      }),
    );
  });

  it("by position divide a repeated channel over its touches", () => {
    const paths = aggregatedPaths([{ path: "a > b > a", conversions: 4, value: 8 }]);
    expect(orderedShapleyCredits(paths)).toEqual([
      { channel: "a", position: 1, conversions: 1, value: 2_000_000 },
      { channel: "a", position: 3, conversions: 1, value: 2_000_000 },
      { channel: "b", position: 2, conversions: 2, value: 4_000_000 },
    ]);
  });

  it("refuse coalitions of more than 20 channels", () => {
    const many = Array.from({ length: 21 }, (_, channel) => ({
      path: `c${channel}`,
      conversions: 1,
    }));
    expect(() => coalitionTotals(aggregatedPaths(many))).toThrow(LastpennyError);
    expect(shapleyCredits(aggregatedPaths(many))).toHaveLength(21);
  });
});
