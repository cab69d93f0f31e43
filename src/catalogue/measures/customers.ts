import { cartOutcomes } from "../../derive/cart-outcomes.ts";
import { customerOrders } from "../../derive/customer-orders.ts";
import { customerSpans } from "../../derive/customer-spans.ts";
import { customers } from "../../derive/customers.ts";
import { purchases } from "../../derive/purchases.ts";
import { surveyAnswers } from "../../derive/survey-answers.ts";
import { over } from "../over.ts";

const span = { distinct: "person", from: "from_at", to: "to_at" } as const;
const kept = { op: "stockKept", person: "person", from: "from_at", to: "to_at" } as const;
const amountExcluded = [
  { code: "amount_excluded", where: { column: "revenue", isNull: true } },
] as const;
const isSurvey = (kind: string) => ({ column: "kind", is: kind }) as const;
const immature = [{ code: "immature", where: { column: "is_mature", is: false } }] as const;

/** The smallest amount of money that the ledger can hold. */
const smallest = 0.000001;
const wasSold = { column: "is_sold", is: true } as const;
const nothingSold = [{ code: "nothing_sold", where: { column: "is_sold", is: false } }] as const;
const buyerKnown = { all: [wasSold, { column: "person", isNull: false }] } as const;
const buyerUnknown = [
  { code: "buyer_unknown", where: { all: [wasSold, { column: "person", isNull: true }] } },
] as const;

/** Buyers, active and lost customers, orders, surveys and carts. */
export const customerMeasures = [
  ...over(customers, {
    new_customers: { aggregate: { op: "count" }, unit: "count" },
    new_customers_with_repeat: {
      aggregate: { op: "count" },
      where: { column: "orders", atLeast: 2 },
      unit: "count",
    },
    customers_to_date: {
      aggregate: { op: "stock", distinct: "person", from: "first_at", at: "end" },
      unit: "count",
    },
    revenue_to_date: { aggregate: { op: "sum", column: "revenue" }, unit: "money" },
    margin_to_date: { aggregate: { op: "sum", column: "margin" }, unit: "money" },
    new_customers_with_margin: {
      aggregate: { op: "count" },
      where: { column: "margin", isNull: false },
      unit: "count",
      leavesOut: [{ code: "margin_missing", where: { column: "margin", isNull: true } }],
    },
  }),
  ...over(customerSpans, {
    customers_start: { aggregate: { op: "stock", ...span, at: "start" }, unit: "count" },
    active_customers: { aggregate: { op: "stock", ...span, at: "end" }, unit: "count" },
    customers_during: { aggregate: { op: "stock", ...span, at: "during" }, unit: "count" },
    customers_kept: { aggregate: kept, unit: "count" },
    churned_customers: {
      aggregate: { op: "distinct", column: "person" },
      where: { column: "to_at", isNull: false },
      time: "to_at",
      unit: "count",
    },
    reactivated_customers: {
      aggregate: { op: "distinct", column: "person" },
      where: { column: "is_first", is: false },
      unit: "count",
    },
  }),
  ...over(customerOrders, {
    customer_revenue_start: {
      aggregate: { op: "stockSum", column: "revenue", from: "from_at", to: "to_at", at: "start" },
      unit: "money",
      leavesOut: amountExcluded,
    },
    customer_revenue_kept: { aggregate: { ...kept, column: "revenue" }, unit: "money" },
    ordering_customers: { aggregate: { op: "distinct", column: "person" }, unit: "count" },
    order_revenue_to_date: {
      aggregate: { op: "stockSum", column: "revenue", from: "from_at", at: "end" },
      unit: "money",
      leavesOut: amountExcluded,
    },
    order_margin_to_date: {
      aggregate: { op: "stockSum", column: "margin", from: "from_at", at: "end" },
      unit: "money",
      leavesOut: [{ code: "margin_missing", where: { column: "margin", isNull: true } }],
    },
  }),
  ...over(purchases, {
    orders: {
      aggregate: { op: "count" },
      where: wasSold,
      unit: "count",
      leavesOut: nothingSold,
    },
    valued_orders: {
      aggregate: { op: "count" },
      where: { all: [wasSold, { column: "sales", isNull: false }] },
      unit: "count",
      leavesOut: [
        {
          code: "amount_excluded",
          where: { all: [wasSold, { column: "sales", isNull: true }] },
        },
      ],
    },
    refunded_orders: {
      aggregate: { op: "count" },
      where: { all: [wasSold, { column: "refunds", atMost: -smallest }] },
      unit: "count",
    },
    order_sales: { aggregate: { op: "sum", column: "sales" }, where: wasSold, unit: "money" },
    identified_orders: {
      aggregate: { op: "count" },
      where: buyerKnown,
      unit: "count",
      leavesOut: buyerUnknown,
    },
    buyers: {
      aggregate: { op: "distinct", column: "person" },
      where: buyerKnown,
      unit: "count",
      leavesOut: buyerUnknown,
    },
    buyers_with_two_orders: {
      aggregate: { op: "peopleInMany", person: "person", column: "order", atLeast: 2 },
      where: buyerKnown,
      unit: "count",
    },
    returning_buyers: {
      aggregate: { op: "distinct", column: "person" },
      where: { all: [wasSold, { column: "nth", atLeast: 2 }] },
      unit: "count",
    },
    upsell_buyers: {
      aggregate: { op: "distinct", column: "person" },
      where: { column: "order_kind", is: "upsell" },
      unit: "count",
    },
    cross_sell_buyers: {
      aggregate: { op: "distinct", column: "person" },
      where: { column: "order_kind", is: "cross_sell" },
      unit: "count",
    },
    median_days_between_orders: {
      aggregate: { op: "quantile", column: "days_since_previous", share: 0.5 },
      where: wasSold,
      unit: "number",
      leavesOut: [{ code: "first_order", where: { column: "days_since_previous", isNull: true } }],
    },
    mean_days_between_orders: {
      aggregate: { op: "mean", column: "days_since_previous" },
      where: wasSold,
      unit: "number",
      leavesOut: [{ code: "first_order", where: { column: "days_since_previous", isNull: true } }],
    },
  }),
  ...over(surveyAnswers, {
    csat_answers: { aggregate: { op: "count" }, where: isSurvey("csat"), unit: "count" },
    csat_satisfied: {
      aggregate: { op: "count" },
      where: { all: [isSurvey("csat"), { column: "is_satisfied", is: true }] },
      unit: "count",
    },
    mean_csat_score: {
      aggregate: { op: "mean", column: "score" },
      where: isSurvey("csat"),
      unit: "number",
    },
    nps_answers: { aggregate: { op: "count" }, where: isSurvey("nps"), unit: "count" },
    nps_promoters: {
      aggregate: { op: "count" },
      where: { all: [isSurvey("nps"), { column: "is_promoter", is: true }] },
      unit: "count",
    },
    nps_detractors: {
      aggregate: { op: "count" },
      where: { all: [isSurvey("nps"), { column: "is_detractor", is: true }] },
      unit: "count",
    },
    mean_ces_score: {
      aggregate: { op: "mean", column: "score" },
      where: isSurvey("ces"),
      unit: "number",
    },
  }),
  ...over(cartOutcomes, {
    carts: { aggregate: { op: "count" }, unit: "count" },
    mature_carts: {
      aggregate: { op: "count" },
      where: { column: "is_mature", is: true },
      unit: "count",
      leavesOut: immature,
    },
    abandoned_carts: {
      aggregate: { op: "count" },
      where: {
        all: [
          { column: "is_mature", is: true },
          { column: "is_abandoned", is: true },
        ],
      },
      unit: "count",
      leavesOut: immature,
    },
    abandoned_cart_value: {
      aggregate: { op: "sum", column: "value" },
      where: {
        all: [
          { column: "is_mature", is: true },
          { column: "is_abandoned", is: true },
        ],
      },
      unit: "money",
      leavesOut: immature,
    },
    recovered_carts: {
      aggregate: { op: "count" },
      where: {
        all: [
          { column: "is_mature", is: true },
          { column: "is_abandoned", is: true },
          { column: "is_recovered", is: true },
        ],
      },
      unit: "count",
    },
    recovered_revenue: {
      aggregate: { op: "sum", column: "recovered_revenue" },
      where: { column: "is_recovered", is: true },
      unit: "money",
    },
  }),
] as const;
