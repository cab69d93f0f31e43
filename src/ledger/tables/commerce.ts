import { amountColumns, originColumns, personColumns } from "../columns.ts";
import type { LedgerTable } from "../table.ts";

/** What a ledger line of an order is. */
export const lineTypes = ["sale", "refund", "cancellation", "shipping", "tax", "discount"] as const;

/** The kinds of business that an order line can be. */
export const orderKinds = ["new", "repeat", "upsell", "cross_sell", "renewal"] as const;

/** One line of revenue. Refunds, cancellations and discounts are negative amounts. */
export const orders = {
  name: "orders",
  nature: "entity",
  row: "one ledger line of an order: sale, refund, cancellation, shipping, tax or discount",
  time: "booked_at",
  columns: {
    order: { type: "text", meaning: "The vendor's id of the order.", required: true },
    line: { type: "text", meaning: "Id of the line within the order." },
    line_type: { type: "text", meaning: "What the line is.", required: true, oneOf: lineTypes },
    booked_at: {
      type: "time",
      meaning: "When it was booked; null takes the order header's time.",
    },
    ...amountColumns,
    tax: {
      type: "money",
      meaning:
        "Tax contained in the amount (positive when the amount is); null when the amount is net or unknown.",
    },
    ...personColumns,
    account: { type: "identity", meaning: "The account that bought." },
    product: { type: "text", meaning: "Product name or SKU." },
    quantity: { type: "number", meaning: "Pieces; negative for returns." },
    kind: { type: "text", meaning: "Kind of business, when given.", oneOf: orderKinds },
    stream: { type: "text", meaning: "Revenue stream: product, service, subscription, other." },
    cost_of_goods: { type: "money", meaning: "Cost of the goods of this line." },
    country: { type: "text", meaning: "Country of the buyer." },
    ...originColumns,
    is_test: { type: "boolean", meaning: "A test order, left out of every figure." },
  },
} as const satisfies LedgerTable;

/** What a source says of an order as a whole; lines borrow what they do not say themselves. */
export const orderHeaders = {
  name: "order_headers",
  nature: "entity",
  row: "an order as a whole, as its source states it: lines borrow time, buyer and currency, and are proved against its total",
  time: "booked_at",
  columns: {
    order: { type: "text", meaning: "The vendor's id of the order.", required: true },
    number: {
      type: "text",
      meaning: "The number that people see, such as #1001, where it is not the id.",
    },
    booked_at: { type: "time", meaning: "When it was placed.", required: true },
    currency: { type: "text", meaning: "ISO 4217 code; null takes the workspace's default." },
    total: {
      type: "money",
      meaning: "Total that the source states, tax and shipping included, before refunds.",
    },
    ...personColumns,
    account: { type: "identity", meaning: "The account that bought." },
    cancelled_at: { type: "time", meaning: "When it was cancelled." },
    country: { type: "text", meaning: "Country of the buyer." },
    cart: { type: "text", meaning: "Cart or checkout that it came from." },
    ...originColumns,
    is_test: { type: "boolean", meaning: "A test order, left out of every figure." },
  },
} as const satisfies LedgerTable;

/** A cart and what became of it. */
export const carts = {
  name: "carts",
  nature: "entity",
  row: "a cart and what became of it",
  time: "created_at",
  columns: {
    cart: { type: "text", meaning: "The vendor's id of the cart or checkout.", required: true },
    created_at: { type: "time", meaning: "When it was started.", required: true },
    abandoned_at: { type: "time", meaning: "When the source calls it abandoned." },
    reminded_at: { type: "time", meaning: "First reminder sent." },
    ordered_at: { type: "time", meaning: "When it became an order." },
    order: { type: "text", meaning: "The order that it became." },
    value: { type: "money", meaning: "Value of the cart." },
    currency: { type: "text", meaning: "ISO 4217 code." },
    ...personColumns,
    ...originColumns,
  },
} as const satisfies LedgerTable;

/** A product. */
export const products = {
  name: "products",
  nature: "entity",
  row: "a product",
  columns: {
    product: { type: "text", meaning: "Name or SKU as used on lines and deals.", required: true },
    title: { type: "text", meaning: "Title." },
    stream: { type: "text", meaning: "Revenue stream: product, service, subscription, other." },
    category: { type: "text", meaning: "Category or series." },
    price: { type: "money", meaning: "List price." },
    cost_of_goods: { type: "money", meaning: "Cost of one piece." },
    currency: { type: "text", meaning: "ISO 4217 code." },
  },
} as const satisfies LedgerTable;
