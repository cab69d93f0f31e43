import { compareExact, parseExact } from "../../ledger/exact.ts";
import type { ShownAnswer, ShownFigure } from "../../server/api.ts";

/** A row of a table of figures: a group with one figure per metric. */
export interface FigureRow {
  readonly key: string;
  readonly group: ShownFigure["group"];
  /** Name of each dimension's value. */
  readonly texts: Readonly<Record<string, string>>;
  readonly figures: Readonly<Record<string, ShownFigure | undefined>>;
}

const keyOf = (group: ShownFigure["group"]) => JSON.stringify(Object.entries(group).sort());

/**
 * Returns the rows of an answer and its totals; figures of buckets are left aside.
 *
 * @param answer broken down by dimensions
 */
export function figureRows(answer: ShownAnswer): {
  readonly rows: readonly FigureRow[];
  readonly total: FigureRow["figures"];
} {
  const byGroup = new Map<string, Record<string, ShownFigure>>();
  for (const figure of answer.figures) {
    if (figure.bucket !== null) continue;
    const key = keyOf(figure.group);
    const figures = byGroup.get(key) ?? {};
    figures[figure.metric] = figure;
    figures[`${figure.metric}@${figure.variant}`] = figure;
    byGroup.set(key, figures);
  }
  return {
    total: byGroup.get(keyOf({})) ?? {},
    rows: answer.groups.map((group, index) => {
      const key = keyOf(group);
      return {
        key,
        group,
        texts: answer.groupTexts[index] ?? {},
        figures: byGroup.get(key) ?? {},
      };
    }),
  };
}

/**
 * Orders two figures by value, exactly; those without a value, or with too few rows behind it to be ranked, go last in
 * either direction.
 *
 * @param a one figure
 * @param b another
 * @param isDescending the largest first
 */
export function compareFigures(
  a: ShownFigure | undefined,
  b: ShownFigure | undefined,
  isDescending: boolean,
): number {
  const left = rankable(a);
  const right = rankable(b);
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  const order = compareExact(parseExact(left), parseExact(right));
  return isDescending ? -order : order;
}

function rankable(figure: ShownFigure | undefined): string | null {
  return figure && figure.state !== "too_few" ? figure.value : null;
}
