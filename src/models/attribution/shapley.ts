import { LastpennyError } from "../../errors.ts";
import { subsetSums } from "../../stats/coalitions.ts";
import { creditByPath } from "./credit.ts";
import type { AggregatedPaths, ChannelCredit } from "./paths.ts";

/**
 * Shapley value of each channel when a coalition is worth the conversions of the journeys that lie inside it: each
 * conversion is divided equally over the distinct channels of its journey (Zhao, Mahboobi and Bagheri 2018,
 * arXiv:1804.05327, section 3). Exact for any number of channels. Repeats and order do not matter; a journey of one
 * channel gives it everything; journeys without a conversion play no part, so it says nothing about cause.
 *
 * @param paths journeys
 */
export function shapleyCredits(paths: AggregatedPaths): readonly ChannelCredit[] {
  return creditByPath(paths, (weights, from, to) => {
    let distinct = 0;
    for (let at = from; at < to; at++) {
      const channel = paths.steps[at] as number;
      if (weights[channel] === 0) distinct += 1;
      weights[channel] = 1;
    }
    for (let at = from; at < to; at++) weights[paths.steps[at] as number] = 1 / distinct;
  });
}

/** What a channel earns where it is touch number `position`, from 1. */
export interface PositionCredit extends Omit<ChannelCredit, "share"> {
  readonly position: number;
}

/**
 * Ordered Shapley value: what each channel earns by the position of its touches (Zhao et al. 2018, section 4). A channel
 * that a journey touches several times has its part divided equally over these positions, so that a channel's rows add
 * up to its value in `shapleyCredits`.
 *
 * @param paths journeys
 * @returns rows that are not zero, by channel and position
 */
export function orderedShapleyCredits(paths: AggregatedPaths): readonly PositionCredit[] {
  const longest = paths.starts.reduce(
    (most, start, path) => Math.max(most, start - (paths.starts[path - 1] ?? start)),
    0,
  );
  const conversions = new Float64Array(paths.channels.length * longest);
  const values = paths.values && new Float64Array(conversions.length);
  const touches = new Int32Array(paths.channels.length);
  for (let path = 0; path + 1 < paths.starts.length; path++) {
    const touched = paths.steps.subarray(paths.starts[path], paths.starts[path + 1]);
    touches.fill(0);
    for (const channel of touched) touches[channel] = (touches[channel] as number) + 1;
    const distinct = new Set(touched).size;
    touched.forEach((channel, position) => {
      const cell = channel * longest + position;
      const weight = 1 / distinct / (touches[channel] as number);
      conversions[cell] =
        (conversions[cell] as number) + weight * (paths.conversions[path] as number);
      if (values) {
        values[cell] = (values[cell] as number) + weight * (paths.values?.[path] as number);
      }
    });
  }
  return [...conversions.keys()]
    .filter((cell) => conversions[cell] !== 0)
    .map((cell) => ({
      channel: paths.channels[Math.floor(cell / longest)] as string,
      position: (cell % longest) + 1,
      conversions: conversions[cell] as number,
      value: values && (values[cell] as number),
    }));
}

/** Totals of the journeys whose channels all lie inside a coalition, by bitmask (bit i is channel i). */
export interface CoalitionTotals {
  readonly conversions: Float64Array;
  readonly nulls: Float64Array;
  readonly values: Float64Array | null;
}

/** More channels than this need `sampledShapleyValues`. */
const coalitionChannels = 20;

/**
 * Adds up the journeys inside each of the 2ⁿ coalitions: the start for `shapleyValues` with a worth of one's own, such as
 * the conversion rate. What a coalition without journeys is worth is the caller's to say.
 *
 * @param paths journeys over at most 20 channels
 * @throws LastpennyError paths_invalid beyond 20 channels
 */
export function coalitionTotals(paths: AggregatedPaths): CoalitionTotals {
  const { channels, steps, starts } = paths;
  if (channels.length > coalitionChannels) {
    throw new LastpennyError(
      "paths_invalid",
      `coalitions of ${channels.length} channels are too many: put channels together (at most ${coalitionChannels}), or sample`,
    );
  }
  const masks = Int32Array.from({ length: Math.max(0, starts.length - 1) }, (_, path) =>
    steps.subarray(starts[path], starts[path + 1]).reduce((mask, each) => mask | (1 << each), 0),
  );
  const totals = (counts: Float64Array): Float64Array => {
    const exact = new Float64Array(2 ** channels.length);
    masks.forEach((mask, path) => {
      exact[mask] = (exact[mask] as number) + (counts[path] as number);
    });
    return subsetSums(exact);
  };
  return {
    conversions: totals(paths.conversions),
    nulls: totals(paths.nulls),
    values: paths.values && totals(paths.values),
  };
}
