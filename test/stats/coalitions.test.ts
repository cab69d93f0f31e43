import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampledShapleyValues, shapleyValues, subsetSums } from "../../src/stats/coalitions.ts";

const worths = (players: number) =>
  fc
    .array(fc.integer({ min: -1000, max: 1000 }), {
      minLength: 2 ** players,
      maxLength: 2 ** players,
    })
    .map((numbers) => Float64Array.from(numbers));
const sum = (numbers: Float64Array) => numbers.reduce((total, each) => total + each, 0);

/** Mean gain over every order of arrival. */
function bruteForce(worth: Float64Array, players: number): number[] {
  const values = Array.from({ length: players }, () => 0);
  let orders = 0;
  const arrive = (mask: number, gains: readonly (readonly [number, number])[]): void => {
    if (gains.length === players) {
      orders += 1;
      for (const [player, gain] of gains) values[player] = (values[player] ?? 0) + gain;
      return;
    }
    for (let player = 0; player < players; player++) {
      if (mask & (1 << player)) continue;
      const next = mask | (1 << player);
      arrive(next, [...gains, [player, (worth[next] ?? 0) - (worth[mask] ?? 0)]]);
    }
  };
  arrive(0, []);
  return values.map((value) => value / orders);
}

describe("Shapley values", () => {
  it("equal the mean gain over every order of arrival", () => {
    for (const players of [1, 2, 3, 5, 7]) {
      fc.assert(
        fc.property(worths(players), (worth) => {
          const expected = bruteForce(worth, players);
          shapleyValues(worth).forEach((value, player) => {
            expect(value).toBeCloseTo(expected[player] ?? Number.NaN, 8);
          });
        }),
        { numRuns: players > 5 ? 3 : 30 },
      );
    }
    const eight = Float64Array.from({ length: 256 }, (_, mask) => (mask * mask * 7) % 101);
    const expected = bruteForce(eight, 8);
    shapleyValues(eight).forEach((value, player) => {
      expect(value).toBeCloseTo(expected[player] ?? Number.NaN, 8);
    });
  });

  it("add up to what all players bring together", () => {
    fc.assert(
      fc.property(worths(5), (worth) => {
        expect(sum(shapleyValues(worth))).toBeCloseTo((worth.at(-1) ?? 0) - (worth[0] ?? 0), 8);
      }),
    );
  });

  it("are equal for players who bring the same, and 0 for one who brings nothing", () => {
    fc.assert(
      fc.property(worths(3), (worth) => {
        const bits = (mask: number) => (mask & 1) + ((mask >> 1) & 1);
        const alike = Float64Array.from(
          { length: 16 },
          (_, mask) => worth[Math.min(7, bits(mask) + 3 * ((mask >> 2) & 1))] ?? 0,
        );
        const values = shapleyValues(alike);
        expect(values[0]).toBeCloseTo(values[1] ?? -1, 8);
        expect(values[3]).toBeCloseTo(0, 8);
      }),
    );
  });

  it("of a sum of games are the sums of their values", () => {
    fc.assert(
      fc.property(worths(4), worths(4), (one, other) => {
        const both = shapleyValues(one.map((each, mask) => each + (other[mask] ?? 0)));
        const second = shapleyValues(other);
        shapleyValues(one).forEach((value, player) => {
          expect(both[player]).toBeCloseTo(value + (second[player] ?? 0), 8);
        });
      }),
    );
  });

  it("are found by sampling within the stated error, the same for the same seed", () => {
    const weights = Array.from({ length: 24 }, (_, player) => player + 1);
    const worth = (members: Uint8Array) =>
      Math.sqrt(weights.reduce((total, each, player) => total + each * (members[player] ?? 0), 0));
    const sampled = sampledShapleyValues(24, worth, { pairs: 400, seed: 7 });
    expect(sampledShapleyValues(24, worth, { pairs: 400, seed: 7 })).toEqual(sampled);
    expect(sum(sampled.values)).toBeCloseTo(Math.sqrt(300), 9);

    const twelve = (members: Uint8Array) => worth(Uint8Array.from([...members, ...members]));
    const exact = shapleyValues(
      Float64Array.from({ length: 4096 }, (_, mask) =>
        twelve(Uint8Array.from({ length: 12 }, (_bit, player) => (mask >> player) & 1)),
      ),
    );
    const estimate = sampledShapleyValues(12, twelve, { pairs: 400, seed: 3 });
    exact.forEach((value, player) => {
      const error = estimate.errors[player] ?? 0;
      expect(error).toBeGreaterThan(0);
      expect(error).toBeLessThan(0.1);
      expect(Math.abs((estimate.values[player] ?? 0) - value)).toBeLessThan(2 * error);
    });
  });
});

describe("subset sums", () => {
  it("add up everything inside each coalition", () => {
    expect([...subsetSums(Float64Array.of(1, 2, 4, 8))]).toEqual([1, 3, 5, 15]);
  });
});
