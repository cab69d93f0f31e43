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
 * Returns where a key leads: arrows to the neighbours, Page keys by a tenth, Home and End to the ends, Escape out.
 *
 * @param key name of the key
 * @param index where the reader is, null for nowhere
 * @param count of points
 * @returns undefined for keys that do not move
 */
export function keyTarget(
  key: string,
  index: number | null,
  count: number,
): number | null | undefined {
  if (key === "Escape") return null;
  if (count === 0) return undefined;
  const page = Math.max(2, Math.round(count / 10));
  const within = (next: number) => Math.min(count - 1, Math.max(0, next));
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
      return index === null ? 0 : within(index + 1);
    case "ArrowLeft":
    case "ArrowUp":
      return index === null ? count - 1 : within(index - 1);
    case "PageDown":
      return within((index ?? 0) + page);
    case "PageUp":
      return within((index ?? count - 1) - page);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
