import { raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { countByDaySql } from "./spread.ts";

/** How many events a source brought for a day: kept apart, so that coverage follows other tables without every event. */
export const eventDays = {
  name: "event_days",
  row: "how many events a source brought for a day",
  scope: "whole",
  time: { column: "day", is: "day" },
  columns: {
    day: { type: "day", meaning: "The day." },
    data_source: { type: "text", meaning: "The source." },
    rows: { type: "count", meaning: "Events." },
  },
  dimensions: {},
  order: ["day", "data_source"],
  inputs: ["ledger.events"],
  select: selectSql,
} as const satisfies DerivedTable;

function selectSql(context: DeriveContext): Sql {
  const quarters = countByDaySql(context, sql`FROM ledger.events`, sql`occurred_at`);
  return sql`SELECT day, source AS data_source, CAST(sum(n) AS ${raw(context.dialect.types.count)}) AS rows
    FROM (${quarters}) AS q GROUP BY day, source`;
}
