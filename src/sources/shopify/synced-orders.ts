import {
  allOf,
  boolean,
  clickId,
  constant,
  currency,
  first,
  is,
  isNotZero,
  isPositive,
  isTrue,
  lookup,
  minus,
  money,
  negative,
  not,
  number,
  product,
  sum,
  text,
  time,
  urlParameter,
  when,
} from "../expressions.ts";
import type { Condition, Expression, Recording, Source } from "../source.ts";
import { containedTax, containedTaxOfSale } from "./contained-tax.ts";

/**
 * Orders of Shopify as a warehouse sync lands them, in the two shapes of its interfaces (REST, and GraphQL with a
 * `_set_shop_` amount per price). Amounts are those of the shop's currency.
 *
 * Sales come from the table of lines (price × quantity before discounts); everything else comes from the order itself,
 * so that the lines add up to its total: discount = subtotal - lines · tax = total tax, with the amount 0 where
 * `taxes_included` says that prices contain it · shipping = what is left of the total (shipping, tips, duties). Where
 * prices contain the tax, each line contains its share to the cent, together exactly the order's.
 *
 * Money given back comes from one place only: successful refund transactions (REST) or refunds (GraphQL), with the
 * order's share of tax. The tables of single refunded lines, adjustments, shipping, tax and discount lines say the same
 * again and are not booked. An order whose payment was voided counts as cancelled when it was placed.
 */
const vendor = "shopify";

interface Shape {
  readonly total: Expression;
  readonly subtotal: Expression;
  readonly tax: Expression;
  readonly discount: Expression;
  readonly currency: Expression;
  readonly status: Expression;
}

const id = text("id");
const order = text("order_id");
const deleted = isTrue("_fivetran_deleted");
const version = time(first("updated_at", "_fivetran_synced"));
const placed = time(first("processed_at", "created_at"));
const buyer = { id: text("customer_id"), email: text("email") };
const country = first("shipping_address_country_code", "billing_address_country_code");

const orderLine = (
  shape: Shape,
  lineType: string,
  amount: Expression,
  tax: Expression,
  condition: Condition = isNotZero(amount),
): Recording => ({
  into: "orders",
  when: condition,
  key: [id, constant(lineType)],
  version,
  deleted,
  who: buyer,
  set: {
    order: id,
    line: constant(lineType),
    line_type: constant(lineType),
    booked_at: placed,
    amount,
    currency: shape.currency,
    tax,
    country,
    is_test: boolean("test"),
  },
});

const recordOrder = (shape: Shape): readonly Recording[] => {
  const isTaxContained = isTrue("taxes_included");
  const taxOnTop = when(isTaxContained, money(constant("0")), shape.tax);
  const shipping = minus(shape.total, shape.subtotal, taxOnTop);
  return [
    {
      into: "order_headers",
      key: [id],
      version,
      deleted,
      who: buyer,
      set: {
        order: id,
        number: first("name", "order_number"),
        booked_at: placed,
        currency: shape.currency,
        total: shape.total,
        cancelled_at: first(
          time("cancelled_at"),
          when(is(shape.status, "voided", "expired"), placed),
        ),
        country,
        cart: first("checkout_token", "cart_token"),
        referrer: text("referring_site"),
        utm_source: urlParameter("landing_site_base_url", "utm_source"),
        utm_medium: urlParameter("landing_site_base_url", "utm_medium"),
        campaign: urlParameter("landing_site_base_url", "utm_campaign"),
        utm_term: urlParameter("landing_site_base_url", "utm_term"),
        utm_content: urlParameter("landing_site_base_url", "utm_content"),
        click_id: clickId("landing_site_base_url"),
        is_test: boolean("test"),
      },
    },
    orderLine(
      shape,
      "discount",
      shape.discount,
      when(isTaxContained, containedTax(shape, shape.discount)),
    ),
    orderLine(
      shape,
      "shipping",
      shipping,
      when(
        isTaxContained,
        minus(
          containedTax(shape, sum(shape.discount, shipping)),
          containedTax(shape, shape.discount),
        ),
      ),
    ),
    orderLine(shape, "tax", taxOnTop, shape.tax, isPositive(shape.tax)),
  ];
};

const looked = {
  total: lookup("order_headers", [order], "total"),
  tax: lookup("orders", [order, constant("tax")], "tax"),
};
const isLookedTaxContained = allOf(
  isPositive(looked.tax),
  not(isPositive(lookup("orders", [order, constant("tax")], "amount"))),
);

const saleLine = (amount: Expression, more: Readonly<Record<string, Expression>>): Recording => ({
  into: "orders",
  key: [order, constant("line"), id],
  version: time("_fivetran_synced"),
  deleted,
  set: {
    order,
    line: id,
    line_type: constant("sale"),
    amount,
    tax: when(isLookedTaxContained, containedTaxOfSale(looked, amount, "order_id")),
    product: first("title", "name", "sku"),
    quantity: number("quantity"),
    stream: constant("product"),
    ...more,
  },
});

const refund = (at: Expression, amount: Expression, currencyOfRefund: Expression): Recording => ({
  into: "orders",
  key: [order, constant("refund"), id],
  version: time("_fivetran_synced"),
  deleted,
  set: {
    order,
    line: id,
    line_type: constant("refund"),
    booked_at: at,
    amount: negative(amount),
    currency: currencyOfRefund,
    tax: negative(containedTax(looked, amount)),
    is_test: boolean("test"),
  },
});

/** Shopify's tables of orders, lines and refunds. */
export const shopifyOrderTables: readonly Source[] = [
  {
    id: "shopify/orders",
    vendor,
    title: "Orders (synced table)",
    columns: [
      "id",
      "email",
      "total_price",
      "subtotal_price",
      "total_line_items_price",
      "total_tax",
      "taxes_included",
      "financial_status",
      "created_at",
    ],
    also: ["order_number", "checkout_token", "landing_site_base_url", "referring_site"],
    without: ["abandoned_checkout_url"],
    record: recordOrder({
      total: money("total_price"),
      subtotal: money("subtotal_price"),
      tax: money("total_tax"),
      discount: minus(money("subtotal_price"), money("total_line_items_price")),
      currency: currency("currency"),
      status: text("financial_status"),
    }),
  },
  {
    id: "shopify/gql-orders",
    vendor,
    title: "Orders (synced GraphQL table)",
    columns: [
      "id",
      "email",
      "total_price_set_shop_amount",
      "subtotal_price_set_shop_amount",
      "total_discounts_set_shop_amount",
      "display_financial_status",
      "taxes_included",
    ],
    record: recordOrder({
      total: money("total_price_set_shop_amount"),
      subtotal: money("subtotal_price_set_shop_amount"),
      tax: money("total_tax_set_shop_amount"),
      discount: negative(money("total_discounts_set_shop_amount")),
      currency: currency("total_price_set_shop_currency_code"),
      status: text("display_financial_status"),
    }),
  },
  {
    id: "shopify/order-lines",
    vendor,
    title: "Order lines (synced table)",
    columns: ["order_id", "id", "product_id", "variant_id", "price", "quantity", "total_discount"],
    after: ["shopify/orders"],
    record: [saleLine(product(money("price"), number("quantity")), {})],
  },
  {
    id: "shopify/gql-order-lines",
    vendor,
    title: "Order lines (synced GraphQL table)",
    columns: ["order_id", "id", "product_id", "variant_id", "original_total_set_shop_amount"],
    after: ["shopify/gql-orders"],
    record: [
      saleLine(money("original_total_set_shop_amount"), {
        currency: currency("original_total_set_shop_currency_code"),
      }),
    ],
  },
  {
    id: "shopify/transactions",
    vendor,
    title: "Transactions (synced table)",
    columns: ["id", "order_id", "amount", "currency", "kind", "status", "gateway", "parent_id"],
    after: ["shopify/orders"],
    skip: {
      when: not(allOf(is("kind", "refund"), is("status", "success"))),
      reason: "not a successful refund: the sale itself is booked from the order",
    },
    record: [
      refund(time(first("processed_at", "created_at")), money("amount"), currency("currency")),
    ],
  },
  {
    id: "shopify/gql-refunds",
    vendor,
    title: "Refunds (synced GraphQL table)",
    columns: ["id", "order_id", "created_at", "total_refunded_set_shop_amount"],
    after: ["shopify/gql-orders"],
    record: [
      refund(
        time("created_at"),
        money("total_refunded_set_shop_amount"),
        currency("total_refunded_set_shop_currency_code"),
      ),
    ],
  },
];
