import { printFigure } from "../figures/print.ts";
import type { Locale } from "../locales/translate.ts";
import type { AnswerTable, TableCell } from "./answer-table.ts";

/** A table as a screen shows it. */
export interface ShownTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The exact value behind each cell, as decimal text; null where a cell is words. */
  readonly values: readonly (readonly (string | null)[])[];
}

/** Units in which screens print numbers; the first in which a cell reads as it is shown counts. */
const units = ["money", "percent", "count", "ratio"] as const;

/**
 * Makes a shown table ready to be written: a cell is a number where what it shows is how that number is printed, and words otherwise.
 *
 * @param shown titles, words and values
 * @param currency of amounts
 * @param locale language in which it was printed
 */
export function numberedTable(shown: ShownTable, currency: string, locale: Locale): AnswerTable {
  const cellOf = (text: string, value: string | null): TableCell => {
    const unit = units.find((one) => printFigure({ value, unit: one, currency }, locale) === text);
    return value === null || unit === undefined ? { text } : { text: value, unit, currency };
  };
  const rows = shown.rows.map((row, line) =>
    shown.columns.map((_, at) => cellOf(row[at] ?? "", shown.values[line]?.[at] ?? null)),
  );
  return {
    columns: shown.columns.map((title, at) => ({
      title,
      isNumber: rows.some((row) => row[at]?.unit !== undefined),
    })),
    rows,
  };
}
