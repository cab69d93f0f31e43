import { credits } from "../../derive/credits.ts";
import type { Dimension } from "../../derive/dimensions.ts";
import { messages } from "../../derive/messages.ts";
import { revenueLines } from "../../derive/revenue-lines.ts";
import { sourcedLines } from "../../derive/sourced-lines.ts";
import { touchDimensions } from "../../derive/touch-columns.ts";
import type { MeasureCondition } from "../measure.ts";
import { over } from "../over.ts";

type Condition = MeasureCondition<keyof typeof credits.columns & string>;

/** What the measures are about at all: without any touch they have no value, with touches of other classes they are 0. */
const isTouched = { column: "touch_class", is: ["marketing", "automation", "other"] } as const;
const butBy = (...classes: readonly string[]) =>
  ({ all: [isTouched, { column: "touch_class", isNot: classes }] }) as const;
const byMarketing = butBy("other");
const byAutomation = butBy("marketing", "other");
const ofRevenue = { column: "entry_kind", is: ["sale", "return"] } as const;
const isCosted = { column: "is_costed", is: true } as const;
const isPaid = { column: "is_paid", is: true } as const;

const excluded = [{ code: "excluded", where: { column: "excluded", isNull: false } }] as const;
const unattributed = {
  code: "unattributed",
  where: { all: [ofRevenue, { column: "touch", isNull: true }] },
} as const;
const uncosted = {
  code: "margin_missing",
  where: { all: [ofRevenue, { column: "is_costed", is: false }] },
} as const;

/** Channels in which messages are sent. */
const messageChannels = ["email", "sms", "whatsapp", "push"] as const;

const everyTouchDimension = Object.keys(touchDimensions) as Dimension[];

const money = (...where: readonly Condition[]) =>
  ({
    aggregate: { op: "credit", of: "amount" },
    where: { all: where },
    unit: "money",
    leavesOut: excluded,
  }) as const;
const conversions = (...where: readonly Condition[]) =>
  ({ aggregate: { op: "credit", of: "share" }, where: { all: where }, unit: "number" }) as const;

/** What touches earned, under the model that is asked for. */
export const attributionMeasures = [
  ...over(credits, {
    attributed_revenue: {
      ...money(isTouched, ofRevenue),
      leavesOut: [...excluded, unattributed],
    },
    unattributed_revenue: money(ofRevenue, { column: "touch", isNull: true }),
    creditable_revenue: { ...money(ofRevenue), sameForEvery: everyTouchDimension },
    marketing_revenue: money(byMarketing, ofRevenue),
    automation_revenue: money(byAutomation, ofRevenue),
    paid_revenue: money(isTouched, ofRevenue, isPaid),
    message_revenue: money(isTouched, ofRevenue, { column: "channel", is: messageChannels }),
    attributed_margin: {
      ...money(isTouched, isCosted),
      leavesOut: [...excluded, uncosted],
    },
    paid_margin: {
      ...money(isTouched, isCosted, isPaid),
      leavesOut: [...excluded, uncosted],
    },
    influenced_revenue: {
      aggregate: { op: "sumOnce", column: "amount", per: "entry" },
      where: { all: [byMarketing, ofRevenue] },
      unit: "money",
      leavesOut: excluded,
    },
    attributed_conversions: conversions(isTouched, ofRevenue),
    unattributed_conversions: conversions(ofRevenue, { column: "touch", isNull: true }),
    attributed_customers: conversions(isTouched, ofRevenue, { column: "is_first", is: true }),
  }),
  ...over(sourcedLines, {
    sourced_revenue: {
      aggregate: { op: "sum", column: "amount" },
      where: byMarketing,
      unit: "money",
      leavesOut: [
        ...excluded,
        { code: "buyer_unknown", where: { column: "person", isNull: true } },
      ],
    },
  }),
  ...over(revenueLines, {
    revenue_of_all: {
      aggregate: { op: "sum", column: "amount" },
      unit: "money",
      leavesOut: excluded,
      sameForEvery: everyTouchDimension,
    },
  }),
  ...over(messages, {
    messages_delivered: { aggregate: { op: "sum", column: "delivered" }, unit: "count" },
  }),
] as const;
