import { columnFinder } from "../sources/column-name.ts";
import type { Source } from "../sources/source.ts";

/** A source that a file fits, and how well. */
export interface Candidate {
  readonly source: Source;
  /** Number of the source's columns that the file has. */
  readonly score: number;
  /** The file's name speaks for the source. */
  readonly isNamed: boolean;
}

/** What a file was recognised as. */
export type Recognition =
  | { readonly kind: "recognised"; readonly source: Source; readonly score: number }
  | { readonly kind: "tie"; readonly candidates: readonly Candidate[] }
  | { readonly kind: "unknown" };

/**
 * Finds the source of a file by its columns: all required columns have to be there and no excluded one; of several sources
 * the one with the most columns found wins, then the one whose file name fits, then the one with more required columns.
 *
 * @param columns names as the file has them; case, spaces, dots, dashes and underscores do not count
 * @param fileName name without folder
 * @param sources everything that can be recognised
 */
export function recognise(
  columns: readonly string[],
  fileName: string,
  sources: readonly Source[],
): Recognition {
  const clean = columns.map((column) => column.replace(/^\uFEFF/, ""));
  const find = columnFinder(clean);
  const has = (name: string) => find(name) !== null;
  const ranked = sources
    .filter((source) => fits(source, clean, has, fileName))
    .map((source) => ({
      source,
      score: source.columns.length + (source.also?.filter(has).length ?? 0),
      isNamed: source.fileName?.test(fileName) ?? false,
    }))
    .sort(compare);
  const [best, next] = ranked;
  if (!best) return { kind: "unknown" };
  if (!next || compare(best, next) !== 0) {
    return { kind: "recognised", source: best.source, score: best.score };
  }
  return { kind: "tie", candidates: ranked.filter((other) => compare(best, other) === 0) };
}

function fits(
  source: Source,
  columns: readonly string[],
  has: (name: string) => boolean,
  fileName: string,
): boolean {
  if (!source.columns.every(has) || source.without?.some(has)) return false;
  if (source.needsFileName && !source.fileName?.test(fileName)) return false;
  if (!source.isClosed) return true;
  const known = [...source.columns, ...(source.also ?? [])];
  return columns.every((column) => {
    const finds = columnFinder([column]);
    return known.some((name) => finds(name) !== null);
  });
}

function compare(a: Candidate, b: Candidate): number {
  return (
    b.score - a.score ||
    Number(b.isNamed) - Number(a.isNamed) ||
    b.source.columns.length - a.source.columns.length
  );
}
