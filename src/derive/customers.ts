import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** A customer: a person with at least one order or won deal. */
export const customers = {
  name: "customers",
  row: "a customer: a person with at least one order or won deal",
  scope: "person",
  time: { column: "first_at", is: "instant" },
  columns: {
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    first_at: { type: "time", meaning: "First order or won deal." },
    last_at: { type: "time", meaning: "Last one." },
    cohort: { type: "text", meaning: "Month of the first order, such as 2025-03." },
    orders: { type: "count", meaning: "Number of orders." },
    repeat_orders: { type: "count", meaning: "Orders on later days than the first." },
    revenue: { type: "money", meaning: "Revenue to date." },
    margin: { type: "money", meaning: "Revenue less cost of goods; null when unknown." },
    recency_days: { type: "number", meaning: "Days between first and last order." },
    age_days: {
      type: "number",
      meaning: "Days between first order and the last day of the ledger.",
    },
    country: { type: "text", meaning: "Country." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    ...originDimensions,
    country: "country",
    cohort: "cohort",
    account: "account",
    data_source: "data_source",
  },
  order: ["person"],
  inputs: ["derived.purchases"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
