import {
  allOf,
  capture,
  constant,
  currency,
  filled,
  first,
  is,
  isNegative,
  isNotZero,
  matches,
  minus,
  money,
  negative,
  number,
  ordinal,
  present,
  product,
  sum,
  text,
  time,
  total,
  when,
} from "../expressions.ts";
import type { Expression, Recording, Source } from "../source.ts";
import { containedTax, containedTaxOfSale } from "./contained-tax.ts";

/**
 * The orders export of the Shopify admin: one row per line item; what belongs to the order stands only on its first row.
 *
 * An order's lines always add up to its Total: sale = price × quantity, one per row · discount = Subtotal - all sales ·
 * tax = Taxes where they come on top, otherwise 0 · shipping = what is left: shipping, duties and tips. Taxes are
 * contained in the prices when Subtotal, Shipping and Taxes are more than the Total; then every line contains its share
 * to the cent, together exactly Taxes, so that net sales are Total - Taxes in both cases.
 *
 * Refunded Amount is one line with its share of tax. The file does not date it: it is booked when the order was
 * cancelled, otherwise with the order. An order whose payment was voided counts as cancelled when it was created.
 *
 * Test orders are those that were paid through Shopify's bogus gateway, the only trace of a test in this file.
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
const ofOrder = (column: string): Expression => money(filled(column, "Name"));
const whole = { total: ofOrder("Total"), tax: ofOrder("Taxes") };
const subtotal = ofOrder("Subtotal");
const refunded = money("Refunded Amount");
const isTaxContained = isNegative(minus(whole.total, subtotal, ofOrder("Shipping"), whole.tax));
const discount = minus(subtotal, total(sale, "Name"));
const taxOnTop = when(isTaxContained, money(constant("0")), whole.tax);
const shipping = minus(whole.total, subtotal, taxOnTop);

const orderLine = (
  lineType: string,
  amount: Expression,
  more: { readonly tax: Expression; readonly at?: Expression },
): Recording => ({
  into: "orders",
  when: allOf(isFirstRow, isNotZero(amount)),
  key: [order, constant(lineType)],
  who: buyer,
  set: {
    order,
    line: constant(lineType),
    line_type: constant(lineType),
    booked_at: more.at ?? booked,
    amount,
    currency: currencyOfOrder,
    tax: more.tax,
    country,
  },
});

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
        number: text("Name"),
        booked_at: booked,
        currency: currencyOfOrder,
        total: whole.total,
        cancelled_at: first(
          time("Cancelled at"),
          when(is("Financial Status", "voided", "expired"), booked),
        ),
        country,
        is_test: when(matches("Payment Method", "\\bbogus\\b"), constant(true)),
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
        tax: when(isTaxContained, containedTaxOfSale(whole, sale, "Name")),
        currency: currencyOfOrder,
        product: first("Lineitem name", "Lineitem sku"),
        quantity: number("Lineitem quantity"),
        stream: constant("product"),
        country,
      },
    },
    orderLine("discount", discount, {
      tax: when(isTaxContained, containedTax(whole, discount)),
    }),
    orderLine("shipping", shipping, {
      tax: when(
        isTaxContained,
        minus(containedTax(whole, sum(discount, shipping)), containedTax(whole, discount)),
      ),
    }),
    orderLine("tax", taxOnTop, { tax: whole.tax }),
    orderLine("refund", negative(refunded), {
      at: first(time("Cancelled at"), booked),
      tax: negative(containedTax(whole, refunded)),
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
