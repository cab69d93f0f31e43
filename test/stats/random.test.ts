import { describe, expect, it } from "vitest";
import { drawBinomial, uniformStream } from "../../src/stats/random.ts";

describe("drawn numbers of successes", () => {
  it.each([
    [40, 0.3],
    [10_000, 0.2],
  ])("out of %i have the mean and variance they should", (trials, chance) => {
    const uniform = uniformStream(5);
    const draws = Array.from({ length: 4000 }, () => drawBinomial(trials, chance, uniform));
    const mean = draws.reduce((sum, each) => sum + each, 0) / draws.length;
    const variance = draws.reduce((sum, each) => sum + (each - mean) ** 2, 0) / draws.length;
    const expected = trials * chance * (1 - chance);
    expect(Math.abs(mean - trials * chance)).toBeLessThan(4 * Math.sqrt(expected / draws.length));
    expect(variance / expected).toBeGreaterThan(0.9);
    expect(variance / expected).toBeLessThan(1.1);
    expect(draws.every((each) => Number.isInteger(each) && each >= 0 && each <= trials)).toBe(true);
  });

  it("are all of them when the chance is 1", () => {
    expect(drawBinomial(1000, 1, uniformStream(1))).toBe(1000);
  });
});
