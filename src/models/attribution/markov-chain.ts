import { PairTable } from "../../stats/pair-table.ts";
import type { AggregatedPaths } from "./paths.ts";

/**
 * The chain of the last `order` touches, seen backwards from the conversions. Only states from which a journey could
 * still convert are kept; each stands behind its predecessors as far as cycles allow.
 */
export interface BackwardChain {
  /** Channels of state s: `channels[s · order]` onwards, −1 where a journey had fewer touches. */
  readonly channels: Int32Array;
  readonly order: number;
  /** Journeys through each state, those that stay in it left out. */
  readonly visits: Float64Array;
  /** Predecessors of state s: `predecessors[k]`, `moves[k]` for k from `starts[s]` to below `starts[s + 1]`. */
  readonly starts: Int32Array;
  readonly predecessors: Int32Array;
  /** Journeys that moved from the predecessor to the state. */
  readonly moves: Float64Array;
  /** Conversions, and value, of the journeys that end in each state. */
  readonly conversions: Float64Array;
  readonly values: Float64Array | null;
}

/** Moves between states as they were counted; state 0 is the start, the others are nodes of a tree of channels. */
interface Walk {
  readonly tree: PairTable;
  readonly edges: PairTable;
  readonly targets: Int32Array;
  readonly journeys: Float64Array;
  readonly conversions: Float64Array;
  readonly values: Float64Array | null;
}

/**
 * Counts the moves of journeys between states and keeps those that can lead to a conversion.
 *
 * @param paths journeys
 * @param order touches that a state remembers, at least 1
 */
export function backwardChain(paths: AggregatedPaths, order: number): BackwardChain {
  const walk = walkPaths(paths, order);
  const numbers = numberStates(walk, leadToConversion(walk), order);
  return chainOf(walk, numbers, order);
}

function walkPaths(paths: AggregatedPaths, order: number): Walk {
  const tree = new PairTable();
  const edges = new PairTable();
  let targets = new Int32Array(1 << 10);
  let journeys = new Float64Array(1 << 10);
  const ends = new Int32Array(Math.max(0, paths.starts.length - 1));
  for (let path = 0; path < ends.length; path++) {
    const to = paths.starts[path + 1] as number;
    const counted = (paths.conversions[path] as number) + (paths.nulls[path] as number);
    if (counted === 0) continue;
    let state = 0;
    for (let at = paths.starts[path] as number; at < to; at++) {
      const channel = paths.steps[at] as number;
      const known = edges.size;
      const edge = edges.numberOf(state, channel);
      if (edge === known) {
        if (edge >= targets.length) {
          targets = resized(targets, new Int32Array(edge * 2));
          journeys = resized(journeys, new Float64Array(edge * 2));
        }
        targets[edge] = nextState(tree, state, channel, order);
      }
      journeys[edge] = (journeys[edge] as number) + counted;
      state = targets[edge] as number;
    }
    ends[path] = state;
  }
  const rewardOf = (given: Float64Array): Float64Array => {
    const reward = new Float64Array(tree.size + 1);
    ends.forEach((state, path) => {
      reward[state] = (reward[state] as number) + (given[path] as number);
    });
    return reward;
  };
  return {
    tree,
    edges,
    targets,
    journeys,
    conversions: rewardOf(paths.conversions),
    values: paths.values && rewardOf(paths.values),
  };
}

function resized<Numbers extends Int32Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}

function nextState(tree: PairTable, state: number, channel: number, order: number): number {
  const kept = [...channelsOf(tree, state), channel].slice(-order);
  return kept.reduce((node, each) => 1 + tree.numberOf(node, each), 0);
}

function channelsOf(tree: PairTable, state: number): number[] {
  const channels: number[] = [];
  for (let node = state; node > 0; node = tree.firsts[node - 1] as number) {
    channels.unshift(tree.seconds[node - 1] as number);
  }
  return channels;
}

/** Marks the states from which a conversion can be reached. */
function leadToConversion({ edges, targets, conversions }: Walk): Uint8Array {
  const incoming = edgesByTarget(targets, edges.size, conversions.length);
  const leads = new Uint8Array(conversions.length);
  const open: number[] = [];
  conversions.forEach((converted, state) => {
    if (converted > 0) open.push(state);
  });
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (state === 0 || leads[state]) continue;
    leads[state] = 1;
    for (
      let at = incoming.starts[state] as number;
      at < (incoming.starts[state + 1] as number);
      at++
    ) {
      const before = edges.firsts[incoming.edges[at] as number] as number;
      if (!leads[before]) open.push(before);
    }
  }
  return leads;
}

function edgesByTarget(
  targets: Int32Array,
  size: number,
  states: number,
): { readonly starts: Int32Array; readonly edges: Int32Array } {
  const starts = new Int32Array(states + 1);
  for (let edge = 0; edge < size; edge++) {
    const after = (targets[edge] as number) + 1;
    starts[after] = (starts[after] as number) + 1;
  }
  for (let state = 0; state < states; state++) {
    starts[state + 1] = (starts[state + 1] as number) + (starts[state] as number);
  }
  const next = starts.slice();
  const edges = new Int32Array(size);
  for (let edge = 0; edge < size; edge++) {
    const target = targets[edge] as number;
    const place = next[target] as number;
    edges[place] = edge;
    next[target] = place + 1;
  }
  return { starts, edges };
}

/**
 * Numbers the states that count, −1 for all others: those of a journey's first touches in the order of their first
 * visit, so that each follows its predecessor; then the full ones, grouped by all touches but the last, since these
 * have the same predecessors, which then stay in the processor's cache.
 */
function numberStates(
  { edges, targets, tree }: Walk,
  leads: Uint8Array,
  order: number,
): Int32Array {
  const numbers = new Int32Array(leads.length).fill(-1);
  const short: number[] = [];
  const full: number[] = [];
  for (let edge = 0; edge < edges.size; edge++) {
    const target = targets[edge] as number;
    if (!leads[target] || (numbers[target] as number) >= 0) continue;
    numbers[target] = 0;
    (channelsOf(tree, target).length < order ? short : full).push(target);
  }
  const parents = Int32Array.from(full, (state) => tree.firsts[state - 1] as number);
  const grouped = edgesByTarget(parents, full.length, leads.length).edges;
  short.forEach((state, number) => {
    numbers[state] = number;
  });
  grouped.forEach((at, number) => {
    numbers[full[at] as number] = short.length + number;
  });
  return numbers;
}

function chainOf(walk: Walk, numbers: Int32Array, order: number): BackwardChain {
  const { tree, edges, targets, journeys } = walk;
  const size = numbers.reduce((most, number) => Math.max(most, number + 1), 0);
  const channels = new Int32Array(size * order).fill(-1);
  const conversions = new Float64Array(size);
  const values = walk.values && new Float64Array(size);
  numbers.forEach((number, state) => {
    if (number < 0) return;
    channels.set(channelsOf(tree, state), number * order);
    conversions[number] = walk.conversions[state] as number;
    if (values) values[number] = walk.values?.[state] as number;
  });
  const byNumber = Int32Array.from({ length: edges.size }, (_, edge) => {
    const number = numbers[targets[edge] as number] as number;
    return number < 0 ? size : number;
  });
  const incoming = edgesByTarget(byNumber, edges.size, size + 1);
  const starts = new Int32Array(size + 1);
  const visits = new Float64Array(size);
  const predecessors = new Int32Array(incoming.starts[size] as number);
  const moves = new Float64Array(predecessors.length);
  let place = 0;
  for (let number = 0; number < size; number++) {
    const to = incoming.starts[number + 1] as number;
    for (let at = incoming.starts[number] as number; at < to; at++) {
      const edge = incoming.edges[at] as number;
      const before = numbers[edges.firsts[edge] as number] as number;
      if (before === number) continue;
      visits[number] = (visits[number] as number) + (journeys[edge] as number);
      if (before < 0) continue;
      predecessors[place] = before;
      moves[place] = journeys[edge] as number;
      place += 1;
    }
    starts[number + 1] = place;
  }
  return { channels, order, visits, starts, predecessors, moves, conversions, values };
}
