import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** A conversion of any goal. */
export const conversions = {
  name: "conversions",
  row: "a conversion of any goal",
  scope: "person",
  time: { column: "converted_at", is: "instant" },
  columns: {
    converted_at: { type: "time", meaning: "When." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    goal: {
      type: "text",
      meaning: "purchase, deal_won, newsletter, or the name of the form or goal.",
    },
    session: { type: "key", meaning: "The session that it happened in." },
    landing_page: { type: "text", meaning: "Landing page of that session." },
    variant: { type: "text", meaning: "Variant of a test." },
    value: { type: "money", meaning: "Value in the reporting currency." },
    country: { type: "text", meaning: "Country." },
    device: { type: "text", meaning: "Device class." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The event, order or deal in the ledger." },
  },
  dimensions: {
    ...originDimensions,
    goal: "goal",
    landing_page: "landing_page",
    variant: "variant",
    country: "country",
    device: "device",
    account: "account",
    data_source: "data_source",
  },
  order: ["converted_at", "row_key", "goal"],
  inputs: ["derived.interactions", "derived.sessions", "derived.purchases"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
