import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useCallback, useMemo, useRef } from "react";
import { useT } from "../text/texts.tsx";
import type { FigureRow } from "./figure-rows.ts";
import classes from "./table.module.css";
import { TableRow } from "./table-row.tsx";
import { useGridKeys } from "./use-grid-keys.ts";

const rowHeight = 44;

/**
 * The rows of a table of figures; only those in sight are drawn, the others are two spacers.
 *
 * @param props head, rows, totals
 */
export function TableBody({
  caption,
  head,
  rows,
  total,
  by,
  metrics,
  onRow,
}: {
  readonly caption: string;
  readonly head: ReactNode;
  readonly rows: readonly FigureRow[];
  readonly total: FigureRow["figures"] | null;
  readonly by: readonly string[];
  readonly metrics: readonly string[];
  readonly onRow?: (row: FigureRow) => void;
}) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const columns = metrics.length + 1;
  const size = useMemo(() => ({ rows: rows.length, columns }), [rows.length, columns]);
  const show = useCallback((row: number) => virtual.scrollToIndex(row), [virtual]);
  const { onKeyDown, cell } = useGridKeys(size, show);
  const width = by.length + metrics.length;
  return (
    <div ref={box} className={classes.box}>
      <table
        className={classes.table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are moved through by arrow keys
        role="grid"
        aria-rowcount={rows.length + 1}
        onKeyDown={onKeyDown}
      >
        <caption className="unseen">{caption}</caption>
        {head}
        <tbody>
          {above > 0 ? <Spacer height={above} width={width} /> : null}
          {items.map(({ index, key }) => {
            const row = rows[index];
            return row ? (
              <TableRow
                key={key}
                row={row}
                index={index}
                by={by}
                metrics={metrics}
                cell={cell}
                {...(onRow ? { onRow } : {})}
              />
            ) : null;
          })}
          {below > 0 ? <Spacer height={below} width={width} /> : null}
          {rows.length === 0 ? (
            <tr>
              <td colSpan={width} className={classes.nothing}>
                {t("table.nothing")}
              </td>
            </tr>
          ) : null}
        </tbody>
        {total ? (
          <tfoot>
            <tr>
              <th scope="row" colSpan={by.length} className={classes.first}>
                {t("table.total")}
              </th>
              {metrics.map((metric) => (
                <td key={metric} className={classes.number}>
                  {total[metric]?.text ?? "–"}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  );
}

function Spacer({ height, width }: { readonly height: number; readonly width: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={width} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}
