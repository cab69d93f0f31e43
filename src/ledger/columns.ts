import type { Columns } from "./table.ts";

/** Who a row is about: the identifiers as the source gives them. Intake normalises, hashes and links them. */
export const personColumns = {
  identity: {
    type: "identity",
    meaning: "The strongest identifier on the row; null when it names nobody.",
  },
} as const satisfies Columns;

/** Where an interaction, visit, order or cost belongs, as the source tells it; the channel rules read it. */
export const originColumns = {
  channel: { type: "text", meaning: "Channel, when the source itself states one." },
  utm_source: { type: "text", meaning: "UTM source, or the source's equivalent." },
  utm_medium: { type: "text", meaning: "UTM medium." },
  campaign: { type: "text", meaning: "Campaign name or id." },
  utm_term: { type: "text", meaning: "UTM term or keyword." },
  utm_content: { type: "text", meaning: "UTM content." },
  referrer: { type: "text", meaning: "Referring address." },
  click_id: {
    type: "text",
    meaning: "Kind of ad click id on the landing address: gclid, fbclid …",
  },
} as const satisfies Columns;

/** An amount and its currency, as booked. */
export const amountColumns = {
  amount: { type: "money", meaning: "Amount in its own currency.", required: true },
  currency: { type: "text", meaning: "ISO 4217 code; null takes the workspace's default." },
} as const satisfies Columns;
