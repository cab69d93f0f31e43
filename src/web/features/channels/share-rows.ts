import {
  compareExact,
  divide,
  type Exact,
  parseExact,
  toDecimal,
  zero,
} from "../../../ledger/exact.ts";
import type { ShownAnswer } from "../../../server/api.ts";
import { type FigureRow, figureRows } from "../../table/figure-rows.ts";

/** A channel's part of the budget and of the credit, as decimal text; null where there is no whole. */
export interface ShareRow {
  readonly row: FigureRow;
  readonly cost: string | null;
  readonly credit: string | null;
}

const exactIn = (figures: FigureRow["figures"], metric: string): Exact =>
  parseExact(figures[metric]?.value ?? "0");

/**
 * Returns each channel's part of cost and of attributed revenue, the largest part of the cost first.
 *
 * @param answer cost and attributed revenue by channel
 */
export function shareRows(answer: ShownAnswer): readonly ShareRow[] {
  const { rows, total } = figureRows(answer);
  const part = (figures: FigureRow["figures"], metric: string): string | null => {
    const share = divide(exactIn(figures, metric), exactIn(total, metric));
    return share && toDecimal(share, 6);
  };
  return rows
    .filter(({ figures }) =>
      ["cost", "attributed_revenue"].some(
        (metric) => compareExact(exactIn(figures, metric), zero) !== 0,
      ),
    )
    .toSorted(
      (a, b) =>
        compareExact(exactIn(b.figures, "cost"), exactIn(a.figures, "cost")) ||
        compareExact(
          exactIn(b.figures, "attributed_revenue"),
          exactIn(a.figures, "attributed_revenue"),
        ),
    )
    .map((row) => ({
      row,
      cost: part(row.figures, "cost"),
      credit: part(row.figures, "attributed_revenue"),
    }));
}
