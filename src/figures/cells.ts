import { divide, type Exact, exactOf, fraction, parseExact, zero } from "../ledger/exact.ts";
import type { Cell as EngineCell, Row, Store } from "../store/store.ts";
import type { AskedMeasure } from "./asked.ts";
import type { Span } from "./spans.ts";
import { spanKey } from "./spans.ts";
import type { Statement } from "./statement.ts";

/** A measure's exact value over one stretch and group. */
export interface Cell {
  /** Null when no row has a value. */
  readonly value: Exact | null;
  /** Rows (or people) that it is made of. */
  readonly rows: bigint;
  /** Rows left out because their amount cannot be told in the reporting currency. */
  readonly excluded: bigint;
  /** Rows left out, by the codes of the measure, in their order. */
  readonly leftOut: readonly bigint[];
}

/** The values of a group, in the order of the question's dimensions. */
export type GroupValues = readonly (string | null)[];

/** The cells of one measure: by stretch, then by group; the total has the key "". */
export interface MeasureCells {
  readonly measure: AskedMeasure;
  readonly statement: Statement;
  readonly milliseconds: number;
  readonly cells: ReadonlyMap<string, ReadonlyMap<string, Cell>>;
  readonly groups: ReadonlyMap<string, GroupValues>;
}

/** What tells one group from another. */
export function groupKey(values: GroupValues): string {
  return JSON.stringify(values);
}

/**
 * Runs statements one after the other and returns the cells of their measures.
 *
 * @param store the engine
 * @param statements as built by `statementOf`
 * @param now the clock, milliseconds
 */
export async function runStatements(
  store: Store,
  statements: readonly Statement[],
  now: () => number = () => performance.now(),
): Promise<ReadonlyMap<string, MeasureCells>> {
  const found = new Map<string, MeasureCells>();
  for (const statement of statements) {
    const start = now();
    const rows = await store.query(statement.sql);
    const milliseconds = now() - start;
    const keyed = rows.flatMap((row) => keyOf(row, statement));
    statement.asking.measures.forEach((measure, index) => {
      const cells = new Map<string, Map<string, Cell>>();
      const groups = new Map<string, GroupValues>();
      for (const { row, span, group } of keyed) {
        const key = group === null ? "" : groupKey(group);
        if (group !== null) groups.set(key, group);
        const place = cells.get(spanKey(span)) ?? new Map<string, Cell>();
        place.set(key, cellOf(measure, row, index));
        cells.set(spanKey(span), place);
      }
      found.set(measure.id, { measure, statement, milliseconds, cells, groups });
    });
  }
  return found;
}

interface Keyed {
  readonly row: Row;
  readonly span: Span;
  readonly group: GroupValues | null;
}

/** Which stretch and group a row is about; rows outside every stretch of their layer are about none. */
function keyOf(row: Row, { asking }: Statement): readonly Keyed[] {
  const { layers, by } = asking;
  const width = layers.length + by.length;
  const leftOut = Number(row.left_out ?? 0);
  const isKept = (position: number) => ((leftOut >> (width - 1 - position)) & 1) === 0;
  const layer = layers.findIndex((_, index) => isKept(index));
  const number = row[`span_${layer}`];
  if (number === null || number === undefined) return [];
  const span = layers[layer]?.[Number(number)];
  if (!span) return [];
  const isGrouped = by.length > 0 && isKept(layers.length);
  const group = isGrouped ? by.map((_, index) => textOrNull(row[`by_${index}`])) : null;
  return [{ row, span, group }];
}

function textOrNull(cell: EngineCell | undefined): string | null {
  return cell === null || cell === undefined ? null : String(cell);
}

function cellOf({ aggregate, leavesOut }: AskedMeasure, row: Row, index: number): Cell {
  const value = exactCell(row[`value_${index}`]);
  const more = {
    excluded: bigintCell(row[`excluded_${index}`]),
    leftOut: leavesOut.map((_, number) => bigintCell(row[`left_${index}_${number}`])),
  };
  switch (aggregate.op) {
    case "count":
    case "distinct":
      return { value: value ?? zero, rows: value?.numerator ?? 0n, ...more };
    case "mean": {
      const rows = bigintCell(row[`rows_${index}`]);
      return { value: value && divide(value, fraction(rows)), rows, ...more };
    }
    default: {
      const rows = bigintCell(row[`rows_${index}`]);
      // A sum over no row is 0; a sum over rows without any value is unknown.
      const isEmptySum = value === null && rows === 0n && aggregate.op !== "quantile";
      return { value: isEmptySum ? zero : value, rows, ...more };
    }
  }
}

/**
 * Reads an engine's number exactly.
 *
 * @param cell decimal text, whole number or double
 */
export function exactCell(cell: EngineCell | undefined): Exact | null {
  if (cell === null || cell === undefined) return null;
  return typeof cell === "string"
    ? parseExact(cell)
    : exactOf(Number(cell) === cell ? cell : BigInt(cell));
}

function bigintCell(cell: EngineCell | undefined): bigint {
  return cell === null || cell === undefined ? 0n : BigInt(String(cell).replace(/\.0*$/, ""));
}

/**
 * Returns the cell of a measure, or what no row at all means: 0 for counts and sums, no value for means and quantiles.
 *
 * @param cells the measure's cells
 * @param span the stretch
 * @param group key of the group; "" for the total
 */
export function cellAt(cells: MeasureCells, span: Span, group: string): Cell {
  const found = cells.cells.get(spanKey(span))?.get(group);
  if (found) return found;
  const { op } = cells.measure.aggregate;
  const hasNone = op === "mean" || op === "quantile" || op === "last";
  return { value: hasNone ? null : zero, rows: 0n, excluded: 0n, leftOut: [] };
}
