import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { factor, solve, solveTransposed } from "../../src/stats/dense.ts";

const times = (matrix: Float64Array, x: Float64Array, transposed: boolean) =>
  x.map((_, row) =>
    x.reduce(
      (sum, each, at) =>
        sum + each * (matrix[transposed ? at * x.length + row : row * x.length + at] ?? 0),
      0,
    ),
  );

describe("a factored matrix", () => {
  it("solves both ways, also where rows must be exchanged", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }).chain((size) =>
          fc.tuple(
            fc.array(fc.integer({ min: -3, max: 3 }), {
              minLength: size * size,
              maxLength: size * size,
            }),
            fc.array(fc.integer({ min: -9, max: 9 }), { minLength: size, maxLength: size }),
          ),
        ),
        ([cells, known]) => {
          const size = known.length;
          // a dominant second diagonal keeps it regular and makes the first pivots useless
          const matrix = Float64Array.from(cells, (cell, at) =>
            (Math.floor(at / size) + 1) % size === at % size ? 40 : cell,
          );
          const x = Float64Array.from(known);
          const factors = factor(matrix, size);
          solve(factors, times(matrix, x, false)).forEach((each, at) => {
            expect(each).toBeCloseTo(x[at] ?? 99, 9);
          });
          solveTransposed(factors, times(matrix, x, true)).forEach((each, at) => {
            expect(each).toBeCloseTo(x[at] ?? 99, 9);
          });
        },
      ),
    );
  });

  it("cannot be singular", () => {
    expect(() => factor(Float64Array.of(1, 2, 2, 4), 2)).toThrow(RangeError);
  });
});
