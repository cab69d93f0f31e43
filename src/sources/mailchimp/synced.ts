import {
  constant,
  first,
  isTrue,
  joined,
  lookup,
  matches,
  number,
  oneOf,
  present,
  text,
  time,
} from "../expressions.ts";
import type { Recording, Source } from "../source.ts";

/**
 * Mailchimp tables as a warehouse sync lands them. A member's id is the MD5 of the e-mail address, the same on every
 * list. The table of recipients has no time: a message counts as sent when its campaign was.
 */
const vendor = "mailchimp";

const message = joined(":", first("campaign_id", "automation_email_id"), "member_id");

const activity = (campaign: string): Recording => ({
  into: "events",
  key: [text(campaign), text("member_id"), text("action"), text("timestamp"), text("url")],
  who: { id: text("member_id") },
  set: {
    occurred_at: time("timestamp"),
    kind: oneOf("action", {
      open: "email_opened",
      click: "email_clicked",
      bounce: "email_bounced",
    }),
    campaign: text(campaign),
    message,
    link: text("url"),
    list: text("list_id"),
    detail: text("bounce_type"),
    network: text("ip"),
    utm_source: constant("mailchimp"),
    utm_medium: constant("email"),
  },
});

const members: Source = {
  id: "mailchimp/members",
  vendor,
  title: "Members (synced table)",
  columns: ["id", "list_id", "email_address", "status", "timestamp_opt", "unique_email_id"],
  record: [
    {
      into: "people",
      key: [text("id"), text("list_id")],
      version: time("last_changed"),
      who: { id: text("id"), email: text("email_address") },
      set: {
        email: text("email_address"),
        name: joined(" ", "merge_fname", "merge_lname"),
        created_at: time(first("timestamp_signup", "timestamp_opt")),
        country: text("country_code"),
        language: text("language"),
        score: number("member_rating"),
      },
    },
    {
      into: "events",
      when: present(first("timestamp_opt", "timestamp_signup")),
      key: [text("list_id"), text("id"), constant("subscribed")],
      who: { id: text("id"), email: text("email_address") },
      set: {
        occurred_at: time(first("timestamp_opt", "timestamp_signup")),
        kind: constant("email_subscribed"),
        list: text("list_id"),
        network: first("ip_opt", "ip_signup"),
      },
    },
  ],
};

const campaigns: Source = {
  id: "mailchimp/campaigns",
  vendor,
  title: "Campaigns (synced table)",
  columns: ["id", "list_id", "send_time", "subject_line", "title", "winner_criteria"],
  record: [
    {
      into: "campaigns",
      key: [text("id")],
      deleted: isTrue("_fivetran_deleted"),
      set: {
        campaign: text("id"),
        name: first("title", "subject_line"),
        subject: text("subject_line"),
        started_at: time("send_time"),
      },
    },
  ],
};

const recipients: Source = {
  id: "mailchimp/campaign-recipients",
  vendor,
  title: "Campaign recipients (synced table)",
  columns: ["campaign_id", "member_id", "list_id"],
  without: ["action", "timestamp"],
  after: ["mailchimp/campaigns"],
  record: [
    {
      into: "events",
      key: [text("campaign_id"), text("member_id"), constant("sent")],
      who: { id: text("member_id") },
      set: {
        occurred_at: lookup("campaigns", ["campaign_id"], "started_at", {
          waitsFor: "Campaigns (synced table)",
        }),
        kind: constant("email_sent"),
        campaign: text("campaign_id"),
        message,
        list: text("list_id"),
        utm_source: constant("mailchimp"),
        utm_medium: constant("email"),
      },
    },
  ],
};

const unsubscribes: Source = {
  id: "mailchimp/unsubscribes",
  vendor,
  title: "Unsubscribes (synced table)",
  columns: ["campaign_id", "member_id", "list_id", "timestamp"],
  without: ["action"],
  record: [
    {
      into: "events",
      key: [text("list_id"), text("member_id"), constant("unsubscribed"), text("timestamp")],
      who: { id: text("member_id") },
      set: {
        occurred_at: time("timestamp"),
        kind: constant("email_unsubscribed"),
        campaign: text("campaign_id"),
        message,
        list: text("list_id"),
        detail: text("reason"),
        utm_source: constant("mailchimp"),
        utm_medium: constant("email"),
      },
    },
  ],
};

/** Mailchimp tables as synced. */
export const mailchimpTables: readonly Source[] = [
  members,
  campaigns,
  recipients,
  unsubscribes,
  {
    id: "mailchimp/campaign-activity",
    vendor,
    title: "Opens, clicks and bounces of campaigns (synced table)",
    columns: ["action", "campaign_id", "member_id", "timestamp"],
    also: ["bounce_type", "ip", "url", "list_id"],
    record: [activity("campaign_id")],
  },
  {
    id: "mailchimp/automation-activity",
    vendor,
    title: "Opens, clicks and bounces of automations (synced table)",
    columns: ["action", "automation_email_id", "member_id", "timestamp"],
    also: ["bounce_type", "ip", "url", "list_id"],
    record: [activity("automation_email_id")],
  },
  {
    id: "mailchimp/automation-recipients",
    vendor,
    title: "Recipients of automations (synced table)",
    columns: ["automation_email_id", "member_id", "list_id"],
    without: ["action", "timestamp"],
    skip: {
      when: matches("automation_email_id", "."),
      reason:
        "the table does not say when the message was sent; opens and clicks are in its activity",
    },
    record: [],
  },
  {
    id: "mailchimp/automations",
    vendor,
    title: "Automations (synced table)",
    columns: ["id", "list_id", "trigger_settings", "start_time", "title"],
    record: [
      {
        into: "automations",
        key: [text("id")],
        deleted: isTrue("_fivetran_deleted"),
        set: {
          automation: text("id"),
          name: text("title"),
          tool: constant("Mailchimp"),
          went_live_at: time("start_time"),
        },
      },
    ],
  },
  {
    id: "mailchimp/automation-emails",
    vendor,
    title: "E-mails of automations (synced table)",
    columns: ["id", "automation_id", "subject_line", "delay_type", "position"],
    record: [
      {
        into: "campaigns",
        key: [text("id")],
        deleted: isTrue("_fivetran_deleted"),
        set: {
          campaign: text("id"),
          name: first("title", "subject_line"),
          subject: text("subject_line"),
          automation: text("automation_id"),
          started_at: time("start_time"),
        },
      },
    ],
  },
];
