import type { DerivedTable } from "./derived.ts";

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
  inputs: ["ledger.events", "ledger.orders", "ledger.costs", "ledger.stages", "ledger.deals"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
