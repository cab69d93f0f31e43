import { factor, solve, solveTransposed } from "../../stats/dense.ts";
import type { TouchTree } from "./touch-tree.ts";

/** Conversions and value that pass through each channel, as a part of all: 0 to 1, by channel number. */
export interface Effects {
  readonly conversions: Float64Array;
  readonly values: Float64Array | null;
}

interface Flow {
  /** Journeys from channel a to channel b at a · channels + b. */
  readonly moves: Float64Array;
  /** Touches of each channel, counted in journeys. */
  readonly visits: Float64Array;
  /** Conversions, and value, of the journeys that end at each channel. */
  readonly conversions: Float64Array;
  readonly values: Float64Array | null;
}

/**
 * Removal effects under the Markov chain whose state is the last touch, from one factorisation.
 *
 * Seen backwards, a touch at t came from u with probability moves(u, t) / visits(t), or began its journey. With
 * A = diag(visits) − movesᵀ and r the conversions by last touch, the part of r that passed through c is
 * (rᵀ A⁻¹)[c] / A⁻¹[c, c] / Σ r. That is 1 − P(conversion without c) / P(conversion) of Anderl et al. 2016
 * (IJRM 33(3), section 3), without its cancellation: f = N r of the forward chain times its visits is A⁻ᵀ r.
 *
 * @param tree of order 1
 */
export function firstOrderEffects(tree: TouchTree): Effects {
  const { moves, visits, conversions, values } = flowOf(tree);
  const size = tree.channels;
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let at = 0; at < size; at++) matrix[row * size + at] = -(moves[at * size + row] as number);
    matrix[row * size + row] = (visits[row] as number) - (moves[row * size + row] as number) || 1;
  }
  const factors = factor(matrix, size);
  const diagonal = Float64Array.from({ length: size }, (_, channel) => {
    const unit = new Float64Array(size);
    unit[channel] = 1;
    return solve(factors, unit)[channel] as number;
  });
  const passing = (reward: Float64Array): Float64Array => {
    const total = reward.reduce((sum, part) => sum + part, 0);
    if (total === 0) return new Float64Array(size);
    return solveTransposed(factors, reward).map(
      (part, channel) => part / (diagonal[channel] as number) / total,
    );
  };
  return { conversions: passing(conversions), values: values && passing(values) };
}

function flowOf({ channels: size, parents, lasts, depths, journeys, ...tree }: TouchTree): Flow {
  const moves = new Float64Array(size * size);
  const visits = new Float64Array(size);
  const conversions = new Float64Array(size);
  const values = tree.values && new Float64Array(size);
  for (let node = 1; node < depths.length; node++) {
    const depth = depths[node] as number;
    const last = lasts[node] as number;
    if (depth > 2) continue;
    visits[last] = (visits[last] as number) + (journeys[node] as number);
    if (depth === 2) {
      moves[(lasts[parents[node] as number] as number) * size + last] = journeys[node] as number;
      continue;
    }
    conversions[last] = tree.conversions[node] as number;
    if (values) values[last] = tree.values?.[node] as number;
  }
  return { moves, visits, conversions, values };
}
