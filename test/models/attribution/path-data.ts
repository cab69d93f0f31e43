import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { PathRow } from "../../../src/models/attribution/paths.ts";
import { sharedData } from "../../shared-data.ts";

/** The rows of ChannelAttribution's PathData; null where the public data is absent. */
export function pathData(): readonly PathRow[] | null {
  const file = sharedData("channelattribution-pathdata", "Data.csv");
  if (file === null) return null;
  const lines = readFileSync(file, "utf8").trim().split("\n").slice(1);
  return lines.map((line) => {
    const [path = "", conversions, value, nulls] = line.split(";");
    return {
      path,
      conversions: Number(conversions),
      value: Number(value),
      nulls: Number(nulls),
    };
  });
}

/** Small sets of paths over `channels` channels, with at least one conversion. */
export function arbitraryPaths(channels: number, longest = 7): fc.Arbitrary<PathRow[]> {
  const channel = fc.integer({ min: 0, max: channels - 1 }).map((number) => `c${number}`);
  const row = fc
    .record({
      path: fc.array(channel, { minLength: 1, maxLength: longest }),
      conversions: fc.integer({ min: 0, max: 5 }),
      nulls: fc.integer({ min: 0, max: 20 }),
      each: fc.integer({ min: 1, max: 100_000 }),
    })
    .map(({ each, ...rest }) => ({ ...rest, value: (rest.conversions * each) / 100 }));
  return fc
    .array(row, { minLength: 1, maxLength: 12 })
    .filter((rows) => rows.some(({ conversions }) => conversions > 0));
}
