import { originColumns, personColumns } from "../columns.ts";
import type { LedgerTable } from "../table.ts";

/** The kinds of interaction that the ledger knows. */
export const eventKinds = [
  "page_viewed",
  "goal_reached",
  "form_submitted",
  "email_sent",
  "email_delivered",
  "email_opened",
  "email_clicked",
  "email_bounced",
  "email_complained",
  "email_unsubscribed",
  "email_subscribed",
  "email_replied",
  "sms_sent",
  "sms_delivered",
  "sms_clicked",
  "sms_failed",
  "sms_unsubscribed",
  "sms_replied",
  "whatsapp_sent",
  "whatsapp_delivered",
  "whatsapp_read",
  "whatsapp_clicked",
  "whatsapp_replied",
  "push_sent",
  "push_delivered",
  "push_opened",
  "ad_impression",
  "ad_click",
  "link_clicked",
  "social_reached",
  "social_impression",
  "social_like",
  "social_share",
  "social_comment",
  "social_save",
  "social_reply",
  "social_message",
  "social_link_click",
  "video_watched",
  "call",
  "meeting",
  "sales_email",
  "task_done",
  "chat_started",
  "product_viewed",
  "cart_updated",
  "checkout_started",
] as const;

/** One of the kinds of interaction. */
export type EventKind = (typeof eventKinds)[number];

/** One interaction of a person with the company, or a counted batch of them. */
export const events = {
  name: "events",
  nature: "event",
  row: "one interaction (or a batch of the same kind, with a quantity)",
  time: "occurred_at",
  columns: {
    occurred_at: { type: "time", meaning: "When it happened.", required: true },
    kind: { type: "text", meaning: "What happened.", required: true, oneOf: eventKinds },
    ...personColumns,
    anonymous: {
      type: "identity",
      meaning: "The browser or device, when the row also knows the person.",
    },
    ...originColumns,
    automation: {
      type: "text",
      meaning: "Automation (flow, journey, workflow) that sent or caused it.",
    },
    asset: { type: "text", meaning: "E-mail, ad, post, form or file that it was about." },
    variant: { type: "text", meaning: "Variant of an A/B test." },
    message: {
      type: "text",
      meaning:
        "The vendor's id of the message sent to this person, shared by its sent, opened and clicked rows.",
    },
    page: { type: "text", meaning: "Address or path of the page." },
    link: { type: "text", meaning: "Address that was clicked." },
    goal: { type: "text", meaning: "Name of the goal, form or conversion." },
    session: { type: "text", meaning: "The source's own session id, as a hint." },
    list: { type: "text", meaning: "Mailing list of a subscription." },
    detail: {
      type: "text",
      meaning: "Kind of bounce (hard, soft), reason, or other short detail.",
    },
    user_agent: { type: "text", meaning: "User agent, for machine and bot rules." },
    network: { type: "text", meaning: "IP address as given, for machine and bot rules." },
    country: { type: "text", meaning: "Country as given." },
    device: { type: "text", meaning: "Device class as given." },
    quantity: { type: "number", meaning: "How many, for counted rows; null means 1." },
    seconds: { type: "number", meaning: "Duration in seconds: time on page, time watched." },
    machine: {
      type: "boolean",
      meaning: "True when the vendor itself says that a machine did it.",
    },
  },
} as const satisfies LedgerTable;
