import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** A person entering a lifecycle stage. */
export const stageEntries = {
  name: "stage_entries",
  row: "a person entering a lifecycle stage",
  scope: "person",
  time: { column: "entered_at", is: "instant" },
  columns: {
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    stage: { type: "text", meaning: "The stage." },
    entered_at: { type: "time", meaning: "When." },
    is_first: { type: "boolean", meaning: "First time in this stage." },
    next_stage: { type: "text", meaning: "The stage after it." },
    seconds_in_stage: {
      type: "number",
      meaning: "Seconds until the next stage; null while in it.",
    },
    owner: { type: "text", meaning: "Who is responsible." },
    score: { type: "number", meaning: "Lead score at that moment." },
    country: { type: "text", meaning: "Country." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    ...originDimensions,
    stage: "stage",
    owner: "owner",
    country: "country",
    account: "account",
    data_source: "data_source",
  },
  order: ["entered_at", "person", "stage"],
  inputs: [
    "ledger.stages",
    "ledger.people",
    "ledger.deals",
    "derived.identity_map",
    "derived.people",
    "derived.purchases",
  ],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
