import { amountColumns, originColumns } from "../columns.ts";
import type { LedgerTable } from "../table.ts";

/** The kinds of cost. */
export const costKinds = [
  "media",
  "licence",
  "set_up",
  "upkeep",
  "training",
  "agency",
  "staff",
  "research",
  "other",
] as const;

/** An amount spent for a period, with what the platform claims for it. */
export const costs = {
  name: "costs",
  nature: "entity",
  row: "an amount for a period, spread evenly over its days",
  time: "from_day",
  columns: {
    from_day: { type: "day", meaning: "First day of the period.", required: true },
    to_day: {
      type: "day",
      meaning: "Last day of the period, included; null means the first day.",
    },
    kind: { type: "text", meaning: "Kind of cost; null means media.", oneOf: costKinds },
    ...amountColumns,
    ...originColumns,
    tool: { type: "text", meaning: "Tool or platform that is paid." },
    ad_account: { type: "text", meaning: "Advertising account that is billed." },
    automation: { type: "text", meaning: "Automation that it belongs to." },
    asset: { type: "text", meaning: "Ad, ad set or creative." },
    country: { type: "text", meaning: "Country." },
    segment: { type: "text", meaning: "Audience: age, gender, interest, as given." },
    impressions: { type: "number", meaning: "Impressions that the platform reports." },
    clicks: { type: "number", meaning: "Clicks that the platform reports." },
    claimed_conversions: { type: "number", meaning: "Conversions that the platform claims." },
    claimed_value: { type: "money", meaning: "Conversion value that the platform claims." },
    claimed_leads: { type: "number", meaning: "Leads or enquiries that the platform claims." },
    note: { type: "text", meaning: "Free text." },
  },
} as const satisfies LedgerTable;

/** A currency rate of a day. */
export const rates = {
  name: "rates",
  nature: "entity",
  row: "the rate of a currency on a day",
  columns: {
    day: { type: "day", meaning: "The day.", required: true },
    currency: { type: "text", meaning: "ISO 4217 code.", required: true },
    base: { type: "text", meaning: "The currency that the rate is expressed in.", required: true },
    rate: {
      type: "text",
      meaning: "Units of the base for one unit of the currency, as exact decimal text.",
      required: true,
      isDecimal: true,
    },
  },
} as const satisfies LedgerTable;

/** A kind of work done by hand or automated, in a period. */
export const tasks = {
  name: "tasks",
  nature: "entity",
  row: "a kind of work in a period, by hand and automated",
  time: "from_day",
  columns: {
    task: { type: "text", meaning: "Name of the work.", required: true },
    from_day: { type: "day", meaning: "First day of the period.", required: true },
    to_day: { type: "day", meaning: "Last day of the period, included." },
    volume: { type: "number", meaning: "How often it was done by the automation.", required: true },
    failures: { type: "number", meaning: "Runs that failed and saved nothing." },
    manual_minutes: { type: "number", meaning: "Minutes by hand for one.", required: true },
    automated_minutes: { type: "number", meaning: "Minutes of people for one when automated." },
    hourly_cost: { type: "money", meaning: "Loaded cost of one hour of staff." },
    currency: { type: "text", meaning: "ISO 4217 code." },
    automation: { type: "text", meaning: "The automation that does it." },
    evidence: { type: "text", meaning: "Where the minutes come from: measured, declared …" },
  },
} as const satisfies LedgerTable;

/** An advertising account: tables of costs that state no currency look it up here. */
export const adAccounts = {
  name: "ad_accounts",
  nature: "entity",
  row: "an advertising account, with the currency and zone of its costs",
  columns: {
    ad_account: { type: "text", meaning: "Id as used on costs.", required: true },
    name: { type: "text", meaning: "Name." },
    currency: { type: "text", meaning: "ISO 4217 code." },
    time_zone: { type: "text", meaning: "IANA name of the zone that its days are cut in." },
  },
} as const satisfies LedgerTable;

/** A campaign. */
export const campaigns = {
  name: "campaigns",
  nature: "entity",
  row: "a campaign",
  columns: {
    campaign: {
      type: "text",
      meaning: "Id or name as used on events and costs of the same source.",
      required: true,
    },
    name: { type: "text", meaning: "Name that people know." },
    channel: { type: "text", meaning: "Channel, when stated." },
    automation: { type: "text", meaning: "Automation that it belongs to." },
    started_at: { type: "time", meaning: "Start." },
    subject: { type: "text", meaning: "Subject line." },
  },
} as const satisfies LedgerTable;

/** An automation: flow, journey, workflow. */
export const automations = {
  name: "automations",
  nature: "entity",
  row: "an automation (flow, journey, workflow)",
  columns: {
    automation: { type: "text", meaning: "Id or name as used on events.", required: true },
    name: { type: "text", meaning: "Name that people know." },
    tool: { type: "text", meaning: "Tool that runs it." },
    went_live_at: { type: "time", meaning: "When it went live." },
    stopped_at: { type: "time", meaning: "When it was switched off." },
  },
} as const satisfies LedgerTable;
