/** The media that messages go through, each with its numbers in the order of a message's way. */
export const media = [
  {
    id: "email",
    numbers: [
      "emails_sent",
      "emails_delivered",
      "delivery_rate",
      "email_opens@human",
      "open_rate@human",
      "open_rate@all",
      "email_clicks@human",
      "email_click_rate@human",
      "email_click_rate@all",
      "click_to_open_rate@human",
      "email_bounces",
      "email_bounce_rate@all",
      "email_bounce_rate@hard",
      "email_bounce_rate@soft",
      "unsubscribes",
      "unsubscribe_rate",
      "spam_complaints",
      "spam_complaint_rate",
      "email_replies",
      "reply_rate",
      "revenue_per_recipient",
      "attributed_revenue",
    ],
    plotted: [
      "open_rate@human",
      "email_click_rate@human",
      "click_to_open_rate@human",
      "email_bounce_rate@all",
      "unsubscribe_rate",
      "spam_complaint_rate",
      "emails_delivered",
      "revenue_per_recipient",
    ],
  },
  {
    id: "sms",
    numbers: [
      "sms_sent",
      "sms_delivery_rate",
      "sms_click_rate",
      "sms_unsubscribe_rate",
      "sms_reply_rate",
      "revenue_per_recipient",
      "attributed_revenue",
    ],
    plotted: ["sms_click_rate", "sms_delivery_rate", "sms_unsubscribe_rate", "sms_sent"],
  },
  {
    id: "whatsapp",
    numbers: [
      "whatsapp_read_rate",
      "whatsapp_click_rate",
      "whatsapp_reply_rate",
      "revenue_per_recipient",
      "attributed_revenue",
    ],
    plotted: ["whatsapp_read_rate", "whatsapp_click_rate", "whatsapp_reply_rate"],
  },
  {
    id: "push",
    numbers: ["push_open_rate", "revenue_per_recipient", "attributed_revenue"],
    plotted: ["push_open_rate"],
  },
] as const;

/** A medium of messages. */
export type Medium = (typeof media)[number];

/** The way of an e-mail, with the share of the step before. */
export const way = [
  { metric: "emails_sent", rate: null },
  { metric: "emails_delivered", rate: "delivery_rate" },
  { metric: "email_opens@human", rate: "open_rate@human" },
  { metric: "email_clicks@human", rate: "click_to_open_rate@human" },
] as const;

/** The columns of campaigns and automations by medium. */
export const columns: Readonly<Record<Medium["id"], readonly string[]>> = {
  email: [
    "emails_sent",
    "emails_delivered",
    "open_rate@human",
    "email_click_rate@human",
    "click_to_open_rate@human",
    "email_bounce_rate@hard",
    "email_bounce_rate@soft",
    "unsubscribe_rate",
    "spam_complaint_rate",
    "reply_rate",
    "revenue_per_recipient",
    "attributed_revenue",
  ],
  sms: media[1].numbers,
  whatsapp: media[2].numbers,
  push: media[3].numbers,
};

/** What messages are broken down by, and where a click on one goes on to. */
export const levels = [
  { by: "campaign", next: "asset" },
  { by: "automation", next: "asset" },
  { by: "asset", next: "variant" },
  { by: "variant", next: null },
  { by: "list", next: "campaign" },
] as const;

/** How the lists are. */
export const lists = [
  "subscribers",
  "new_subscribers",
  "lost_subscribers",
  "list_growth_rate",
  "list_unsubscribe_rate",
  "inactive_subscriber_rate",
] as const;

/** Whether reminders bring carts back. */
export const carts = [
  "carts",
  "cart_abandonment_rate",
  "abandoned_cart_value",
  "cart_recovery_rate",
  "recovered_revenue",
] as const;

/** Figures of one name or nearly so, that measure different things. */
export const alike = [
  ["email_bounce_rate@all", "email_bounce_rate@hard", "bounce_rate"],
  ["email_click_rate@human", "click_to_open_rate@human", "click_through_rate"],
  ["unsubscribe_rate", "list_unsubscribe_rate"],
  ["open_rate@human", "open_rate@all"],
] as const;

/** What automations do and earn. */
export const earnings = [
  "emails_sent",
  "email_click_rate@human",
  "automation_revenue",
  "revenue_per_recipient",
  "hours_saved",
  "staff_cost_saved",
  "automation_cost",
] as const;
