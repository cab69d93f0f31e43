import { type KeyboardEvent, useCallback, useState } from "react";

/** A cell by its place. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

const steps: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

/**
 * Moves through the cells of a table by arrow keys, so that the table takes one step of the tab key and not hundreds.
 *
 * @param size rows and columns
 * @param show brings a row into the picture before its cell gets the focus
 */
export function useGridKeys(
  size: { readonly rows: number; readonly columns: number },
  show: (row: number) => void,
) {
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const next = placeAfter(event, place, size);
      if (!next) return;
      event.preventDefault();
      setPlace(next);
      show(next.row);
      const table = event.currentTarget;
      requestAnimationFrame(() => {
        const cell = table.querySelector<HTMLElement>(`[data-cell="${next.row}:${next.column}"]`);
        cell?.focus();
      });
    },
    [place, size, show],
  );
  const cell = (row: number, column: number) => ({
    "data-cell": `${row}:${column}`,
    tabIndex: place.row === row && place.column === column ? 0 : -1,
    onFocus: () => setPlace({ row, column }),
  });
  return { onKeyDown, cell };
}

function placeAfter(
  { key, ctrlKey }: Pick<KeyboardEvent, "key" | "ctrlKey">,
  place: Place,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Place | null {
  if (key === "Home") return { row: ctrlKey ? 0 : place.row, column: 0 };
  if (key === "End") return { row: ctrlKey ? rows - 1 : place.row, column: columns - 1 };
  const step = steps[key];
  if (!step) return null;
  const within = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1);
  return {
    row: within(place.row + step[0], rows),
    column: within(place.column + step[1], columns),
  };
}
