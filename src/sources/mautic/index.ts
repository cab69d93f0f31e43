import {
  accountId,
  allOf,
  clickId,
  constant,
  first,
  is,
  isTrue,
  lower,
  not,
  number,
  oneOf,
  present,
  text,
  time,
  urlParameter,
} from "../expressions.ts";
import type { Recording, Source } from "../source.ts";

/**
 * Mautic's own database tables, exported as they are (the table prefix does not matter: columns tell).
 *
 * email_stats holds one row per mail and person with sent, read and failed; clicks are page hits with a redirect_id and
 * an email_id. A "do not contact" row is an unsubscribe (1), a bounce (2) or a decision by hand (3). Times are UTC.
 */
const vendor = "mautic";
const person = { id: text("lead_id"), email: text("email_address") };

const mail = (kind: string, at: string, when?: Recording["when"]): Recording => ({
  into: "events",
  ...(when ? { when } : {}),
  key: [constant("email_stats"), text("id"), constant(kind)],
  who: person,
  set: {
    occurred_at: time(at),
    kind: constant(kind),
    message: text("id"),
    campaign: text("email_id"),
    asset: text("email_id"),
    automation: oneOf("source", { "campaign.event": "campaign" }, null),
    utm_source: constant("mautic"),
    utm_medium: constant("email"),
    ...(kind === "email_bounced" ? { detail: constant("soft") } : {}),
  },
});

/** Everything of this vendor that can be recognised. */
export const mautic: readonly Source[] = [
  {
    id: "mautic/contacts",
    vendor,
    title: "Contacts (table leads)",
    columns: ["id", "points", "date_identified", "date_added", "stage_id"],
    also: ["email", "last_active", "owner_id", "firstname", "lastname"],
    record: [
      {
        into: "people",
        key: [text("id")],
        version: first(time("date_modified"), time("date_added")),
        who: { id: text("id"), email: text("email"), phone: first("mobile", "phone") },
        set: {
          email: text("email"),
          name: first("lastname", "firstname"),
          created_at: first(time("date_identified"), time("date_added")),
          company: text("company"),
          country: text("country"),
          city: text("city"),
          owner: text("owner_id"),
          score: number("points"),
        },
      },
    ],
  },
  {
    id: "mautic/email-stats",
    vendor,
    title: "E-mails sent to contacts (table email_stats)",
    columns: ["id", "email_id", "lead_id", "email_address", "date_sent", "is_read", "is_failed"],
    also: ["date_read", "tracking_hash", "open_count"],
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
          started_at: time("publish_up"),
        },
      },
    ],
  },
  {
    id: "mautic/page-hits",
    vendor,
    title: "Page hits (table page_hits)",
    columns: ["id", "date_hit", "lead_id", "url", "tracking_id", "redirect_id"],
    also: ["referer", "user_agent", "email_id", "page_id"],
    record: [
      {
        into: "events",
        when: not(allOf(present("redirect_id"), present("email_id"))),
        key: [constant("page_hits"), text("id")],
        who: { id: text("lead_id"), anonymous: text("tracking_id") },
        set: {
          occurred_at: time("date_hit"),
          kind: constant("page_viewed"),
          page: text("url"),
          referrer: text("referer"),
          utm_source: urlParameter("url", "utm_source"),
          utm_medium: urlParameter("url", "utm_medium"),
          campaign: urlParameter("url", "utm_campaign"),
          click_id: clickId("url"),
          country: text("country"),
          user_agent: text("user_agent"),
        },
      },
      {
        into: "events",
        when: allOf(present("redirect_id"), present("email_id")),
        key: [constant("page_hits"), text("id")],
        who: { id: text("lead_id"), anonymous: text("tracking_id") },
        set: {
          occurred_at: time("date_hit"),
          kind: constant("email_clicked"),
          message: first("source_id", "email_id"),
          campaign: text("email_id"),
          link: text("url"),
          user_agent: text("user_agent"),
          utm_source: constant("mautic"),
          utm_medium: constant("email"),
        },
      },
    ],
  },
  {
    id: "mautic/stage-changes",
    vendor,
    title: "Stage changes (table lead_stages_change_log)",
    columns: ["id", "lead_id", "stage_id", "event_name", "action_name", "date_added"],
    without: ["delta"],
    record: [
      {
        into: "stages",
        key: [constant("stage"), text("id")],
        who: { id: text("lead_id") },
        set: {
          entered_at: time("date_added"),
          stage: oneOf(lower("event_name"), {
            subscriber: "subscriber",
            lead: "lead",
            mql: "mql",
            "marketing qualified lead": "mql",
            sql: "sql",
            "sales qualified lead": "sql",
            opportunity: "opportunity",
            customer: "customer",
          }),
          reason: text("action_name"),
        },
      },
    ],
  },
  {
    id: "mautic/form-submissions",
    vendor,
    title: "Form submissions (table form_submissions)",
    columns: ["id", "form_id", "lead_id", "tracking_id", "date_submitted"],
    record: [
      {
        into: "events",
        key: [constant("form_submissions"), text("id")],
        who: { id: text("lead_id"), anonymous: text("tracking_id") },
        set: {
          occurred_at: time("date_submitted"),
          kind: constant("form_submitted"),
          goal: text("form_id"),
          page: text("page_id"),
          referrer: text("referer"),
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
          utm_source: constant("mautic"),
          utm_medium: constant("email"),
        },
      },
    ],
  },
  {
    id: "mautic/company-contacts",
    vendor,
    title: "Contacts of companies (table companies_leads)",
    columns: ["company_id", "lead_id", "date_added", "is_primary"],
    record: [
      {
        into: "people",
        when: isTrue("is_primary"),
        key: [constant("company"), text("lead_id")],
        version: time("date_added"),
        who: { id: text("lead_id") },
        set: { account: accountId("company_id") },
      },
    ],
  },
];
