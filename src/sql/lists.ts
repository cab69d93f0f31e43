import type { Sql } from "./fragment.ts";

/** The part of a dialect that computes with lists; places are counted from 1. */
export interface ListDialect {
  /** The values of a group as a sorted list. */
  readonly sorted: (value: Sql) => Sql;
  /** The elements of a list from the smallest to the largest. */
  readonly ascending: (list: Sql) => Sql;
  /** The whole numbers of a list in 32 bits. */
  readonly small: (list: Sql) => Sql;
  /** The whole numbers of a list as doubles. */
  readonly doubles: (list: Sql) => Sql;
  /** A record of named values; records are ordered by their first value, then the second, and so on. */
  readonly record: (values: Readonly<Record<string, Sql>>) => Sql;
  /** A value of a record. */
  readonly valueOf: (record: Sql, name: string) => Sql;
  /** What comes of each element; the name of the element differs from those of lists around it. */
  readonly map: (list: Sql, element: string, value: (element: Sql, place: Sql) => Sql) => Sql;
  /** The elements for which a condition holds. */
  readonly keep: (list: Sql, element: string, condition: (element: Sql) => Sql) => Sql;
  /** The texts of a list, with a separator between them. */
  readonly joined: (list: Sql, separator: string) => Sql;
  /** Number of elements. */
  readonly length: (list: Sql) => Sql;
  /** The element at a place; null when there is none. */
  readonly at: (list: Sql, place: Sql) => Sql;
  /** Sum of whole numbers. */
  readonly sum: (list: Sql) => Sql;
  /** The smallest element that is not null. */
  readonly smallest: (list: Sql) => Sql;
  /** The largest element that is not null. */
  readonly largest: (list: Sql) => Sql;
  /** The places of the elements: 1, 2, and so on. */
  readonly places: (list: Sql) => Sql;
  /** The first place of a value. */
  readonly placeOf: (list: Sql, value: Sql) => Sql;
  /** One row for each element, in a SELECT list; several lists of the same length go side by side. */
  readonly rows: (list: Sql) => Sql;
}
