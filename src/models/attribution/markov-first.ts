import { factor, solve, solveTransposed } from "../../stats/dense.ts";
import type { AggregatedPaths } from "./paths.ts";

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
 * @param paths journeys
 */
export function firstOrderEffects(paths: AggregatedPaths): Effects {
  const { moves, visits, conversions, values } = flowOf(paths);
  const size = paths.channels.length;
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

function flowOf({ channels, steps, starts, ...paths }: AggregatedPaths): Flow {
  const size = channels.length;
  const moves = new Float64Array(size * size);
  const visits = new Float64Array(size);
  const conversions = new Float64Array(size);
  const values = paths.values && new Float64Array(size);
  for (let path = 0; path + 1 < starts.length; path++) {
    const from = starts[path] as number;
    const to = starts[path + 1] as number;
    if (from === to) continue;
    const converted = paths.conversions[path] as number;
    const journeys = converted + (paths.nulls[path] as number);
    let last = steps[from] as number;
    visits[last] = (visits[last] as number) + journeys;
    for (let at = from + 1; at < to; at++) {
      const next = steps[at] as number;
      const move = last * size + next;
      moves[move] = (moves[move] as number) + journeys;
      visits[next] = (visits[next] as number) + journeys;
      last = next;
    }
    conversions[last] = (conversions[last] as number) + converted;
    if (values) values[last] = (values[last] as number) + (paths.values?.[path] as number);
  }
  return { moves, visits, conversions, values };
}
