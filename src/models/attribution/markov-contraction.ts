import type { BackwardChain, Reward } from "./markov-chain.ts";

/**
 * The equations of a backward chain after states with at most one full predecessor have been put into those that follow
 * them. The equation of state s, for every channel that s does not contain, is
 * d(s, ·) = Σ weights[k] · d(sources[k], ·) for k from `starts[s]` to below `starts[s + 1]`, corrected for each
 * exception e of s: d(s, channel) += amount − weight · d(source, channel).
 */
export interface Equations {
  readonly order: number;
  /** Channels of state s: `channels[s · order]` onwards; there d is 1. */
  readonly channels: Int32Array;
  /** Journeys through each state. */
  readonly visits: Float64Array;
  readonly starts: Int32Array;
  readonly sources: Int32Array;
  readonly weights: Float64Array;
  readonly exceptions: Exceptions;
  /** Behind those of the states, an equation per reward: its part that passed through each channel. */
  readonly rewards: readonly Reward[];
}

/** Channels that were touched in a state that is no longer there. */
export interface Exceptions {
  /** Those of equation s: from `starts[s]` to below `starts[s + 1]`. */
  readonly starts: Int32Array;
  readonly channels: Int32Array;
  readonly amounts: Float64Array;
  readonly sources: Int32Array;
  readonly weights: Float64Array;
}

/** States put into each other one after another at most, lest long paths be followed again and again. */
const longestChain = 32;

/**
 * Eliminates states exactly: where all journeys come to s from one full state u or from a journey's first touches,
 * d(s, c) is 1 for the channels of s and moves(u, s) / visits(s) · d(u, c) for all others. (A journey's first touches
 * are part of s and have touched nothing else.)
 *
 * @param chain from `backwardChain`
 * @param channels how many
 * @param options states put into each other one after another at most; 0 keeps all
 */
export function contracted(
  chain: BackwardChain,
  channels: number,
  { longest = longestChain }: { readonly longest?: number } = {},
): Equations {
  const { numbers, kept } = keptStates(chain, longest);
  const { order, rewards } = chain;
  const rows = equationRows(chain, numbers, kept.length + rewards.length, channels);
  kept.forEach((state) => {
    for (let at = state * order; at < (state + 1) * order; at++) {
      rows.touched(chain.channels[at] as number);
    }
    for (let at = chain.starts[state] as number; at < (chain.starts[state + 1] as number); at++) {
      const weight = (chain.moves[at] as number) / (chain.visits[state] as number);
      rows.add(chain.predecessors[at] as number, weight);
    }
    rows.end();
  });
  for (const { atStates, before, total } of rewards) {
    before.forEach((part, channel) => {
      if (part > 0) rows.addAmount(channel, part / total);
    });
    atStates.forEach((part, state) => {
      if (part > 0) rows.add(state, part / total);
    });
    rows.end();
  }
  const ownChannels = new Int32Array(kept.length * order);
  kept.forEach((state, number) => {
    ownChannels.set(chain.channels.subarray(state * order, (state + 1) * order), number * order);
  });
  const { starts, sources, weights, exceptions } = rows.result();
  const visits = Float64Array.from(kept, (state) => chain.visits[state] as number);
  return { order, channels: ownChannels, visits, starts, sources, weights, exceptions, rewards };
}

/** States with several predecessors, one of each cycle of others, and one of every so many in a row. */
function keptStates(
  chain: BackwardChain,
  longest: number,
): { readonly numbers: Int32Array; readonly kept: readonly number[] } {
  const size = chain.visits.length;
  const numbers = new Int32Array(size).fill(-1);
  const kept: number[] = [];
  const lengths = chainLengths(chain, longest);
  for (let state = 0; state < size; state++) {
    if ((lengths[state] as number) > 0) continue;
    numbers[state] = kept.length;
    kept.push(state);
  }
  return { numbers, kept };
}

const unknown = -1;
const pending = -2;

/** How many states, one after another, stand between each state and the one that it is put into; 0 where it is kept. */
function chainLengths({ visits, starts, predecessors }: BackwardChain, longest: number) {
  const lengths = new Int32Array(visits.length).fill(unknown);
  const countOf = (state: number) => (starts[state + 1] as number) - (starts[state] as number);
  for (let state = 0; state < visits.length; state++) if (countOf(state) > 1) lengths[state] = 0;
  const row: number[] = [];
  /** Length of what stands before the states that were put into the row. */
  const followBack = (from: number): number => {
    for (let state = from; ; state = predecessors[starts[state] as number] as number) {
      // one state of a cycle is kept
      if (lengths[state] === pending) lengths[state] = 0;
      if (lengths[state] !== unknown) return lengths[state] as number;
      lengths[state] = pending;
      row.push(state);
      if (countOf(state) === 0) return 0;
    }
  };
  for (let state = 0; state < visits.length; state++) {
    let length = followBack(state);
    for (let last = row.pop(); last !== undefined; last = row.pop()) {
      if (lengths[last] === pending) lengths[last] = length < longest ? length + 1 : 0;
      length = lengths[last] as number;
    }
  }
  return lengths;
}

/** Exceptions while they are collected. */
function exceptionList(equations: number) {
  const starts = new Int32Array(equations + 1);
  const [channels, amounts]: [number[], number[]] = [[], []];
  const [sources, weights]: [number[], number[]] = [[], []];
  return {
    size: (): number => channels.length,
    add: (channel: number, amount: number): void => {
      channels.push(channel);
      amounts.push(amount);
      sources.push(0);
      weights.push(0);
    },
    /** Says which source all exceptions from `first` on correct. */
    correct: (first: number, source: number, weight: number): void => {
      sources.fill(source, first);
      weights.fill(weight, first);
    },
    end: (equation: number): void => {
      starts[equation + 1] = channels.length;
    },
    result: (): Exceptions => ({
      starts,
      channels: new Int32Array(channels),
      amounts: new Float64Array(amounts),
      sources: new Int32Array(sources),
      weights: new Float64Array(weights),
    }),
  };
}

/** Collects equations one after another; `numbers` are those of the states that are left, −1 for the others. */
function equationRows(chain: BackwardChain, numbers: Int32Array, rows: number, channels: number) {
  const exceptions = exceptionList(rows);
  const starts = new Int32Array(rows + 1);
  const most = chain.rewards.reduce((sum) => sum + chain.visits.length, chain.predecessors.length);
  const sources = new Int32Array(most);
  const weights = new Float64Array(most);
  let [equation, mark, count] = [0, 0, 0];
  const own = new Int32Array(channels).fill(-1);
  const marks = new Int32Array(channels).fill(-1);
  /** Notes the channels of a gone state that neither the equation's state nor a later gone one has touched. */
  const pass = (state: number, weight: number): void => {
    for (let at = state * chain.order; at < (state + 1) * chain.order; at++) {
      const channel = chain.channels[at] as number;
      if (own[channel] === equation || marks[channel] === mark) continue;
      marks[channel] = mark;
      exceptions.add(channel, weight);
    }
  };
  return {
    /** Says that the state of this equation has touched a channel itself. */
    touched: (channel: number): void => {
      own[channel] = equation;
    },
    addAmount: exceptions.add,
    add: (state: number, weight: number): void => {
      const first = exceptions.size();
      mark += 1;
      let [each, left] = [state, weight];
      while ((numbers[each] as number) < 0) {
        pass(each, left);
        const at = chain.starts[each] as number;
        if (at === chain.starts[each + 1]) return;
        left *= (chain.moves[at] as number) / (chain.visits[each] as number);
        each = chain.predecessors[at] as number;
      }
      const source = numbers[each] as number;
      sources[count] = source;
      weights[count] = left;
      count += 1;
      if (each !== state) exceptions.correct(first, source, left);
    },
    end: (): void => {
      exceptions.end(equation);
      equation += 1;
      starts[equation] = count;
    },
    result: () => ({
      starts,
      sources: sources.slice(0, count),
      weights: weights.slice(0, count),
      exceptions: exceptions.result(),
    }),
  };
}
