import type { AggregatedPaths, ChannelCredit } from "./paths.ts";

/**
 * Adds up what a model gives the channels, path by path.
 *
 * @param paths journeys
 * @param weigh adds the weights of a path's touches into `weights`, by channel number, so that they add up to 1;
 *   `from` and `to` bound the path's steps
 */
export function creditByPath(
  paths: AggregatedPaths,
  weigh: (weights: Float64Array, from: number, to: number) => void,
): readonly ChannelCredit[] {
  const conversions = new Float64Array(paths.channels.length);
  const values = paths.values && new Float64Array(paths.channels.length);
  const weights = new Float64Array(paths.channels.length);
  for (let path = 0; path + 1 < paths.starts.length; path++) {
    const from = paths.starts[path] as number;
    const to = paths.starts[path + 1] as number;
    const converted = paths.conversions[path] as number;
    if (from === to || converted === 0) continue;
    weigh(weights, from, to);
    for (let at = from; at < to; at++) {
      const channel = paths.steps[at] as number;
      const weight = weights[channel] as number;
      weights[channel] = 0;
      conversions[channel] = (conversions[channel] as number) + weight * converted;
      if (values) {
        const value = paths.values?.[path] as number;
        values[channel] = (values[channel] as number) + weight * value;
      }
    }
  }
  return creditsOf(paths.channels, conversions, values);
}

/**
 * Divides all conversions and the whole value by the channels' weights.
 *
 * @param paths journeys
 * @param weights by channel number, for conversions and for value; only ratios matter
 */
export function creditByWeights(
  paths: AggregatedPaths,
  weights: { readonly conversions: Float64Array; readonly values: Float64Array | null },
): readonly ChannelCredit[] {
  return creditsOf(
    paths.channels,
    divided(sum(paths.conversions), weights.conversions),
    paths.values && weights.values && divided(sum(paths.values), weights.values),
  );
}

/**
 * Adds numbers from left to right.
 *
 * @param parts numbers
 */
export function sum(parts: Float64Array): number {
  let total = 0;
  for (let at = 0; at < parts.length; at++) total += parts[at] as number;
  return total;
}

function divided(total: number, weights: Float64Array): Float64Array {
  const all = sum(weights);
  return weights.map((weight) => (all === 0 ? 0 : (total * weight) / all));
}

function creditsOf(
  channels: readonly string[],
  conversions: Float64Array,
  values: Float64Array | null,
): readonly ChannelCredit[] {
  const total = sum(conversions);
  return channels.map((channel, number) => ({
    channel,
    share: total === 0 ? 0 : (conversions[number] as number) / total,
    conversions: conversions[number] as number,
    value: values && (values[number] as number),
  }));
}
