import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** An order as a whole (or a won deal). */
export const purchases = {
  name: "purchases",
  row: "an order as a whole (or a won deal)",
  scope: "person",
  time: { column: "placed_at", is: "instant" },
  columns: {
    order: { type: "text", meaning: "The order." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    placed_at: { type: "time", meaning: "When it was placed." },
    nth: {
      type: "count",
      meaning: "1 for the first order of the buyer; null when the buyer is unknown.",
    },
    is_first: { type: "boolean", meaning: "The first order of the buyer." },
    revenue: {
      type: "money",
      meaning: "All its lines, refunds included, in the reporting currency.",
    },
    sales: { type: "money", meaning: "Its lines without refunds and cancellations." },
    refunds: { type: "money", meaning: "Its refunds and cancellations, negative." },
    margin: {
      type: "money",
      meaning: "Revenue less cost of goods; null when the cost is unknown.",
    },
    order_kind: { type: "text", meaning: "new, repeat, upsell, cross_sell or renewal." },
    stream: { type: "text", meaning: "Stream of its largest line." },
    product: { type: "text", meaning: "Product of its largest line." },
    days_since_previous: { type: "number", meaning: "Days since the buyer's order before." },
    country: { type: "text", meaning: "Country." },
    currency: { type: "text", meaning: "Currency." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
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
  order: ["placed_at", "order", "data_source"],
  inputs: ["derived.revenue_lines"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
