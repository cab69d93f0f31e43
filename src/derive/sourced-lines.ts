import { touchColumns, touchDimensions } from "./touchpoints.ts";

/** A line of revenue with the first touch that its customer ever had. */
export const sourcedLines = {
  name: "sourced_lines",
  row: "a line of revenue with the first touch that its customer ever had",
  scope: "person",
  time: { column: "booked_at", is: "instant" },
  columns: {
    order: { type: "text", meaning: "The order; deal ids carry the prefix deal:." },
    booked_at: { type: "time", meaning: "When it was booked." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    amount: { type: "money", meaning: "Amount in the reporting currency; null when excluded." },
    excluded: {
      type: "text",
      meaning: "Why the amount is left out of figures; null when it counts.",
    },
    stream: { type: "text", meaning: "product, service, subscription or other." },
    order_kind: { type: "text", meaning: "new, repeat, upsell, cross_sell or renewal." },
    currency: { type: "text", meaning: "Currency of the source amount." },
    country: { type: "text", meaning: "Country." },
    ...touchColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The line in the ledger." },
  },
  dimensions: {
    ...touchDimensions,
    stream: "stream",
    order_kind: "order_kind",
    currency: "currency",
    country: "country",
    account: "account",
    data_source: "data_source",
  },
  order: ["booked_at", "row_key"],
} as const;
