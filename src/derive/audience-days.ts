import { type Sql, sql } from "../sql/fragment.ts";
import type { DerivedTable } from "./derived.ts";

/** A dated count of an audience and its change since the count before. */
export const audienceDays = {
  name: "audience_days",
  row: "a dated count of an audience and its change since the count before",
  scope: "whole",
  time: { column: "day", is: "day" },
  columns: {
    day: { type: "day", meaning: "The day." },
    channel: { type: "text", meaning: "Network or list." },
    kind: { type: "text", meaning: "followers, subscribers or reach." },
    count: { type: "number", meaning: "How many." },
    change: { type: "number", meaning: "Change since the count before; null for the first." },
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    channel: "channel",
    data_source: "data_source",
  },
  order: ["day", "channel", "kind", "data_source"],
  inputs: ["ledger.followers"],
  select: selectSql,
} as const satisfies DerivedTable;

/** One count per day, audience and source; where a source gives several for a day, the largest. */
function selectSql(): Sql {
  return sql`SELECT day, channel, kind, "count",
      "count" - lag("count") OVER (PARTITION BY channel, kind, data_source ORDER BY day) AS change, data_source
    FROM (
      SELECT counted_on AS day, channel, coalesce(kind, 'followers') AS kind, max("count") AS "count",
        source AS data_source
      FROM ledger.followers WHERE deleted IS NOT TRUE GROUP BY 1, 2, 3, 5
    ) AS counts`;
}
