import { creditRows, lineRows, type SeededConversion, type SeededWeights } from "./credited.ts";
import type { Seed } from "./workspace.ts";

/** The month that is seeded. */
export const march = { from: "2025-03-01", to: "2025-04-01" } as const;

const email = {
  at: "2025-03-01 09:00:00",
  channel: "email",
  more: { touch_class: "automation", automation: "welcome", tool: "klaviyo", campaign: "hello" },
};
const search = {
  at: "2025-03-05 09:00:00",
  channel: "paid search",
  more: { is_paid: true, campaign: "brand" },
};
const direct = { at: "2025-03-09 09:00:00", channel: "direct", more: { touch_class: "other" } };

const weights: SeededWeights = {
  first: [1, 0, 0],
  last: [0, 0, 1],
  last_non_direct: [0, 1, 0],
  u_shaped: [40, 20, 40],
  time_decay: [1, 2, 4],
};

/** Three touches, a partial refund, costs of goods: 100.00 − 10.00, and 60.00 of goods. */
const first: SeededConversion = {
  conversion: "A",
  convertedAt: "2025-03-10 10:00:00",
  person: 1,
  touches: [email, search, direct],
  isCosted: true,
  isFirst: true,
  entries: [
    { kind: "sale", cents: 10_000n },
    { kind: "return", at: "2025-03-20 10:00:00", cents: -1_000n },
    { kind: "cost_of_goods", cents: -6_000n },
  ],
};
/** One touch, 50.00, and nothing known of the goods. */
export const second: SeededConversion = {
  conversion: "B",
  convertedAt: "2025-03-12 10:00:00",
  person: 2,
  touches: [{ ...search, at: "2025-03-11 09:00:00" }],
  entries: [{ kind: "sale", cents: 5_000n }],
};
const untouched: SeededConversion = {
  conversion: "C",
  convertedAt: "2025-03-15 10:00:00",
  touches: [],
  entries: [{ kind: "sale", cents: 2_550n }],
};

/** A cost of one day. */
export const cost = (channel: string, cost_kind: string, amount: string, more = {}) => ({
  day: "2025-03-02",
  channel,
  cost_kind,
  amount,
  data_source: "ads",
  ...more,
});

/** Three orders, what they were credited with, and what was spent. */
export const creditedMarch: Seed = {
  credits: [...creditRows(first, weights), ...creditRows(second), ...creditRows(untouched)],
  revenue_lines: [first, second, untouched].flatMap(lineRows),
  touchpoints: [
    {
      touch: 901,
      person: 1,
      touched_at: "2024-11-01 09:00:00",
      touch_kind: "visit",
      touch_class: "marketing",
      channel: "referral",
    },
    {
      touch: 902,
      person: 1,
      touched_at: "2025-03-11 09:00:00",
      touch_kind: "click",
      touch_class: "marketing",
      channel: "email",
    },
    {
      touch: 903,
      person: 9,
      touched_at: "2025-01-15 09:00:00",
      touch_kind: "visit",
      touch_class: "marketing",
      channel: "email",
    },
  ],
  sourced_lines: [
    {
      booked_at: first.convertedAt,
      amount: "90",
      touch_class: "automation",
      channel: "email",
      person: 1,
    },
    {
      booked_at: second.convertedAt,
      amount: "50",
      touch_class: "other",
      channel: "direct",
      person: 2,
    },
    { booked_at: untouched.convertedAt, amount: "25.5" },
  ],
  cost_days: [
    cost("paid search", "media", "40", { claimed_value: "120", claimed_conversions: 3 }),
    cost("email", "licence", "30", { tool: "klaviyo", automation: "welcome" }),
    cost("display", "media", "20"),
  ],
  messages: [
    {
      sent_at: "2025-03-01 08:00:00",
      medium: "email",
      channel: "email",
      delivered: 12,
      data_source: "klaviyo",
    },
  ],
};
