import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** The share of a cost that falls on a day. */
export const costDays = {
  name: "cost_days",
  row: "the share of a cost that falls on a day",
  scope: "whole",
  time: { column: "day", is: "day" },
  columns: {
    day: { type: "day", meaning: "The day." },
    cost_kind: { type: "text", meaning: "Kind of cost." },
    amount: {
      type: "money",
      meaning: "Amount in the reporting currency, exact over the days; null when excluded.",
    },
    currency: { type: "text", meaning: "Currency." },
    excluded: {
      type: "text",
      meaning:
        "Why the amount is left out of figures: currency_unknown, rate_missing; null when it counts.",
    },
    ...originColumns,
    tool: { type: "text", meaning: "Tool that is paid." },
    automation: { type: "text", meaning: "Automation." },
    asset: { type: "text", meaning: "Ad or creative." },
    country: { type: "text", meaning: "Country." },
    segment: { type: "text", meaning: "Audience." },
    impressions: { type: "number", meaning: "Impressions." },
    clicks: { type: "number", meaning: "Clicks." },
    claimed_conversions: { type: "number", meaning: "Conversions that the platform claims." },
    claimed_value: { type: "money", meaning: "Value that the platform claims." },
    claimed_leads: { type: "number", meaning: "Leads that the platform claims." },
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The cost in the ledger." },
  },
  dimensions: {
    ...originDimensions,
    cost_kind: "cost_kind",
    tool: "tool",
    automation: "automation",
    asset: "asset",
    country: "country",
    segment: "segment",
    currency: "currency",
    data_source: "data_source",
  },
  order: ["day", "row_key"],
  inputs: ["ledger.costs", "ledger.rates", "ledger.campaigns"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
