import { all, displaySql, type Sql } from "../sql/fragment.ts";
import type { AskedMeasure } from "./asked.ts";

/**
 * Returns the conditions that all measures, and what they leave out, have in common, and the measures without these: a
 * statement that asks for fewer rows is faster than one that looks at all of them for every measure.
 *
 * @param measures the measures of one statement
 */
export function narrowed(measures: readonly AskedMeasure[]): {
  readonly shared: readonly Sql[];
  readonly measures: readonly AskedMeasure[];
} {
  const lists = measures.flatMap(({ parts, leavesOut }) => [
    parts,
    ...leavesOut.map((one) => one.parts),
  ]);
  const [first = [], ...others] = lists;
  const has = (parts: readonly Sql[], wanted: Sql) =>
    parts.some((part) => displaySql(part) === displaySql(wanted));
  const shared = first.filter((part) => others.every((parts) => has(parts, part)));
  if (shared.length === 0) return { shared, measures };
  const rest = (parts: readonly Sql[]) => parts.filter((part) => !has(shared, part));
  return {
    shared,
    measures: measures.map((measure) => {
      const parts = rest(measure.parts);
      const leavesOut = measure.leavesOut.map((one) => ({
        ...one,
        condition: all(rest(one.parts)),
      }));
      return { ...measure, condition: parts.length > 0 ? all(parts) : null, leavesOut };
    }),
  };
}
