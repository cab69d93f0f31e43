import type { Columns } from "../ledger/table.ts";
import { raw } from "../sql/fragment.ts";
import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";
import { namedAutomationsSql, selectTouchpoints } from "./touchpoints-select.ts";

/** What is known of a touch; tables of credits carry the same columns. */
export const touchColumns = {
  touched_at: { type: "time", meaning: "When the touch happened." },
  touch_kind: {
    type: "text",
    meaning:
      "visit, click, view (an ad seen, a message opened), contact (call, meeting, reply) or stated (an origin that the conversion itself names).",
  },
  touch_class: {
    type: "text",
    meaning:
      "automation (sent by one), marketing, or other (direct, sales and whatever else the settings say).",
  },
  is_paid: { type: "boolean", meaning: "The channel is bought, as the settings say." },
  ...originColumns,
  automation: { type: "text", meaning: "Automation that sent or caused it." },
  asset: { type: "text", meaning: "E-mail, ad, post or form." },
  tool: { type: "text", meaning: "Tool that sent or served it." },
  landing_page: { type: "text", meaning: "Path of the first page of the visit." },
} as const satisfies Columns;

/** The dimensions of {@link touchColumns}. */
export const touchDimensions = {
  ...originDimensions,
  automation: "automation",
  asset: "asset",
  tool: "tool",
  landing_page: "landing_page",
} as const;

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
