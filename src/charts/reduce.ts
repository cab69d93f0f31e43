/**
 * Chooses which points of a long line are drawn: of every pixel column the lowest and the highest, so that no extreme is lost,
 * and the first and last of all. A hole between two chosen points stays a hole.
 *
 * @param values positions in order; null is a hole
 * @param columns pixel columns of the drawing
 * @returns indexes in order; an index of a null stands for a hole
 */
export function reduceToColumns(
  values: readonly (number | null)[],
  columns: number,
): readonly number[] {
  if (values.length <= 2 * columns) return values.map((_, index) => index);
  const chosen = new Set<number>();
  const perColumn = values.length / Math.max(1, Math.floor(columns));
  for (let start = 0; start < values.length; start += perColumn) {
    const from = Math.ceil(start);
    const to = Math.min(values.length, Math.ceil(start + perColumn));
    for (const index of extremes(values, from, to)) chosen.add(index);
  }
  const first = values.findIndex((value) => value !== null);
  const last = values.findLastIndex((value) => value !== null);
  if (first >= 0) chosen.add(first).add(last);
  return withHoles(
    values,
    [...chosen].sort((a, b) => a - b),
  );
}

function extremes(values: readonly (number | null)[], from: number, to: number): readonly number[] {
  let [low, high] = [-1, -1];
  for (let index = from; index < to; index += 1) {
    const value = values[index] ?? null;
    if (value === null) continue;
    if (low < 0 || value < (values[low] ?? value)) low = index;
    if (high < 0 || value > (values[high] ?? value)) high = index;
  }
  return low < 0 ? [] : [low, high];
}

function withHoles(values: readonly (number | null)[], chosen: readonly number[]): number[] {
  const nextHole = nextHoles(values);
  const found: number[] = [];
  for (const [order, index] of chosen.entries()) {
    const before = chosen[order - 1];
    const hole = before === undefined ? undefined : nextHole[before];
    if (hole !== undefined && hole < index) found.push(hole);
    found.push(index);
  }
  return found;
}

/** The index of the first hole at or after every index. */
function nextHoles(values: readonly (number | null)[]): readonly number[] {
  const holes = new Array<number>(values.length);
  let next = Number.POSITIVE_INFINITY;
  for (let index = values.length - 1; index >= 0; index -= 1) {
    if (values[index] === null) next = index;
    holes[index] = next;
  }
  return holes;
}
