import { PairTable } from "../../stats/pair-table.ts";
import type { AggregatedPaths } from "./paths.ts";

/**
 * Journeys counted by their last touches. A node stands for a sequence of at most `order` + 1 touches; node 0 for none.
 * Up to `order` touches it is a state, that of a journey which began with them, or, with `order` of them, of any that
 * just had them; with one more it is a move from the state of its parent to that of its suffix.
 */
export interface TouchTree {
  readonly order: number;
  /** How many channels there are. */
  readonly channels: number;
  /** The node without its last touch. */
  readonly parents: Int32Array;
  /** Channel of the last touch. */
  readonly lasts: Int32Array;
  /** The node without its first touch. */
  readonly suffixes: Int32Array;
  /** How many touches each node stands for. */
  readonly depths: Uint8Array;
  /** Journeys that began with the node's touches; for a move those that made it. */
  readonly journeys: Float64Array;
  /** Conversions, and value, of the journeys that ended in each state. */
  readonly conversions: Float64Array;
  readonly values: Float64Array | null;
}

/** Entries of the table of children that is looked at first (1 MB): the nodes that came first are the frequent ones. */
const childrenAtHand = 1 << 18;

/**
 * Counts journeys by their last touches, for chains of up to `order`. Every suffix of a node is a node, as in the
 * automaton of Aho and Corasick 1975 (Communications of the ACM 18(6)), so that each touch is one look-up.
 *
 * @param paths journeys
 * @param order touches that a state remembers, at least 1
 */
export function touchTree(paths: AggregatedPaths, order: number): TouchTree {
  const nodes = new PairTable();
  nodes.numberOf(-1, -1);
  const width = paths.channels.length;
  const children = new Int32Array(childrenAtHand);
  const atHand = Math.floor(childrenAtHand / Math.max(1, width));
  let suffixes = new Int32Array(1 << 10);
  let depths = new Uint8Array(1 << 10);
  let journeys = new Float64Array(1 << 10);
  const childOf = (parent: number, channel: number): number => {
    const known = nodes.size;
    const node = nodes.numberOf(parent, channel);
    if (parent < atHand) children[parent * width + channel] = node;
    if (node < known) return node;
    if (node >= depths.length) {
      suffixes = resized(suffixes, new Int32Array(node * 2));
      depths = resized(depths, new Uint8Array(node * 2));
      journeys = resized(journeys, new Float64Array(node * 2));
    }
    depths[node] = (depths[parent] as number) + 1;
    const suffix = parent === 0 ? 0 : childOf(suffixes[parent] as number, channel);
    suffixes[node] = suffix;
    return node;
  };
  const ends = new Int32Array(Math.max(0, paths.starts.length - 1));
  for (let path = 0; path < ends.length; path++) {
    const to = paths.starts[path + 1] as number;
    const counted = (paths.conversions[path] as number) + (paths.nulls[path] as number);
    if (counted === 0) continue;
    let state = 0;
    for (let at = paths.starts[path] as number; at < to; at++) {
      const channel = paths.steps[at] as number;
      const known = state < atHand ? (children[state * width + channel] as number) : 0;
      const node = known > 0 ? known : childOf(state, channel);
      journeys[node] = (journeys[node] as number) + counted;
      state = (depths[node] as number) > order ? (suffixes[node] as number) : node;
    }
    ends[path] = state;
  }
  const size = nodes.size;
  return {
    order,
    channels: width,
    parents: nodes.firsts.subarray(0, size),
    lasts: nodes.seconds.subarray(0, size),
    suffixes: suffixes.subarray(0, size),
    depths: depths.subarray(0, size),
    journeys: journeys.slice(0, size),
    conversions: sumsByEnd(ends, paths.conversions, size),
    values: paths.values && sumsByEnd(ends, paths.values, size),
  };
}

function resized<Numbers extends Int32Array | Float64Array | Uint8Array>(
  from: Numbers,
  to: Numbers,
): Numbers {
  to.set(from);
  return to;
}

function sumsByEnd(ends: Int32Array, given: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  ends.forEach((node, path) => {
    sums[node] = (sums[node] as number) + (given[path] as number);
  });
  return sums;
}

/**
 * The same journeys for chains that remember one touch less: what a node of the greatest depth counts goes to its suffix.
 *
 * @param tree of order 2 or more
 */
export function shorterMemory(tree: TouchTree): TouchTree {
  const { order, depths, suffixes } = tree;
  const moved = (given: Float64Array, depth: number): Float64Array => {
    const counts = given.slice();
    for (let node = 0; node < depths.length; node++) {
      if (depths[node] !== depth) continue;
      const suffix = suffixes[node] as number;
      counts[suffix] = (counts[suffix] as number) + (counts[node] as number);
      counts[node] = 0;
    }
    return counts;
  };
  return {
    order: order - 1,
    channels: tree.channels,
    parents: tree.parents,
    lasts: tree.lasts,
    suffixes,
    depths,
    journeys: moved(tree.journeys, order + 1),
    conversions: moved(tree.conversions, order),
    values: tree.values && moved(tree.values, order),
  };
}
