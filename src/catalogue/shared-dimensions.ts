import { dimensions } from "../derive/dimensions.ts";
import { type DerivedTableName, derivedTable } from "../derive/tables.ts";

/** The part of a measure that decides by what it can be broken down. */
export interface Divisible {
  readonly fact: DerivedTableName;
  readonly sameForEvery?: Iterable<string>;
}

/**
 * Returns the dimensions by which a metric can be broken down: those that all of its facts share.
 *
 * @param measures the metric's measures
 */
export function sharedDimensions(measures: readonly Divisible[]): readonly string[] {
  const facts = measures.map(({ fact, sameForEvery = [] }) => ({
    own: derivedTable(fact).dimensions,
    same: new Set(sameForEvery),
  }));
  return dimensions.filter(
    (dimension) =>
      facts.some(({ own }) => Object.hasOwn(own, dimension)) &&
      facts.every(({ own, same }) => Object.hasOwn(own, dimension) || same.has(dimension)),
  );
}
