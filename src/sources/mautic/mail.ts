import {
  allOf,
  constant,
  first,
  is,
  isTrue,
  joined,
  lookup,
  not,
  oneOf,
  present,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Condition, Expression, Recording, Source } from "../source.ts";

/**
 * E-mails of Mautic's database. email_stats holds one row per mail and person with sent, read and failed (soft bounce);
 * clicks are page hits. A "do not contact" row is an unsubscribe (1), a hard bounce (2) or a decision by hand (3), which
 * is left out, as are other channels than e-mail.
 *
 * Only email_stats knows the single message. So no row carries an id of the message: what a person does about an e-mail
 * belongs to the last time that it was sent to them.
 */
const vendor = "mautic";

export const mailOrigin = {
  utm_source: constant("mautic"),
  utm_medium: constant("email"),
} as const;

const automation: Expression = when(
  is("source", "campaign.event"),
  first(
    lookup("associations", [constant("campaign event"), "source_id"], "to_id"),
    joined(" ", constant("campaign event"), "source_id"),
  ),
);

const mail = (kind: string, at: string, applies?: Condition): Recording => ({
  into: "events",
  ...(applies ? { when: applies } : {}),
  key: [constant("email_stats"), text("id"), constant(kind)],
  who: { id: text("lead_id"), email: text("email_address") },
  set: {
    occurred_at: time(at),
    kind: constant(kind),
    campaign: text("email_id"),
    asset: text("email_id"),
    automation,
    ...mailOrigin,
    ...(kind === "email_bounced" ? { detail: constant("soft") } : {}),
  },
});

/** Tables of Mautic about e-mail and campaigns. */
export const mauticMail: readonly Source[] = [
  {
    id: "mautic/email-stats",
    vendor,
    title: "E-mails sent to contacts (table email_stats)",
    columns: ["id", "email_id", "lead_id", "email_address", "date_sent", "is_read", "is_failed"],
    also: ["date_read", "tracking_hash", "open_count"],
    after: ["mautic/campaign-events"],
    record: [
      mail("email_sent", "date_sent"),
      mail("email_opened", "date_read", allOf(isTrue("is_read"), present("date_read"))),
      mail("email_bounced", "date_sent", isTrue("is_failed")),
    ],
  },
  {
    id: "mautic/emails",
    vendor,
    title: "E-mails (table emails)",
    columns: ["id", "name", "subject", "email_type", "sent_count", "read_count"],
    record: [
      {
        into: "campaigns",
        key: [text("id")],
        version: time("date_modified"),
        set: {
          campaign: text("id"),
          name: text("name"),
          subject: text("subject"),
          started_at: first(time("publish_up"), time("date_added")),
        },
      },
    ],
  },
  {
    id: "mautic/campaigns",
    vendor,
    title: "Campaigns (table campaigns)",
    columns: ["id", "name", "canvas_settings", "allow_restart"],
    also: ["publish_up", "publish_down", "is_published"],
    record: [
      {
        into: "automations",
        key: [text("id")],
        version: time("date_modified"),
        deleted: present("deleted"),
        set: {
          automation: text("id"),
          name: text("name"),
          tool: constant("Mautic"),
          went_live_at: first(time("publish_up"), time("date_added")),
          stopped_at: time("publish_down"),
        },
      },
    ],
  },
  {
    id: "mautic/campaign-events",
    vendor,
    title: "Steps of campaigns (table campaign_events)",
    columns: ["id", "campaign_id", "parent_id", "event_type", "trigger_mode"],
    record: [
      {
        into: "associations",
        key: [constant("campaign event"), text("id")],
        set: {
          from_kind: constant("campaign event"),
          from_id: text("id"),
          to_kind: constant("automation"),
          to_id: text("campaign_id"),
        },
      },
    ],
  },
  {
    id: "mautic/do-not-contact",
    vendor,
    title: "Do not contact (table lead_donotcontact)",
    columns: ["id", "lead_id", "date_added", "reason", "channel", "comments"],
    skip: {
      when: not(allOf(is("channel", "email"), is("reason", "1", "2"))),
      reason: "blocked by hand, or another channel than e-mail",
    },
    record: [
      {
        into: "events",
        key: [constant("do_not_contact"), text("id")],
        who: { id: text("lead_id") },
        set: {
          occurred_at: time("date_added"),
          kind: oneOf("reason", { "1": "email_unsubscribed", "2": "email_bounced" }),
          detail: oneOf("reason", { "2": "hard" }, null),
          campaign: text("channel_id"),
          asset: text("channel_id"),
          ...mailOrigin,
        },
      },
    ],
  },
];
