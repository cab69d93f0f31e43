import {
  absolute,
  capture,
  constant,
  currency,
  first,
  isNegative,
  joined,
  money,
  not,
  number,
  sumOfMatches,
  text,
  time,
} from "../expressions.ts";
import type { Source } from "../source.ts";
import { isUnpaid, orderRecordings } from "./recordings.ts";

const vendor = "woocommerce";
const zero = constant("0");

/** The order export plug-ins with one row per order and columns named like the shop's own fields. */
const ordersExport: Source = {
  id: "woocommerce/orders-export",
  vendor,
  title: "Orders export (CSV)",
  columns: ["order_id", "order_number", "status", "order_total", "order_currency"],
  also: [
    "date",
    "order_date",
    "paid_date",
    "billing_email",
    "shipping_total",
    "tax_total",
    "refunded_total",
    "refund_items",
    "customer_id",
  ],
  zone: "workspace",
  record: orderRecordings({
    order: first("order_number", "order_id"),
    placed: time(first("paid_date", "order_date", "date")),
    paid: text("paid_date"),
    status: "status",
    total: money("order_total"),
    tax: money(first("tax_total", zero)),
    shipping: money(first("shipping_total", zero)),
    refunded: first(
      absolute(money("refunded_total")),
      sumOfMatches("refund_items", "(?:^|[|;])amount:\\s*-?([0-9.]+)"),
    ),
    currency: currency("order_currency"),
    customer: first("customer_id", "customer_user", zero),
    email: first("billing_email", "customer_email"),
    name: joined(" ", "billing_first_name", "billing_last_name"),
    country: text("billing_country"),
  }),
};

/** Advanced Order Export: titles in words, the order's values repeated on the row of each product. */
const advancedExport: Source = {
  id: "woocommerce/advanced-orders-export",
  vendor,
  title: "Orders by Advanced Order Export (CSV)",
  columns: ["Order Number", "Order Status", "Order Date", "Order Total Amount"],
  also: [
    "Order Total Tax Amount",
    "Order Shipping Amount",
    "Order Refund Amount",
    "Email (Billing)",
    "Country Code (Billing)",
    "Order Currency",
  ],
  zone: "workspace",
  record: orderRecordings({
    order: text("Order Number"),
    placed: time(first("Paid Date", "Order Date")),
    paid: text("Paid Date"),
    status: "Order Status",
    total: money("Order Total Amount"),
    tax: money(first("Order Total Tax Amount", zero)),
    shipping: money(first("Order Shipping Amount", zero)),
    refunded: absolute(money(first("Order Refund Amount", zero))),
    currency: currency("Order Currency"),
    customer: first("Customer User ID", zero),
    email: text("Email (Billing)"),
    name: joined(" ", "First Name (Billing)", "Last Name (Billing)"),
    country: text("Country Code (Billing)"),
  }),
};

/** Orders as the REST interface returns them; refunds are the sum of the order's list of refunds. */
const orders: Source = {
  id: "woocommerce/orders",
  vendor,
  title: "Orders (JSON of the interface)",
  columns: ["id", "number", "status", "currency", "total", "total_tax", "billing", "line_items"],
  also: ["date_created_gmt", "date_paid_gmt", "shipping_total", "customer_id", "refunds"],
  record: orderRecordings({
    order: first("number", "id"),
    placed: time(first("date_paid_gmt", "date_created_gmt", "date_created")),
    paid: first("date_paid_gmt", "date_paid"),
    changed: time(first("date_modified_gmt", "date_modified")),
    status: "status",
    total: money("total"),
    tax: money("total_tax"),
    shipping: money(first("shipping_total", zero)),
    refunded: sumOfMatches("refunds", '"total"\\s*:\\s*"?-?([0-9.]+)'),
    currency: currency("currency"),
    customer: first("customer_id", zero),
    email: text("billing", "email"),
    name: joined(" ", text("billing", "first_name"), text("billing", "last_name")),
    country: text("billing", "country"),
  }),
};

const net = money("Net Sales");

/**
 * The orders report of WooCommerce's own analytics. Net Sales are after coupons, without tax and shipping, which the
 * report does not tell: neither is in the figures. It names no buyer by id or e-mail and states no currency code: the
 * workspace's default currency counts. A return is a row of its own with a negative amount.
 */
const analyticsOrders: Source = {
  id: "woocommerce/analytics-orders",
  vendor,
  title: "Analytics: orders report (CSV)",
  columns: ["Date", "Order #", "Status", "Customer type", "Product(s)", "Items sold", "Net Sales"],
  also: ["N. Revenue (formatted)", "Customer", "Coupon(s)", "Attribution"],
  zone: "workspace",
  skip: {
    when: isUnpaid("Status"),
    reason: "an order that was not paid, or was cancelled",
  },
  record: [
    {
      into: "orders",
      when: not(isNegative(net)),
      key: [text("Order #"), constant("sale")],
      set: {
        order: text("Order #"),
        line: constant("sale"),
        line_type: constant("sale"),
        booked_at: time("Date"),
        amount: net,
        quantity: number("Items sold"),
        stream: constant("product"),
        channel: capture("Attribution", "^([A-Za-z ]+?)(?::|$)"),
      },
    },
    {
      into: "orders",
      when: isNegative(net),
      key: [text("Order #"), constant("return"), text("Date")],
      set: {
        order: text("Order #"),
        line: constant("return"),
        line_type: constant("refund"),
        booked_at: time("Date"),
        amount: net,
        stream: constant("product"),
      },
    },
  ],
};

const products: Source = {
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
};

/** Everything of this vendor that can be recognised. */
export const woocommerce: readonly Source[] = [
  ordersExport,
  advancedExport,
  orders,
  analyticsOrders,
  products,
];
