import { boolean, constant, first, is, not, number, oneOf, text, time } from "../expressions.ts";
import type { Expression, Source } from "../source.ts";

/**
 * Klaviyo's tables as synced, and its campaign report.
 *
 * "Received Email" is Klaviyo's word for a delivered mail. A message is one campaign or flow message to one person.
 * Orders, carts and site events in Klaviyo are copies of the shop's and are taken from there.
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
  "Unsubscribed from SMS Marketing": "sms_unsubscribed",
};

const medium: Expression = oneOf(
  "type",
  Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [name, kind.startsWith("sms") ? "sms" : "email"]),
  ),
  null,
);

/** Everything of this vendor that can be recognised. */
export const klaviyo: readonly Source[] = [
  {
    id: "klaviyo/events",
    vendor,
    title: "Events (synced table)",
    columns: ["id", "person_id", "datetime", "type", "campaign_id", "flow_id"],
    also: ["metric_id", "flow_message_id", "uuid", "property_subject"],
    skip: {
      when: not(is("type", ...Object.keys(kinds))),
      reason: "an order, cart or site event: taken from the shop itself, not from Klaviyo's copy",
    },
    record: [
      {
        into: "events",
        key: [text("id")],
        who: { id: text("person_id") },
        set: {
          occurred_at: time("datetime"),
          kind: oneOf("type", kinds),
          message: first("flow_message_id", "campaign_id"),
          campaign: first("campaign_id", "property_campaign_name"),
          automation: text("flow_id"),
          asset: first("property_subject", "flow_message_id"),
          variant: first("_variation", "variation_id"),
          list: text("property_list"),
          link: text("property_url"),
          detail: oneOf("property_bounce_type", { hard: "hard", soft: "soft" }, null),
          user_agent: first("property_client_name", "property_client_type"),
          machine: boolean("property_machine_open"),
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
        who: { id: text("id"), email: text("email"), phone: text("phone_number") },
        set: {
          email: text("email"),
          name: first("name", "first_name"),
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
        set: {
          automation: text("id"),
          name: text("name"),
          tool: constant("Klaviyo"),
          went_live_at: time("created"),
        },
      },
    ],
  },
  {
    id: "klaviyo/campaign-report",
    vendor,
    title: "Campaign performance (CSV)",
    columns: ["Campaign Name", "Send Time", "Total Recipients", "Unique Opens", "Unique Clicks"],
    also: ["Tags", "Subject", "List", "Unsubscribes", "Bounces", "Spam Complaints", "Campaign ID"],
    zone: "workspace",
    record: (
      [
        ["email_sent", "Total Recipients"],
        ["email_delivered", "Successful Deliveries"],
        ["email_opened", "Unique Opens"],
        ["email_clicked", "Unique Clicks"],
        ["email_bounced", "Bounces"],
        ["email_complained", "Spam Complaints"],
        ["email_unsubscribed", "Unsubscribes"],
      ] as const
    ).map(([kind, column]) => ({
      into: "events" as const,
      when: not(is(first(column, constant("0")), "0")),
      key: [
        constant("report"),
        first("Campaign ID", "Campaign Name"),
        text("Send Time"),
        constant(kind),
      ],
      set: {
        occurred_at: time("Send Time"),
        kind: constant(kind),
        quantity: number(column),
        message: first("Campaign ID", "Campaign Name"),
        campaign: text("Campaign Name"),
        asset: text("Subject"),
        list: text("List"),
        utm_source: constant("klaviyo"),
        utm_medium: constant("email"),
      },
    })),
  },
];
