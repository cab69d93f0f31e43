import { describe, expect, it } from "vitest";
import { LastpennyError } from "../../../src/errors.ts";
import { aggregatedPaths, type PathRow } from "../../../src/models/attribution/paths.ts";

const refusal = (rows: readonly PathRow[]): string => {
  try {
    aggregatedPaths(rows);
  } catch (error) {
    if (error instanceof LastpennyError && error.code === "paths_invalid") return error.message;
    throw error;
  }
  return "taken";
};

describe("aggregated paths", () => {
  it("read paths that are text or lists and number the channels by name", () => {
    const paths = aggregatedPaths([
      { path: "email > ads>email", conversions: 2, nulls: 1, value: 0.244 },
      { path: ["ads"], conversions: 0, value: 0 },
    ]);
    expect(paths).toEqual({
      channels: ["ads", "email"],
      steps: Int32Array.of(1, 0, 1, 0),
      starts: Int32Array.of(0, 3, 4),
      conversions: Float64Array.of(2, 0),
      nulls: Float64Array.of(1, 0),
      values: Float64Array.of(244_000, 0),
    });
  });

  it("take another separator and do without values", () => {
    const paths = aggregatedPaths([{ path: "a|b > c", conversions: 1 }], { separator: "|" });
    expect(paths.channels).toEqual(["a", "b > c"]);
    expect(paths.values).toBeNull();
  });

  it("say which row is wrong and why", () => {
    const good = { path: "a", conversions: 1, value: 1 };
    expect(refusal([good, { path: "a > > b", conversions: 1, value: 1 }])).toBe(
      'row 2: a path needs a channel at each touch: "a > > b"',
    );
    expect(refusal([{ path: [], conversions: 1 }])).toContain("a path needs a channel");
    expect(refusal([{ path: "a", conversions: 0.5 }])).toContain("conversions must be a whole");
    expect(refusal([{ path: "a", conversions: 1, nulls: -1 }])).toContain("nulls must be a whole");
    expect(refusal([good, { path: "a", conversions: 1 }])).toContain("row 2: give a value");
    expect(refusal([{ ...good, value: -1 }])).toContain("value must be an amount");
    expect(refusal([{ ...good, value: Number.NaN }])).toContain("value must be an amount");
    expect(refusal([{ ...good, conversions: 0 }])).toContain("a value needs a conversion");
  });
});
