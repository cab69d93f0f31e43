import type { Source } from "./source.ts";

/**
 * Returns a function that says when a source is loaded among files that are given together: lower numbers first, so
 * that what is looked up is there already.
 *
 * @param sources every source that the files were recognised as, or all
 */
export function loadRanks(sources: readonly Source[]): (source: Source) => number {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const rank = (source: Source, path: readonly string[]): number => {
    if (path.includes(source.id)) return 0;
    const before = (source.after ?? []).flatMap((id) => byId.get(id) ?? []);
    const ranks = before.map((one) => rank(one, [...path, source.id]));
    return 1 + Math.max(-1, ...ranks);
  };
  return (source) => rank(source, []);
}
