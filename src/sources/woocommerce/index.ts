import {
  allOf,
  constant,
  currency,
  first,
  is,
  isPositive,
  minus,
  money,
  negative,
  not,
  present,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Expression, Recording, Source } from "../source.ts";

/**
 * WooCommerce orders, as its interface returns them (JSON) and as the usual order export plug-ins write them (CSV).
 *
 * An order's Total contains tax and shipping. Its lines: sale = total - shipping - tax, shipping, tax, and what was
 * refunded. Orders that failed, wait for payment or were cancelled before payment are no revenue: they are headers
 * only. A customer id of 0 is a guest.
 */
const vendor = "woocommerce";
const unpaid = ["pending", "failed", "cancelled", "checkout-draft", "on-hold", "trash"];
const unpaidStatus = unpaid.flatMap((status) => [status, `wc-${status}`]);

interface Shape {
  readonly order: Expression;
  readonly booked: Expression;
  readonly status: string;
  readonly total: Expression;
  readonly tax: Expression;
  readonly shipping: Expression;
  readonly refunded: Expression;
  readonly currency: Expression;
  readonly customer: Expression;
  readonly email: Expression;
  readonly country: Expression;
  readonly version?: Expression;
}

function recordings(shape: Shape): Recording[] {
  const who = { id: when(not(is(shape.customer, "0")), shape.customer), email: shape.email };
  const isPaid = not(is(shape.status, ...unpaidStatus));
  const version = shape.version ? { version: shape.version } : {};
  const line = (
    lineType: string,
    amount: Expression,
    more: Readonly<Record<string, Expression>> = {},
  ): Recording => ({
    into: "orders",
    when: allOf(isPaid, not(is(amount, "0"))),
    key: [shape.order, constant(lineType)],
    ...version,
    who,
    set: {
      order: shape.order,
      line: constant(lineType),
      line_type: constant(lineType),
      booked_at: shape.booked,
      amount,
      currency: shape.currency,
      country: shape.country,
      ...more,
    },
  });
  return [
    {
      into: "order_headers",
      when: isPaid,
      key: [shape.order],
      ...version,
      who,
      set: {
        order: shape.order,
        booked_at: shape.booked,
        currency: shape.currency,
        total: shape.total,
        country: shape.country,
      },
    },
    line("sale", minus(shape.total, shape.shipping, shape.tax), { stream: constant("product") }),
    line("shipping", shape.shipping),
    line("tax", shape.tax, { tax: shape.tax }),
    {
      ...line("refund", negative(shape.refunded)),
      when: allOf(isPaid, isPositive(shape.refunded)),
    },
    {
      into: "people",
      when: present(shape.email),
      key: [first(who.id, shape.email)],
      ...version,
      who,
      set: { email: shape.email, country: shape.country },
    },
  ];
}

/** Everything of this vendor that can be recognised. */
export const woocommerce: readonly Source[] = [
  {
    id: "woocommerce/orders-export",
    vendor,
    title: "Orders export (CSV)",
    columns: ["order_id", "order_number", "date", "status", "order_total", "order_currency"],
    also: ["billing_email", "shipping_total", "tax_total", "refunded_total", "customer_id"],
    zone: "workspace",
    record: recordings({
      order: first("order_number", "order_id"),
      booked: time(first("paid_date", "date")),
      status: "status",
      total: money("order_total"),
      tax: money(first("tax_total", constant("0"))),
      shipping: money(first("shipping_total", constant("0"))),
      refunded: money(first("refunded_total", constant("0"))),
      currency: currency("order_currency"),
      customer: first("customer_id", constant("0")),
      email: text("billing_email"),
      country: text("billing_country"),
    }),
  },
  {
    id: "woocommerce/orders",
    vendor,
    title: "Orders (JSON of the interface)",
    columns: ["id", "number", "status", "currency", "total", "total_tax", "billing", "line_items"],
    also: ["date_created_gmt", "date_paid_gmt", "shipping_total", "customer_id", "refunds"],
    record: recordings({
      order: first("number", "id"),
      booked: time(first("date_paid_gmt", "date_created_gmt", "date_created")),
      status: "status",
      total: money("total"),
      tax: money("total_tax"),
      shipping: money(first("shipping_total", constant("0"))),
      refunded: money(first("total_refunded", constant("0"))),
      currency: currency("currency"),
      customer: first("customer_id", constant("0")),
      email: text("billing", "email"),
      country: text("billing", "country"),
      version: time(first("date_modified_gmt", "date_modified")),
    }),
  },
  {
    id: "woocommerce/products",
    vendor,
    title: "Products export (CSV)",
    columns: ["ID", "Type", "SKU", "Name", "Published", "Regular price"],
    record: [
      {
        into: "products",
        key: [text("ID")],
        set: {
          product: first("SKU", "Name"),
          title: text("Name"),
          category: text("Categories"),
          price: money("Regular price"),
          stream: constant("product"),
        },
      },
    ],
  },
];
