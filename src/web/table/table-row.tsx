import type { MouseEvent } from "react";
import { targetOf, useExplain } from "../explain/use-explain.ts";
import { Delta } from "../figure/delta.tsx";
import { Mark } from "../figure/mark.tsx";
import { useT } from "../text/texts.tsx";
import { chipsOf, filterOfGroup, withValues } from "../view/filters.ts";
import { useView } from "../view/use-view.ts";
import type { FigureRow } from "./figure-rows.ts";
import classes from "./table.module.css";
import type { useGridKeys } from "./use-grid-keys.ts";

/**
 * A row of a table of figures.
 *
 * @param props the row and where it stands
 */
export function TableRow({
  row,
  index,
  by,
  metrics,
  cell,
  onRow,
}: {
  readonly row: FigureRow;
  readonly index: number;
  readonly by: readonly string[];
  readonly metrics: readonly string[];
  readonly cell: ReturnType<typeof useGridKeys>["cell"];
  readonly onRow?: (row: FigureRow) => void;
}) {
  const t = useT();
  const { open } = useExplain();
  const choose = useFilterByRow();
  const [first = "", ...others] = by;
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" className={classes.first}>
        <button
          type="button"
          className={classes.name}
          title={t("table.filter", { value: row.texts[first] ?? "" })}
          onClick={(event) => (onRow && !event.altKey ? onRow(row) : choose(row, event))}
          {...cell(index, 0)}
        >
          <bdi>{row.texts[first]}</bdi>
        </button>
      </th>
      {others.map((dimension) => (
        <td key={dimension}>
          <bdi>{row.texts[dimension]}</bdi>
        </td>
      ))}
      {metrics.map((metric, column) => {
        const figure = row.figures[metric];
        return (
          <td key={metric} className={classes.number}>
            {figure ? (
              <button
                type="button"
                className={classes.figure}
                data-state={figure.state}
                data-explain={metric}
                onClick={() => open(targetOf(figure))}
                {...cell(index, column + 1)}
              >
                <span className={classes.valueLine}>
                  <Mark figure={figure} isShort />
                  {figure.text}
                </span>
                <Delta figure={figure} isShort />
              </button>
            ) : (
              "–"
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** Filters the view by a row: keeps to its values, or with Alt leaves them out. */
function useFilterByRow(): (row: FigureRow, event: Pick<MouseEvent, "altKey">) => void {
  const { view, setChips } = useView();
  return ({ group }, { altKey }) => {
    let chips = view.chips;
    for (const [dimension, value] of Object.entries(group)) {
      const isNone = filterOfGroup({ [dimension]: null });
      chips =
        value === null
          ? chips.concat(chipsOf(altKey ? `not (${isNone})` : isNone))
          : withValues(chips, dimension, [value], altKey);
    }
    setChips(chips);
  };
}
