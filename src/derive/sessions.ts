import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** A visit to the website: page views of a person without a pause or change of campaign. */
export const sessions = {
  name: "sessions",
  row: "a visit to the website: page views of a person without a pause or change of campaign",
  scope: "person",
  time: { column: "started_at", is: "instant" },
  columns: {
    session: { type: "key", meaning: "The session." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    started_at: { type: "time", meaning: "First page view or action." },
    ended_at: { type: "time", meaning: "Last page view or action." },
    seconds: { type: "number", meaning: "Length in seconds." },
    ...originColumns,
    landing_page: { type: "text", meaning: "Path of the first page." },
    country: { type: "text", meaning: "Country." },
    device: { type: "text", meaning: "Device class." },
    page_views: { type: "count", meaning: "Page views." },
    actions: { type: "count", meaning: "Other actions: goals, forms, clicks, carts." },
    bounced: { type: "boolean", meaning: "One page view and nothing else." },
    goals: { type: "count", meaning: "Goals and forms reached." },
    machine: { type: "text", meaning: "bot for robots; null for people." },
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    ...originDimensions,
    landing_page: "landing_page",
    country: "country",
    device: "device",
    account: "account",
    data_source: "data_source",
  },
  order: ["started_at", "session"],
  inputs: ["derived.interactions"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
