import { type Filter, filterText, parseFilter } from "../../figures/filter.ts";

/** One test of a filter, as a chip shows it. */
export type Chip =
  | {
      readonly kind: "values";
      readonly dimension: string;
      readonly values: readonly string[];
      readonly isExcluded: boolean;
    }
  /** Anything that the filter language can say and a chip cannot. */
  | { readonly kind: "text"; readonly text: string };

/**
 * Reads a filter as chips: its parts joined by `and`.
 *
 * @param text in the filter language
 * @returns one chip with the whole text when it does not parse
 */
export function chipsOf(text: string): readonly Chip[] {
  if (text.trim() === "") return [];
  try {
    const filter = parseFilter(text);
    return (filter.op === "and" ? filter.parts : [filter]).map(chipOf);
  } catch {
    return [{ kind: "text", text }];
  }
}

function chipOf(part: Filter): Chip {
  const isExcluded = part.op === "not";
  const inner = part.op === "not" ? part.part : part;
  if (inner.op === "in") {
    return { kind: "values", dimension: inner.dimension, values: inner.values, isExcluded };
  }
  return { kind: "text", text: filterText(part) };
}

/**
 * Writes chips in the filter language.
 *
 * @param chips in the order to write
 */
export function textOf(chips: readonly Chip[]): string {
  return chips.map(textOfChip).join(" and ");
}

function textOfChip(chip: Chip): string {
  if (chip.kind === "text") return /\bor\b/i.test(chip.text) ? `(${chip.text})` : chip.text;
  const list = chip.values.map((value) => `"${value.replaceAll('"', '""')}"`).join(", ");
  return `${chip.dimension} ${chip.isExcluded ? "not in" : "in"} (${list})`;
}

/**
 * Returns the chips with the values of one dimension replaced.
 *
 * @param chips as they are
 * @param dimension which one
 * @param values to keep to; none removes the chip
 * @param isExcluded whether the values are left out instead
 */
export function withValues(
  chips: readonly Chip[],
  dimension: string,
  values: readonly string[],
  isExcluded = false,
): readonly Chip[] {
  const others = chips.filter(
    (chip) =>
      chip.kind !== "values" || chip.dimension !== dimension || chip.isExcluded !== isExcluded,
  );
  return values.length === 0
    ? others
    : [...others, { kind: "values", dimension, values, isExcluded }];
}

/**
 * Returns the values that the chips keep a dimension to.
 *
 * @param chips of the view
 * @param dimension which one
 */
export function valuesOf(chips: readonly Chip[], dimension: string): readonly string[] {
  return chips.flatMap((chip) =>
    chip.kind === "values" && chip.dimension === dimension && !chip.isExcluded ? chip.values : [],
  );
}

/**
 * Writes the filter of one group of an answer.
 *
 * @param group value of each dimension; null where the row has none
 */
export function filterOfGroup(group: Readonly<Record<string, string | null>>): string {
  return Object.entries(group)
    .map(([dimension, value]) =>
      value === null
        ? `${dimension} is null`
        : textOf([{ kind: "values", dimension, values: [value], isExcluded: false }]),
    )
    .join(" and ");
}

/**
 * Joins filters so that all of them hold.
 *
 * @param texts in the filter language; empty ones are left out
 */
export function bothOf(...texts: readonly string[]): string {
  const given = texts.filter((text) => text.trim() !== "");
  return given.length < 2 ? (given[0] ?? "") : given.map((text) => `(${text})`).join(" and ");
}
