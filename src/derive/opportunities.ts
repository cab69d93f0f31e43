import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** A deal in the reporting currency. */
export const opportunities = {
  name: "opportunities",
  row: "a deal in the reporting currency",
  scope: "person",
  time: { column: "created_at", is: "instant" },
  columns: {
    deal: { type: "text", meaning: "The deal." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    created_at: { type: "time", meaning: "When it was created." },
    closed_at: { type: "time", meaning: "When it was won or lost." },
    state: { type: "text", meaning: "open, won or lost." },
    deal_stage: { type: "text", meaning: "Pipeline stage." },
    pipeline: { type: "text", meaning: "Pipeline." },
    currency: { type: "text", meaning: "Currency." },
    amount: {
      type: "money",
      meaning: "Amount in the reporting currency; null when unknown or excluded.",
    },
    excluded: {
      type: "text",
      meaning:
        "Why the amount is left out of figures: currency_unknown, rate_missing; null when it counts.",
    },
    owner: { type: "text", meaning: "Who is responsible." },
    team: { type: "text", meaning: "Team." },
    product: { type: "text", meaning: "Product." },
    order_kind: { type: "text", meaning: "new, renewal, upsell or cross_sell." },
    stream: { type: "text", meaning: "Revenue stream." },
    cycle_seconds: { type: "number", meaning: "Seconds from created to closed." },
    lead_to_won_seconds: {
      type: "number",
      meaning: "Seconds from lead to won, when the lead is known.",
    },
    country: { type: "text", meaning: "Country." },
    industry: { type: "text", meaning: "Industry." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The deal in the ledger." },
  },
  dimensions: {
    ...originDimensions,
    owner: "owner",
    team: "team",
    product: "product",
    pipeline: "pipeline",
    deal_stage: "deal_stage",
    stream: "stream",
    order_kind: "order_kind",
    currency: "currency",
    country: "country",
    industry: "industry",
    account: "account",
    data_source: "data_source",
  },
  order: ["row_key"],
  inputs: [
    "ledger.deals",
    "ledger.associations",
    "ledger.accounts",
    "derived.people",
    "derived.stage_entries",
  ],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
