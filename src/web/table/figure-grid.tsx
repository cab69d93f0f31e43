import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import {
  type ColumnDef,
  getCoreRowModel,
  getFilteredRowModel,
  getSortedRowModel,
  useReactTable,
} from "@tanstack/react-table";
import { useMemo, useState } from "react";
import { useShownRows } from "../page/shown-rows.ts";
import { useT } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";
import { useView } from "../view/use-view.ts";
import { compareFigures, type FigureRow, figureRows } from "./figure-rows.ts";
import type { FigureTableProps } from "./figure-table.tsx";
import classes from "./table.module.css";
import { TableBody } from "./table-body.tsx";
import { TableHead } from "./table-head.tsx";

/** Tables up to this many rows need no search. */
const fewRows = 8;

/**
 * The table of figures itself; it comes with what it takes to sort, search and scroll, after the figures and charts above it.
 *
 * @param props the answer, its dimensions and metrics
 */
export function FigureGrid(props: FigureTableProps) {
  const { id, caption, by, metrics, onRow } = props;
  const t = useT();
  const { view, set } = useView();
  const { nameOf } = useKnown();
  const [search, setSearch] = useState("");
  const sortKey = `s.${id}`;
  const sorted = sortOf(view.search[sortKey]);
  const { count, shown, total } = useGridRows(props, search, sorted);
  const sort = (column: string) => {
    const isAgain = sorted?.column === column && sorted.isDescending;
    set({ [sortKey]: `${isAgain ? "" : "-"}${column}` }, { replace: true });
  };
  return (
    <div>
      {count > fewRows ? (
        <div className={classes.tools}>
          <TextInput
            type="search"
            size="xs"
            aria-label={t("table.search")}
            placeholder={t("table.search")}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={search}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          />
          <span className="muted small numbers" role="status">
            {t("table.rows", { count: shown.length })}
          </span>
        </div>
      ) : null}
      <TableBody
        caption={caption}
        head={
          <TableHead
            by={by}
            metrics={metrics.map((metric) => ({ id: metric, name: nameOf(metric) }))}
            sorted={sorted}
            onSort={sort}
          />
        }
        rows={shown}
        total={total}
        by={by}
        metrics={metrics}
        {...(onRow ? { onRow } : {})}
      />
    </div>
  );
}

/** The rows as they are searched and sorted, with their total where they are all there; the panel hears of them. */
function useGridRows(
  { id, answer, metrics, hasTotal = true }: FigureTableProps,
  search: string,
  sorted: Sorted | null,
) {
  const { rows, total } = useMemo(() => figureRows(answer), [answer]);
  const columns = useMemo(
    () => columnsOf(metrics, sorted?.isDescending ?? true),
    [metrics, sorted?.isDescending],
  );
  const table = useReactTable<FigureRow>({
    data: rows as FigureRow[],
    columns,
    state: {
      globalFilter: search,
      sorting: sorted ? [{ id: sorted.column, desc: false }] : [],
    },
    autoResetAll: false,
    getRowId: ({ key }) => key,
    globalFilterFn: (row, _column, text: string) =>
      Object.values(row.original.texts).some((one) =>
        one.toLowerCase().includes(text.toLowerCase()),
      ),
    getCoreRowModel: getCoreRowModel(),
    getFilteredRowModel: getFilteredRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const model = table.getRowModel();
  const isWhole = hasTotal && search === "";
  const shown = useMemo(() => model.rows.map(({ original }) => original), [model]);
  const groups = useMemo(
    () => ({ groups: [...(isWhole ? [{}] : []), ...shown.map(({ group }) => group)] }),
    [shown, isWhole],
  );
  useShownRows(id, groups);
  return { count: rows.length, shown, total: isWhole ? total : null };
}

/** How a table is sorted. */
export interface Sorted {
  readonly column: string;
  readonly isDescending: boolean;
}

function sortOf(text: unknown): Sorted | null {
  if (typeof text !== "string" || text === "") return null;
  const isDescending = text.startsWith("-");
  return { column: isDescending ? text.slice(1) : text, isDescending };
}

function columnsOf(metrics: readonly string[], isDescending: boolean): ColumnDef<FigureRow>[] {
  return metrics.map((metric) => ({
    id: metric,
    accessorFn: (row) => row.figures[metric]?.value ?? null,
    sortingFn: (a, b) =>
      compareFigures(a.original.figures[metric], b.original.figures[metric], isDescending),
  }));
}
