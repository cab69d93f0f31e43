import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregatedPaths } from "../../../src/models/attribution/paths.ts";
import {
  type PathRule,
  pathRules,
  type RuleOptions,
  ruleCredits,
} from "../../../src/models/attribution/rules.ts";
import { sharedData } from "../../shared-data.ts";
import { arbitraryPaths, pathData } from "./path-data.ts";

const published = sharedData("channelattribution-pathdata", "expected_heuristics.csv");

const sharesOf = (path: string, rule: PathRule, options?: RuleOptions) =>
  Object.fromEntries(
    ruleCredits(aggregatedPaths([{ path, conversions: 1 }]), rule, options).map(
      ({ channel, share }) => [channel, Math.round(share * 1e12) / 1e12],
    ),
  );

describe("rules on aggregated paths", () => {
  it.skipIf(published === null)("equal what ChannelAttribution 2.2.4 prints for PathData", () => {
    const paths = aggregatedPaths(pathData() ?? []);
    const credits = (["first", "last", "linear"] as const).map((rule) => ruleCredits(paths, rule));
    const lines = readFileSync(published ?? "", "utf8")
      .trim()
      .split("\n")
      .slice(1);
    expect(lines).toHaveLength(paths.channels.length);
    for (const line of lines) {
      const [name, ...figures] = line.split(",");
      const channel = name?.replaceAll('"', "");
      const ours = credits.flatMap((rule) => {
        const row = rule.find((each) => each.channel === channel);
        return [row?.conversions ?? 0, (row?.value ?? 0) / 1e6];
      });
      // values of the file are finer than a millionth, which is what paths keep
      ours.forEach((figure, at) => {
        expect(Math.abs(figure - Number(figures[at]))).toBeLessThan(at % 2 ? 1e-5 : 1e-9);
      });
    }
  });

  it("give 40, 20 and 40 under u_shaped, halves to two touches and everything to one", () => {
    expect(sharesOf("a > b > c > d", "u_shaped")).toEqual({ a: 0.4, b: 0.1, c: 0.1, d: 0.4 });
    expect(sharesOf("a > b", "u_shaped")).toEqual({ a: 0.5, b: 0.5 });
    expect(sharesOf("a", "u_shaped")).toEqual({ a: 1 });
    expect(sharesOf("a > b > a", "u_shaped")).toEqual({ a: 0.8, b: 0.2 });
  });

  it("divide own weights over the places that a path has", () => {
    const weights = { first: 1, last: 3, others: 4 };
    expect(sharesOf("a > b > c", "own_weights", { weights })).toEqual({
      a: 0.125,
      b: 0.5,
      c: 0.375,
    });
    expect(sharesOf("a > b", "own_weights", { weights })).toEqual({ a: 0.25, b: 0.75 });
    const between = { first: 0, last: 0, others: 1 };
    expect(sharesOf("a > b", "own_weights", { weights: between })).toEqual({ a: 0.5, b: 0.5 });
  });

  it("pass over direct touches unless there are no others", () => {
    expect(sharesOf("a > direct > direct", "last_non_direct")).toEqual({ a: 1, direct: 0 });
    expect(sharesOf("direct > direct", "last_non_direct")).toEqual({ direct: 1 });
    expect(sharesOf("a > b", "last_non_direct", { direct: ["b"] })).toEqual({ a: 1, b: 0 });
  });

  it("halve the weight touch by touch under position_decay", () => {
    expect(sharesOf("a > b > c", "position_decay")).toEqual({
      a: 0.142857142857,
      b: 0.285714285714,
      c: 0.571428571429,
    });
    expect(sharesOf("a > b > c", "position_decay", { halfLifeTouches: 2 }).a).toBeCloseTo(
      0.5 / (0.5 + Math.SQRT1_2 + 1),
      12,
    );
  });

  it("add up to all conversions and the whole value, none below zero", () => {
    fc.assert(
      fc.property(arbitraryPaths(4), fc.constantFrom(...pathRules), (rows, rule) => {
        const credits = ruleCredits(aggregatedPaths(rows), rule, { direct: ["c0"] });
        const total = (of: (row: (typeof credits)[number]) => number) =>
          credits.reduce((sum, row) => sum + of(row), 0);
        const converted = rows.reduce((sum, row) => sum + row.conversions, 0);
        const value = rows.reduce((sum, row) => sum + Math.round((row.value ?? 0) * 1e6), 0);
        expect(total((row) => row.conversions)).toBeCloseTo(converted, 9);
        expect(total((row) => row.value ?? 0) / value).toBeCloseTo(1, 12);
        expect(total((row) => row.share)).toBeCloseTo(1, 12);
        expect(credits.every((row) => row.conversions >= 0)).toBe(true);
      }),
    );
  });
});
