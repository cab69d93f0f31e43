import { useCallback, useMemo, useState } from "react";

/** Where the reader is in a chart. */
export interface Cursor {
  readonly index: number | null;
  readonly move: (index: number | null) => void;
}

/**
 * Keeps the place of the reader in a chart; charts themselves keep nothing, so they can be rendered anywhere.
 *
 * @param start index at first, null for none
 */
export function useCursor(start: number | null = null): Cursor {
  const [index, setIndex] = useState(start);
  const move = useCallback((next: number | null) => setIndex(next), []);
  return useMemo(() => ({ index, move }), [index, move]);
}

/**
 * Returns where a key leads: arrows to the neighbours, in a grid up and down to the rows, Page keys by a tenth, Home and End to
 * the ends, Escape out.
 *
 * @param key name of the key
 * @param index where the reader is, null for nowhere
 * @param points how many there are, and how many per row of a grid
 * @returns undefined for keys that do not move
 */
export function keyTarget(
  key: string,
  index: number | null,
  { count, columns = 1 }: { readonly count: number; readonly columns?: number | undefined },
): number | null | undefined {
  if (key === "Escape") return null;
  if (count === 0) return undefined;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const page = Math.max(2, Math.round(count / 10));
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: page,
    PageUp: -page,
  };
  const step = steps[key];
  if (step === undefined) return undefined;
  if (index === null) return step > 0 ? 0 : count - 1;
  const next = index + step;
  if (columns > 1 && Math.abs(step) === columns && (next < 0 || next >= count)) return index;
  return Math.min(count - 1, Math.max(0, next));
}
