import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** An event with its person, channel, session and machine class. */
export const interactions = {
  name: "interactions",
  row: "an event with its person, channel, session and machine class",
  scope: "person",
  time: { column: "occurred_at", is: "instant" },
  columns: {
    occurred_at: { type: "time", meaning: "When it happened." },
    kind: { type: "text", meaning: "What happened." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    ...originColumns,
    automation: { type: "text", meaning: "Automation that sent or caused it." },
    asset: { type: "text", meaning: "E-mail, ad, post or form." },
    variant: { type: "text", meaning: "Variant of a test." },
    message: { type: "text", meaning: "The message that it belongs to." },
    page: { type: "text", meaning: "Path of the page without query." },
    link: { type: "text", meaning: "Address that was clicked." },
    goal: { type: "text", meaning: "Goal or form." },
    list: { type: "text", meaning: "Mailing list." },
    detail: { type: "text", meaning: "Kind of bounce or other short detail." },
    country: { type: "text", meaning: "Country." },
    device: { type: "text", meaning: "Device class." },
    quantity: { type: "number", meaning: "How many; 1 for a single event." },
    seconds: { type: "number", meaning: "Duration." },
    machine: { type: "text", meaning: "machine (privacy proxy, scanner) or bot; null for people." },
    machine_rule: { type: "text", meaning: "Rule and version that decided it." },
    session: { type: "key", meaning: "The session, for page views and what happens during them." },
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The event in the ledger." },
  },
  dimensions: {
    ...originDimensions,
    automation: "automation",
    asset: "asset",
    variant: "variant",
    page: "page",
    goal: "goal",
    list: "list",
    country: "country",
    device: "device",
    event_kind: "kind",
    account: "account",
    data_source: "data_source",
  },
  order: ["occurred_at", "row_key"],
  inputs: ["ledger.events", "ledger.campaigns", "ledger.automations", "derived.identity_map", "derived.people"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
