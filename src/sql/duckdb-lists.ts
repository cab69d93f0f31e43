import { join, literal, raw, sql } from "./fragment.ts";
import type { ListDialect } from "./lists.ts";

/** What DuckDB 1.5 does with lists. */
export const duckdbLists: ListDialect = {
  sorted: (value) => sql`list_sort(list(${value}))`,
  // Sorting the other way round takes twice as long.
  ascending: (list) => sql`list_sort(${list})`,
  small: (list) => sql`CAST(${list} AS INTEGER[])`,
  doubles: (list) => sql`CAST(${list} AS DOUBLE[])`,
  record: (values) =>
    sql`{${join(Object.entries(values).map(([name, value]) => sql`${literal(name)}: ${value}`))}}`,
  valueOf: (record, name) => sql`${record}[${literal(name)}]`,
  // Places cost more than most of what is computed from elements, so they are only asked for where they are used.
  map: (list, element, value) => {
    const nth = `nth_${element}`;
    const names = value.length < 2 ? raw(element) : raw(`${element}, ${nth}`);
    return sql`list_transform(${list}, lambda ${names}: ${value(raw(element), raw(nth))})`;
  },
  keep: (list, element, condition) =>
    sql`list_filter(${list}, lambda ${raw(element)}: ${condition(raw(element))})`,
  joined: (list, separator) => sql`array_to_string(${list}, ${literal(separator)})`,
  length: (list) => sql`len(${list})`,
  at: (list, place) => sql`list_extract(${list}, ${place})`,
  sum: (list) => sql`CAST(list_sum(${list}) AS BIGINT)`,
  smallest: (list) => sql`list_min(${list})`,
  largest: (list) => sql`list_max(${list})`,
  placeOf: (list, value) => sql`list_position(${list}, ${value})`,
  places: (list) => sql`generate_series(1, len(${list}))`,
  rows: (list) => sql`unnest(${list})`,
};
