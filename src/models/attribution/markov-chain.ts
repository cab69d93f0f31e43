import { sum } from "./credit.ts";
import type { TouchTree } from "./touch-tree.ts";

/**
 * The chain of the last `order` touches, seen backwards from the conversions: its full states, those of `order` touches,
 * from which a journey could still convert, in the order of their touches. What has fewer touches has only one past and
 * needs no chain.
 */
export interface BackwardChain {
  readonly order: number;
  /** Channels of state s: `channels[s · order]` onwards, the oldest first. */
  readonly channels: Int32Array;
  /** Journeys through each state, those that stay in it left out. */
  readonly visits: Float64Array;
  /** Full predecessors of state s: `predecessors[k]`, `moves[k]` for k from `starts[s]` to below `starts[s + 1]`. */
  readonly starts: Int32Array;
  readonly predecessors: Int32Array;
  /** Journeys that moved from the predecessor to the state. */
  readonly moves: Float64Array;
  /** Conversions, and value where it is known. */
  readonly rewards: readonly Reward[];
}

/** What journeys bring where they end. */
export interface Reward {
  /** By state. */
  readonly atStates: Float64Array;
  /** What the journeys of fewer touches bring that have a channel, by channel. */
  readonly before: Float64Array;
  /** Of all journeys. */
  readonly total: number;
}

/**
 * Puts the counted moves between full states together, predecessors by state.
 *
 * @param tree journeys by their last touches
 */
export function backwardChain(tree: TouchTree): BackwardChain {
  const { order, parents, lasts, journeys } = tree;
  const incoming = movesByTarget(tree);
  const states = statesInOrder(tree, leadToConversion(tree, incoming));
  const numbers = new Int32Array(parents.length).fill(-1);
  states.forEach((node, state) => {
    numbers[node] = state;
  });
  const size = states.length;
  const channels = new Int32Array(size * order);
  const visits = new Float64Array(size);
  const starts = new Int32Array(size + 1);
  const predecessors = new Int32Array(incoming.moves.length);
  const moves = new Float64Array(predecessors.length);
  let place = 0;
  for (let state = 0; state < size; state++) {
    const node = states[state] as number;
    for (let at = order - 1, each = node; at >= 0; at--, each = parents[each] as number) {
      channels[state * order + at] = lasts[each] as number;
    }
    let through = journeys[node] as number;
    const to = incoming.starts[node + 1] as number;
    const from = place;
    for (let at = incoming.starts[node] as number; at < to; at++) {
      const move = incoming.moves[at] as number;
      const before = parents[move] as number;
      if (before === node) continue;
      through += journeys[move] as number;
      predecessors[place] = numbers[before] as number;
      moves[place] = journeys[move] as number;
      place += 1;
    }
    sortTogether(predecessors, moves, from, place);
    visits[state] = through;
    starts[state + 1] = place;
  }
  return {
    ...{ order, channels, visits, starts },
    predecessors: predecessors.subarray(0, place),
    moves: moves.subarray(0, place),
    rewards: [tree.conversions, ...(tree.values ? [tree.values] : [])].map((given) => ({
      atStates: Float64Array.from(states, (node) => given[node] as number),
      before: broughtBefore(tree, given),
      total: sum(given),
    })),
  };
}

function broughtBefore(tree: TouchTree, given: Float64Array): Float64Array {
  const { order, depths, parents, lasts } = tree;
  const brought = new Float64Array(tree.channels);
  for (let node = 1; node < depths.length; node++) {
    const part = given[node] as number;
    if (part === 0 || (depths[node] as number) >= order) continue;
    const touched = new Set<number>();
    for (let each = node; each > 0; each = parents[each] as number) {
      touched.add(lasts[each] as number);
    }
    for (const channel of touched) brought[channel] = (brought[channel] as number) + part;
  }
  return brought;
}

interface Incoming {
  /** Moves into node n: `moves[k]` for k from `starts[n]` to below `starts[n + 1]`. */
  readonly starts: Int32Array;
  readonly moves: Int32Array;
}

function movesByTarget({ order, depths, suffixes, journeys }: TouchTree): Incoming {
  const starts = new Int32Array(depths.length + 1);
  const isMove = (node: number) => depths[node] === order + 1 && (journeys[node] as number) > 0;
  for (let node = 0; node < depths.length; node++) {
    if (!isMove(node)) continue;
    const after = (suffixes[node] as number) + 1;
    starts[after] = (starts[after] as number) + 1;
  }
  for (let node = 0; node < depths.length; node++) {
    starts[node + 1] = (starts[node + 1] as number) + (starts[node] as number);
  }
  const next = starts.slice();
  const moves = new Int32Array(starts[depths.length] as number);
  for (let node = 0; node < depths.length; node++) {
    if (!isMove(node)) continue;
    const target = suffixes[node] as number;
    const place = next[target] as number;
    moves[place] = node;
    next[target] = place + 1;
  }
  return { starts, moves };
}

/** The full states from which a conversion can be reached. */
function leadToConversion(
  { order, depths, parents, conversions }: TouchTree,
  { starts, moves }: Incoming,
): Int32Array {
  const leads = new Uint8Array(depths.length);
  const found = new Int32Array(depths.length);
  let count = 0;
  const take = (node: number): void => {
    if (leads[node]) return;
    leads[node] = 1;
    found[count] = node;
    count += 1;
  };
  conversions.forEach((converted, node) => {
    if (converted > 0 && depths[node] === order) take(node);
  });
  for (let done = 0; done < count; done++) {
    const node = found[done] as number;
    const to = starts[node + 1] as number;
    for (let at = starts[node] as number; at < to; at++) {
      take(parents[moves[at] as number] as number);
    }
  }
  return found.subarray(0, count);
}

/**
 * Orders states by their touches, so that it does not matter in which order journeys came, and states with the same
 * predecessors stand together: these then stay in the processor's cache.
 */
function statesInOrder(tree: TouchTree, states: Int32Array): Int32Array {
  let ordered = states;
  for (let back = 0; back < tree.order; back++) {
    const channelOf = (node: number): number => {
      let each = node;
      for (let step = 0; step < back; step++) each = tree.parents[each] as number;
      return tree.lasts[each] as number;
    };
    ordered = countingSort(ordered, Int32Array.from(ordered, channelOf), tree.channels);
  }
  return ordered;
}

function countingSort(items: Int32Array, keys: Int32Array, size: number): Int32Array {
  const next = new Int32Array(size + 1);
  for (const key of keys) next[key + 1] = (next[key + 1] as number) + 1;
  for (let key = 0; key < size; key++) {
    next[key + 1] = (next[key + 1] as number) + (next[key] as number);
  }
  const sorted = new Int32Array(items.length);
  for (let at = 0; at < items.length; at++) {
    const key = keys[at] as number;
    const place = next[key] as number;
    sorted[place] = items[at] as number;
    next[key] = place + 1;
  }
  return sorted;
}

/** Insertion sort by number: a state has at most as many predecessors as there are channels. */
function sortTogether(numbers: Int32Array, weights: Float64Array, from: number, to: number): void {
  for (let at = from + 1; at < to; at++) {
    const number = numbers[at] as number;
    const weight = weights[at] as number;
    let place = at;
    while (place > from && (numbers[place - 1] as number) > number) {
      numbers[place] = numbers[place - 1] as number;
      weights[place] = weights[place - 1] as number;
      place -= 1;
    }
    numbers[place] = number;
    weights[place] = weight;
  }
}
