import {
  type BinaryGroup,
  fitLogistic,
  type LogisticFit,
  logLikelihoods,
  logOdds,
} from "../../stats/logistic.ts";
import { drawBinomial, uniformStream } from "../../stats/random.ts";
import type { AggregatedPaths } from "./paths.ts";

/** Why the data cannot carry a model: not enough journeys of a kind, none without a conversion, nothing to learn. */
export type FitNote = "too_few" | "no_nulls" | "no_signal";

/** What the regression says of a channel. */
export interface ChannelEffect {
  readonly channel: string;
  /** Change of the log odds of a conversion when the channel was touched. */
  readonly coefficient: number;
  /** The coefficient where it is above 0, else 0; 1 for all channels when there is a note. */
  readonly weight: number;
}

/** A fitted data-driven model. */
export interface DataDrivenFit {
  readonly channels: readonly ChannelEffect[];
  /** null when the data can carry the model. */
  readonly note: FitNote | null;
  /** The penalty that predicted held-out journeys best; null when nothing was fitted. */
  readonly ridge: number | null;
  /** Gain in log likelihood of held-out journeys over the mean rate, in its own standard errors. */
  readonly gain: number | null;
}

/** A set of channels with its journeys, and a number that its names alone decide. */
interface ChannelSet extends BinaryGroup {
  readonly seed: number;
}

/** Journeys of either kind below which nothing is fitted: ten for each held-out part. */
const fewest = 50;
const folds = 5;
const ridges = [1, 10, 100, 1000] as const;
/** Standard errors that the gain on held-out journeys must exceed. */
const clear = 2;

/**
 * Data-driven model: a ridge-penalised logistic regression of conversion on the set of channels that a journey touched,
 * in the manner of Shao and Li 2011 (KDD '11, Data-driven multi-touch attribution models, section 4.1), with a penalty
 * where they bag. A channel's weight is its coefficient, 0 when negative; order and repeats do not matter, and a journey
 * of one channel gives it everything.
 *
 * The penalty (1, 10, 100 or 1000) is the one that predicts held-out journeys best, over five parts that are drawn by a
 * hash of each set's names: no chance from run to run. The data cannot carry the model, and all channels weigh alike,
 * when fewer than 50 journeys converted or fewer than 50 did not (too_few; no_nulls when none), or when the channels
 * predict held-out journeys better than the mean rate by no more than two standard errors, or none raises the odds
 * (no_signal). It describes who converted, not why: people who would have bought anyway and touch a channel on their way
 * raise its weight.
 *
 * @param paths journeys with and without a conversion
 */
export function dataDriven(paths: AggregatedPaths): DataDrivenFit {
  const sets = channelSets(paths);
  const size = paths.channels.length;
  const conversions = sets.reduce((sum, set) => sum + set.successes, 0);
  const nulls = sets.reduce((sum, set) => sum + set.failures, 0);
  if (conversions < fewest) return carriesNothing(paths, "too_few");
  if (nulls === 0) return carriesNothing(paths, "no_nulls");
  if (nulls < fewest) return carriesNothing(paths, "too_few");
  const parts = splitSets(sets);
  const tried = ridges.map((ridge) => ({ ridge, ...heldOut(sets, parts, size, ridge) }));
  const best = tried.reduce((one, other) => (other.total > one.total ? other : one));
  const { coefficients } = fitLogistic(sets, size, best.ridge);
  const tells = best.gain > clear && coefficients.some((each) => each > 0);
  return {
    channels: paths.channels.map((channel, number) => {
      const coefficient = coefficients[number] as number;
      return { channel, coefficient, weight: tells ? Math.max(0, coefficient) : 1 };
    }),
    note: tells ? null : "no_signal",
    ridge: best.ridge,
    gain: best.gain,
  };
}

function carriesNothing(paths: AggregatedPaths, note: FitNote): DataDrivenFit {
  const channels = paths.channels.map((channel) => ({ channel, coefficient: 0, weight: 1 }));
  return { channels, note, ridge: null, gain: null };
}

/** Journeys by set of channels, in the order of the sets' names. */
function channelSets(paths: AggregatedPaths): readonly ChannelSet[] {
  const byName = paths.channels.map((_, number) => number);
  byName.sort((one, other) => compare(paths.channels[one], paths.channels[other]));
  const rank = new Int32Array(byName.length);
  byName.forEach((number, at) => {
    rank[number] = at;
  });
  const found = new Map<string, { features: number[]; successes: number; failures: number }>();
  for (let path = 0; path + 1 < paths.starts.length; path++) {
    const touches = paths.steps.subarray(paths.starts[path], paths.starts[path + 1]);
    if (touches.length === 0) continue;
    const ranks = [...new Set(touches)].map((number) => rank[number] as number);
    ranks.sort((one, other) => one - other);
    const key = ranks.join();
    const set = found.get(key) ?? { features: [], successes: 0, failures: 0 };
    if (set.features.length === 0) {
      set.features = ranks.map((at) => byName[at] as number);
      found.set(key, set);
    }
    set.successes += paths.conversions[path] as number;
    set.failures += paths.nulls[path] as number;
  }
  return [...found.values()]
    .map((set) => ({ set, name: set.features.map((each) => paths.channels[each]).join("\n") }))
    .sort((one, other) => compare(one.name, other.name))
    .map(({ set, name }) => ({ ...set, seed: fnv(name) }));
}

function compare(one = "", other = ""): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** FNV-1a over UTF-16 units. */
function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash;
}

/** Deals the journeys of each set into parts, at random but always alike. */
function splitSets(sets: readonly ChannelSet[]): readonly (readonly BinaryGroup[])[] {
  const parts: BinaryGroup[][] = Array.from({ length: folds }, () => []);
  for (const { features, successes, failures, seed } of sets) {
    const uniform = uniformStream(seed);
    let left = { successes, failures };
    parts.forEach((part, at) => {
      const chance = 1 / (folds - at);
      const dealt = {
        successes: drawBinomial(left.successes, chance, uniform),
        failures: drawBinomial(left.failures, chance, uniform),
      };
      left = {
        successes: left.successes - dealt.successes,
        failures: left.failures - dealt.failures,
      };
      part.push({ features, ...dealt });
    });
  }
  return parts;
}

/** Gain in log likelihood over the mean rate when each part is predicted by the others: in total and in standard errors. */
function heldOut(
  sets: readonly ChannelSet[],
  parts: readonly (readonly BinaryGroup[])[],
  size: number,
  ridge: number,
): { readonly total: number; readonly gain: number } {
  let journeys = 0;
  let total = 0;
  let squares = 0;
  for (const part of parts) {
    const others = without(sets, part);
    const fit = fitLogistic(others, size, ridge);
    const mean: LogisticFit = { intercept: logOdds(others), coefficients: new Float64Array(size) };
    const plain = logLikelihoods(mean, []);
    for (const { features, successes, failures } of part) {
      const { success, failure } = logLikelihoods(fit, features);
      const won = success - plain.success;
      const lost = failure - plain.failure;
      journeys += successes + failures;
      total += successes * won + failures * lost;
      squares += successes * won * won + failures * lost * lost;
    }
  }
  const variance = squares - (total * total) / journeys;
  return { total, gain: variance > 0 ? total / Math.sqrt(variance) : 0 };
}

/** The journeys that a part does not hold; sets of which nothing is left are dropped. */
function without(sets: readonly ChannelSet[], part: readonly BinaryGroup[]): BinaryGroup[] {
  return sets
    .map(({ features, successes, failures }, at) => ({
      features,
      successes: successes - (part[at]?.successes ?? 0),
      failures: failures - (part[at]?.failures ?? 0),
    }))
    .filter(({ successes, failures }) => successes + failures > 0);
}
