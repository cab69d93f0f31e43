import { creditByWeights } from "./credit.ts";
import { backwardChain } from "./markov-chain.ts";
import { contracted } from "./markov-contraction.ts";
import { type Effects, firstOrderEffects } from "./markov-first.ts";
import { sweepEffects } from "./markov-sweeps.ts";
import type { AggregatedPaths, ChannelCredit } from "./paths.ts";
import { type TouchTree, touchTree } from "./touch-tree.ts";

/** How many touches back the chain remembers. */
export type MarkovOrder = 1 | 2 | 3 | 4;

/** What would be lost without a channel, as a part of all: 0 to 1. */
export interface RemovalEffect {
  readonly channel: string;
  /** Of the conversions. */
  readonly conversions: number;
  /** Of the value; null when the paths carry none. */
  readonly value: number | null;
}

/** Removal effects of all channels, in the order of the paths' channels. */
export interface RemovalEffects {
  readonly effects: readonly RemovalEffect[];
  /** Bound of what the solver left, besides rounding; 0 where it solved directly. */
  readonly error: number;
}

/** Up to here order 1 is solved by one factorisation, beyond by sweeps. */
const factoredChannels = 512;

const tolerance = 1e-12;

/**
 * Removal effect of each channel, exactly: 1 − P(conversion without the channel) / P(conversion) in an absorbing Markov
 * chain with start, touches, conversion and null (Anderl, Becker, von Wangenheim and Schumann 2016, International
 * Journal of Research in Marketing 33(3), section 3). Nothing is simulated; the same paths give the same numbers.
 *
 * Conventions. A state is the last `order` touches of a journey, or all of them while it has fewer; so short paths count
 * whole, and P(conversion) is conversions / (conversions + nulls) for every order. Repeats are touches like any other:
 * they do not change order 1, but fill the memory of higher orders. Removing a channel removes every state that
 * contains it: a journey ends without a conversion at its first touch of the channel. Moves are counted in journeys;
 * value is a second reward at the end and does not bend the chain. From order = longest path on, the effect is simply
 * the share of conversions whose path has the channel. Without nulls it is close to that for every order and tells
 * where converting journeys passed, not what made them convert.
 *
 * @param paths journeys; without a conversion all effects are 0
 * @param options order of the chain
 */
export function markovRemovalEffects(
  paths: AggregatedPaths,
  { order }: { readonly order: MarkovOrder },
): RemovalEffects {
  const { conversions, values, error } = effectsOf(paths, order);
  return {
    effects: paths.channels.map((channel, number) => ({
      channel,
      conversions: conversions[number] as number,
      value: values && (values[number] as number),
    })),
    error,
  };
}

/**
 * Credits conversions and value in proportion to the removal effects (Anderl et al. 2016).
 *
 * @param paths journeys
 * @param options order of the chain
 */
export function markovCredits(
  paths: AggregatedPaths,
  { order }: { readonly order: MarkovOrder },
): readonly ChannelCredit[] {
  return creditByWeights(paths, effectsOf(paths, order));
}

function effectsOf(paths: AggregatedPaths, order: MarkovOrder): SolvedEffects {
  return treeEffects(touchTree(paths, order));
}

/** Effects, and a bound of what the solver left. */
export interface SolvedEffects extends Effects {
  readonly error: number;
}

/**
 * Removal effects from journeys that were counted before: what `markovRemovalEffects` gives for the tree's order.
 *
 * @param tree journeys by their last touches
 */
export function treeEffects(tree: TouchTree): SolvedEffects {
  if (tree.order === 1 && tree.channels <= factoredChannels) {
    return { ...firstOrderEffects(tree), error: 0 };
  }
  const equations = contracted(backwardChain(tree), tree.channels);
  const { effects, error } = sweepEffects(equations, tree.channels, tolerance);
  const [conversions = new Float64Array(tree.channels), values = null] = effects;
  return { conversions, values, error };
}
