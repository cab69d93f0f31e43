import {
  allOf,
  anyOf,
  boolean,
  constant,
  first,
  is,
  isTrue,
  lookup,
  not,
  oneOf,
  personId,
  text,
  time,
} from "../expressions.ts";
import type { Expression, Recording, Source } from "../source.ts";

/**
 * HubSpot's e-mail events and engagements, as synced tables and as the e-mail events interface returns them.
 *
 * The table `email_event` holds who, when and what; its tables per type hold details only, without a person or a time,
 * and are not booked. An event that HubSpot itself filtered (bots, own network) is marked as done by a machine. An
 * engagement takes one of its contacts: the table that links them is looked up.
 */
const vendor = "hubspot";

const emailKinds: Readonly<Record<string, string>> = {
  SENT: "email_sent",
  DELIVERED: "email_delivered",
  OPEN: "email_opened",
  CLICK: "email_clicked",
  BOUNCE: "email_bounced",
  SPAMREPORT: "email_complained",
};

const subscription = first("portal_subscription_status", "portalSubscriptionStatus");
const isChange = allOf(is("type", "STATUSCHANGE"), is(subscription, "SUBSCRIBED", "UNSUBSCRIBED"));

const bounce: Expression = oneOf(
  "category",
  { UNKNOWN_USER: "hard", POLICY: "soft", SPAM: "soft" },
  "soft",
);

const emailEvent = (kind: Expression, when: Recording["when"], detail: Expression): Recording => ({
  into: "events",
  ...(when ? { when } : {}),
  key: [text("id")],
  who: { email: text("recipient") },
  set: {
    occurred_at: time("created", { unit: "milliseconds" }),
    kind,
    campaign: first("email_campaign_id", "emailCampaignId"),
    message: first("sent_by_id", text("sentBy", "id"), "id"),
    link: text("url"),
    detail,
    user_agent: first("user_agent", "userAgent"),
    network: first("ip_address", "ipAddress"),
    machine: boolean(first("filtered_event", "filteredEvent")),
    utm_source: constant("hubspot"),
    utm_medium: constant("email"),
  },
});

const engagement = (
  format: string,
  title: string,
  kind: string,
  columns: readonly string[],
  at: Expression,
  detail: string,
): Source => ({
  id: `hubspot/${format}`,
  vendor,
  title: `${title} (synced table)`,
  columns: ["engagement_id", ...columns],
  without: ["contact_id", "company_id", "deal_id", "property_hs_note_body"],
  fileName: new RegExp(`engagement_${format.replace(/s$/, "")}`, "i"),
  needsFileName: true,
  after: ["hubspot/engagement-contacts"],
  record: [
    {
      into: "events",
      when: not(isTrue("_fivetran_deleted")),
      key: [constant("engagement"), text("engagement_id")],
      set: {
        occurred_at: at,
        kind: constant(kind),
        identity: lookup(
          "associations",
          [constant("engagement"), text("engagement_id")],
          "to_identity",
          { waitsFor: "Engagements and their contacts (synced table)", waits: "file" },
        ),
        detail: first(...detail.split(" ")),
      },
    },
  ],
});

/** HubSpot's tables of e-mail events, forms and engagements. */
export const hubspotActivityTables: readonly Source[] = [
  {
    id: "hubspot/email-events",
    vendor,
    title: "E-mail events (synced table, or JSON of the interface)",
    columns: ["id", "type", "created", "recipient"],
    also: ["email_campaign_id", "sent_by_id", "filtered_event", "portal_id", "app_id"],
    skip: {
      when: not(anyOf(is("type", ...Object.keys(emailKinds)), isChange)),
      reason:
        "a step that is not counted (processed, deferred, dropped, printed …), or a change of subscription that does not say which",
    },
    record: [
      emailEvent(oneOf("type", emailKinds), is("type", ...Object.keys(emailKinds)), bounce),
      emailEvent(
        oneOf(subscription, {
          SUBSCRIBED: "email_subscribed",
          UNSUBSCRIBED: "email_unsubscribed",
        }),
        isChange,
        text("source"),
      ),
    ],
  },
  {
    id: "hubspot/email-campaigns",
    vendor,
    title: "E-mail campaigns (synced table)",
    columns: ["id", "app_id", "content_id", "num_included", "subject", "name"],
    record: [
      {
        into: "campaigns",
        key: [text("id")],
        version: time("_fivetran_synced"),
        set: {
          campaign: text("id"),
          name: first("name", "subject"),
          subject: text("subject"),
        },
      },
    ],
  },
  {
    id: "hubspot/form-submissions",
    vendor,
    title: "Form submissions (synced table)",
    columns: ["timestamp", "form_id", "contact_id", "page_url", "title"],
    record: [
      {
        into: "events",
        key: [text("form_id"), text("contact_id"), text("timestamp")],
        who: { id: text("contact_id") },
        set: {
          occurred_at: time("timestamp"),
          kind: constant("form_submitted"),
          goal: first("title", "form_id"),
          page: text("page_url"),
        },
      },
    ],
  },
  {
    id: "hubspot/engagement-contacts",
    vendor,
    title: "Engagements and their contacts (synced table)",
    columns: ["contact_id", "engagement_id", "type_id"],
    record: [
      {
        into: "associations",
        key: [constant("engagement"), text("engagement_id")],
        version: time("_fivetran_synced"),
        set: {
          from_kind: constant("engagement"),
          from_id: text("engagement_id"),
          to_kind: constant("person"),
          to_identity: personId("contact_id"),
          to_id: text("contact_id"),
        },
      },
    ],
  },
  engagement(
    "calls",
    "Calls",
    "call",
    ["property_hs_timestamp", "type"],
    time("property_hs_timestamp"),
    "property_hs_call_title property_hs_call_status",
  ),
  engagement(
    "meetings",
    "Meetings",
    "meeting",
    ["start_time", "end_time", "meeting_outcome"],
    time(first("start_time", "property_hs_meeting_start_time", "property_hs_timestamp")),
    "title meeting_outcome",
  ),
  engagement(
    "emails",
    "Sales e-mails",
    "sales_email",
    ["property_hs_timestamp", "property_hs_email_subject"],
    time("property_hs_timestamp"),
    "property_hs_email_subject",
  ),
  engagement(
    "tasks",
    "Tasks",
    "task_done",
    ["property_hs_timestamp", "property_hs_task_type"],
    time(first("property_hs_task_completion_date", "property_hs_timestamp")),
    "property_hs_task_subject property_hs_task_type",
  ),
];
