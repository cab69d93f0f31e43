import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** A time during which a customer is active by the workspace rule. */
export const customerSpans = {
  name: "customer_spans",
  row: "a time during which a customer is active by the workspace rule",
  scope: "person",
  time: { column: "from_at", is: "instant" },
  columns: {
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    from_at: { type: "time", meaning: "Start of the time." },
    to_at: {
      type: "time",
      meaning: "End of the time; null while it is open at the end of the ledger.",
    },
    is_first: { type: "boolean", meaning: "The customer's first active time." },
    country: { type: "text", meaning: "Country." },
    ...originColumns,
  },
  dimensions: {
    ...originDimensions,
    country: "country",
    account: "account",
  },
  order: ["person", "from_at"],
  inputs: ["derived.purchases", "derived.customers"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
