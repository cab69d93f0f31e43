import {
  constant,
  first,
  isPositive,
  joined,
  number,
  present,
  text,
  time,
} from "../expressions.ts";
import type { Expression, Recording, Source } from "../source.ts";

/**
 * Files that people download from Mailchimp. The report of campaigns holds counts, not people: each count becomes one
 * event with a quantity at the time of sending. Counts that grew until a later download of the same campaign are
 * repeats of the first ones; download the report when a campaign has come to rest.
 */
const vendor = "mailchimp";

const counted = (kind: string, column: string, detail?: string): Recording => ({
  into: "events",
  when: isPositive(number(column)),
  key: [
    first("Unique Id", joined("|", "Title", "Send Date")),
    constant(kind),
    constant(detail ?? ""),
  ],
  set: {
    occurred_at: time("Send Date"),
    kind: constant(kind),
    quantity: number(column),
    campaign: text("Title"),
    asset: text("Subject"),
    message: first("Unique Id", joined("|", "Title", "Send Date")),
    list: first("List", "Audience"),
    ...(detail ? { detail: constant(detail) } : {}),
    utm_source: constant("mailchimp"),
    utm_medium: constant("email"),
  },
});

const campaignReport: Source = {
  id: "mailchimp/campaign-report",
  vendor,
  title: "Campaign report (CSV)",
  columns: [
    "Title",
    "Subject",
    "Send Date",
    "Total Recipients",
    "Successful Deliveries",
    "Unique Opens",
    "Unique Clicks",
  ],
  also: ["Hard Bounces", "Soft Bounces", "Abuse Complaints", "Unique Id", "Folder Id"],
  zone: "workspace",
  record: [
    {
      into: "campaigns",
      key: [first("Unique Id", joined("|", "Title", "Send Date"))],
      set: {
        campaign: text("Title"),
        name: text("Title"),
        subject: text("Subject"),
        started_at: time("Send Date"),
      },
    },
    counted("email_sent", "Total Recipients"),
    counted("email_delivered", "Successful Deliveries"),
    counted("email_bounced", "Hard Bounces", "hard"),
    counted("email_bounced", "Soft Bounces", "soft"),
    counted("email_opened", "Unique Opens"),
    counted("email_clicked", "Unique Clicks"),
    counted("email_unsubscribed", "Unsubscribes"),
    counted("email_complained", "Abuse Complaints"),
  ],
};

const listEvent = (
  kind: string,
  at: string,
  more: Readonly<Record<string, Expression>>,
): Recording => ({
  into: "events",
  when: present(at),
  key: [first("LEID", "EUID", "Email Address"), constant(kind), text(at)],
  who: { email: text("Email Address") },
  set: {
    occurred_at: time(at),
    kind: constant(kind),
    list: constant("Mailchimp audience"),
    ...more,
  },
});

const audience: Source = {
  id: "mailchimp/audience-export",
  vendor,
  title: "Audience export: subscribed, unsubscribed, cleaned (CSV)",
  columns: ["Email Address", "MEMBER_RATING", "OPTIN_TIME", "LAST_CHANGED", "LEID", "EUID"],
  also: ["CONFIRM_TIME", "UNSUB_TIME", "CLEAN_TIME", "CC", "TIMEZONE"],
  zone: "UTC",
  record: [
    {
      into: "people",
      key: [constant("audience"), text("EUID")],
      version: time("LAST_CHANGED"),
      who: { email: text("Email Address") },
      set: {
        email: text("Email Address"),
        name: joined(" ", "First Name", "Last Name"),
        created_at: time(first("OPTIN_TIME", "CONFIRM_TIME")),
        country: text("CC"),
        score: number("MEMBER_RATING"),
      },
    },
    listEvent("email_subscribed", "CONFIRM_TIME", {}),
    listEvent("email_unsubscribed", "UNSUB_TIME", {
      campaign: text("UNSUB_CAMPAIGN_TITLE"),
      detail: text("UNSUB_REASON"),
    }),
    listEvent("email_bounced", "CLEAN_TIME", {
      campaign: text("CLEAN_CAMPAIGN_TITLE"),
      detail: constant("hard"),
    }),
  ],
};

/** Files that people download from Mailchimp. */
export const mailchimpExports: readonly Source[] = [campaignReport, audience];
