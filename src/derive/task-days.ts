import type { DerivedTable } from "./derived.ts";

/** What a task saved on a day. */
export const taskDays = {
  name: "task_days",
  row: "what a task saved on a day",
  scope: "whole",
  time: { column: "day", is: "day" },
  columns: {
    day: { type: "day", meaning: "The day." },
    task: { type: "text", meaning: "The task." },
    automation: { type: "text", meaning: "The automation." },
    runs: { type: "number", meaning: "Successful runs." },
    failures: { type: "number", meaning: "Failed runs." },
    minutes_saved: {
      type: "number",
      meaning: "Minutes saved: (volume - failures) x manual - volume x automated.",
    },
    staff_cost_saved: {
      type: "money",
      meaning: "Money saved in the reporting currency; null when the hourly cost is unknown.",
    },
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The task in the ledger." },
  },
  dimensions: {
    task: "task",
    automation: "automation",
    data_source: "data_source",
  },
  order: ["day", "row_key"],
  inputs: ["ledger.tasks", "ledger.rates"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
