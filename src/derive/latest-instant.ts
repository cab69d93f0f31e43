import { ledgerTables } from "../ledger/tables.ts";
import { identifier, join, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";

/**
 * Returns the latest instant that the ledger records, as UTC text: of what happened, and only when nothing did, of
 * days with costs and counts. Results are a function of the ledger, never of the wall clock.
 *
 * @param store the workspace
 */
export async function latestInstant(store: Store): Promise<string> {
  return (
    (await latest(store, "time")) ??
    (await latest(store, "day"))?.concat(" 00:00:00") ??
    "1970-01-01 00:00:00"
  );
}

async function latest(store: Store, type: "time" | "day"): Promise<string | null> {
  const queries: Sql[] = ledgerTables.flatMap((table) => {
    const time = "time" in table ? table.time : undefined;
    if (time === undefined || table.name === "merges") return [];
    const columns: Readonly<Record<string, { readonly type: string }>> = table.columns;
    return columns[time]?.type === type
      ? [sql`SELECT max(${identifier(time)}) AS at_latest FROM ${identifier("ledger", table.name)}`]
      : [];
  });
  const [row] = await store.query(
    sql`SELECT max(at_latest) AS at_latest FROM (${join(queries, " UNION ALL ")}) AS t`,
  );
  const value = row?.at_latest;
  return value === null || value === undefined ? null : String(value);
}
