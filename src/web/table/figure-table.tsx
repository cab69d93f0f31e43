import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { ShownAnswer } from "../../server/api.ts";
import type { FigureRow } from "./figure-rows.ts";

/** A table of figures. */
export interface FigureTableProps {
  /** Names the table's sorting in the address: s.<id>. */
  readonly id: string;
  /** Said before the table is read. */
  readonly caption: string;
  readonly answer: ShownAnswer;
  /** The dimensions of the rows, as they were asked for. */
  readonly by: readonly string[];
  /** The metrics of the columns, each with its variant where that matters. */
  readonly metrics: readonly string[];
  /** Instead of a filter, what a click on a row's name does. */
  readonly onRow?: (row: FigureRow) => void;
  /** False where the rows are a choice, so that a total below them would mislead. */
  readonly hasTotal?: boolean;
}

const FigureGrid = lazy(async () => ({
  default: (await import("./figure-grid.tsx")).FigureGrid,
}));

const rowHeight = 44;
const rowsInSight = 11;

/**
 * A table of figures: sorted by the address, searched, moved through by arrow keys; only the rows in sight are drawn. A name
 * filters (with Alt: leaves out), a figure opens its explanation.
 *
 * @param props the answer, its dimensions and metrics
 */
export function FigureTable(props: FigureTableProps) {
  const rows = Math.min(props.answer.groups.length + 2, rowsInSight);
  return (
    <Suspense fallback={<Skeleton height={rows * rowHeight} />}>
      <FigureGrid {...props} />
    </Suspense>
  );
}
