import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";
import { useT } from "../text/texts.tsx";
import { useKnown } from "../view/known.tsx";
import type { Sorted } from "./figure-grid.tsx";
import classes from "./table.module.css";

/**
 * The head of a table of figures: a click sorts.
 *
 * @param props dimensions, metrics with names, the order now
 */
export function TableHead({
  by,
  metrics,
  sorted,
  onSort,
}: {
  readonly by: readonly string[];
  readonly metrics: readonly { readonly id: string; readonly name: string }[];
  readonly sorted: Sorted | null;
  readonly onSort: (metric: string) => void;
}) {
  const t = useT();
  const { dimensionName } = useKnown();
  return (
    <thead>
      <tr>
        {by.map((dimension, index) => (
          <th key={dimension} scope="col" className={index === 0 ? classes.first : undefined}>
            {dimensionName(dimension)}
          </th>
        ))}
        {metrics.map(({ id, name }) => {
          const order = sorted?.column === id ? sorted : null;
          const Arrow = order ? (order.isDescending ? IconArrowDown : IconArrowUp) : IconArrowsSort;
          const direction = order?.isDescending ? "descending" : "ascending";
          return (
            <th
              key={id}
              scope="col"
              className={classes.number}
              aria-sort={order ? direction : "none"}
            >
              <button
                type="button"
                className={classes.sort}
                title={t("table.sort", { column: name })}
                onClick={() => onSort(id)}
              >
                {name}
                <Arrow size={13} aria-hidden />
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
