import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** A cart with its outcome. */
export const cartOutcomes = {
  name: "cart_outcomes",
  row: "a cart with its outcome",
  scope: "person",
  time: { column: "created_at", is: "instant" },
  columns: {
    cart: { type: "text", meaning: "The cart." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    created_at: { type: "time", meaning: "When it was started." },
    value: { type: "money", meaning: "Value in the reporting currency; null when unknown." },
    is_mature: { type: "boolean", meaning: "The window to order in has passed." },
    is_abandoned: { type: "boolean", meaning: "No order within the window." },
    is_reminded: { type: "boolean", meaning: "A reminder was sent." },
    is_recovered: { type: "boolean", meaning: "Abandoned, reminded and then ordered." },
    recovered_revenue: {
      type: "money",
      meaning: "Revenue of the order that recovered it, net of refunds.",
    },
    order: { type: "text", meaning: "The order that it became." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    ...originDimensions,
    data_source: "data_source",
  },
  order: ["created_at", "cart"],
  inputs: ["ledger.carts", "ledger.rates", "derived.purchases", "derived.interactions"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
