import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linearScale, roundedDomain } from "../../src/charts/linear-scale.ts";

describe("a linear scale", () => {
  it("draws values in proportion, also downwards", () => {
    const up = linearScale([0, 200], [10, 110]);
    expect([up(0), up(50), up(200)]).toEqual([10, 35, 110]);
    const down = linearScale([-1, 1], [100, 0]);
    expect([down(-1), down(0), down(0.5)]).toEqual([100, 50, 25]);
  });

  it("draws a domain of no length at the start", () => {
    expect(linearScale([3, 3], [5, 50])(3)).toBe(5);
  });

  // Ends as published for the nice() of d3-scale (README of d3-scale 4, "continuous.nice"), and by hand.
  it("gives a domain round ends", () => {
    expect(roundedDomain([0.201479, 0.996679], 10)).toEqual([0.2, 1]);
    expect(roundedDomain([0, 97], 5)).toEqual([0, 100]);
    expect(roundedDomain([-1234, 56_789], 4)).toEqual([-20_000, 60_000]);
  });

  it("never cuts values off, and has ticks at both of its round ends", () => {
    const numbers = fc.integer({ min: -1e9, max: 1e9 }).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: 2, max: 8 }), (a, b, count) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(low < high);
        const [from, to] = roundedDomain([low, high], count);
        expect(from).toBeLessThanOrEqual(low + (high - low) * 1e-9);
        expect(to).toBeGreaterThanOrEqual(high - (high - low) * 1e-9);
        const ticks = linearScale([from, to], [0, 1]).ticks(count);
        expect(Math.abs((ticks[0] ?? 0) - from)).toBeLessThanOrEqual((to - from) * 1e-9);
        expect(Math.abs((ticks.at(-1) ?? 0) - to)).toBeLessThanOrEqual((to - from) * 1e-9);
      }),
    );
  });
});
