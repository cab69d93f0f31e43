import type { Metric } from "../metric.ts";

const family = "engagement";
const count = { family, version: 1, unit: "count", good: "up" } as const;
const rate = { family, version: 1, unit: "percent", good: "up" } as const;
const fewer = { family, version: 1, unit: "percent", good: "down" } as const;

/** A metric that is one measure of the same name. */
const counted = (id: string, marks?: readonly string[]) =>
  ({
    ...count,
    id,
    variants: [{ id: "default", formula: id }],
    ...(marks ? { marks } : {}),
  }) as const satisfies Metric;

const email = [
  { ...counted("emails_sent"), good: "neutral", aliases: { sent: "default" } },
  { ...counted("emails_delivered"), aliases: { delivered: "default" } },
  {
    ...count,
    id: "email_opens",
    variants: [
      { id: "human", formula: "email_opens" },
      { id: "all", formula: "email_opens + email_machine_opens" },
    ],
    aliases: { opens: "human" },
    caveats: ["machine_opens"],
  },
  {
    ...count,
    id: "email_clicks",
    variants: [
      { id: "human", formula: "email_clicks" },
      { id: "all", formula: "email_clicks + email_machine_clicks" },
    ],
    caveats: ["machine_clicks"],
  },
  { ...counted("email_bounces"), good: "down", aliases: { bounces: "default" } },
  { ...counted("unsubscribes"), good: "down" },
  { ...counted("spam_complaints"), good: "down" },
  counted("email_replies"),
  {
    ...rate,
    id: "delivery_rate",
    variants: [{ id: "default", formula: "emails_delivered / emails_sent" }],
    marks: ["S2"],
  },
  {
    ...rate,
    id: "inbox_placement_rate",
    variants: [
      {
        id: "default",
        formula: "placed_in_inbox / (placed_in_inbox + placed_in_spam + placement_missing)",
      },
    ],
    marks: ["S2"],
    caveats: ["sample_only"],
  },
  {
    ...fewer,
    id: "spam_placement_rate",
    variants: [
      {
        id: "default",
        formula: "placed_in_spam / (placed_in_inbox + placed_in_spam + placement_missing)",
      },
    ],
    marks: ["S2"],
    caveats: ["sample_only"],
  },
  {
    ...rate,
    id: "open_rate",
    variants: [
      { id: "human", formula: "email_opens / emails_delivered" },
      { id: "all", formula: "(email_opens + email_machine_opens) / emails_delivered" },
    ],
    marks: ["S2", "S4"],
    caveats: ["machine_opens"],
  },
  {
    ...rate,
    id: "email_click_rate",
    variants: [
      { id: "human", formula: "email_clicks / emails_delivered" },
      { id: "all", formula: "(email_clicks + email_machine_clicks) / emails_delivered" },
    ],
    marks: ["S2", "S4"],
    caveats: ["machine_clicks"],
  },
  {
    ...rate,
    id: "click_to_open_rate",
    variants: [
      { id: "human", formula: "email_clicks / email_opens" },
      {
        id: "all",
        formula: "(email_clicks + email_machine_clicks) / (email_opens + email_machine_opens)",
      },
    ],
    marks: ["S2"],
    caveats: ["machine_opens", "clicks_without_opens"],
  },
  {
    ...fewer,
    id: "email_bounce_rate",
    variants: [
      { id: "all", formula: "email_bounces / emails_sent" },
      { id: "hard", formula: "hard_bounces / emails_sent" },
      { id: "soft", formula: "soft_bounces / emails_sent" },
    ],
    marks: ["S2", "S4"],
  },
  {
    ...fewer,
    id: "unsubscribe_rate",
    variants: [{ id: "delivered", formula: "unsubscribes / emails_delivered" }],
    marks: ["S2"],
  },
  {
    ...fewer,
    id: "spam_complaint_rate",
    variants: [{ id: "default", formula: "spam_complaints / emails_delivered" }],
    marks: ["S2"],
  },
  {
    ...rate,
    id: "reply_rate",
    variants: [{ id: "default", formula: "email_replies / emails_delivered" }],
    marks: ["S2"],
  },
] as const satisfies readonly Metric[];

const otherMessages = [
  { ...counted("sms_sent"), good: "neutral" },
  {
    ...rate,
    id: "sms_delivery_rate",
    variants: [{ id: "default", formula: "sms_delivered / sms_sent" }],
  },
  {
    ...rate,
    id: "sms_click_rate",
    variants: [{ id: "default", formula: "sms_clicks / sms_delivered" }],
  },
  {
    ...fewer,
    id: "sms_unsubscribe_rate",
    variants: [{ id: "default", formula: "sms_unsubscribes / sms_delivered" }],
  },
  {
    ...rate,
    id: "sms_reply_rate",
    variants: [{ id: "default", formula: "sms_replies / sms_delivered" }],
  },
  {
    ...rate,
    id: "whatsapp_read_rate",
    variants: [{ id: "default", formula: "whatsapp_reads / whatsapp_delivered" }],
  },
  {
    ...rate,
    id: "whatsapp_click_rate",
    variants: [{ id: "default", formula: "whatsapp_clicks / whatsapp_delivered" }],
  },
  {
    ...rate,
    id: "whatsapp_reply_rate",
    variants: [{ id: "default", formula: "whatsapp_replies / whatsapp_delivered" }],
  },
  {
    ...rate,
    id: "push_open_rate",
    variants: [{ id: "default", formula: "push_opens / push_delivered" }],
  },
] as const satisfies readonly Metric[];

const list = [
  counted("subscribers"),
  counted("new_subscribers"),
  { ...counted("lost_subscribers"), good: "down" },
  {
    ...fewer,
    id: "list_unsubscribe_rate",
    variants: [{ id: "default", formula: "list_unsubscribes / subscribers_start" }],
    marks: ["S2"],
  },
  {
    ...fewer,
    id: "inactive_subscriber_rate",
    variants: [{ id: "default", formula: "inactive_subscribers / subscribers" }],
    marks: ["S2"],
  },
  {
    ...rate,
    id: "list_growth_rate",
    variants: [
      { id: "default", formula: "(new_subscribers - lost_subscribers) / subscribers_start" },
    ],
    marks: ["S2"],
  },
] as const satisfies readonly Metric[];

const website = [
  counted("sessions", ["S2"]),
  counted("page_views", ["S2"]),
  {
    ...count,
    id: "website_traffic",
    variants: [
      { id: "visitors", formula: "visitors" },
      { id: "sessions", formula: "sessions" },
      { id: "page_views", formula: "page_views" },
    ],
    marks: ["S2"],
  },
  {
    ...rate,
    id: "website_traffic_uplift",
    variants: [
      { id: "sessions", formula: "change(sessions) / previous(sessions)" },
      { id: "visitors", formula: "change(visitors) / previous(visitors)" },
      { id: "page_views", formula: "change(page_views) / previous(page_views)" },
    ],
    marks: ["S2"],
  },
  {
    ...fewer,
    id: "bounce_rate",
    variants: [{ id: "default", formula: "bounced_sessions / sessions" }],
    marks: ["S0", "S2", "S3"],
  },
  {
    family,
    version: 1,
    unit: "ratio",
    good: "up",
    id: "pages_per_session",
    variants: [{ id: "default", formula: "session_page_views / sessions" }],
    marks: ["S2"],
  },
  {
    family,
    version: 1,
    unit: "seconds",
    good: "up",
    id: "session_duration",
    variants: [
      { id: "median", formula: "median_session_seconds" },
      { id: "mean", formula: "mean_session_seconds" },
    ],
    marks: ["S2"],
  },
] as const satisfies readonly Metric[];

const ads = [
  { ...counted("ad_impressions"), good: "neutral", aliases: { impressions: "default" } },
  { ...counted("ad_clicks"), aliases: { clicks: "default" } },
  counted("claimed_conversions"),
  counted("claimed_leads"),
  {
    ...rate,
    id: "click_through_rate",
    variants: [
      { id: "ads", formula: "ad_clicks / ad_impressions" },
      { id: "events", formula: "event_ad_clicks / event_impressions" },
    ],
    marks: ["S3"],
    aliases: { ctr: "ads" },
  },
  {
    ...rate,
    id: "claimed_conversion_rate",
    variants: [{ id: "default", formula: "claimed_conversions / ad_clicks" }],
    caveats: ["platform_claim"],
  },
  {
    ...rate,
    id: "claimed_lead_rate",
    variants: [{ id: "default", formula: "claimed_leads / ad_clicks" }],
    caveats: ["platform_claim"],
  },
  {
    ...rate,
    id: "claimed_lead_to_conversion_rate",
    variants: [{ id: "default", formula: "claimed_conversions / claimed_leads" }],
    caveats: ["platform_claim"],
  },
] as const satisfies readonly Metric[];

const social = [
  {
    ...count,
    id: "social_engagements",
    variants: [
      {
        id: "default",
        formula:
          "social_likes + social_shares + social_comments + social_saves + social_replies + social_messages + social_link_clicks",
      },
    ],
    marks: ["S2", "S4"],
  },
  counted("social_likes", ["S2"]),
  counted("social_shares", ["S2"]),
  counted("social_comments", ["S2"]),
  counted("social_saves", ["S2"]),
  counted("social_replies", ["S2"]),
  counted("social_messages", ["S2"]),
  counted("social_link_clicks", ["S2"]),
  counted("social_impressions"),
  {
    ...rate,
    id: "social_engagement_rate",
    variants: [
      { id: "impressions", formula: "social_engagements / social_impressions" },
      { id: "reach", formula: "social_engagements / social_reached" },
      { id: "followers", formula: "social_engagements / followers" },
    ],
    marks: ["S2", "S4"],
  },
  {
    ...count,
    id: "people_reached",
    variants: [
      { id: "posts", formula: "social_reached" },
      { id: "daily", formula: "daily_reach" },
    ],
    marks: ["S2"],
    caveats: ["reach_adds_days"],
  },
  counted("video_views"),
  {
    family,
    version: 1,
    unit: "seconds",
    good: "up",
    id: "video_watch_time",
    variants: [
      { id: "total", formula: "video_watch_seconds" },
      { id: "per_view", formula: "video_watch_seconds / video_views" },
    ],
    marks: ["S2"],
  },
  counted("followers"),
  {
    ...count,
    id: "follower_growth",
    variants: [{ id: "default", formula: "follower_change" }],
    marks: ["S2"],
  },
  {
    ...rate,
    id: "cross_channel_reach",
    variants: [{ id: "default", formula: "persons_reached_in_two_channels / reached_persons" }],
    marks: ["S1"],
  },
] as const satisfies readonly Metric[];

/** Engagement: messages, website, ads, social networks. */
export const engagementMetrics = [
  ...email,
  ...otherMessages,
  ...list,
  ...website,
  ...ads,
  ...social,
] as const satisfies readonly Metric[];
