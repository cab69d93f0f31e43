import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betweenPaths, pathReader } from "../../src/derive/journey-paths.ts";
import { aggregatedPaths } from "../../src/models/attribution/paths.ts";

/** Names that begin alike, hold others, arrows and letters of several bytes, or come between others in order. */
const names = [
  "paid",
  "paid search",
  "paid social",
  "email",
  "a>b",
  "邮件",
  "é",
  "é 2",
  "z".repeat(300),
];

describe("paths read from texts", () => {
  it("are those that were put together, whatever the channels are called", () => {
    const journey = fc.record({
      path: fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 9 }),
      isConverted: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(journey, { minLength: 1, maxLength: 30 }), (journeys) => {
        const reader = pathReader();
        const ordered = [true, false].flatMap((converted) => {
          const own = journeys.filter(({ isConverted }) => isConverted === converted);
          const texts = own.map(({ path }) => path.join(" > "));
          if (own.length > 0) reader.take(texts.join(betweenPaths), converted);
          return own;
        });
        const rows = ordered.map(({ path, isConverted }) => ({
          path,
          conversions: isConverted ? 1 : 0,
          nulls: isConverted ? 0 : 1,
        }));
        expect(reader.paths()).toEqual(aggregatedPaths(rows));
      }),
    );
  });

  it("are as many as were taken, and none of nothing", () => {
    const reader = pathReader();
    expect(reader.paths().starts).toHaveLength(1);
    const text = Array.from({ length: 5000 }, (_, at) => `c${at % 700} > d`).join(betweenPaths);
    reader.take(text, true);
    expect(reader.paths().steps).toHaveLength(10_000);
    expect(reader.paths().channels).toHaveLength(701);
  });
});
