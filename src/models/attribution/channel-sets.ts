import type { BinaryGroups } from "../../stats/logistic.ts";
import { PairTable } from "../../stats/pair-table.ts";
import type { AggregatedPaths } from "./paths.ts";

/** Journeys by the set of channels that they touched; features are channel numbers. */
export interface ChannelSets extends BinaryGroups {
  /** A number that the names of a set's channels alone decide. */
  readonly seeds: Int32Array;
}

/** Entries of the table of sets with a channel more that is looked at first (512 kB). */
const setsAtHand = 1 << 17;

/**
 * Puts journeys together by the set of channels that they touched, in an order that does not depend on theirs.
 *
 * @param paths journeys; those without a touch are left out
 */
export function channelSets(paths: AggregatedPaths): ChannelSets {
  const byName = paths.channels.map((_, number) => number);
  byName.sort((one, other) => compareText(paths.channels[one], paths.channels[other]));
  const { tree, ends } = walkSets(paths, byName);
  const successes = new Float64Array(tree.size);
  const failures = new Float64Array(tree.size);
  ends.forEach((set, path) => {
    successes[set] = (successes[set] as number) + (paths.conversions[path] as number);
    failures[set] = (failures[set] as number) + (paths.nulls[path] as number);
  });
  const found: number[] = [];
  for (let set = 1; set < tree.size; set++) {
    if ((successes[set] as number) + (failures[set] as number) > 0) found.push(set);
  }
  const touched = found.map((set) => ranksOf(tree, set));
  const seeds = touched.map((ranks) => seedOf(paths.channels, byName, ranks));
  const order = found
    .map((_, at) => at)
    .sort((one, other) => {
      const apart = (seeds[one] as number) - (seeds[other] as number);
      return apart === 0 ? compareRanks(touched[one], touched[other]) : apart;
    });
  const starts = new Int32Array(order.length + 1);
  order.forEach((at, group) => {
    starts[group + 1] = (starts[group] as number) + (touched[at]?.length ?? 0);
  });
  const pick = (from: Float64Array) =>
    Float64Array.from(order, (at) => from[found[at] as number] as number);
  return {
    starts,
    features: Int32Array.from(
      order.flatMap((at) => touched[at] ?? []),
      (rank) => byName[rank] as number,
    ),
    successes: pick(successes),
    failures: pick(failures),
    seeds: Int32Array.from(order, (at) => seeds[at] as number),
  };
}

/** Sets as a tree of ranks of channels in rising order; node 0 is the empty set. */
function walkSets(
  paths: AggregatedPaths,
  byName: readonly number[],
): { readonly tree: PairTable; readonly ends: Int32Array } {
  const width = byName.length;
  const ranks = new Int32Array(width);
  byName.forEach((number, rank) => {
    ranks[number] = rank;
  });
  const tree = new PairTable();
  tree.numberOf(-1, -1);
  const withChannel = (set: number, rank: number): number => {
    const last = set === 0 ? -1 : (tree.seconds[set] as number);
    if (last === rank) return set;
    if (last < rank) return tree.numberOf(set, rank);
    return tree.numberOf(withChannel(tree.firsts[set] as number, rank), last);
  };
  const next = new Int32Array(setsAtHand);
  const atHand = Math.floor(setsAtHand / Math.max(1, width));
  const ends = new Int32Array(Math.max(0, paths.starts.length - 1));
  for (let path = 0; path < ends.length; path++) {
    const to = paths.starts[path + 1] as number;
    let set = 0;
    for (let at = paths.starts[path] as number; at < to; at++) {
      const rank = ranks[paths.steps[at] as number] as number;
      const place = set * width + rank;
      const known = set < atHand ? (next[place] as number) : 0;
      const after = known > 0 ? known : withChannel(set, rank);
      if (set < atHand) next[place] = after;
      set = after;
    }
    ends[path] = set;
  }
  return { tree, ends };
}

function ranksOf(tree: PairTable, set: number): readonly number[] {
  const ranks: number[] = [];
  for (let node = set; node > 0; node = tree.firsts[node] as number) {
    ranks.push(tree.seconds[node] as number);
  }
  return ranks.reverse();
}

function compareText(one = "", other = ""): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function compareRanks(one: readonly number[] = [], other: readonly number[] = []): number {
  const at = one.findIndex((rank, place) => rank !== other[place]);
  return (one[at] ?? -1) - (other[at] ?? -1);
}

/** FNV-1a over the UTF-16 units of the names, one per line. */
function seedOf(
  channels: readonly string[],
  byName: readonly number[],
  ranks: readonly number[],
): number {
  const names = ranks.map((rank) => channels[byName[rank] as number]).join("\n");
  let hash = 0x811c9dc5;
  for (let at = 0; at < names.length; at++) {
    hash = Math.imul(hash ^ names.charCodeAt(at), 0x01000193);
  }
  return hash;
}
