import { describe, expect, it } from "vitest";
import { fittedModels } from "../../../src/ledger/attribution.ts";
import { dataDriven } from "../../../src/models/attribution/data-driven.ts";
import {
  creditByChannelWeights,
  fitChannelWeights,
  fitEveryModel,
} from "../../../src/models/attribution/fit.ts";
import { aggregatedPaths, type PathRow } from "../../../src/models/attribution/paths.ts";
import { uniformStream } from "../../../src/stats/random.ts";

/** Journeys over five channels that convert with the given effects on the log odds. */
function journeys(
  count: number,
  effects: Readonly<Record<string, number>>,
  seed: number,
): PathRow[] {
  const uniform = uniformStream(seed);
  const rows: PathRow[] = [];
  while (rows.length < count) {
    const path = Object.keys(effects).filter(() => uniform() < 0.4);
    if (path.length === 0) continue;
    const odds = path.reduce((sum, channel) => sum + (effects[channel] ?? 0), -3);
    const converted = uniform() < 1 / (1 + Math.exp(-odds));
    rows.push({ path, conversions: converted ? 1 : 0, nulls: converted ? 0 : 1 });
  }
  return rows;
}

const known = { ads: 1.2, email: 0.6, events: 0.3, organic: 0, spam: -0.8 };

describe("the data-driven model", () => {
  it("finds effects that are known: their order and rough size", () => {
    const fit = dataDriven(aggregatedPaths(journeys(20_000, known, 11)));
    expect(fit.note).toBeNull();
    expect(fit.gain).toBeGreaterThan(5);
    for (const { channel, coefficient, weight } of fit.channels) {
      const truth = known[channel as keyof typeof known];
      expect(Math.abs(coefficient - truth)).toBeLessThan(0.2);
      expect(weight).toBe(Math.max(0, coefficient));
    }
    const byWeight = fit.channels.toSorted((one, other) => other.coefficient - one.coefficient);
    expect(byWeight.map(({ channel }) => channel)).toEqual(Object.keys(known));
  });

  it("says no_signal for noise, and weighs all channels alike", () => {
    const none = { a: 0, b: 0, c: 0, d: 0, e: 0 };
    const notes = Array.from({ length: 20 }, (_, seed) => {
      const { weights, note } = fitChannelWeights(
        "data_driven",
        aggregatedPaths(journeys(4000, none, seed + 1)),
      );
      if (note) expect(new Set(weights.map(({ weight }) => weight))).toEqual(new Set([1e9]));
      return note;
    });
    expect(notes.filter((note) => note === "no_signal").length).toBeGreaterThanOrEqual(19);
  });

  it("says when there is too little of either kind", () => {
    const few = (conversions: number, nulls: number) =>
      dataDriven(aggregatedPaths([{ path: "a > b", conversions, nulls }])).note;
    expect(few(49, 1000)).toBe("too_few");
    expect(few(1000, 49)).toBe("too_few");
    expect(few(1000, 0)).toBe("no_nulls");
    expect(few(1000, 1000)).toBe("no_signal");
  });

  it("does not depend on the order of rows or on how they are put together", () => {
    const rows = journeys(3000, known, 4);
    const one = dataDriven(aggregatedPaths(rows));
    const turned = dataDriven(
      aggregatedPaths(rows.toReversed().map((row) => ({ ...row, path: [...row.path].reverse() }))),
    );
    expect(turned).toEqual(one);
  });
});

describe("fitted weights", () => {
  const paths = aggregatedPaths([
    { path: "google", conversions: 2, nulls: 1 },
    { path: "mailing", conversions: 1 },
    { path: "google > mailing", conversions: 1 },
  ]);

  it("of Markov models are the removal effects in billionths", () => {
    expect(fitChannelWeights("markov_1", paths)).toEqual({
      weights: [
        { channel: "google", weight: 750_000_000 },
        { channel: "mailing", weight: 500_000_000 },
      ],
      note: null,
    });
  });

  it("carry a note where nothing converted or everything did", () => {
    const note = (conversions: number, nulls: number) =>
      fitChannelWeights("markov_2", aggregatedPaths([{ path: "a", conversions, nulls }]));
    expect(note(0, 3)).toEqual({ weights: [{ channel: "a", weight: 1e9 }], note: "too_few" });
    expect(note(3, 0)).toEqual({ weights: [{ channel: "a", weight: 1e9 }], note: "no_nulls" });
  });

  it("are the same when every model is fitted at once", () => {
    const rows = journeys(3000, known, 7).map((row, at) =>
      at % 3 === 0 ? { ...row, path: [...row.path, ...row.path] } : row,
    );
    const all = aggregatedPaths(rows);
    const fitted = [...fitEveryModel(all)];
    expect(fitted.map(({ model }) => model).sort()).toEqual(fittedModels.toSorted());
    for (const { model, ...weights } of fitted) {
      expect(weights).toEqual(fitChannelWeights(model, all));
    }
  });

  it("divide each journey over the channels that it touched, equally where these weigh nothing", () => {
    const credits = creditByChannelWeights(
      aggregatedPaths([
        { path: "a > b > a", conversions: 4 },
        { path: "c > d > d", conversions: 3 },
      ]),
      [
        { channel: "a", weight: 3 },
        { channel: "b", weight: 1 },
      ],
    );
    expect(credits.map(({ conversions }) => Math.round(conversions * 1e9) / 1e9)).toEqual([
      3, 1, 1, 2,
    ]);
  });
});
