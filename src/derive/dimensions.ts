import type { Columns } from "../ledger/table.ts";

/** Where a row belongs after the channel rules: the columns that most derived tables share. */
export const originColumns = {
  channel: {
    type: "text",
    meaning: "Channel by the channel rules; 'unknown' when nothing is known.",
  },
  utm_source: { type: "text", meaning: "Source, trimmed and in lower case." },
  utm_medium: { type: "text", meaning: "Medium, trimmed and in lower case." },
  campaign: { type: "text", meaning: "Campaign name (looked up by id where the source names it)." },
} as const satisfies Columns;

/** The dimensions of {@link originColumns}. */
export const originDimensions = {
  channel: "channel",
  source: "utm_source",
  medium: "utm_medium",
  campaign: "campaign",
} as const;

/** Every dimension that a question can name, in the order in which they are offered. */
export const dimensions = [
  "channel",
  "source",
  "medium",
  "campaign",
  "automation",
  "asset",
  "variant",
  "tool",
  "landing_page",
  "page",
  "goal",
  "country",
  "device",
  "segment",
  "product",
  "stream",
  "order_kind",
  "cost_kind",
  "currency",
  "account",
  "industry",
  "score_band",
  "owner",
  "team",
  "pipeline",
  "deal_stage",
  "stage",
  "list",
  "message_medium",
  "event_kind",
  "provider",
  "survey",
  "task",
  "cohort",
  "data_source",
] as const;

/** One of the dimensions. */
export type Dimension = (typeof dimensions)[number];
