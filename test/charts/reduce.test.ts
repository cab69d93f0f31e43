import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reduceToColumns } from "../../src/charts/reduce.ts";

const value = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -1e9, max: 1e9, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const long = fc.array(value, { minLength: 0, maxLength: 600 });

describe("reducing a long line to pixel columns", () => {
  it("keeps the lowest and the highest value, the first and the last", () => {
    fc.assert(
      fc.property(long, fc.integer({ min: 1, max: 80 }), (values, columns) => {
        const kept = reduceToColumns(values, columns).map((index) => values[index]);
        const known = values.filter((one) => one !== null);
        const shown = kept.filter((one) => typeof one === "number");
        if (known.length === 0) return shown.length === 0;
        expect(Math.min(...shown)).toBe(Math.min(...known));
        expect(Math.max(...shown)).toBe(Math.max(...known));
        expect(shown[0]).toBe(known[0]);
        expect(shown.at(-1)).toBe(known.at(-1));
        return true;
      }),
    );
  });

  it("keeps at most two values per column and the two ends, in order", () => {
    fc.assert(
      fc.property(long, fc.integer({ min: 1, max: 80 }), (values, columns) => {
        const kept = reduceToColumns(values, columns);
        expect([...kept]).toEqual([...new Set(kept)].sort((a, b) => a - b));
        const shown = kept.filter((index) => values[index] !== null);
        expect(shown.length).toBeLessThanOrEqual(2 * columns + 2);
      }),
    );
  });

  it("never bridges a hole", () => {
    fc.assert(
      fc.property(long, fc.integer({ min: 1, max: 80 }), (values, columns) => {
        const kept = reduceToColumns(values, columns);
        for (const [order, index] of kept.entries()) {
          const before = kept[order - 1];
          if (before === undefined || values[index] === null || values[before] === null) continue;
          expect(values.slice(before, index)).not.toContain(null);
        }
      }),
    );
  });

  it("leaves a short line as it is", () => {
    expect(reduceToColumns([3, null, 1], 100)).toEqual([0, 1, 2]);
  });

  it("keeps one spike among ten thousand", () => {
    const values = Array.from({ length: 10_000 }, (_, index) => (index === 6789 ? 99 : index % 7));
    const kept = reduceToColumns(values, 300);
    expect(kept).toContain(6789);
    expect(kept.length).toBeLessThanOrEqual(602);
  });
});
