import { derivedTable } from "../derive/tables.ts";
import { all, raw, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { cellAt, type MeasureCells } from "./cells.ts";
import { filterSql } from "./condition.ts";
import type { Request } from "./request.ts";
import { insideAny } from "./span-sql.ts";

/** Id of the measure that counts the revenue lines that orders as a whole leave out. */
export const excludedLinesId = "excluded revenue lines";

/**
 * Returns the currencies of the rows that a request's facts leave out in the period, by fact, as "XYZ, ZWL"; rows
 * without a currency are named "?".
 *
 * @param store the engine
 * @param request the question
 * @param cells what was asked; only facts that leave out rows are looked at
 */
export async function excludedCurrencies(
  store: Store,
  request: Request,
  cells: ReadonlyMap<string, MeasureCells>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const one of cells.values()) {
    const { measure, statement } = one;
    const cell = cellAt(one, request.period, "");
    const isLines = measure.id === excludedLinesId;
    const leavesOut = isLines ? cell.rows > 0n : cell.excluded > 0n;
    if (!leavesOut || found.has(measure.fact)) continue;
    const fact = derivedTable(measure.fact);
    const { filter } = statement.asking;
    const where = all([
      insideAny(measure.time, [request.period]),
      raw('"excluded" IS NOT NULL'),
      ...(filter ? [filterSql(filter, fact, measure.sameForEvery, store.dialect)] : []),
    ]);
    const rows = await store.query(
      sql`SELECT DISTINCT coalesce("currency", '?') AS "name" FROM ${measure.table} WHERE ${where} ORDER BY 1`,
    );
    found.set(measure.fact, rows.map((row) => String(row.name)).join(", "));
  }
  return found;
}
