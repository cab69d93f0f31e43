import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";
import { selectPeople } from "./people-select.ts";
import { scoreBandColumn } from "./score-band.ts";

/** A person, with attributes of all sources put together. */
export const peopleTable = {
  name: "people",
  row: "a person, with attributes of all sources put together",
  scope: "person",
  time: { column: "first_seen_at", is: "instant" },
  columns: {
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    first_seen_at: { type: "time", meaning: "First time any source knew the person." },
    email: { type: "text", meaning: "E-mail address." },
    account: { type: "identity", meaning: "The account, when known." },
    country: { type: "text", meaning: "Country." },
    language: { type: "text", meaning: "Language." },
    industry: { type: "text", meaning: "Industry of the account." },
    owner: { type: "text", meaning: "Who is responsible." },
    score: { type: "number", meaning: "Latest lead score." },
    score_band: scoreBandColumn,
    converted: { type: "boolean", meaning: "True when a source says that the lead converted." },
    is_internal: { type: "boolean", meaning: "Own staff." },
    ...originColumns,
    identifiers: { type: "count", meaning: "How many identifiers are merged into the person." },
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    ...originDimensions,
    country: "country",
    industry: "industry",
    owner: "owner",
    score_band: "score_band",
    account: "account",
    data_source: "data_source",
  },
  order: ["person"],
  inputs: [
    "ledger.people",
    "ledger.accounts",
    "ledger.associations",
    "ledger.campaigns",
    "ledger.identities",
    "ledger.stages",
    "ledger.orders",
    "ledger.order_headers",
    "ledger.deals",
    "ledger.carts",
    "ledger.surveys",
    "derived.identity_map",
    "derived.sightings",
  ],
  select: selectPeople,
} as const satisfies DerivedTable;
