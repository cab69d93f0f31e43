import { uniformStream } from "./random.ts";

/**
 * Turns what each exact set of players brings into what everything inside each coalition brings:
 * v(S) = Σ given(T) over T ⊆ S, by the subset-sum (zeta) transform in n · 2ⁿ steps.
 *
 * @param given by bitmask; its length is a power of two
 */
export function subsetSums(given: Float64Array): Float64Array {
  const sums = Float64Array.from(given);
  for (let bit = 1; bit < sums.length; bit *= 2) {
    for (let mask = 0; mask < sums.length; mask++) {
      if (mask & bit) sums[mask] = (sums[mask] as number) + (sums[mask ^ bit] as number);
    }
  }
  return sums;
}

/**
 * Shapley value of each player, exactly: Σ over coalitions S without i of |S|! (n − |S| − 1)! / n! · (v(S ∪ i) − v(S))
 * (Shapley 1953, A value for n-person games).
 *
 * @param worths v by bitmask, 2ⁿ of them; v(∅) need not be 0, and only what is above it is divided
 */
export function shapleyValues(worths: Float64Array): Float64Array {
  const players = Math.round(Math.log2(worths.length));
  const weights = new Float64Array(players);
  let choices = 1;
  for (let size = 0; size < players; size++) {
    weights[size] = 1 / (players * choices);
    choices = (choices * (players - 1 - size)) / (size + 1);
  }
  const values = new Float64Array(players);
  for (let mask = 0; mask < worths.length; mask++) {
    const weight = weights[bitsOf(mask)] as number;
    for (let player = 0; player < players; player++) {
      if (mask & (1 << player)) continue;
      const gain = (worths[mask | (1 << player)] as number) - (worths[mask] as number);
      values[player] = (values[player] as number) + weight * gain;
    }
  }
  return values;
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let rest = mask; rest > 0; rest &= rest - 1) bits += 1;
  return bits;
}

/** Shapley values that were sampled. */
export interface SampledValues {
  readonly values: Float64Array;
  /** Half the width of each value's 95 % confidence interval. */
  readonly errors: Float64Array;
}

/**
 * Estimates Shapley values for more players than 2ⁿ coalitions allow: the mean gain over random orders of arrival
 * (Castro, Gómez and Tejada 2009, Computers & Operations Research 36(5)), each order taken forwards and backwards
 * (Mitchell, Cooper, Frank and Holmes 2022, JMLR 23(43), section 3.2). The values add up to v(all) − v(∅) all the same.
 *
 * @param players how many
 * @param worth v of the players whose `members` are 1
 * @param options how many pairs of orders, at least 2, and the seed
 */
export function sampledShapleyValues(
  players: number,
  worth: (members: Uint8Array) => number,
  { pairs = 1000, seed = 1 }: { readonly pairs?: number; readonly seed?: number } = {},
): SampledValues {
  const uniform = uniformStream(seed);
  const order = Int32Array.from({ length: players }, (_, player) => player);
  const sums = new Float64Array(players);
  const squares = new Float64Array(players);
  for (let pair = 0; pair < pairs; pair++) {
    shuffle(order, uniform);
    const gains = new Float64Array(players);
    addGains(gains, order, worth);
    addGains(gains, order.toReversed(), worth);
    gains.forEach((gain, player) => {
      sums[player] = (sums[player] as number) + gain / 2;
      squares[player] = (squares[player] as number) + (gain / 2) ** 2;
    });
  }
  const values = sums.map((sum) => sum / pairs);
  const errors = squares.map((square, player) => {
    const variance = Math.max(0, square / pairs - (values[player] as number) ** 2);
    return 1.96 * Math.sqrt(variance / (pairs - 1));
  });
  return { values, errors };
}

function shuffle(order: Int32Array, uniform: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(uniform() * (last + 1));
    const player = order[last] as number;
    order[last] = order[other] as number;
    order[other] = player;
  }
}

function addGains(
  gains: Float64Array,
  order: Int32Array,
  worth: (members: Uint8Array) => number,
): void {
  const members = new Uint8Array(order.length);
  let before = worth(members);
  for (const player of order) {
    members[player] = 1;
    const after = worth(members);
    gains[player] = (gains[player] as number) + after - before;
    before = after;
  }
}
