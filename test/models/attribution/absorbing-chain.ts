import type { PathRow } from "../../../src/models/attribution/paths.ts";

/** Conversions and value per journey of a chain, by a dense solve that shares nothing with the product's solver. */
export interface ChainOutcome {
  readonly conversion: number;
  readonly value: number;
}

/**
 * Builds the absorbing chain forwards, state by state as text, and solves (I − Q) f = r by Gauss–Jordan elimination.
 *
 * @param rows paths as lists
 * @param order touches that a state remembers
 * @param removed a channel whose states end without a conversion
 */
export function solveChain(
  rows: readonly PathRow[],
  order: number,
  removed: string | null = null,
): ChainOutcome {
  const moves = new Map<string, Map<string, number>>([["", new Map()]]);
  const ends = new Map<string, { converted: number; value: number; all: number }>();
  for (const { path, conversions, nulls = 0, value = 0 } of rows) {
    const touches = typeof path === "string" ? path.split(" > ") : path;
    let state = "";
    touches.forEach((_, at) => {
      const kept = touches.slice(Math.max(0, at + 1 - order), at + 1).join(">");
      const next = at + 1 < order ? `^${kept}` : kept;
      const from = moves.get(state) ?? new Map<string, number>();
      moves.set(state, from);
      from.set(next, (from.get(next) ?? 0) + conversions + nulls);
      state = next;
    });
    const end = ends.get(state) ?? { converted: 0, value: 0, all: 0 };
    ends.set(state, {
      converted: end.converted + conversions,
      value: end.value + value,
      all: end.all + conversions + nulls,
    });
  }
  const states = [...new Set([...moves.keys(), ...ends.keys()])];
  const gone = states.map(
    (state) => removed !== null && state.replace("^", "").split(">").includes(removed),
  );
  const table = states.map((state, row) => {
    const out = moves.get(state) ?? new Map<string, number>();
    const end = ends.get(state) ?? { converted: 0, value: 0, all: 0 };
    const all = [...out.values()].reduce((sum, part) => sum + part, end.all);
    const line = states.map((target, column) => {
      const chance = gone[row] || gone[column] || all === 0 ? 0 : (out.get(target) ?? 0) / all;
      return (row === column ? 1 : 0) - chance;
    });
    const live = gone[row] || all === 0 ? 0 : 1;
    return [...line, (live * end.converted) / (all || 1), (live * end.value) / (all || 1)];
  });
  eliminate(table);
  const start = table[states.indexOf("")] ?? [];
  return { conversion: start.at(-2) ?? 0, value: start.at(-1) ?? 0 };
}

/** Gauss–Jordan elimination with partial pivoting, in place; afterwards the last columns hold the solution. */
function eliminate(table: number[][]): void {
  table.forEach((_, column) => {
    const size = (row: number) => Math.abs(table[row]?.[column] ?? 0);
    let pivot = column;
    for (let row = column; row < table.length; row++) if (size(row) > size(pivot)) pivot = row;
    const line = table[pivot] ?? [];
    table[pivot] = table[column] ?? [];
    const lead = line[column] ?? 1;
    const scaled = line.map((cell) => cell / lead);
    table[column] = scaled;
    table.forEach((other, row) => {
      const ratio = other[column] ?? 0;
      if (row === column || ratio === 0) return;
      for (let at = column; at < other.length; at++) {
        other[at] = (other[at] ?? 0) - ratio * (scaled[at] ?? 0);
      }
    });
  });
}
