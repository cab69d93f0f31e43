import { eventKinds } from "../ledger/tables/events.ts";
import type { Dialect } from "../sql/dialect.ts";
import { join, literal, type Sql, sql } from "../sql/fragment.ts";

/**
 * A rule that tells machines from people. `machine` rules judge what is done with a message (privacy proxies, security
 * scanners), `bot` rules judge visits. A changed rule gets a new version, so that rows say which one judged them.
 *
 * Gmail's image proxy (GoogleImageProxy) is no machine: it fetches the picture when a person opens the message.
 */
export interface MachineRule {
  readonly id: string;
  readonly version: number;
  readonly kind: "machine" | "bot";
  /** One sentence: what the rule recognises. */
  readonly what: string;
  readonly test:
    | { readonly by: "vendor" }
    /** A link that people cannot see. */
    | { readonly by: "link"; readonly pattern: string }
    /** Distinct links of one message clicked by one person at this pace. */
    | {
        readonly by: "burst";
        readonly links: number;
        readonly pauseSeconds: number;
        readonly meanPauseSeconds: number;
        /** Opens and clicks of the same message this close to the burst belong to it. */
        readonly marginSeconds: number;
      }
    | { readonly by: "agent"; readonly pattern: string }
    | { readonly by: "network"; readonly pattern: string }
    /** Opened or clicked no later than this after delivery. */
    | { readonly by: "instant"; readonly seconds: number };
}

/** The rules, the strongest evidence first; the first that fits names the row. */
export const machineRules: readonly MachineRule[] = [
  {
    id: "vendor_flag",
    version: 1,
    kind: "machine",
    what: "The vendor itself says that a machine opened or clicked.",
    test: { by: "vendor" },
  },
  {
    id: "vendor_bot",
    version: 1,
    kind: "bot",
    what: "The vendor itself says that a robot visited.",
    test: { by: "vendor" },
  },
  {
    id: "click_burst",
    version: 1,
    kind: "machine",
    what: "Three or more different links of one message clicked within seconds: a security scanner.",
    test: { by: "burst", links: 3, pauseSeconds: 3, meanPauseSeconds: 2, marginSeconds: 15 },
  },
  {
    id: "invisible_link",
    version: 1,
    kind: "machine",
    what: "A link that people cannot see was followed.",
    test: { by: "link", pattern: "honey-?pot|bot-?trap|spider-?trap|invisible-?link" },
  },
  {
    id: "apple_privacy",
    version: 1,
    kind: "machine",
    what: "Apple Mail Privacy Protection fetches every picture under the bare agent Mozilla/5.0.",
    test: { by: "agent", pattern: "^Mozilla/5\\.0$" },
  },
  {
    id: "scanner_agent",
    version: 1,
    kind: "machine",
    what: "The agent of a mail security product: Barracuda, Proofpoint, Mimecast, Microsoft Defender and others.",
    test: {
      by: "agent",
      pattern:
        "barracuda|proofpoint|mimecast|safelinks|microsoft.?defender|ms-office.*existence|symantec|messagelabs|trendmicro|\\btmes\\b|sophos|fortinet|fortimail|ironport|cisco.?secure|fireeye|trellix|mcafee|checkpoint|avanan|zscaler|forcepoint|bitdefender|kaspersky|vadesecure|vipre|cloudmark|urldefense|link.?scanner|virus.?total",
    },
  },
  {
    id: "robot_agent",
    version: 1,
    kind: "machine",
    what: "A script, a crawler or a browser without a window.",
    test: {
      by: "agent",
      pattern:
        "headless|phantomjs|puppeteer|playwright|selenium|python-|aiohttp|curl/|wget/|libwww|go-http-client|java/|okhttp|axios|node-fetch|scrapy|httpclient|bot\\b|crawler|spider",
    },
  },
  {
    id: "scanner_network",
    version: 1,
    kind: "machine",
    what: "The network of a mail security product (Proofpoint, Mimecast, Barracuda) or of Exchange Online Protection.",
    test: {
      by: "network",
      pattern: [
        "^67\\.231\\.1(4[4-9]|5[0-9])\\.",
        "^148\\.163\\.1(2[89]|[34][0-9]|5[0-9])\\.",
        "^205\\.220\\.1(6[0-9]|7[0-9]|8[0-9]|9[01])\\.",
        "^205\\.139\\.11[01]\\.",
        "^207\\.211\\.3[01]\\.",
        "^195\\.130\\.217\\.",
        "^91\\.220\\.42\\.",
        "^146\\.101\\.78\\.",
        "^185\\.58\\.8[4-7]\\.",
        "^209\\.222\\.8[0-7]\\.",
        "^64\\.235\\.1(4[4-9]|5[0-9])\\.",
        "^40\\.9[234]\\.",
        "^40\\.107\\.",
        "^52\\.10[0-3]\\.",
        "^104\\.47\\.([0-9]|[1-9][0-9]|1[01][0-9]|12[0-7])\\.",
      ].join("|"),
    },
  },
  {
    id: "instant",
    version: 1,
    kind: "machine",
    what: "Opened or clicked no later than a second after delivery, sooner than people can.",
    test: { by: "instant", seconds: 1 },
  },
  {
    id: "site_bot",
    version: 1,
    kind: "bot",
    what: "A crawler, monitor or script by its agent.",
    test: {
      by: "agent",
      pattern:
        "bot\\b|bot/|crawler|spider|slurp|headless|phantomjs|puppeteer|playwright|selenium|lighthouse|pingdom|uptime|statuscake|gtmetrix|facebookexternalhit|whatsapp/|telegrambot|embedly|python-|aiohttp|curl/|wget/|libwww|go-http-client|java/|okhttp|axios|node-fetch|scrapy|httpclient|ahrefs|semrush|mj12|dotbot|petalbot|bytespider|gptbot|ccbot|claudebot|perplexitybot|barracuda|proofpoint|mimecast|googleimageproxy|google-read-aloud|mediapartners-google|apis-google|feedfetcher",
    },
  },
];

/** What a person, or a machine in their place, does with a message. */
export const messageActions = eventKinds.filter((kind) =>
  /^(email|sms|whatsapp|push)_(opened|read|clicked)$/.test(kind),
);

/** What happens during a visit to the website. */
export const visitKinds = [
  "page_viewed",
  "goal_reached",
  "form_submitted",
  "link_clicked",
  "product_viewed",
  "cart_updated",
  "checkout_started",
  "chat_started",
] as const satisfies readonly (typeof eventKinds)[number][];

/** Returns a list of kinds for use after IN. */
export function kindList(kinds: readonly string[]): Sql {
  return sql`(${join(kinds.map((kind) => literal(kind)))})`;
}

/** Returns the text that a row keeps of the rule that judged it. */
export function ruleName(rule: MachineRule): string {
  return `${rule.id}@${rule.version}`;
}

/**
 * Returns the rule that fits an agent, null when none does.
 *
 * @param dialect regular expressions
 * @param kind which rules
 * @param agent the column that holds the user agent
 */
export function agentRuleSql(
  dialect: Pick<Dialect, "matches">,
  kind: MachineRule["kind"],
  agent: Sql,
): Sql {
  const branches = machineRules.flatMap((rule) =>
    rule.kind === kind && rule.test.by === "agent"
      ? [
          sql`WHEN ${dialect.matches(sql`trim(${agent})`, `(?i)${rule.test.pattern}`)} THEN ${literal(ruleName(rule))}`,
        ]
      : [],
  );
  return sql`CASE ${join(branches, " ")} END`;
}
