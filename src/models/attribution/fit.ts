import type { FittedModel } from "../../ledger/attribution.ts";
import { type MarkovOrder, markovRemovalEffects } from "./markov.ts";
import type { AggregatedPaths } from "./paths.ts";

/** Why the data cannot carry a model: not enough journeys of both kinds, none without a conversion, nothing to learn. */
export type FitNote = "too_few" | "no_nulls" | "no_signal";

/** What a fitted model gives each channel of the paths. */
export interface FittedWeights {
  readonly weights: readonly ChannelWeight[];
  /** null when the data can carry the model. */
  readonly note: FitNote | null;
}

/** The weight of a channel in billionths, a whole number; only ratios matter. */
export interface ChannelWeight {
  readonly channel: string;
  readonly weight: number;
}

const billion = 1_000_000_000;

const orders: Readonly<Record<Exclude<FittedModel, "data_driven">, MarkovOrder>> = {
  markov_1: 1,
  markov_2: 2,
  markov_3: 3,
  markov_4: 4,
};

/**
 * Fits a model to journeys and returns what it gives each channel.
 *
 * @param model Markov: the weight is the removal effect. data_driven: see `dataDriven`.
 * @param paths journeys with and without a conversion
 */
export function fitChannelWeights(model: FittedModel, paths: AggregatedPaths): FittedWeights {
  if (model === "data_driven") {
    return {
      weights: paths.channels.map((channel) => ({ channel, weight: billion })),
      note: "too_few",
    };
  }
  const { effects } = markovRemovalEffects(paths, { order: orders[model] });
  return {
    weights: effects.map(({ channel, conversions }) => ({
      channel,
      weight: Math.round(conversions * billion),
    })),
    note: null,
  };
}
