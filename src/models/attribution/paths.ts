/**
 * Journeys with the same touches in the same order, added up. Path `i` visits `channels[steps[k]]` for k from
 * `starts[i]` to below `starts[i + 1]`. All counts are whole numbers, also where they lie in a Float64Array.
 */
export interface AggregatedPaths {
  readonly channels: readonly string[];
  /** Channel number of each touch, path after path. */
  readonly steps: Int32Array;
  /** Where each path begins; one more than there are paths. */
  readonly starts: Int32Array;
  /** Journeys along the path that converted. */
  readonly conversions: Float64Array;
  /** Journeys along the path that ended without a conversion. */
  readonly nulls: Float64Array;
  /** Value of the converting journeys in micro-units of one currency; null when only conversions are known. */
  readonly values: Float64Array | null;
}

/** What a model gives each channel; `share` adds up to 1 over the channels unless nothing converted. */
export interface ChannelCredit {
  readonly channel: string;
  readonly share: number;
  /** Conversions credited. */
  readonly conversions: number;
  /** Value credited, in micro-units; null when the paths carry none. */
  readonly value: number | null;
}
