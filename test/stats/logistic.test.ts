import { describe, expect, it } from "vitest";
import { type BinaryGroups, fitLogistic } from "../../src/stats/logistic.ts";
import { uniformStream } from "../../src/stats/random.ts";

interface Group {
  readonly features: readonly number[];
  readonly successes: number;
  readonly failures: number;
}

function grouped(groups: readonly Group[]): BinaryGroups {
  const starts = new Int32Array(groups.length + 1);
  groups.forEach(({ features }, group) => {
    starts[group + 1] = (starts[group] ?? 0) + features.length;
  });
  return {
    starts,
    features: Int32Array.from(groups.flatMap(({ features }) => features)),
    successes: Float64Array.from(groups, ({ successes }) => successes),
    failures: Float64Array.from(groups, ({ failures }) => failures),
  };
}

describe("logistic regression", () => {
  it("without much of a ridge finds the log odds ratio of a table of two by two", () => {
    const { intercept, coefficients } = fitLogistic(
      grouped([
        { features: [], successes: 10, failures: 90 },
        { features: [0], successes: 30, failures: 70 },
      ]),
      1,
      1e-9,
    );
    expect(intercept).toBeCloseTo(Math.log(10 / 90), 6);
    expect(coefficients[0]).toBeCloseTo(Math.log((30 * 90) / (70 * 10)), 6);
  });

  it("with a ridge is where the penalised likelihood has no slope, also for separated data", () => {
    const ridge = 2;
    const { intercept, coefficients } = fitLogistic(
      grouped([
        { features: [0], successes: 20, failures: 0 },
        { features: [1], successes: 0, failures: 20 },
        { features: [0, 1], successes: 3, failures: 5 },
      ]),
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

  it("ends at the same place wherever it begins, to the last digits of many rows", () => {
    const uniform = uniformStream(3);
    const groups = grouped(
      Array.from({ length: 2000 }, () => ({
        features: [4, 0, 2, 1, 3].filter(() => uniform() < 0.4),
        successes: Math.floor(400 * uniform()),
        failures: Math.floor(40_000 * uniform()),
      })),
    );
    const fits = [0, -1, 2].map((each) =>
      fitLogistic(groups, 5, 10, {
        intercept: each,
        coefficients: Float64Array.of(each, -each, 0, each, 1),
      }),
    );
    const [first] = fits;
    for (const { intercept, coefficients } of fits) {
      expect(intercept).toBeCloseTo(first?.intercept ?? 0, 12);
      coefficients.forEach((each, feature) => {
        expect(each).toBeCloseTo(first?.coefficients[feature] ?? 0, 12);
      });
    }
  });
});
