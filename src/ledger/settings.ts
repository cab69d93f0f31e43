import { z } from "zod";
import { attributionSettings } from "./attribution.ts";
import { costKinds } from "./tables/spend.ts";

const isoCurrency = z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code in capitals, such as EUR");

const timeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, "an IANA time zone, such as Europe/Berlin");

/** One channel rule: every condition given has to match (regular expressions, case ignored). */
const channelRule = z.strictObject({
  channel: z.string().min(1),
  source: z.string().optional(),
  medium: z.string().optional(),
  campaign: z.string().optional(),
  referrer: z.string().optional(),
  click_id: z.string().optional(),
  kind: z.string().optional(),
});

/** What `lastpenny.yaml` may say; everything has a default. */
export const settingsSchema = z.strictObject({
  name: z.string().default("My workspace"),
  /** Marks a workspace of invented rows wherever it is shown. */
  demo: z.boolean().default(false),
  locale: z.enum(["en", "zh-Hans", "zh-Hant", "id"]).default("en"),
  currency: isoCurrency.default("EUR"),
  /** Currency of rows that do not state one; null marks them as unknown. */
  default_currency: isoCurrency.nullable().default(null),
  time_zone: timeZone.default("UTC"),
  week_start: z.enum(["monday", "sunday", "saturday"]).default("monday"),
  fiscal_year_start: z.int().min(1).max(12).default(1),
  revenue: z
    .strictObject({
      /** auto: orders when there are any, otherwise won deals. */
      from: z.enum(["auto", "orders", "deals", "both"]).default("auto"),
      /** net leaves tax out, gross keeps it. */
      tax: z.enum(["net", "gross"]).default("net"),
      shipping: z.boolean().default(true),
    })
    .prefault({}),
  customers: z
    .strictObject({
      /** Days after an order during which a customer counts as active. */
      active_days: z.int().min(1).default(365),
      unit: z.enum(["person", "account"]).default("person"),
    })
    .prefault({}),
  sessions: z
    .strictObject({
      timeout_minutes: z.int().min(1).default(30),
      split_on_campaign: z.boolean().default(true),
    })
    .prefault({}),
  follow_up_minutes: z.int().min(1).default(60),
  cart_window_hours: z.int().min(1).default(72),
  inactive_after_days: z.int().min(1).default(90),
  stale_after_days: z.int().min(1).default(3),
  few: z.int().min(0).default(30),
  fte_hours_per_month: z.number().positive().default(160),
  /** What a year's delay of money costs, for net present values: 0.1 is ten percent a year. */
  discount_rate: z.number().min(0).default(0.1),
  /** Kinds of cost that count as acquisition cost. */
  acquisition_costs: z.array(z.enum(costKinds)).default(["media", "agency", "licence", "staff"]),
  /** Kinds of cost that count as the cost of automation. */
  automation_costs: z
    .array(z.enum(costKinds))
    .default(["licence", "set_up", "upkeep", "training", "staff"]),
  /** Own rules, asked before the built-in ones; the first match wins. */
  channels: z.array(channelRule).default([]),
  /** The workspace's own names of stages, mapped onto the lifecycle. */
  stages: z
    .record(z.string(), z.enum(["subscriber", "lead", "mql", "sql", "opportunity", "customer"]))
    .default({}),
  /** Score from which a lead counts as MQL, when no source states the stage. */
  mql_score: z.number().nullable().default(null),
  /** Which touches earn credit, for what, and by which model. */
  attribution: attributionSettings,
  /** Domains of own staff. */
  internal_domains: z.array(z.string()).default([]),
  /** Recurring costs, spread exactly over days. */
  costs: z.array(z.unknown()).default([]),
  /** How `lastpenny serve` answers. */
  server: z
    .strictObject({
      host: z.string().min(1).default("127.0.0.1"),
      /** The next free one is taken where it is in use; 0 takes any. */
      port: z.int().min(0).max(65_535).default(4747),
      /** Address under which people reach it, where that is another one: behind a proxy, for example. */
      public_url: z
        .url({ protocol: /^https?$/ })
        .nullable()
        .default(null),
      /** Largest upload. */
      upload_megabytes: z.int().min(1).default(4096),
      /** Seconds that one question may take. */
      query_seconds: z.int().min(1).default(120),
    })
    .prefault({}),
  memory: z.string().default("8GB"),
  threads: z.int().min(1).default(2),
});

/** The settings of a workspace. */
export type Settings = z.output<typeof settingsSchema>;

/** The settings of a workspace whose `lastpenny.yaml` is empty. */
export const defaultSettings: Settings = settingsSchema.parse({});
