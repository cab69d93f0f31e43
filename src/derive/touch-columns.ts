import type { Columns } from "../ledger/table.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

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
