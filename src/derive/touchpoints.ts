import { raw } from "../sql/fragment.ts";
import type { DerivedTable } from "./derived.ts";
import { originColumns } from "./dimensions.ts";
import { touchColumns, touchDimensions } from "./touch-columns.ts";
import { namedAutomationsSql, selectTouchpoints } from "./touchpoints-select.ts";

/** A contact of marketing with a person: what can earn credit. */
export const touchpoints = {
  name: "touchpoints",
  row: "a contact between the company and a person that can earn credit",
  scope: "person",
  time: { column: "touched_at", is: "instant" },
  columns: {
    touch: { type: "key", meaning: "The touch: its session, or its event in the ledger." },
    person: {
      type: "identity",
      meaning: "The person; null where only an order or deal that names nobody states the origin.",
    },
    account: { type: "identity", meaning: "The account, when known." },
    ...touchColumns,
    origin: {
      type: "identity",
      meaning:
        "Fingerprint of what it has in common with other touches: all of the above from touch_kind on.",
    },
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: { ...touchDimensions, account: "account", data_source: "data_source" },
  order: ["touched_at", "touch"],
  inputs: [
    "derived.people",
    "derived.interactions",
    "derived.sessions",
    "derived.purchases",
    "derived.opportunities",
  ],
  reads: {
    people: { columns: ["is_internal"] },
    purchases: {
      columns: [
        "order",
        "account",
        "placed_at",
        "is_sold",
        ...Object.keys(originColumns),
        "data_source",
      ],
      where: raw("channel NOT IN ('direct', 'unknown')"),
    },
  },
  premises: namedAutomationsSql,
  select: selectTouchpoints,
} as const satisfies DerivedTable;
