import type { DerivedTable } from "./derived.ts";
import { selectSubscriberSpans } from "./subscriber-spans-select.ts";

/** A time during which a person is on a list, split where engagement lapses. */
export const subscriberSpans = {
  name: "subscriber_spans",
  row: "a time during which a person is on a list, split where engagement lapses",
  scope: "person",
  time: { column: "from_at", is: "instant" },
  columns: {
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    list: { type: "text", meaning: "The list." },
    from_at: { type: "time", meaning: "Start." },
    to_at: { type: "time", meaning: "End; null while open." },
    state: { type: "text", meaning: "active: opened or clicked within the window; inactive: not." },
    started_by: {
      type: "text",
      meaning: "subscribed, imported, or the change of state: lapsed, reactivated.",
    },
    ended_by: {
      type: "text",
      meaning:
        "unsubscribed, bounced, complained, or the change of state: lapsed, reactivated; null while open.",
    },
  },
  dimensions: {
    list: "list",
  },
  order: ["person", "list", "from_at"],
  inputs: ["derived.interactions"],
  select: selectSubscriberSpans,
} as const satisfies DerivedTable;
