import type { FittedModel } from "../../ledger/attribution.ts";
import { creditByPath, sum } from "./credit.ts";
import { dataDriven, type FitNote } from "./data-driven.ts";
import { type MarkovOrder, treeEffects } from "./markov.ts";
import type { AggregatedPaths, ChannelCredit } from "./paths.ts";
import { shorterMemory, type TouchTree, touchTree } from "./touch-tree.ts";

/** The weight of a channel in billionths, a whole number; only ratios matter. */
export interface ChannelWeight {
  readonly channel: string;
  readonly weight: number;
}

/** What a fitted model gives each channel of the paths. */
export interface FittedWeights {
  readonly weights: readonly ChannelWeight[];
  /** null when the data can carry the model. */
  readonly note: FitNote | null;
}

const billion = 1_000_000_000;

const orders = {
  markov_1: 1,
  markov_2: 2,
  markov_3: 3,
  markov_4: 4,
} as const satisfies Readonly<Record<Exclude<FittedModel, "data_driven">, MarkovOrder>>;

/**
 * Fits a model to journeys and returns what it gives each channel.
 *
 * Markov models: the weight is the removal effect. Without a conversion all channels weigh alike (too_few); without
 * journeys that did not convert the effects stand, with the note no_nulls: they then tell only where journeys passed.
 * data_driven: the positive coefficients; all alike when the data cannot carry it (see `dataDriven`).
 *
 * @param model the model
 * @param paths journeys with and without a conversion
 * @returns a weight per channel, in the order of the paths' channels
 */
export function fitChannelWeights(model: FittedModel, paths: AggregatedPaths): FittedWeights {
  return model === "data_driven"
    ? dataDrivenWeights(paths)
    : markovWeights(paths, touchTree({ ...paths, values: null }, orders[model]));
}

/**
 * Fits every model: `fitChannelWeights` for each of them, with the journeys counted once.
 *
 * @param paths journeys with and without a conversion
 * @returns the models one after another, so that other work can be done in between
 */
export function* fitEveryModel(
  paths: AggregatedPaths,
): Generator<FittedWeights & { readonly model: FittedModel }> {
  let tree = touchTree({ ...paths, values: null }, orders.markov_4);
  for (const model of ["markov_4", "markov_3", "markov_2", "markov_1"] as const) {
    if (orders[model] < tree.order) tree = shorterMemory(tree);
    yield { model, ...markovWeights(paths, tree) };
  }
  yield { model: "data_driven", ...dataDrivenWeights(paths) };
}

function dataDrivenWeights(paths: AggregatedPaths): FittedWeights {
  const { channels, note } = dataDriven(paths);
  return { weights: channels.map(({ channel, weight }) => inBillionths(channel, weight)), note };
}

function markovWeights(paths: AggregatedPaths, tree: TouchTree): FittedWeights {
  if (sum(paths.conversions) === 0) {
    return { weights: paths.channels.map((channel) => inBillionths(channel, 1)), note: "too_few" };
  }
  const { conversions } = treeEffects(tree);
  return {
    weights: paths.channels.map((channel, number) =>
      inBillionths(channel, conversions[number] as number),
    ),
    note: sum(paths.nulls) === 0 ? "no_nulls" : null,
  };
}

function inBillionths(channel: string, weight: number): ChannelWeight {
  return { channel, weight: Math.round(weight * billion) };
}

/**
 * Credits each journey by the weights of the channels that it touched: what the ledger's credits do, on aggregated
 * paths. A channel counts once however often a journey touched it; a journey whose channels all weigh nothing is divided
 * equally over its touches.
 *
 * @param paths journeys
 * @param weights from `fitChannelWeights`; a channel without one weighs nothing
 */
export function creditByChannelWeights(
  paths: AggregatedPaths,
  weights: readonly ChannelWeight[],
): readonly ChannelCredit[] {
  const byChannel = new Map(weights.map(({ channel, weight }) => [channel, weight]));
  const byNumber = paths.channels.map((channel) => byChannel.get(channel) ?? 0);
  return creditByPath(paths, (parts, from, to) => {
    const touched = new Set(paths.steps.subarray(from, to));
    let total = 0;
    for (const channel of touched) total += byNumber[channel] as number;
    if (total > 0) {
      for (const channel of touched) parts[channel] = (byNumber[channel] as number) / total;
      return;
    }
    for (let at = from; at < to; at++) {
      const channel = paths.steps[at] as number;
      parts[channel] = (parts[channel] as number) + 1 / (to - from);
    }
  });
}
