import { costDays } from "../../derive/cost-days.ts";
import { revenueLines } from "../../derive/revenue-lines.ts";
import { over } from "../over.ts";

const isExcluded = { column: "excluded", isNull: false } as const;
const excluded = [{ code: "excluded", where: isExcluded }] as const;
const lineIs = (type: string | readonly string[]) => ({ column: "line_type", is: type }) as const;
const isReturned = lineIs(["refund", "cancellation"]);

/** Revenue lines, and the costs that revenue is set against. */
export const revenueMeasures = [
  ...over(revenueLines, {
    revenue: { aggregate: { op: "sum", column: "amount" }, unit: "money", leavesOut: excluded },
    sales: {
      aggregate: { op: "sum", column: "amount" },
      where: { column: "line_type", isNot: ["refund", "cancellation"] },
      unit: "money",
      leavesOut: excluded,
    },
    gross_sales: {
      aggregate: { op: "sum", column: "amount" },
      where: lineIs("sale"),
      unit: "money",
      leavesOut: excluded,
    },
    returned_amount: {
      aggregate: { op: "sum", column: "amount" },
      where: isReturned,
      unit: "money",
      leavesOut: excluded,
    },
    discount_amount: {
      aggregate: { op: "sum", column: "amount" },
      where: lineIs("discount"),
      unit: "money",
      leavesOut: excluded,
    },
    shipping_and_tax: {
      aggregate: { op: "sum", column: "amount" },
      where: lineIs(["shipping", "tax"]),
      unit: "money",
      leavesOut: excluded,
    },
    new_customer_revenue: {
      aggregate: { op: "sum", column: "amount" },
      where: { column: "is_repeat", is: false },
      unit: "money",
      leavesOut: [{ code: "buyer_unknown", where: { column: "is_repeat", isNull: true } }],
    },
    repeat_customer_revenue: {
      aggregate: { op: "sum", column: "amount" },
      where: { column: "is_repeat", is: true },
      unit: "money",
      leavesOut: [{ code: "buyer_unknown", where: { column: "is_repeat", isNull: true } }],
    },
    upsell_revenue: {
      aggregate: { op: "sum", column: "amount" },
      where: { column: "order_kind", is: "upsell" },
      unit: "money",
    },
    cross_sell_revenue: {
      aggregate: { op: "sum", column: "amount" },
      where: { column: "order_kind", is: "cross_sell" },
      unit: "money",
    },
    units_sold: {
      aggregate: { op: "sum", column: "quantity" },
      where: lineIs("sale"),
      unit: "number",
    },
    costed_revenue: {
      aggregate: { op: "sum", column: "costed_amount" },
      unit: "money",
      leavesOut: [{ code: "margin_missing", where: { column: "cost_of_goods", isNull: true } }],
    },
    cost_of_goods: {
      aggregate: { op: "sum", column: "cost_of_goods" },
      where: { column: "costed_amount", isNull: false },
      unit: "money",
    },
  }),
  ...over(costDays, {
    cost: { aggregate: { op: "sum", column: "amount" }, unit: "money", leavesOut: excluded },
    media_cost: {
      aggregate: { op: "sum", column: "amount" },
      where: { column: "cost_kind", is: "media" },
      unit: "money",
      leavesOut: excluded,
    },
    licence_cost: {
      aggregate: { op: "sum", column: "amount" },
      where: { column: "cost_kind", is: "licence" },
      unit: "money",
      leavesOut: excluded,
    },
    acquisition_cost: {
      aggregate: { op: "sum", column: "amount" },
      where: { column: "cost_kind", inSetting: "acquisition_costs" },
      unit: "money",
      leavesOut: excluded,
    },
    acquisition_cost_without_media: {
      aggregate: { op: "sum", column: "amount" },
      where: {
        all: [
          { column: "cost_kind", inSetting: "acquisition_costs" },
          { column: "cost_kind", isNot: "media" },
        ],
      },
      unit: "money",
      leavesOut: excluded,
    },
  }),
] as const;
