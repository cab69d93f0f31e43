import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** A person with the first time of every stage. */
export const funnel = {
  name: "funnel",
  row: "a person with the first time of every stage",
  scope: "person",
  time: { column: "lead_at", is: "instant" },
  columns: {
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    visitor_at: { type: "time", meaning: "First page view." },
    lead_at: { type: "time", meaning: "First lead stage." },
    mql_at: { type: "time", meaning: "First MQL." },
    sql_at: { type: "time", meaning: "First SQL." },
    opportunity_at: { type: "time", meaning: "First deal." },
    customer_at: { type: "time", meaning: "First order or won deal." },
    follow_up_at: {
      type: "time",
      meaning: "First follow-up (call, meeting, sales e-mail) after becoming a lead.",
    },
    follow_up_seconds: { type: "number", meaning: "Seconds from lead to first follow-up." },
    lead_to_customer_seconds: { type: "number", meaning: "Seconds from lead to customer." },
    owner: { type: "text", meaning: "Who is responsible." },
    score: { type: "number", meaning: "Latest lead score." },
    country: { type: "text", meaning: "Country." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    ...originDimensions,
    owner: "owner",
    country: "country",
    account: "account",
    data_source: "data_source",
  },
  order: ["person"],
  inputs: [
    "derived.stage_entries",
    "derived.sessions",
    "derived.purchases",
    "derived.people",
    "ledger.events",
  ],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
