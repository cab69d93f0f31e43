/** Number of single-letter edits (insert, delete, replace, swap of neighbours) that turn one word into another. */
function edits(from: string, to: string): number {
  const width = to.length + 1;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: width }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column < width; column++) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1;
      const isSwap =
        row > 1 &&
        column > 1 &&
        from[row - 1] === to[column - 2] &&
        from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + same,
          isSwap ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[width - 1] ?? 0;
}

/**
 * Returns the known word that is nearest to a mistyped one (optimal string alignment distance), or null when none is near.
 *
 * @param word what was written
 * @param known the words that exist
 * @example nearest("reveneu", ["revenue", "cost"]) // "revenue"
 */
export function nearest(word: string, known: Iterable<string>): string | null {
  const limit = Math.max(1, Math.floor(word.length * 0.4));
  let best: string | null = null;
  let least = limit + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = edits(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/**
 * Returns "; did you mean `x`?" for the nearest known word, or an empty text.
 *
 * @param word what was written
 * @param known the words that exist
 */
export function didYouMean(word: string, known: Iterable<string>): string {
  const found = nearest(word, known);
  return found === null ? "" : `; did you mean \`${found}\`?`;
}
