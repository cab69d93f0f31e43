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
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
