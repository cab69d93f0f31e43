import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { countByDaySql } from "./spread.ts";

/** Tables beside events whose rows happen at an instant, the instant, and what else a row has to be. */
const timed = [
  ["orders", "booked_at", " WHERE deleted IS NOT TRUE"],
  ["order_headers", "booked_at", " WHERE deleted IS NOT TRUE"],
  ["stages", "entered_at", ""],
  ["deals", "created_at", " WHERE deleted IS NOT TRUE"],
] as const;

/** How many rows a source brought for a day. */
export const coverage = {
  name: "coverage",
  row: "how many rows a source brought for a day",
  scope: "whole",
  time: { column: "day", is: "day" },
  columns: {
    day: { type: "day", meaning: "The day." },
    table_name: { type: "text", meaning: "The ledger table." },
    data_source: { type: "text", meaning: "The source." },
    rows: { type: "count", meaning: "Rows." },
    first_day: { type: "day", meaning: "First day of this source and table." },
    last_day: { type: "day", meaning: "Last day of this source and table." },
  },
  dimensions: {
    data_source: "data_source",
  },
  order: ["day", "table_name", "data_source"],
  inputs: [
    "ledger.orders",
    "ledger.order_headers",
    "ledger.stages",
    "ledger.deals",
    "derived.event_days",
    "derived.cost_days",
  ],
  select: selectCoverage,
} as const satisfies DerivedTable;

function selectCoverage(context: DeriveContext): Sql {
  const { dialect } = context;
  const ofTime = ([table, time, alive]: (typeof timed)[number]): Sql => {
    const rows = sql`FROM ${identifier("ledger", table)}${raw(alive)}`;
    return sql`SELECT day, ${literal(table)} AS table_name, source AS data_source, n
      FROM (${countByDaySql(context, rows, raw(time))}) AS q`;
  };
  const ofEvents = sql`SELECT day, 'events' AS table_name, data_source, rows AS n FROM derived.event_days`;
  const ofCosts = sql`SELECT day, 'costs' AS table_name, data_source, count(*) AS n
    FROM derived.cost_days GROUP BY 1, 3`;
  return sql`SELECT day, table_name, data_source, CAST(sum(n) AS ${raw(dialect.types.count)}) AS rows,
      min(day) OVER (PARTITION BY table_name, data_source) AS first_day,
      max(day) OVER (PARTITION BY table_name, data_source) AS last_day
    FROM (${join([ofEvents, ...timed.map(ofTime), ofCosts], " UNION ALL ")}) AS c
    WHERE day IS NOT NULL GROUP BY day, table_name, data_source`;
}
