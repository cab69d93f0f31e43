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

/**
 * Returns the first day of the year of the earliest instant that the ledger records, in whatever column; a day before
 * 1970 is as good as that year, since zones are known from then on.
 *
 * @param store the workspace
 */
export async function earliestYear(store: Store): Promise<string> {
  const queries = ledgerTables.flatMap(({ name, columns }) =>
    Object.entries(columns).flatMap(([column, { type }]) =>
      type === "time"
        ? [sql`SELECT min(${identifier(column)}) AS earliest FROM ${identifier("ledger", name)}`]
        : [],
    ),
  );
  const [row] = await store.query(
    sql`SELECT CAST(min(earliest) AS VARCHAR) AS earliest FROM (${join(queries, " UNION ALL ")}) AS t`,
  );
  // Local time can lie in the year before.
  const year = Number(String(row?.earliest ?? "1970").slice(0, 4)) - 1;
  return `${Math.max(1970, Number.isNaN(year) ? 1970 : year)}-01-01`;
}
