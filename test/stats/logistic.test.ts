import { describe, expect, it } from "vitest";
import { fitLogistic } from "../../src/stats/logistic.ts";

describe("logistic regression", () => {
  it("without much of a ridge finds the log odds ratio of a table of two by two", () => {
    const { intercept, coefficients } = fitLogistic(
      [
        { features: [], successes: 10, failures: 90 },
        { features: [0], successes: 30, failures: 70 },
      ],
      1,
      1e-9,
    );
    expect(intercept).toBeCloseTo(Math.log(10 / 90), 6);
    expect(coefficients[0]).toBeCloseTo(Math.log((30 * 90) / (70 * 10)), 6);
  });

  it("with a ridge is where the penalised likelihood has no slope, also for separated data", () => {
    const ridge = 2;
    const { intercept, coefficients } = fitLogistic(
      [
        { features: [0], successes: 20, failures: 0 },
        { features: [1], successes: 0, failures: 20 },
        { features: [0, 1], successes: 3, failures: 5 },
      ],
      2,
      ridge,
    );
    const [a = 0, b = 0] = coefficients;
    const chance = (odds: number) => 1 / (1 + Math.exp(-odds));
    const one = 20 - 20 * chance(intercept + a);
    const other = -20 * chance(intercept + b);
    const both = 3 - 8 * chance(intercept + a + b);
    expect(one + both - ridge * a).toBeCloseTo(0, 8);
    expect(other + both - ridge * b).toBeCloseTo(0, 8);
    expect(one + other + both).toBeCloseTo(0, 8);
  });
});
