import { textWidth } from "./text-width.ts";

/** px of a column. */
export interface Column {
  readonly x: number;
  readonly width: number;
}

/** Columns of a chart of rows: names, drawing, values. */
export interface RowLayout {
  readonly names: Column;
  readonly plot: Column;
  /** Values end at its right side. */
  readonly values: Column;
  /** Name and value stand above the drawing instead of beside it. */
  readonly isNarrow: boolean;
  readonly rowHeight: number;
  /** From the top of a row to the middle of its drawing. */
  readonly middle: number;
  /** From the top of a row to the baseline of its words. */
  readonly baseline: number;
}

/** Height of the words of rows in px. */
export const rowText = 13;

/**
 * Divides the width of a chart of rows.
 *
 * @param width px
 * @param names of the rows
 * @param values their words
 * @param barHeight px of the drawing of a row
 */
export function rowLayout(
  width: number,
  names: readonly string[],
  values: readonly string[],
  barHeight: number,
): RowLayout {
  const widest = (texts: readonly string[], most: number) =>
    Math.min(most, Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text, rowText)))));
  const isNarrow = width < 520;
  const valueWidth = widest(values, width * (isNarrow ? 0.5 : 0.3));
  const value = { x: width - valueWidth, width: valueWidth };
  if (isNarrow) {
    return {
      names: { x: 0, width: width - valueWidth - 12 },
      plot: { x: 0, width },
      values: value,
      isNarrow,
      rowHeight: 22 + barHeight + 10,
      middle: 22 + barHeight / 2,
      baseline: 16,
    };
  }
  const nameWidth = widest(names, width * 0.36);
  const rowHeight = Math.max(28, barHeight + 12);
  return {
    names: { x: 0, width: nameWidth },
    plot: { x: nameWidth + 14, width: Math.max(40, width - nameWidth - valueWidth - 28) },
    values: value,
    isNarrow,
    rowHeight,
    middle: rowHeight / 2,
    baseline: rowHeight / 2 + 4.5,
  };
}
