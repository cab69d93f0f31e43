import { ledgerTables } from "../ledger/tables.ts";
import { identifier, join, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";

/**
 * Returns the latest instant that the ledger records, as UTC text: of what happened, and only when nothing did, of
 * days with costs and counts. Rows dated more than a day after the last load are slips of the pen and do not count,
 * unless there are no others. Results are a function of the ledger, never of the wall clock.
 *
 * @param store the workspace
 */
export async function latestInstant(store: Store): Promise<string> {
  const limit = await dayAfterLastLoad(store);
  return (
    (await latest(store, "time", limit)) ??
    (await latest(store, "time", null)) ??
    (await latest(store, "day", limit))?.concat(" 00:00:00") ??
    (await latest(store, "day", null))?.concat(" 00:00:00") ??
    "1970-01-01 00:00:00"
  );
}

async function dayAfterLastLoad(store: Store): Promise<string | null> {
  const { addSeconds } = store.dialect;
  const [row] = await store.query(
    sql`SELECT CAST(${addSeconds(sql`max("finished_at")`, 86_400)} AS VARCHAR) AS "until" FROM "ledger"."loads"`,
  );
  return typeof row?.until === "string" ? row.until : null;
}

async function latest(
  store: Store,
  type: "time" | "day",
  limit: string | null,
): Promise<string | null> {
  const until = (time: string) =>
    limit === null ? raw("TRUE") : sql`${identifier(time)} <= CAST(${limit} AS TIMESTAMP)`;
  const queries: Sql[] = ledgerTables.flatMap((table) => {
    const time = "time" in table ? table.time : undefined;
    if (time === undefined || table.name === "merges") return [];
    const columns: Readonly<Record<string, { readonly type: string }>> = table.columns;
    return columns[time]?.type === type
      ? [
          sql`SELECT max(${identifier(time)}) AS at_latest FROM ${identifier("ledger", table.name)} WHERE ${until(time)}`,
        ]
      : [];
  });
  const [row] = await store.query(
    sql`SELECT max(at_latest) AS at_latest FROM (${join(queries, " UNION ALL ")}) AS t`,
  );
  const value = row?.at_latest;
  return value === null || value === undefined ? null : String(value);
}
