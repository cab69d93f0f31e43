import { sum } from "./credit.ts";
import type { Equations } from "./markov-contraction.ts";

/** Cells of the table of states × channels that are solved at once (96 MB, and as much again for the sweep before). */
const cellsAtOnce = 12_000_000;

/** Sweeps without any gain after which rounding is all that is left. */
const patience = 30;

/**
 * Removal effects from the equations of a backward chain, by Gauss–Seidel sweeps, all channels at once.
 *
 * d(s, c) is the probability that a journey that is in state s has touched c: 1 where s contains c, else
 * Σ moves(u, s) · d(u, c) / visits(s) over the predecessors u. The effect of c is the mean of d over the conversions.
 * A sweep that changes d(u, c) by δ leaves at most Σ visits(u) · |δ| conversions unexplained, whatever it began with:
 * visits bound the visits of the converting journeys. It ends when this is below `tolerance` of the conversions (and of
 * the value), or cannot be told from rounding.
 *
 * Sweeps shrink the error by the same factor each in the end. When a channel's factor q has settled, its cells are moved
 * on by q / (1 − q) of their last change, to where the sweeps were heading (Lyusternik's acceleration: Faddeev and
 * Faddeeva 1963, Computational Methods of Linear Algebra, section 34).
 *
 * @param equations from `contracted`
 * @param channels how many
 * @param tolerance part of the conversions
 * @returns the part of each reward that passed through each channel, and the bound that was reached
 */
export function sweepEffects(
  equations: Equations,
  channels: number,
  tolerance: number,
): { readonly effects: readonly Float64Array[]; readonly error: number } {
  const size = equations.visits.length;
  const effects = equations.rewards.map(() => new Float64Array(channels));
  const scale = errorPerJourney(equations);
  const enough = Math.max(tolerance / scale, 8 * Number.EPSILON * sum(equations.visits));
  const wide = Math.max(1, Math.min(channels, Math.floor(cellsAtOnce / Math.max(1, size))));
  let left = 0;
  for (let from = 0; from < channels; from += wide) {
    const width = Math.min(wide, channels - from);
    const block = { from, width, cells: touchedAtOnce(equations, from, width) };
    left = Math.max(left, sweepUntil(equations, block, enough));
    effects.forEach((effect, reward) => {
      evaluate(equations, block, size + reward, effect.subarray(from, from + width));
    });
  }
  return { effects, error: left * scale };
}

interface Block {
  /** Channels `from` to below `from + width`. */
  readonly from: number;
  readonly width: number;
  /** d(s, c) at s · width + c − from. */
  readonly cells: Float64Array;
}

function errorPerJourney({ rewards }: Equations): number {
  const [conversions] = rewards;
  const parts = rewards.map(({ atStates, total }) => {
    const most = atStates.reduce((best, part, state) => {
      const count = conversions?.atStates[state] as number;
      return count === 0 ? best : Math.max(best, part / count);
    }, 0);
    return total === 0 ? 0 : most / total;
  });
  return Math.max(...parts);
}

function touchedAtOnce(
  { channels, order, visits }: Equations,
  from: number,
  width: number,
): Float64Array {
  const cells = new Float64Array(Math.max(1, visits.length) * width);
  channels.forEach((channel, at) => {
    if (channel < from || channel >= from + width) return;
    cells[Math.floor(at / order) * width + channel - from] = 1;
  });
  return cells;
}

/** Sweeps until what is left is at most `enough` journeys; returns what is left. */
function sweepUntil(equations: Equations, block: Block, enough: number): number {
  const size = equations.visits.length;
  let states = Int32Array.from({ length: size }, (_, state) => state);
  const before = new Float64Array(block.cells.length);
  const pace = {
    left: new Float64Array(block.width),
    factors: new Float64Array(block.width),
    isSettled: new Uint8Array(block.width),
  };
  let best = Number.POSITIVE_INFINITY;
  let idle = 0;
  for (let sweep = 0; ; sweep++) {
    const moveOn = pace.isSettled.includes(1);
    if (moveOn) before.set(block.cells);
    const left = sweepOnce(equations, block, states);
    if (sweep === 0) states = unsettled(equations);
    const most = left.reduce((worst, part) => Math.max(worst, part), 0);
    idle = most < best ? 0 : idle + 1;
    best = Math.min(best, most);
    if (!(most > enough) || idle > patience) return most;
    comparePace(pace, left);
    if (moveOn) extrapolate(block, before, pace);
  }
}

interface Pace {
  /** What the last sweep left of each channel, 0 where that does not compare. */
  readonly left: Float64Array;
  /** By what factor it shrank what was left. */
  readonly factors: Float64Array;
  readonly isSettled: Uint8Array;
}

/** Change of a factor, as a part of its distance from 1, up to which it counts as settled. */
const steady = 0.1;

function comparePace({ left, factors, isSettled }: Pace, now: Float64Array): void {
  now.forEach((part, channel) => {
    const factor = part / (left[channel] as number);
    const moved = Math.abs(factor - (factors[channel] as number));
    isSettled[channel] = factor < 1 && moved < steady * (1 - factor) ? 1 : 0;
    factors[channel] = factor;
    left[channel] = part;
  });
}

function extrapolate({ width, cells }: Block, before: Float64Array, pace: Pace): void {
  const further = pace.factors.map((factor, channel) =>
    pace.isSettled[channel] ? factor / (1 - factor) : 0,
  );
  pace.isSettled.fill(0);
  pace.left.fill(0);
  for (let base = 0; base < cells.length; base += width) {
    for (let channel = 0; channel < width; channel++) {
      const cell = cells[base + channel] as number;
      const change = cell - (before[base + channel] as number);
      cells[base + channel] = cell + (further[channel] as number) * change;
    }
  }
}

/** The states that one sweep in order does not settle: those that lie behind a cycle. */
function unsettled({ visits, starts, sources }: Equations): Int32Array<ArrayBuffer> {
  const isSettled = new Uint8Array(visits.length);
  const open: number[] = [];
  for (let state = 0; state < visits.length; state++) {
    const own = sources.subarray(starts[state], starts[state + 1]);
    if (own.every((source) => isSettled[source])) isSettled[state] = 1;
    else open.push(state);
  }
  return Int32Array.from(open);
}

/** Computes the cells of some states anew from the others; returns what is left, by channel. */
function sweepOnce(equations: Equations, block: Block, states: Int32Array): Float64Array {
  const { order, channels, visits } = equations;
  const { from, width, cells } = block;
  const left = new Float64Array(width);
  const sums = new Float64Array(width);
  for (const state of states) {
    evaluate(equations, block, state, sums);
    for (let at = state * order; at < (state + 1) * order; at++) {
      const channel = (channels[at] as number) - from;
      if (channel >= 0 && channel < width) sums[channel] = 1;
    }
    const through = visits[state] as number;
    const base = state * width;
    for (let channel = 0; channel < width; channel++) {
      const after = sums[channel] as number;
      const change = Math.abs(after - (cells[base + channel] as number));
      cells[base + channel] = after;
      left[channel] = (left[channel] as number) + through * change;
    }
  }
  return left;
}

/** The right side of an equation, four sources at a time. */
function evaluate(
  { starts, sources, weights, exceptions }: Equations,
  { from, width, cells }: Block,
  equation: number,
  sums: Float64Array,
): void {
  sums.fill(0);
  const to = starts[equation + 1] as number;
  let at = starts[equation] as number;
  for (; at + 3 < to; at += 4) addFour(cells, width, sources, weights, at, sums);
  for (; at < to; at++) {
    const base = (sources[at] as number) * width;
    const weight = weights[at] as number;
    for (let channel = 0; channel < width; channel++) {
      sums[channel] = (sums[channel] as number) + weight * (cells[base + channel] as number);
    }
  }
  const end = exceptions.starts[equation + 1] as number;
  for (let each = exceptions.starts[equation] as number; each < end; each++) {
    const channel = (exceptions.channels[each] as number) - from;
    if (channel < 0 || channel >= width) continue;
    const base = (exceptions.sources[each] as number) * width;
    sums[channel] =
      (sums[channel] as number) +
      (exceptions.amounts[each] as number) -
      (exceptions.weights[each] as number) * (cells[base + channel] as number);
  }
}

function addFour(
  cells: Float64Array,
  width: number,
  sources: Int32Array,
  weights: Float64Array,
  at: number,
  sums: Float64Array,
): void {
  const one = (sources[at] as number) * width;
  const two = (sources[at + 1] as number) * width;
  const three = (sources[at + 2] as number) * width;
  const four = (sources[at + 3] as number) * width;
  const ofOne = weights[at] as number;
  const ofTwo = weights[at + 1] as number;
  const ofThree = weights[at + 2] as number;
  const ofFour = weights[at + 3] as number;
  for (let channel = 0; channel < width; channel++) {
    sums[channel] =
      (sums[channel] as number) +
      (ofOne * (cells[one + channel] as number) + ofTwo * (cells[two + channel] as number)) +
      (ofThree * (cells[three + channel] as number) + ofFour * (cells[four + channel] as number));
  }
}
