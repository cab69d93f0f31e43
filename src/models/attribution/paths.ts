import { LastpennyError } from "../../errors.ts";

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

/** A row of a list of paths. */
export interface PathRow {
  /** The touches' channels in order, as a list or as text such as "email > paid search". */
  readonly path: string | readonly string[];
  /** Journeys along the path that converted. */
  readonly conversions: number;
  /** Journeys along the path that ended without a conversion; 0 when absent. */
  readonly nulls?: number | undefined;
  /** Value of the converting journeys in units of one currency, kept to the millionth; on all rows or on none. */
  readonly value?: number | undefined;
}

/**
 * Builds aggregated paths from rows; rows may repeat a path. Channels are numbered in the order of their names.
 *
 * @param rows paths with their counts
 * @param options separator of paths that are text; blanks around it do not matter
 * @throws LastpennyError paths_invalid for an empty path or channel, a count that is not whole and at least 0, a
 *   negative value, a value without a conversion or on some rows only
 */
export function aggregatedPaths(
  rows: readonly PathRow[],
  { separator = ">" }: { readonly separator?: string } = {},
): AggregatedPaths {
  const touches = rows.map(({ path }, row) => touchesOf(path, separator, row));
  const channels = [...new Set(touches.flat())].sort();
  const numbers = new Map(channels.map((channel, number) => [channel, number]));
  const starts = new Int32Array(rows.length + 1);
  touches.forEach((path, row) => {
    starts[row + 1] = (starts[row] as number) + path.length;
  });
  const steps = new Int32Array(starts[rows.length] as number);
  touches.forEach((path, row) => {
    steps.set(
      path.map((channel) => numbers.get(channel) as number),
      starts[row],
    );
  });
  return {
    channels,
    steps,
    starts,
    conversions: Float64Array.from(rows, (row, at) => count(row.conversions, "conversions", at)),
    nulls: Float64Array.from(rows, (row, at) => count(row.nulls ?? 0, "nulls", at)),
    values: valuesOf(rows),
  };
}

function touchesOf(path: PathRow["path"], separator: string, row: number): readonly string[] {
  const touches = typeof path === "string" ? path.split(separator) : path;
  const channels = touches.map((channel) => channel.trim());
  if (channels.length === 0 || channels.includes("")) {
    throw invalid(row, "a path needs a channel at each touch", JSON.stringify(path));
  }
  return channels;
}

function count(given: number, name: string, row: number): number {
  if (Number.isSafeInteger(given) && given >= 0) return given;
  throw invalid(row, `${name} must be a whole number of at least 0`, String(given));
}

function valuesOf(rows: readonly PathRow[]): Float64Array | null {
  const without = rows.findIndex(({ value }) => value === undefined);
  if (without >= 0) {
    if (rows.every(({ value }) => value === undefined)) return null;
    throw invalid(without, "give a value on every row or on none", "no value");
  }
  return Float64Array.from(rows, ({ value = 0, conversions }, row) => {
    const micros = Math.round(value * 1_000_000);
    if (!(Number.isSafeInteger(micros) && micros >= 0)) {
      throw invalid(row, "value must be an amount of at least 0", String(value));
    }
    if (micros > 0 && conversions === 0) {
      throw invalid(row, "a value needs a conversion", String(value));
    }
    return micros;
  });
}

function invalid(row: number, problem: string, given: string): LastpennyError {
  return new LastpennyError("paths_invalid", `row ${row + 1}: ${problem}: ${given}`, {
    row: String(row + 1),
  });
}
