import {
  allOf,
  anyOf,
  constant,
  first,
  is,
  isPositive,
  not,
  number,
  present,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Condition, Recording, Source } from "../source.ts";

/**
 * Klaviyo's export of campaign analytics: one row per campaign, or per variation of it, with counts.
 *
 * Total Recipients are the mails sent: deliveries and bounces. Unique opens contain those of machines, which only the
 * events tell apart. Counts stand as they were when a campaign was first loaded: export campaigns that have settled, and
 * load either this report or the synced events for a period. Left out: revenue, which Klaviyo attributes by its own rule.
 */
const isSms = is("Campaign Channel", "SMS", "Text message");
const isEmail = anyOf(not(present("Campaign Channel")), is("Campaign Channel", "Email"));
const campaign = first("Campaign ID", "Campaign Name");

const counted = (kind: string, column: string, isOf: Condition): Recording => ({
  into: "events",
  when: allOf(isOf, isPositive(number(column))),
  key: [
    constant("report"),
    campaign,
    text("Variation Name"),
    text("Subject"),
    text("Send Time"),
    constant(kind),
  ],
  set: {
    occurred_at: time("Send Time"),
    kind: constant(kind),
    quantity: number(column),
    message: campaign,
    campaign: text("Campaign Name"),
    asset: text("Subject"),
    variant: text("Variation Name"),
    list: text("List"),
    utm_source: constant("klaviyo"),
    utm_medium: when(isSms, constant("sms"), constant("email")),
  },
});

/** Campaign analytics downloaded from Klaviyo. */
export const klaviyoCampaignReport: Source = {
  id: "klaviyo/campaign-report",
  vendor: "klaviyo",
  title: "Campaign performance (CSV)",
  columns: ["Campaign Name", "Send Time", "Total Recipients", "Unique Opens", "Unique Clicks"],
  also: [
    "Tags",
    "Subject",
    "List",
    "Send Weekday",
    "Unsubscribes",
    "Bounces",
    "Spam Complaints",
    "Successful Deliveries",
    "Campaign ID",
    "Campaign Channel",
  ],
  zone: "workspace",
  skip: {
    when: not(isPositive(number("Total Recipients"))),
    reason: "a campaign without recipients: not sent yet",
  },
  record: [
    counted("email_sent", "Total Recipients", isEmail),
    counted("email_delivered", "Successful Deliveries", isEmail),
    counted("email_opened", "Unique Opens", isEmail),
    counted("email_clicked", "Unique Clicks", isEmail),
    counted("email_bounced", "Bounces", isEmail),
    counted("email_complained", "Spam Complaints", isEmail),
    counted("email_unsubscribed", "Unsubscribes", isEmail),
    counted("sms_sent", "Total Recipients", isSms),
    counted("sms_delivered", "Successful Deliveries", isSms),
    counted("sms_clicked", "Unique Clicks", isSms),
    counted("sms_failed", "Bounces", isSms),
    counted("sms_unsubscribed", "Unsubscribes", isSms),
  ],
};
