import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type MarkovOrder,
  markovCredits,
  markovRemovalEffects,
  treeEffects,
} from "../../../src/models/attribution/markov.ts";
import { backwardChain } from "../../../src/models/attribution/markov-chain.ts";
import { contracted } from "../../../src/models/attribution/markov-contraction.ts";
import { sweepEffects } from "../../../src/models/attribution/markov-sweeps.ts";
import { aggregatedPaths, type PathRow } from "../../../src/models/attribution/paths.ts";
import { shorterMemory, touchTree } from "../../../src/models/attribution/touch-tree.ts";
import { uniformStream } from "../../../src/stats/random.ts";
import { solveChain } from "./absorbing-chain.ts";
import { arbitraryPaths, pathData } from "./path-data.ts";

const orders: readonly MarkovOrder[] = [1, 2, 3, 4];
const effectsOf = (rows: readonly PathRow[], order: MarkovOrder) =>
  markovRemovalEffects(aggregatedPaths(rows), { order }).effects;
const rounded = (numbers: readonly number[]) =>
  numbers.map((number) => Math.round(number * 1e12) / 1e12);

/** Distance of the product's effects from those of the independent dense solve. */
function distance(rows: readonly PathRow[], order: MarkovOrder): number {
  const whole = solveChain(rows, order);
  const distances = effectsOf(rows, order).map(({ channel, conversions, value }) => {
    const without = solveChain(rows, order, channel);
    return Math.max(
      Math.abs(conversions - (1 - without.conversion / whole.conversion)),
      value === null ? 0 : Math.abs(value - (1 - without.value / whole.value)),
    );
  });
  return Math.max(...distances);
}

const abc = [
  { path: "C1 > C2 > C3", conversions: 1 },
  { path: "C1", conversions: 0, nulls: 1 },
  { path: "C2 > C3", conversions: 0, nulls: 1 },
];
const google = [
  { path: "google", conversions: 2, nulls: 1 },
  { path: "mailing", conversions: 1 },
  { path: "google > mailing", conversions: 1 },
];

describe("Markov removal effects", () => {
  it("equal the published examples", () => {
    expect(rounded(effectsOf(abc, 1).map((row) => row.conversions))).toEqual([0.5, 1, 1]);
    expect(
      rounded(markovCredits(aggregatedPaths(abc), { order: 1 }).map((row) => row.share)),
    ).toEqual([0.2, 0.4, 0.4]);
    expect(rounded(effectsOf(google, 1).map((row) => row.conversions))).toEqual([0.75, 0.5]);
    expect(
      rounded(markovCredits(aggregatedPaths(google), { order: 1 }).map((row) => row.conversions)),
    ).toEqual([2.4, 1.6]);
    expect(solveChain(abc, 1).conversion).toBeCloseTo(1 / 3, 12);
    expect(solveChain(google, 1).conversion).toBeCloseTo(0.8, 12);
  });

  it("equal an independent dense solve of the absorbing chain on PathData", () => {
    const rows = pathData();
    if (rows === null) return;
    expect(distance(rows, 1)).toBeLessThan(1e-9);
    expect(distance(rows, 2)).toBeLessThan(1e-9);
  });

  it("equal an independent dense solve for every order", () => {
    fc.assert(
      fc.property(arbitraryPaths(4), fc.constantFrom(...orders), (rows, order) => {
        expect(distance(rows, order)).toBeLessThan(1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it("equal it where journeys are long and conversions rare, so that sweeps would take hundreds", () => {
    const uniform = uniformStream(8);
    const rows = Array.from({ length: 300 }, () => {
      const path = ["c0"];
      while (uniform() < 0.99) path.push(`c${Math.floor(5 * uniform() * uniform())}`);
      const conversions = uniform() < 0.01 ? 1 : 0;
      return { path, conversions, nulls: 1 + Math.floor(3 * uniform()) };
    });
    for (const order of [2, 3] as const) expect(distance(rows, order)).toBeLessThan(1e-9);
  });

  it("come out the same by one factorisation and by sweeps", () => {
    fc.assert(
      fc.property(arbitraryPaths(6, 12), (rows) => {
        const paths = aggregatedPaths(rows);
        const size = paths.channels.length;
        const equations = contracted(backwardChain(touchTree(paths, 1)), size);
        const { effects, error } = sweepEffects(equations, size, 1e-12);
        const [conversions, values] = effects;
        expect(error).toBeLessThan(1e-11);
        effectsOf(rows, 1).forEach((row, channel) => {
          expect(Math.abs(row.conversions - (conversions?.[channel] ?? 0))).toBeLessThan(1e-11);
          expect(Math.abs((row.value ?? 0) - (values?.[channel] ?? 0))).toBeLessThan(1e-11);
        });
      }),
    );
  });

  it("are the same with and without states put into each other", () => {
    const longest = fc.constantFrom(1, 2, 32);
    const solved = (rows: readonly PathRow[], order: number, most: number) => {
      const paths = aggregatedPaths(rows);
      const size = paths.channels.length;
      const chain = backwardChain(touchTree(paths, order));
      const equations = contracted(chain, size, { longest: most });
      return { ...sweepEffects(equations, size, 1e-12), left: equations.visits.length };
    };
    let gone = 0;
    fc.assert(
      fc.property(
        arbitraryPaths(3, 12),
        fc.constantFrom(...orders),
        longest,
        (rows, order, most) => {
          const plain = solved(rows, order, 0);
          const fewer = solved(rows, order, most);
          gone += plain.left - fewer.left;
          expect(fewer.error).toBeLessThan(1e-11);
          plain.effects.forEach((effect, reward) => {
            effect.forEach((part, channel) => {
              expect(Math.abs(part - (fewer.effects[reward]?.[channel] ?? -1))).toBeLessThan(1e-11);
            });
          });
        },
      ),
      { numRuns: 500 },
    );
    expect(gone).toBeGreaterThan(1000);
  });

  it("are exact where journeys go round in circles for long", () => {
    const round = (length: number) => Array.from({ length }, (_, at) => `c${at % 5}`);
    const rows = [
      { path: round(200), conversions: 1, nulls: 3 },
      { path: [...round(43), "end"], conversions: 2 },
      { path: ["c1", "c0", ...round(77)], conversions: 1, nulls: 40 },
    ];
    for (const order of orders) expect(distance(rows, order)).toBeLessThan(1e-9);
  });

  it("of a shorter memory follow from the counts of a longer one", () => {
    fc.assert(
      fc.property(arbitraryPaths(4, 9), (rows) => {
        const paths = aggregatedPaths(rows);
        let tree = touchTree(paths, 4);
        for (const order of [3, 2, 1]) {
          tree = shorterMemory(tree);
          expect(treeEffects(tree)).toEqual(treeEffects(touchTree(paths, order)));
        }
      }),
    );
  });

  it("belong to a chain that converts as often as the journeys did, for every order", () => {
    fc.assert(
      fc.property(arbitraryPaths(4), fc.constantFrom(...orders), (rows, order) => {
        const converted = rows.reduce((sum, row) => sum + row.conversions, 0);
        const all = rows.reduce((sum, row) => sum + (row.nulls ?? 0), converted);
        expect(solveChain(rows, order).conversion).toBeCloseTo(converted / all, 12);
      }),
    );
  });

  it("are 1 for a channel in every converting path, and 0 for one in none that leads to a conversion", () => {
    fc.assert(
      fc.property(arbitraryPaths(3), fc.constantFrom(...orders), (rows, order) => {
        const marked = rows.map((row) =>
          row.conversions > 0 ? { ...row, path: [...row.path, "every", "end"] } : row,
        );
        const effects = effectsOf(
          [...marked, { path: "dead", conversions: 0, nulls: 3, value: 0 }],
          order,
        );
        const effect = (name: string) => effects.find(({ channel }) => channel === name);
        expect(effect("every")?.conversions).toBeCloseTo(1, 11);
        expect(effect("every")?.value).toBeCloseTo(1, 11);
        expect(effect("dead")?.conversions).toBe(0);
        for (const { conversions } of effects) {
          expect(conversions).toBeGreaterThanOrEqual(0);
          expect(conversions).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  it("of order 1 do not change when consecutive repeats are collapsed", () => {
    fc.assert(
      fc.property(arbitraryPaths(3), (rows) => {
        const collapsed = rows.map(({ path, ...row }) => ({
          ...row,
          path: [...path].filter((channel, at) => channel !== path[at - 1]),
        }));
        const effects = effectsOf(collapsed, 1);
        effectsOf(rows, 1).forEach(({ conversions }, at) => {
          expect(conversions).toBeCloseTo(effects[at]?.conversions ?? -1, 11);
        });
      }),
    );
  });

  it("of order 2 see repeats: a journey that repeats a channel has forgotten what was before", () => {
    const first = (one: string, other: string) =>
      effectsOf(
        [
          { path: one, conversions: 1 },
          { path: other, conversions: 0, nulls: 1 },
        ],
        2,
      )[0]?.conversions;
    expect(first("a > b", "c > b")).toBeCloseTo(1, 12);
    expect(first("a > b > b", "c > b > b")).toBeCloseTo(0.5, 12);
  });

  it("of an order as long as the longest path are the share of conversions whose path has the channel", () => {
    fc.assert(
      fc.property(arbitraryPaths(4, 4), (rows) => {
        const all = rows.reduce((sum, row) => sum + row.conversions, 0);
        for (const { channel, conversions } of effectsOf(rows, 4)) {
          const having = rows.filter(({ path }) => path.includes(channel));
          const converted = having.reduce((sum, row) => sum + row.conversions, 0);
          expect(conversions).toBeCloseTo(converted / all, 12);
        }
      }),
    );
  });

  it("keep the conversions of paths that are shorter than the order", () => {
    const rows = [
      { path: "a", conversions: 3, nulls: 1 },
      { path: "b > c > b > c > b", conversions: 1, nulls: 5 },
    ];
    expect(rounded(effectsOf(rows, 4).map((row) => row.conversions))).toEqual([0.75, 0.25, 0.25]);
  });

  it("tell the value apart from the conversions without bending the chain", () => {
    const rows = [
      { path: "a", conversions: 9, nulls: 0, value: 9 },
      { path: "b", conversions: 1, nulls: 0, value: 91 },
    ];
    const [a, b] = effectsOf(rows, 1);
    expect(rounded([a?.conversions ?? 0, a?.value ?? 0])).toEqual([0.9, 0.09]);
    expect(rounded([b?.conversions ?? 0, b?.value ?? 0])).toEqual([0.1, 0.91]);
  });

  it("settle on long cycles, and within the bound that is told", () => {
    const rows = [
      { path: Array.from({ length: 400 }, (_, at) => (at % 2 ? "a" : "b")), conversions: 1 },
      { path: "c > a", conversions: 1, nulls: 1 },
    ];
    for (const order of [2, 3] as const) {
      expect(markovRemovalEffects(aggregatedPaths(rows), { order }).error).toBeLessThan(1e-10);
      expect(distance(rows, order)).toBeLessThan(1e-9);
    }
  });

  it("are the same to the last digit whatever the order of the rows", () => {
    fc.assert(
      fc.property(arbitraryPaths(4), fc.constantFrom(...orders), (rows, order) => {
        expect(effectsOf(rows.toReversed(), order)).toEqual(effectsOf(rows, order));
      }),
    );
  });

  it("are 0 when nothing converted", () => {
    for (const order of orders) {
      const [effect] = effectsOf([{ path: "a > b", conversions: 0, nulls: 2 }], order);
      expect(effect).toEqual({ channel: "a", conversions: 0, value: null });
    }
  });
});
