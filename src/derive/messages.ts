import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** A message to a person (or a counted batch), with what became of it. */
export const messages = {
  name: "messages",
  row: "a message to a person (or a counted batch), with what became of it",
  scope: "person",
  time: { column: "sent_at", is: "instant" },
  columns: {
    message: { type: "text", meaning: "The message." },
    medium: { type: "text", meaning: "email, sms, whatsapp or push." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    sent_at: { type: "time", meaning: "When it was sent (or first known of)." },
    ...originColumns,
    automation: { type: "text", meaning: "Automation that sent it." },
    asset: { type: "text", meaning: "Which e-mail or template." },
    variant: { type: "text", meaning: "Variant of a test." },
    list: { type: "text", meaning: "Mailing list." },
    sent: { type: "number", meaning: "1 when sent, or how many." },
    delivered: { type: "number", meaning: "1 when delivered." },
    opened: { type: "number", meaning: "1 when opened by a person." },
    machine_opened: { type: "number", meaning: "1 when opened by machines only." },
    clicked: { type: "number", meaning: "1 when clicked by a person." },
    machine_clicked: { type: "number", meaning: "1 when clicked by machines only." },
    bounced: { type: "number", meaning: "1 when bounced." },
    hard_bounced: { type: "number", meaning: "1 when bounced for good." },
    soft_bounced: { type: "number", meaning: "1 when bounced for now." },
    complained: { type: "number", meaning: "1 when reported as spam." },
    unsubscribed: { type: "number", meaning: "1 when it led to an unsubscribe." },
    replied: { type: "number", meaning: "1 when replied to." },
    first_opened_at: { type: "time", meaning: "First open by a person." },
    first_clicked_at: { type: "time", meaning: "First click by a person." },
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    ...originDimensions,
    automation: "automation",
    asset: "asset",
    variant: "variant",
    list: "list",
    message_medium: "medium",
    account: "account",
    data_source: "data_source",
  },
  order: ["sent_at", "message", "person", "data_source"],
  inputs: ["derived.interactions"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
