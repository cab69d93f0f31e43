import type { bookkeepingTables } from "../ledger/tables/bookkeeping.ts";
import { identifier, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";

/** How fresh a source is. */
export interface Freshness {
  readonly source: string;
  /** First and last day with rows; null for tables whose days are not counted. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly rows: string | null;
  /** Its last load. */
  readonly load: string | null;
  readonly loadedAt: string | null;
  readonly file: string | null;
}

/**
 * Tells how fresh sources are: the days that they cover, and when they were loaded last.
 *
 * @param store the workspace
 * @param sources names; all when left out
 */
export async function freshnessOf(
  store: Store,
  sources?: readonly string[],
): Promise<readonly Freshness[]> {
  const days = await store.query(
    sql`SELECT "data_source" AS "name", min("first_day") AS "begun", max("last_day") AS "ended", sum("rows") AS "row_count" FROM ${identifier("derived", "coverage")} GROUP BY 1`,
  );
  const loads = await store.query(
    sql`SELECT "source" AS "name", "load", "finished_at", "file" FROM (SELECT *, row_number() OVER (PARTITION BY "source" ORDER BY "load" DESC) AS "newest" FROM ${identifier("ledger", loadsTable)}) AS ranked WHERE "newest" = 1`,
  );
  const names = new Set([...days, ...loads].map((row) => String(row.name)));
  const wanted = sources ? sources.filter((name) => names.has(name)) : [...names];
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  return wanted.sort().map((source) => {
    const covered = days.find((row) => String(row.name) === source);
    const load = loads.find((row) => String(row.name) === source);
    return {
      source,
      firstDay: text(covered?.begun),
      lastDay: text(covered?.ended),
      rows: text(covered?.row_count),
      load: text(load?.load),
      loadedAt: text(load?.finished_at),
      file: text(load?.file),
    };
  });
}

const loadsTable = "loads" satisfies keyof typeof bookkeepingTables;
