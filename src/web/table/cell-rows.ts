import type { MouseEvent } from "react";
import type { TableData } from "../../charts/chart-table.tsx";
import { compareExact, parseExact } from "../../ledger/exact.ts";
import type { ShownFigure } from "../../server/api.ts";

/** A cell of a table: its words, and what a click does. */
export interface CellContent {
  readonly text: string;
  /** Decimal text to sort by; the words where there is none. */
  readonly value?: string | null;
  /** A second line, such as a share. */
  readonly sub?: string | undefined;
  /** Decimal text behind the second line. */
  readonly subValue?: string | null | undefined;
  /** The figure that the cell shows, for its state. */
  readonly figure?: Pick<ShownFigure, "state" | "reasons"> | undefined;
  readonly onOpen?: ((event: Pick<MouseEvent, "altKey">) => void) | undefined;
  /** What the button does, where the words do not say it. */
  readonly title?: string | undefined;
  /** 0 to 1: how strongly the cell is tinted. */
  readonly strength?: number | undefined;
  /** The metric that is explained, so that E finds the cell. */
  readonly explain?: string | undefined;
}

/** A column of a table. */
export interface CellColumn {
  readonly id: string;
  readonly name: string;
  readonly about?: string | undefined;
  readonly isText?: boolean | undefined;
}

/** A row of a table; the first cell names it. */
export interface CellRow {
  readonly key: string;
  readonly cells: readonly CellContent[];
  readonly isMuted?: boolean | undefined;
}

/** How a table is sorted. */
export interface CellOrder {
  readonly column: number;
  readonly isDescending: boolean;
}

/**
 * Sorts rows by one column, exactly; cells without a value go last in either direction.
 *
 * @param rows as they come
 * @param order column and direction; none keeps them
 */
export function sortedRows(rows: readonly CellRow[], order: CellOrder | null): readonly CellRow[] {
  if (!order) return rows;
  const sign = order.isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [a.cells[order.column], b.cells[order.column]];
    if (left?.value === undefined && right?.value === undefined) {
      return sign * (left?.text ?? "").localeCompare(right?.text ?? "");
    }
    const [x, y] = [left?.value ?? null, right?.value ?? null];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * compareExact(parseExact(x), parseExact(y));
  });
}

/**
 * Returns a table as words, to be saved.
 *
 * @param caption its name
 * @param columns in order
 * @param rows body and foot
 */
export function tableOf(
  caption: string,
  columns: readonly CellColumn[],
  rows: readonly CellRow[],
): TableData {
  const hasSub = columns.map((_, at) => rows.some(({ cells }) => cells[at]?.sub !== undefined));
  const spread = <One>(at: number, both: readonly [One, One]): readonly One[] =>
    hasSub[at] ? both : both.slice(0, 1);
  const each = <One>(of: (cell: CellContent | undefined) => readonly [One, One]) =>
    rows.map(({ cells }) => columns.flatMap((_, at) => spread(at, of(cells[at]))));
  return {
    caption,
    columns: columns.flatMap(({ name }, at) => spread(at, [name, ""])),
    rows: each((cell) => [cell?.text ?? "", cell?.sub ?? ""]),
    values: each((cell) => [cell?.value ?? null, cell?.subValue ?? null]),
  };
}
