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
  const { order, parents, journeys } = tree;
  const incoming = movesByTarget(tree);
  const { states, channels } = inOrder(tree, leadToConversion(tree, incoming));
  const size = states.length;
  const numbers = new Int32Array(parents.length).fill(-1);
  for (let state = 0; state < size; state++) numbers[states[state] as number] = state;
  const visits = new Float64Array(size);
  const starts = new Int32Array(size + 1);
  const predecessors = new Int32Array(incoming.moves.length);
  const moves = new Float64Array(predecessors.length);
  let place = 0;
  for (let state = 0; state < size; state++) {
    const node = states[state] as number;
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
    order,
    channels,
    visits,
    starts,
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
function inOrder(
  { order, channels: count, parents, lasts }: TouchTree,
  nodes: Int32Array,
): { readonly states: Int32Array; readonly channels: Int32Array } {
  const touches = new Int32Array(nodes.length * order);
  for (let item = 0; item < nodes.length; item++) {
    let node = nodes[item] as number;
    for (let at = (item + 1) * order - 1; at >= item * order; at--) {
      touches[at] = lasts[node] as number;
      node = parents[node] as number;
    }
  }
  let sorted = Int32Array.from(nodes.keys());
  for (let place = order - 1; place >= 0; place--) {
    sorted = countingSort(sorted, touches, order, place, count);
  }
  const channels = new Int32Array(touches.length);
  for (let state = 0; state < sorted.length; state++) {
    const from = (sorted[state] as number) * order;
    for (let at = 0; at < order; at++) channels[state * order + at] = touches[from + at] as number;
  }
  return { states: sorted.map((item) => nodes[item] as number), channels };
}

/** Sorts items by `keys[item · width + place]`, below `count`; equal ones stay in their order. */
function countingSort(
  items: Int32Array,
  keys: Int32Array,
  width: number,
  place: number,
  count: number,
): Int32Array<ArrayBuffer> {
  const next = new Int32Array(count + 1);
  for (let at = place; at < keys.length; at += width) {
    const after = (keys[at] as number) + 1;
    next[after] = (next[after] as number) + 1;
  }
  for (let key = 0; key < count; key++) {
    next[key + 1] = (next[key + 1] as number) + (next[key] as number);
  }
  const sorted = new Int32Array(items.length);
  for (let at = 0; at < items.length; at++) {
    const item = items[at] as number;
    const key = keys[item * width + place] as number;
    const to = next[key] as number;
    sorted[to] = item;
    next[key] = to + 1;
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
