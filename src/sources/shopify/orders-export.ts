import {
  allOf,
  anyOf,
  capture,
  constant,
  currency,
  filled,
  first,
  is,
  isNotZero,
  isPositive,
  minus,
  money,
  negative,
  number,
  ordinal,
  present,
  product,
  share,
  text,
  time,
  total,
} from "../expressions.ts";
import type { Expression, Recording, Source } from "../source.ts";

/**
 * The orders export of the Shopify admin: one row per line item; what belongs to the order stands only on its first row.
 *
 * What an order is made of, so that its lines always add up to its Total:
 * sale = price × quantity, one per row · discount = Subtotal - all sales · shipping = Shipping ·
 * tax = Total - Subtotal - Shipping, which is Taxes where prices are net, and 0 where prices contain the tax; the
 * line's tax column is Taxes in both cases, so that net = amount - tax over the order's lines is right. Duties and
 * tips fall into the tax line's amount but not into its tax.
 *
 * Refunded Amount is one line without a date of its own (the file has none): it is booked when the order was
 * cancelled, otherwise with the order, and takes the order's share of tax. An order that was cancelled or whose
 * payment was voided before money came in is taken back by a cancellation line.
 *
 * A line is known by its place within its order, because everything else on it can change between two exports.
 */
const order = first(filled("Id", "Name"), "Name");
const buyer = { email: filled("Email", "Name"), phone: filled("Phone", "Name") };
const booked = time(filled("Created at", "Name"));
const isFirstRow = present("Total");
const currencyOfOrder = currency(filled("Currency", "Name"));
const country = first(filled("Shipping Country", "Name"), filled("Billing Country", "Name"));
const sale = product(money("Lineitem price"), number("Lineitem quantity"));
const totalAmount = money("Total");
const subtotal = money("Subtotal");
const shipping = money("Shipping");
const taxes = money("Taxes");
const refunded = money("Refunded Amount");
const kept = minus(totalAmount, refunded);

const orderLine = (
  lineType: string,
  amount: Expression,
  more: Partial<Recording> & { readonly tax?: Expression; readonly at?: Expression },
): Recording => ({
  into: "orders",
  when: allOf(isFirstRow, more.when ?? isNotZero(amount)),
  key: [order, constant(lineType)],
  who: buyer,
  set: {
    order,
    line: constant(lineType),
    line_type: constant(lineType),
    booked_at: more.at ?? booked,
    amount,
    currency: currencyOfOrder,
    ...(more.tax ? { tax: more.tax } : {}),
    country,
  },
});

const neverPaid = anyOf(
  is("Financial Status", "voided", "expired"),
  allOf(present("Cancelled at"), is("Financial Status", "pending", "authorized", "unpaid")),
);

/** Orders downloaded from the Shopify admin. */
export const shopifyOrdersExport: Source = {
  id: "shopify/orders-export",
  vendor: "shopify",
  title: "Orders export (CSV)",
  columns: [
    "Name",
    "Email",
    "Financial Status",
    "Created at",
    "Currency",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Total",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
  ],
  also: ["Refunded Amount", "Cancelled at", "Discount Amount", "Lineitem sku", "Id", "Vendor"],
  zone: "workspace",
  record: [
    {
      into: "order_headers",
      when: isFirstRow,
      key: [order],
      who: buyer,
      set: {
        order,
        booked_at: booked,
        currency: currencyOfOrder,
        total: totalAmount,
        cancelled_at: time("Cancelled at"),
        country,
        utm_source: capture("Note Attributes", "utm_source:\\s*(\\S+)"),
        utm_medium: capture("Note Attributes", "utm_medium:\\s*(\\S+)"),
        campaign: capture("Note Attributes", "utm_campaign:\\s*(\\S+)"),
      },
    },
    {
      into: "orders",
      when: present("Lineitem name"),
      key: [order, constant("sale"), ordinal("Name")],
      who: buyer,
      set: {
        order,
        line: ordinal("Name"),
        line_type: constant("sale"),
        booked_at: booked,
        amount: sale,
        currency: currencyOfOrder,
        product: first("Lineitem name", "Lineitem sku"),
        quantity: number("Lineitem quantity"),
        stream: constant("product"),
        country,
      },
    },
    orderLine("discount", minus(subtotal, total(sale, "Name")), {}),
    orderLine("shipping", shipping, {}),
    orderLine("tax", minus(totalAmount, subtotal, shipping), {
      when: isPositive(taxes),
      tax: taxes,
    }),
    orderLine("refund", negative(refunded), {
      when: isPositive(refunded),
      at: first(time("Cancelled at"), booked),
      tax: negative(share(taxes, refunded, totalAmount)),
    }),
    orderLine("cancellation", negative(kept), {
      when: allOf(neverPaid, isPositive(kept)),
      at: first(time("Cancelled at"), booked),
      tax: negative(share(taxes, kept, totalAmount)),
    }),
    {
      into: "people",
      when: allOf(isFirstRow, present("Email")),
      key: [constant("email"), text("Email")],
      who: buyer,
      set: {
        email: text("Email"),
        name: first("Billing Name", "Shipping Name"),
        country,
      },
    },
  ],
};
