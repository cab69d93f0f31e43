import {
  type BinaryGroups,
  fitLogistic,
  type LogisticFit,
  logLikelihoodOfFailure,
  logOdds,
  logOddsOf,
} from "../../stats/logistic.ts";
import { drawBinomial, uniformStream } from "../../stats/random.ts";
import { type ChannelSets, channelSets } from "./channel-sets.ts";
import { sum } from "./credit.ts";
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
  const [conversions, nulls] = [sum(sets.successes), sum(sets.failures)];
  if (conversions < fewest) return carriesNothing(paths, "too_few");
  if (nulls === 0) return carriesNothing(paths, "no_nulls");
  if (nulls < fewest) return carriesNothing(paths, "too_few");
  const parts = splitSets(sets);
  let start: LogisticFit | undefined;
  const tried = ridges.map((ridge) => {
    start = fitLogistic(sets, size, ridge, start);
    return { ridge, fit: start, ...heldOut(sets, parts, ridge, start) };
  });
  const best = tried.reduce((one, other) => (other.total > one.total ? other : one));
  const { coefficients } = best.fit;
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

/** Journeys of each set that were dealt to a part. */
type Part = Pick<BinaryGroups, "successes" | "failures">;

/** Deals the journeys of each set into parts, at random but always alike. */
function splitSets({ successes, failures, seeds }: ChannelSets): readonly Part[] {
  const [left, lost] = [successes.slice(), failures.slice()];
  const streams = Array.from(seeds, (seed) => uniformStream(seed));
  return Array.from({ length: folds }, (_, at) => {
    const chance = 1 / (folds - at);
    const part = { successes: left.slice(), failures: lost.slice() };
    streams.forEach((uniform, set) => {
      part.successes[set] = drawBinomial(left[set] as number, chance, uniform);
      part.failures[set] = drawBinomial(lost[set] as number, chance, uniform);
      left[set] = (left[set] as number) - (part.successes[set] as number);
      lost[set] = (lost[set] as number) - (part.failures[set] as number);
    });
    return part;
  });
}

/** Gain in log likelihood over the mean rate when each part is predicted by the others: in total and in standard errors. */
function heldOut(
  sets: ChannelSets,
  parts: readonly Part[],
  ridge: number,
  start: LogisticFit,
): { readonly total: number; readonly gain: number } {
  let journeys = 0;
  let total = 0;
  let squares = 0;
  for (const { successes, failures } of parts) {
    const others = {
      starts: sets.starts,
      features: sets.features,
      successes: sets.successes.map((count, set) => count - (successes[set] as number)),
      failures: sets.failures.map((count, set) => count - (failures[set] as number)),
    };
    const fit = fitLogistic(others, start.coefficients.length, ridge, start);
    const mean = logOdds(others);
    const plain = logLikelihoodOfFailure(mean);
    for (let set = 0; set < successes.length; set++) {
      const [yes, no] = [successes[set] as number, failures[set] as number];
      if (yes + no === 0) continue;
      const odds = logOddsOf(fit, sets, set);
      const lost = logLikelihoodOfFailure(odds) - plain;
      const won = lost + odds - mean;
      journeys += yes + no;
      total += yes * won + no * lost;
      squares += yes * won * won + no * lost * lost;
    }
  }
  const variance = squares - (total * total) / journeys;
  return { total, gain: variance > 0 ? total / Math.sqrt(variance) : 0 };
}
