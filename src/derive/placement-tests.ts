import type { DerivedTable } from "./derived.ts";

/** A seed-list or postmaster test. */
export const placementTests = {
  name: "placement_tests",
  row: "a seed-list or postmaster test",
  scope: "whole",
  time: { column: "day", is: "day" },
  columns: {
    day: { type: "day", meaning: "The day." },
    provider: { type: "text", meaning: "Mailbox provider." },
    campaign: { type: "text", meaning: "Campaign." },
    inbox: { type: "number", meaning: "In the inbox." },
    spam: { type: "number", meaning: "In the spam folder." },
    missing: { type: "number", meaning: "Not arrived." },
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The test in the ledger." },
  },
  dimensions: {
    provider: "provider",
    campaign: "campaign",
    data_source: "data_source",
  },
  order: ["day", "row_key"],
  inputs: ["ledger.placements"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
