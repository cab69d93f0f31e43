import {
  constant,
  currency,
  first,
  is,
  isTrue,
  joined,
  lookup,
  money,
  text,
  time,
  urlParameter,
} from "../expressions.ts";
import type { Expression, Recording, Source } from "../source.ts";

/** Customers, checkouts, products and visits of Shopify as a warehouse sync lands them. */
const vendor = "shopify";
const id = text("id");
const deleted = isTrue("_fivetran_deleted");
const version = time(first("updated_at", "_fivetran_synced"));

const customer: Recording = {
  into: "people",
  key: [id],
  version,
  deleted,
  who: { id, email: text("email"), phone: text("phone") },
  set: {
    email: text("email"),
    name: joined(" ", "first_name", "last_name"),
    created_at: time("created_at"),
  },
};

const checkout = (cart: Expression, value: Expression, of: Expression): Recording => ({
  into: "carts",
  key: [cart],
  version,
  deleted,
  who: { id: text("customer_id"), email: text("email") },
  set: {
    cart,
    created_at: time("created_at"),
    abandoned_at: time("updated_at"),
    ordered_at: time("completed_at"),
    value,
    currency: of,
    referrer: text("referring_site"),
    utm_source: urlParameter("landing_site_base_url", "utm_source"),
    utm_medium: urlParameter("landing_site_base_url", "utm_medium"),
    campaign: urlParameter("landing_site_base_url", "utm_campaign"),
  },
});

/** Shopify's tables of customers, checkouts, products and visits. */
export const shopifyOtherTables: readonly Source[] = [
  {
    id: "shopify/customers",
    vendor,
    title: "Customers (synced table)",
    columns: ["id", "first_name", "last_name", "email", "orders_count", "total_spent", "state"],
    without: ["email_marketing_consent_state"],
    record: [customer],
  },
  {
    id: "shopify/gql-customers",
    vendor,
    title: "Customers (synced GraphQL table)",
    columns: ["id", "email", "orders_count", "total_spent", "email_marketing_consent_state"],
    record: [
      customer,
      {
        into: "events",
        when: is("email_marketing_consent_state", "SUBSCRIBED"),
        key: [id, constant("subscribed"), text("email_marketing_consent_updated_at")],
        who: { id, email: text("email") },
        set: {
          occurred_at: time(first("email_marketing_consent_updated_at", "created_at")),
          kind: constant("email_subscribed"),
          list: constant("Shopify"),
        },
      },
      {
        into: "events",
        when: is("email_marketing_consent_state", "UNSUBSCRIBED"),
        key: [id, constant("unsubscribed"), text("email_marketing_consent_updated_at")],
        who: { id, email: text("email") },
        set: {
          occurred_at: time(first("email_marketing_consent_updated_at", "updated_at")),
          kind: constant("email_unsubscribed"),
          list: constant("Shopify"),
        },
      },
    ],
  },
  {
    id: "shopify/abandoned-checkouts",
    vendor,
    title: "Abandoned checkouts (synced table)",
    columns: ["id", "abandoned_checkout_url", "token", "total_price", "created_at", "currency"],
    record: [checkout(first("token", "id"), money("total_price"), currency("currency"))],
  },
  {
    id: "shopify/gql-abandoned-checkouts",
    vendor,
    title: "Abandoned checkouts (synced GraphQL table)",
    columns: ["id", "abandoned_checkout_url", "total_price_set_shop_amount", "created_at"],
    record: [
      checkout(
        id,
        money("total_price_set_shop_amount"),
        currency("total_price_set_shop_currency_code"),
      ),
    ],
  },
  {
    id: "shopify/products",
    vendor,
    title: "Products (synced table)",
    columns: ["id", "title", "handle", "product_type", "vendor", "published_at"],
    record: [
      {
        into: "products",
        key: [id],
        version,
        deleted,
        set: {
          product: first("title", "id"),
          title: text("title"),
          category: text("product_type"),
          stream: constant("product"),
        },
      },
    ],
  },
  {
    id: "shopify/gql-customer-visits",
    vendor,
    title: "Visits before an order (synced GraphQL table)",
    columns: ["id", "order_id", "landing_page", "occurred_at", "referrer_url", "source_type"],
    also: ["utm_parameters_source", "utm_parameters_medium", "utm_parameters_campaign"],
    after: ["shopify/gql-orders"],
    record: [
      {
        into: "events",
        key: [constant("visit"), id],
        set: {
          occurred_at: time("occurred_at"),
          kind: constant("page_viewed"),
          identity: lookup("order_headers", ["order_id"], "identity"),
          page: text("landing_page"),
          referrer: text("referrer_url"),
          utm_source: first("utm_parameters_source", "source"),
          utm_medium: first("utm_parameters_medium", "source_type"),
          campaign: text("utm_parameters_campaign"),
          utm_term: text("utm_parameters_term"),
          utm_content: text("utm_parameters_content"),
        },
      },
    ],
  },
];
