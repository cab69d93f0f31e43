import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** A line of revenue in the reporting currency, net as the settings say. */
export const revenueLines = {
  name: "revenue_lines",
  row: "a line of revenue in the reporting currency, net as the settings say",
  scope: "person",
  time: { column: "booked_at", is: "instant" },
  columns: {
    order: { type: "text", meaning: "The order; deal ids carry the prefix deal:." },
    line: { type: "text", meaning: "The line." },
    booked_at: { type: "time", meaning: "When it was booked." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    line_type: { type: "text", meaning: "sale, refund, cancellation, shipping, tax or discount." },
    order_kind: { type: "text", meaning: "new, repeat, upsell, cross_sell or renewal." },
    is_repeat: { type: "boolean", meaning: "The buyer had ordered before." },
    stream: { type: "text", meaning: "product, service, subscription or other." },
    product: { type: "text", meaning: "Product." },
    quantity: { type: "number", meaning: "Pieces." },
    currency: { type: "text", meaning: "Currency of the source amount." },
    original_amount: { type: "money", meaning: "Amount that counts, in its own currency." },
    amount: {
      type: "money",
      meaning: "Amount that counts, in the reporting currency; null when excluded.",
    },
    cost_of_goods: {
      type: "money",
      meaning: "Cost of the goods in the reporting currency; null when unknown.",
    },
    excluded: {
      type: "text",
      meaning:
        "Why the amount is left out of figures: currency_unknown, rate_missing; null when it counts.",
    },
    country: { type: "text", meaning: "Country." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The line in the ledger." },
  },
  dimensions: {
    ...originDimensions,
    country: "country",
    product: "product",
    stream: "stream",
    order_kind: "order_kind",
    currency: "currency",
    account: "account",
    data_source: "data_source",
  },
  order: ["booked_at", "row_key"],
  inputs: [
    "ledger.orders",
    "ledger.order_headers",
    "ledger.deals",
    "ledger.products",
    "ledger.rates",
    "derived.identity_map",
    "derived.sessions",
  ],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
