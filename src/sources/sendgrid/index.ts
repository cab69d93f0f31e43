import {
  anyOf,
  boolean,
  capture,
  constant,
  first,
  is,
  matches,
  not,
  oneOf,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Source } from "../source.ts";

/**
 * The log of SendGrid's event webhook: one JSON object per event.
 *
 * `processed` is the moment of sending. A bounce of type "blocked" may work later (soft), one of type "bounce" will not
 * (hard); without a type the reply code tells (4.x soft, 5.x hard). The part of sg_message_id before ".filter" or
 * ".recvd" is shared by all events of a message. Marketing campaigns name themselves; otherwise the first category is
 * the campaign.
 *
 * Left out: `deferred` (tried again later) and `dropped`. SendGrid drops a mail before sending it, because the address
 * bounced, complained or unsubscribed earlier or is no address: it is neither sent nor bounced, in SendGrid's own
 * statistics too, so it stands among the rejects with its reason.
 */
const kinds: Readonly<Record<string, string>> = {
  processed: "email_sent",
  delivered: "email_delivered",
  open: "email_opened",
  click: "email_clicked",
  bounce: "email_bounced",
  spamreport: "email_complained",
  unsubscribe: "email_unsubscribed",
  group_unsubscribe: "email_unsubscribed",
  group_resubscribe: "email_subscribed",
};

const category = first(capture("category", '^\\[\\s*"([^"]+)"'), "category");

const bounce = first(
  oneOf("type", { bounce: "hard", blocked: "soft" }, null),
  when(matches("status", "^5"), constant("hard")),
  when(matches("status", "^4"), constant("soft")),
);

/** Everything of this vendor that can be recognised. */
export const sendgrid: readonly Source[] = [
  {
    id: "sendgrid/events",
    vendor: "sendgrid",
    title: "Event webhook log (JSON)",
    columns: ["email", "timestamp", "event", "sg_event_id"],
    also: ["sg_message_id", "smtp-id", "useragent", "category", "sg_machine_open"],
    skip: {
      when: not(anyOf(is("event", ...Object.keys(kinds)))),
      reason: "not a step that is counted: deferred (tried again later) or dropped (never sent)",
    },
    record: [
      {
        into: "events",
        key: [text("sg_event_id")],
        who: { email: text("email") },
        set: {
          occurred_at: time("timestamp", { unit: "seconds" }),
          kind: oneOf("event", kinds),
          message: first(
            capture("sg_message_id", "^(.+?)\\.(?:filter|recvd)"),
            capture("sg_message_id", "^([^.]+)"),
            "smtp-id",
          ),
          campaign: first("marketing_campaign_name", "singlesend_name", category),
          automation: first("automation", "mc_auto_name", "automation_name"),
          asset: first("template_name", category),
          list: text("asm_group_id"),
          link: text("url"),
          detail: when(is("event", "bounce"), bounce),
          user_agent: text("useragent"),
          network: text("ip"),
          machine: boolean("sg_machine_open"),
          utm_source: constant("sendgrid"),
          utm_medium: constant("email"),
        },
      },
    ],
  },
];
