import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { localDay } from "./reporting-currency.ts";

/** Tables whose rows happen at an instant, the instant, and what else a row has to be. */
const timed = [
  ["events", "occurred_at", ""],
  ["orders", "booked_at", " AND deleted IS NOT TRUE"],
  ["order_headers", "booked_at", " AND deleted IS NOT TRUE"],
  ["stages", "entered_at", ""],
  ["deals", "created_at", " AND deleted IS NOT TRUE"],
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
    "ledger.events",
    "ledger.orders",
    "ledger.order_headers",
    "ledger.stages",
    "ledger.deals",
    "derived.cost_days",
  ],
  select: selectCoverage,
} as const satisfies DerivedTable;

/** Hours are counted first, so that the calendar is asked once per hour and not once per row. */
function selectCoverage(context: DeriveContext): Sql {
  const { dialect } = context;
  const ofTime = ([table, time, alive]: (typeof timed)[number]): Sql => {
    const quarter = sql`${dialect.epochMicroseconds(raw(time))} - ${dialect.epochMicroseconds(raw(time))} % 900000000`;
    const at = dialect.timeFromEpoch(sql`quarter / 1000000`);
    return sql`SELECT ${localDay(context, at)} AS day, ${literal(table)} AS table_name, source AS data_source, n
      FROM (
        SELECT ${quarter} AS quarter, source, count(*) AS n FROM ${identifier("ledger", table)}
        WHERE ${raw(time)} IS NOT NULL${raw(alive)} GROUP BY 1, 2
      ) AS q`;
  };
  const ofCosts = sql`SELECT day, 'costs' AS table_name, data_source, count(*) AS n
    FROM derived.cost_days GROUP BY 1, 3`;
  return sql`SELECT day, table_name, data_source, CAST(sum(n) AS ${raw(dialect.types.count)}) AS rows,
      min(day) OVER (PARTITION BY table_name, data_source) AS first_day,
      max(day) OVER (PARTITION BY table_name, data_source) AS last_day
    FROM (${join([...timed.map(ofTime), ofCosts], " UNION ALL ")}) AS c
    WHERE day IS NOT NULL GROUP BY day, table_name, data_source`;
}
