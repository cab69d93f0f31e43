import { audienceDays } from "../../derive/audience-days.ts";
import { costDays } from "../../derive/cost-days.ts";
import { interactions } from "../../derive/interactions.ts";
import { messages } from "../../derive/messages.ts";
import { placementTests } from "../../derive/placement-tests.ts";
import { sessions } from "../../derive/sessions.ts";
import { subscriberSpans } from "../../derive/subscriber-spans.ts";
import { over } from "../over.ts";

const isPerson = { column: "machine", isNull: true } as const;
const isEmail = { column: "medium", is: "email" } as const;
const isSms = { column: "medium", is: "sms" } as const;
const isWhatsapp = { column: "medium", is: "whatsapp" } as const;
const isPush = { column: "medium", is: "push" } as const;
const span = { distinct: "person", from: "from_at", to: "to_at" } as const;
const offTheList = {
  column: "ended_by",
  is: ["unsubscribed", "bounced", "complained"],
} as const;

/** Kinds of event in which nobody was reached. */
const notReached = [
  "email_sent",
  "email_bounced",
  "sms_sent",
  "sms_failed",
  "whatsapp_sent",
  "push_sent",
  "task_done",
] as const;
const wasReached = {
  all: [isPerson, { column: "kind", isNot: notReached }, { column: "channel", isNot: "unknown" }],
} as const;

/** Sum of the column over messages of one medium. */
const sumOf = <Column extends keyof typeof messages.columns>(
  column: Column,
  where: { readonly column: "medium"; readonly is: string },
) => ({ aggregate: { op: "sum", column }, where, unit: "count" }) as const;

/** How often an event of these kinds happened, robots left out. */
const happened = (...kinds: readonly string[]) =>
  ({
    aggregate: { op: "sum", column: "quantity" },
    where: { all: [isPerson, { column: "kind", is: kinds }] },
    unit: "count",
  }) as const;

/** Messages, visits, ads, social networks and audiences. */
export const engagementMeasures = [
  ...over(messages, {
    emails_sent: sumOf("sent", isEmail),
    emails_delivered: sumOf("delivered", isEmail),
    email_opens: {
      ...sumOf("opened", isEmail),
      leavesOut: [
        {
          code: "machine_opens",
          where: { all: [isEmail, { column: "machine_opened", atLeast: 1 }] },
        },
      ],
    },
    email_machine_opens: sumOf("machine_opened", isEmail),
    email_clicks: {
      ...sumOf("clicked", isEmail),
      leavesOut: [
        {
          code: "machine_clicks",
          where: { all: [isEmail, { column: "machine_clicked", atLeast: 1 }] },
        },
      ],
    },
    email_machine_clicks: sumOf("machine_clicked", isEmail),
    email_bounces: sumOf("bounced", isEmail),
    hard_bounces: sumOf("hard_bounced", isEmail),
    soft_bounces: sumOf("soft_bounced", isEmail),
    spam_complaints: sumOf("complained", isEmail),
    unsubscribes: sumOf("unsubscribed", isEmail),
    email_replies: sumOf("replied", isEmail),
    sms_sent: sumOf("sent", isSms),
    sms_delivered: sumOf("delivered", isSms),
    sms_clicks: sumOf("clicked", isSms),
    sms_unsubscribes: sumOf("unsubscribed", isSms),
    sms_replies: sumOf("replied", isSms),
    whatsapp_delivered: sumOf("delivered", isWhatsapp),
    whatsapp_reads: sumOf("opened", isWhatsapp),
    whatsapp_clicks: sumOf("clicked", isWhatsapp),
    whatsapp_replies: sumOf("replied", isWhatsapp),
    push_delivered: sumOf("delivered", isPush),
    push_opens: sumOf("opened", isPush),
  }),
  ...over(placementTests, {
    placed_in_inbox: { aggregate: { op: "sum", column: "inbox" }, unit: "count" },
    placed_in_spam: { aggregate: { op: "sum", column: "spam" }, unit: "count" },
    placement_missing: { aggregate: { op: "sum", column: "missing" }, unit: "count" },
  }),
  ...over(subscriberSpans, {
    subscribers_start: { aggregate: { op: "stock", ...span, at: "start" }, unit: "count" },
    subscribers: { aggregate: { op: "stock", ...span, at: "end" }, unit: "count" },
    inactive_subscribers: {
      aggregate: { op: "stock", ...span, at: "end" },
      where: { column: "state", is: "inactive" },
      unit: "count",
    },
    new_subscribers: {
      aggregate: { op: "distinct", column: "person" },
      where: { column: "started_by", is: ["subscribed", "imported"] },
      unit: "count",
    },
    lost_subscribers: {
      aggregate: { op: "distinct", column: "person" },
      where: offTheList,
      time: "to_at",
      unit: "count",
    },
    list_unsubscribes: {
      aggregate: { op: "distinct", column: "person" },
      where: { column: "ended_by", is: "unsubscribed" },
      time: "to_at",
      unit: "count",
    },
  }),
  ...over(sessions, {
    session_page_views: {
      aggregate: { op: "sum", column: "page_views" },
      where: isPerson,
      unit: "count",
    },
    bounced_sessions: {
      aggregate: { op: "count" },
      where: { all: [isPerson, { column: "bounced", is: true }] },
      unit: "count",
    },
    median_session_seconds: {
      aggregate: { op: "quantile", column: "seconds", share: 0.5 },
      where: isPerson,
      unit: "seconds",
    },
    mean_session_seconds: {
      aggregate: { op: "mean", column: "seconds" },
      where: isPerson,
      unit: "seconds",
    },
  }),
  ...over(interactions, {
    page_views: happened("page_viewed"),
    form_submissions: happened("form_submitted"),
    event_impressions: happened("ad_impression"),
    event_ad_clicks: happened("ad_click"),
    social_likes: happened("social_like"),
    social_shares: happened("social_share"),
    social_comments: happened("social_comment"),
    social_saves: happened("social_save"),
    social_replies: happened("social_reply"),
    social_messages: happened("social_message"),
    social_link_clicks: happened("social_link_click"),
    social_impressions: happened("social_impression"),
    social_reached: happened("social_reached"),
    video_views: happened("video_watched"),
    video_watch_seconds: {
      aggregate: { op: "sum", column: "seconds" },
      where: { all: [isPerson, { column: "kind", is: "video_watched" }] },
      unit: "seconds",
    },
    reached_persons: {
      aggregate: { op: "distinct", column: "person" },
      where: wasReached,
      unit: "count",
    },
    persons_reached_in_two_channels: {
      aggregate: { op: "peopleInMany", person: "person", column: "channel", atLeast: 2 },
      where: wasReached,
      unit: "count",
    },
  }),
  ...over(audienceDays, {
    followers: {
      aggregate: { op: "last", column: "count", per: ["channel"] },
      where: { column: "kind", is: "followers" },
      unit: "count",
    },
    follower_change: {
      aggregate: { op: "sum", column: "change" },
      where: { column: "kind", is: "followers" },
      unit: "count",
    },
    daily_reach: {
      aggregate: { op: "sum", column: "count" },
      where: { column: "kind", is: "reach" },
      unit: "count",
    },
  }),
  ...over(costDays, {
    ad_impressions: { aggregate: { op: "sum", column: "impressions" }, unit: "count" },
    ad_clicks: { aggregate: { op: "sum", column: "clicks" }, unit: "count" },
    claimed_conversions: {
      aggregate: { op: "sum", column: "claimed_conversions" },
      unit: "count",
    },
    claimed_leads: { aggregate: { op: "sum", column: "claimed_leads" }, unit: "count" },
    claimed_value: { aggregate: { op: "sum", column: "claimed_value" }, unit: "money" },
  }),
] as const;
