import {
  anyOf,
  boolean,
  constant,
  first,
  is,
  isTrue,
  joined,
  not,
  oneOf,
  present,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Expression, Source } from "../source.ts";

/**
 * Klaviyo's tables as a warehouse sync lands them.
 *
 * "Received Email" is Klaviyo's word for a delivered mail; it keeps no moment of sending, and a mail that it never sent
 * ("Dropped Email") is left out. A message is a campaign to one person; a flow can send the same mail to a person
 * again, so there the time of sending belongs to the message's id. Orders, carts and site events in Klaviyo are copies
 * of the shop's and are taken from there.
 */
const vendor = "klaviyo";

const kinds: Readonly<Record<string, string>> = {
  "Received Email": "email_delivered",
  "Opened Email": "email_opened",
  "Clicked Email": "email_clicked",
  "Bounced Email": "email_bounced",
  "Marked Email as Spam": "email_complained",
  Unsubscribed: "email_unsubscribed",
  "Unsubscribed from Email Marketing": "email_unsubscribed",
  "Unsubscribed from List": "email_unsubscribed",
  "Subscribed to List": "email_subscribed",
  "Subscribed to Email Marketing": "email_subscribed",
  "Sent SMS": "sms_sent",
  "Received SMS": "sms_delivered",
  "Clicked SMS": "sms_clicked",
  "Failed to Deliver SMS": "sms_failed",
  "Unsubscribed from SMS": "sms_unsubscribed",
  "Unsubscribed from SMS Marketing": "sms_unsubscribed",
  "Received Push": "push_delivered",
  "Opened Push": "push_opened",
};

const medium: Expression = oneOf(
  "type",
  Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, kind.replace(/_.*$/, "")])),
  null,
);

/** Tables of Klaviyo. */
export const klaviyoTables: readonly Source[] = [
  {
    id: "klaviyo/events",
    vendor,
    title: "Events (synced table)",
    columns: ["id", "person_id", "datetime", "type", "campaign_id", "flow_id"],
    also: ["metric_id", "flow_message_id", "uuid", "property_subject"],
    skip: {
      when: anyOf(not(is("type", ...Object.keys(kinds))), isTrue("_fivetran_deleted")),
      reason:
        "deleted, never sent, or an order, cart or site event: those are taken from the shop, not from Klaviyo's copy",
    },
    record: [
      {
        into: "events",
        key: [text("id")],
        who: { id: text("person_id") },
        set: {
          occurred_at: time("datetime"),
          kind: oneOf("type", kinds),
          message: when(
            present("flow_id"),
            first("property_cohort_message_send_cohort", "flow_message_id"),
            first("campaign_id", "flow_message_id"),
          ),
          campaign: first("campaign_id", "property_campaign_name"),
          automation: text("flow_id"),
          asset: first("property_subject", "flow_message_id"),
          variant: first("_variation", "variation_id"),
          list: text("property_list"),
          link: text("property_url"),
          detail: oneOf("property_bounce_type", { hard: "hard", soft: "soft" }, null),
          user_agent: first("property_client_name", "property_client_type"),
          machine: boolean(first("property_machine_open", "property_bot_click")),
          utm_source: constant("klaviyo"),
          utm_medium: medium,
        },
      },
    ],
  },
  {
    id: "klaviyo/profiles",
    vendor,
    title: "Profiles (synced table)",
    columns: ["id", "email", "created", "updated", "organization", "timezone"],
    also: ["first_name", "last_name", "phone_number"],
    record: [
      {
        into: "people",
        key: [text("id")],
        version: time("updated"),
        deleted: isTrue("_fivetran_deleted"),
        who: { id: text("id"), email: text("email"), phone: text("phone_number") },
        set: {
          email: text("email"),
          name: joined(" ", "first_name", "last_name"),
          created_at: time("created"),
          company: text("organization"),
          country: text("country"),
          city: text("city"),
        },
      },
    ],
  },
  {
    id: "klaviyo/campaigns",
    vendor,
    title: "Campaigns (synced table)",
    columns: ["id", "name", "subject", "campaign_type", "send_time"],
    also: ["from_email", "status", "email_template_id"],
    record: [
      {
        into: "campaigns",
        key: [text("id")],
        version: time("updated"),
        deleted: isTrue("_fivetran_deleted"),
        set: {
          campaign: text("id"),
          name: text("name"),
          subject: text("subject"),
          started_at: first(time("sent_at"), time("send_time")),
        },
      },
    ],
  },
  {
    id: "klaviyo/flows",
    vendor,
    title: "Flows (synced table)",
    columns: ["id", "name", "status", "trigger_type"],
    also: ["archived", "created", "updated"],
    without: ["subject"],
    record: [
      {
        into: "automations",
        key: [text("id")],
        version: time("updated"),
        deleted: isTrue("_fivetran_deleted"),
        set: {
          automation: text("id"),
          name: text("name"),
          tool: constant("Klaviyo"),
          went_live_at: time("created"),
        },
      },
    ],
  },
];
