import { originColumns, personColumns } from "../columns.ts";
import type { LedgerTable } from "../table.ts";

/** Lifecycle stages in their order; a workspace maps its own names onto them. */
export const lifecycleStages = [
  "subscriber",
  "lead",
  "mql",
  "sql",
  "opportunity",
  "customer",
] as const;

/** A person or account entering a lifecycle stage. */
export const stages = {
  name: "stages",
  nature: "event",
  row: "a person or account entering a lifecycle stage",
  time: "entered_at",
  columns: {
    entered_at: { type: "time", meaning: "When the stage was entered.", required: true },
    stage: { type: "text", meaning: "The stage.", required: true, oneOf: lifecycleStages },
    from_stage: { type: "text", meaning: "The stage before, as given." },
    ...personColumns,
    ...originColumns,
    owner: { type: "text", meaning: "Who is responsible." },
    score: { type: "number", meaning: "Lead score at that moment." },
    reason: { type: "text", meaning: "Why, as given." },
  },
} as const satisfies LedgerTable;

/** An opportunity in its latest state. */
export const deals = {
  name: "deals",
  nature: "entity",
  row: "an opportunity in its latest state",
  time: "created_at",
  columns: {
    deal: { type: "text", meaning: "The vendor's id of the deal.", required: true },
    name: { type: "text", meaning: "Name of the deal." },
    created_at: { type: "time", meaning: "When it was created or engaged; null when unknown." },
    closed_at: { type: "time", meaning: "When it was won or lost." },
    state: {
      type: "text",
      meaning: "Open, won or lost.",
      required: true,
      oneOf: ["open", "won", "lost"],
    },
    stage: { type: "text", meaning: "The pipeline stage as the vendor names it." },
    pipeline: { type: "text", meaning: "The pipeline." },
    amount: { type: "money", meaning: "Amount in its own currency." },
    currency: { type: "text", meaning: "ISO 4217 code; null takes the workspace's default." },
    ...personColumns,
    account: { type: "identity", meaning: "The account that buys." },
    owner: { type: "text", meaning: "Who is responsible." },
    team: { type: "text", meaning: "Team or manager of the owner." },
    product: { type: "text", meaning: "Product." },
    kind: {
      type: "text",
      meaning: "New, renewal, upsell or cross_sell business.",
      oneOf: ["new", "renewal", "upsell", "cross_sell"],
    },
    stream: { type: "text", meaning: "Revenue stream." },
    ...originColumns,
    lost_reason: { type: "text", meaning: "Why it was lost." },
  },
} as const satisfies LedgerTable;

/** A change of an opportunity's stage or amount. */
export const dealHistory = {
  name: "deal_history",
  nature: "event",
  row: "a change of an opportunity's stage or amount",
  time: "changed_at",
  columns: {
    changed_at: { type: "time", meaning: "When it changed.", required: true },
    deal: { type: "text", meaning: "The vendor's id of the deal.", required: true },
    stage: { type: "text", meaning: "The pipeline stage after the change." },
    amount: { type: "money", meaning: "Amount after the change." },
    currency: { type: "text", meaning: "ISO 4217 code." },
    close_day: { type: "day", meaning: "Expected close day after the change." },
  },
} as const satisfies LedgerTable;

/** A person as a vendor describes them. */
export const people = {
  name: "people",
  nature: "entity",
  row: "a person as one source describes them",
  columns: {
    ...personColumns,
    email: { type: "text", meaning: "E-mail address, normalised." },
    name: { type: "text", meaning: "Name." },
    created_at: { type: "time", meaning: "When the source first knew the person." },
    account: { type: "identity", meaning: "The account that the person belongs to." },
    company: { type: "text", meaning: "Company name as given." },
    job_title: { type: "text", meaning: "Job title." },
    country: { type: "text", meaning: "Country." },
    city: { type: "text", meaning: "City." },
    language: { type: "text", meaning: "Language." },
    owner: { type: "text", meaning: "Who is responsible." },
    score: { type: "number", meaning: "Lead score." },
    stage: { type: "text", meaning: "Lifecycle stage as given.", oneOf: lifecycleStages },
    converted: { type: "boolean", meaning: "True when the source says that the lead converted." },
    ...originColumns,
    is_internal: { type: "boolean", meaning: "Own staff." },
    attributes: { type: "json", meaning: "Further attributes as given." },
  },
} as const satisfies LedgerTable;

/** An account (company) as a vendor describes it. */
export const accounts = {
  name: "accounts",
  nature: "entity",
  row: "a company as one source describes it",
  columns: {
    account: { type: "identity", meaning: "The account.", required: true },
    name: { type: "text", meaning: "Name." },
    domain: { type: "text", meaning: "Web domain." },
    created_at: { type: "time", meaning: "When the source first knew it." },
    industry: { type: "text", meaning: "Industry." },
    country: { type: "text", meaning: "Country." },
    size: { type: "number", meaning: "Number of employees." },
    owner: { type: "text", meaning: "Who is responsible." },
    parent: { type: "text", meaning: "Parent company as given." },
  },
} as const satisfies LedgerTable;

/** A link between two CRM records. */
export const associations = {
  name: "associations",
  nature: "entity",
  row: "a link between two records of one source (deal and contact, contact and company …)",
  columns: {
    from_kind: { type: "text", meaning: "deal, person, account, order …", required: true },
    from_id: { type: "text", meaning: "Id of the first record in the source.", required: true },
    to_kind: { type: "text", meaning: "Kind of the second record.", required: true },
    to_identity: {
      type: "identity",
      meaning: "The second record, when it is a person or account.",
    },
    to_id: { type: "text", meaning: "Id of the second record in the source." },
    role: { type: "text", meaning: "Role, such as decision maker." },
  },
} as const satisfies LedgerTable;
