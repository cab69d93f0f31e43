import { sum } from "./credit.ts";
import type { BackwardChain } from "./markov-chain.ts";
import type { Effects } from "./markov-first.ts";

/** Cells of the table of states × channels that are solved at once (192 MB). */
const cellsAtOnce = 24_000_000;

/**
 * Removal effects of a backward chain by Gauss–Seidel sweeps, all channels at once.
 *
 * d(s, c) is the probability that a journey that is in state s has touched c: 1 where s contains c, else
 * Σ moves(u, s) · d(u, c) / visits(s) over the predecessors u. The effect of c is the mean of d over the conversions.
 * From 0 the sweeps only rise towards the solution, and a sweep that changes d(u, c) by δ leaves at most
 * Σ visits(u) · δ conversions unexplained: visits bound the visits of the converting journeys. It ends when this is
 * below `tolerance` of the conversions (and of the value), or cannot be told from rounding.
 *
 * @param chain from `backwardChain`
 * @param channels how many
 * @param tolerance part of the conversions
 * @returns effects, and the bound that was reached
 */
export function sweepEffects(
  chain: BackwardChain,
  channels: number,
  tolerance: number,
): Effects & { readonly error: number } {
  const size = chain.visits.length;
  const conversions = new Float64Array(channels);
  const values = chain.values && new Float64Array(channels);
  const scale = errorPerJourney(chain);
  const enough = Math.max(tolerance / scale, 8 * Number.EPSILON * sum(chain.visits));
  const wide = Math.max(1, Math.min(channels, Math.floor(cellsAtOnce / Math.max(1, size))));
  let left = 0;
  for (let from = 0; from < channels; from += wide) {
    const width = Math.min(wide, channels - from);
    const block = { ...touchedAtOnce(chain, from, width), width };
    left = Math.max(left, sweepUntil(chain, block, enough));
    conversions.set(passing(block, chain.conversions), from);
    if (chain.values) values?.set(passing(block, chain.values), from);
  }
  return { conversions, values, error: left * scale };
}

interface Block {
  readonly width: number;
  /** d(s, c) at s · width + c. */
  readonly cells: Float64Array;
  /** Cells that are 1 because the state contains the channel, by state as `chain.starts`. */
  readonly pinned: Int32Array;
  readonly pinStarts: Int32Array;
}

function errorPerJourney({ conversions, values }: BackwardChain): number {
  const converted = sum(conversions);
  if (converted === 0) return 0;
  const worth = values ? sum(values) : 0;
  if (!values || worth === 0) return 1 / converted;
  const most = values.reduce((best, value, state) => {
    const count = conversions[state] as number;
    return count === 0 ? best : Math.max(best, value / count);
  }, 0);
  return Math.max(1 / converted, most / worth);
}

function touchedAtOnce(
  { channels, order, visits }: BackwardChain,
  from: number,
  width: number,
): Omit<Block, "width"> {
  const cells = new Float64Array(visits.length * width);
  const pinStarts = new Int32Array(visits.length + 1);
  const pinned = new Int32Array(channels.length);
  let count = 0;
  for (let state = 0; state < visits.length; state++) {
    for (let at = state * order; at < (state + 1) * order; at++) {
      const channel = (channels[at] as number) - from;
      if ((channels[at] as number) < 0 || channel < 0 || channel >= width) continue;
      cells[state * width + channel] = 1;
      pinned[count] = channel;
      count += 1;
    }
    pinStarts[state + 1] = count;
  }
  return { cells, pinned, pinStarts };
}

/** Sweeps until what is left is at most `enough` journeys; returns what is left. */
function sweepUntil(chain: BackwardChain, block: Block, enough: number): number {
  const settled = new Uint8Array(chain.visits.length);
  const sums = new Float64Array(block.width);
  const left = new Float64Array(block.width);
  for (;;) {
    left.fill(0);
    for (let state = 0; state < settled.length; state++) {
      if (settled[state]) continue;
      settled[state] = settles(chain, settled, state) ? 1 : 0;
      gather(chain, block, state, sums);
      raise(block, state, chain.visits[state] as number, sums, left);
    }
    const most = left.reduce((worst, part) => Math.max(worst, part), 0);
    if (!(most > enough)) return most;
  }
}

function settles(
  { starts, predecessors }: BackwardChain,
  settled: Uint8Array,
  state: number,
): boolean {
  const to = starts[state + 1] as number;
  for (let at = starts[state] as number; at < to; at++) {
    if (!settled[predecessors[at] as number]) return false;
  }
  return true;
}

function gather(chain: BackwardChain, block: Block, state: number, sums: Float64Array): void {
  const { starts, predecessors, moves } = chain;
  const { width, cells } = block;
  sums.fill(0);
  const to = starts[state + 1] as number;
  for (let at = starts[state] as number; at < to; at++) {
    const base = (predecessors[at] as number) * width;
    const journeys = moves[at] as number;
    for (let channel = 0; channel < width; channel++) {
      sums[channel] = (sums[channel] as number) + journeys * (cells[base + channel] as number);
    }
  }
}

function raise(
  { width, cells, pinned, pinStarts }: Block,
  state: number,
  visits: number,
  sums: Float64Array,
  left: Float64Array,
): void {
  const pinEnd = pinStarts[state + 1] as number;
  for (let at = pinStarts[state] as number; at < pinEnd; at++) sums[pinned[at] as number] = 0;
  const base = state * width;
  for (let channel = 0; channel < width; channel++) {
    const before = cells[base + channel] as number;
    const after = (sums[channel] as number) / visits;
    if (after <= before) continue;
    cells[base + channel] = after;
    left[channel] = (left[channel] as number) + visits * (after - before);
  }
}

function passing({ width, cells }: Block, reward: Float64Array): Float64Array {
  const sums = new Float64Array(width);
  const total = sum(reward);
  if (total === 0) return sums;
  for (let state = 0; state < reward.length; state++) {
    const part = reward[state] as number;
    if (part === 0) continue;
    for (let channel = 0; channel < width; channel++) {
      const passed = part * (cells[state * width + channel] as number);
      sums[channel] = (sums[channel] as number) + passed;
    }
  }
  return sums.map((part) => part / total);
}
