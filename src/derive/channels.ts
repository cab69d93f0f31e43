import type { Settings } from "../ledger/settings.ts";
import type { Dialect } from "../sql/dialect.ts";
import { all, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";

/** What a channel rule can look at; every field given has to match its regular expression. */
export interface ChannelRule {
  readonly channel: string;
  /** The channel that the source states, with spaces for dashes and underscores. */
  readonly stated?: string;
  readonly kind?: string;
  readonly click_id?: string;
  readonly source?: string;
  readonly medium?: string;
  readonly campaign?: string;
  /** Host of the referring address. */
  readonly referrer?: string;
}

const searchEngines =
  "google|bing|yahoo|duckduckgo|baidu|yandex|ecosia|qwant|startpage|naver|daum|sogou|seznam|brave|aol|ask|so\\.com|360\\.cn|kagi|lycos|googlequicksearchbox|adwords|microsoft ads|bing ads|google ads";
const socialNetworks =
  "facebook|fb|meta|instagram|ig|linkedin|lnkd|twitter|t\\.co|x|tiktok|pinterest|reddit|snapchat|threads|mastodon|quora|tumblr|vk|weibo|wechat|xing|bluesky|bsky|line|kakao|douyin|xiaohongshu|facebook ads|meta ads|linkedin ads|tiktok ads|li";
const socialHosts =
  "(^|\\.)(facebook|fb|messenger|instagram|linkedin|lnkd|twitter|tiktok|pinterest|reddit|snapchat|threads|quora|tumblr|vk|weibo|xing|bsky|xiaohongshu|douyin|youtube|vimeo|twitch)\\.[a-z.]+$|^(t\\.co|x\\.com|lnkd\\.in|youtu\\.be|redd\\.it|pin\\.it)$|^(com\\.(facebook|instagram|linkedin|twitter|reddit|pinterest|zhiliaoapp)\\.)";
const searchHosts =
  "(^|\\.)(google|bing|yahoo|duckduckgo|baidu|yandex|ecosia|qwant|startpage|naver|daum|sogou|seznam|kagi|aol|ask|lycos)\\.[a-z.]+$|^search\\.|^(so\\.com|www\\.so\\.com|search\\.brave\\.com)$|googlequicksearchbox";
const assistants =
  "chatgpt|chat\\.openai|openai\\.com|perplexity|claude\\.ai|anthropic|gemini\\.google|bard\\.google|copilot|deepseek|mistral\\.ai|meta\\.ai|grok|poe\\.com|you\\.com|phind|doubao|kimi\\.|tongyi|yiyan";
const mailClients =
  "^(e?mail|webmail|outlook|owa|inbox|navigator-bs|deref-(gmx|web-de|mail)|mail\\.[a-z.]+)\\.|(^|\\.)(mail\\.google|outlook\\.live|outlook\\.office|mail\\.yahoo|mail\\.qq|mail\\.163|mail\\.ru|zimbra)|^com\\.google\\.android\\.gm$";
const paymentProviders =
  "(^|\\.)(paypal|stripe|klarna|adyen|mollie|sofort|giropay|worldpay|sagepay|payu|razorpay|alipay|braintreegateway|checkout\\.shopify|afterpay|clearpay|3dsecure|cardinalcommerce|secure\\.payengine|midtrans|xendit)\\.?[a-z.]*$";
const paid = "cp[acmv]|ppc|paid|retarget|remarket|^(ad|ads|sem|adwords)$";

/** Words by which CRMs and people name a source of leads; nobody writes them into a link, which has a medium too. */
const leadSources: readonly ChannelRule[] = [
  {
    channel: "paid search",
    source: "^(paid search|search ads?|google ads|adwords|bing ads|microsoft ads)$",
  },
  {
    channel: "paid social",
    source: "^(paid social( media)?|social ads?|(facebook|meta|instagram|linkedin|tiktok) ads)$",
  },
  { channel: "display", source: "^(display( ads)?|banner( ads?)?|retargeting)$" },
  {
    channel: "referral",
    source:
      "^(references?|referrals?|referral sites?|(partner|employee|customer|external) referral|word of mouth|recommendation)$",
  },
  { channel: "affiliate", source: "^(affiliates?|partners?)$" },
  { channel: "email", source: "^(email marketing|mailing)$" },
  {
    channel: "events",
    source: "^(events?|trade ?shows?|conferences?|exhibitions?|webinars?|seminars?( - .*)?)$",
  },
  { channel: "sales", source: "^(sales|outbound|cold calls?|cold calling|purchased list)$" },
];

/**
 * The built-in channel rules, asked in order; the first match wins. They follow the default channel groups of Google
 * Analytics 4 (support.google.com/analytics/answer/9756891), widened by what messages and platforms themselves say.
 */
export const channelRules: readonly ChannelRule[] = [
  { channel: "email", kind: "^email_" },
  { channel: "sms", kind: "^sms_" },
  { channel: "whatsapp", kind: "^whatsapp_" },
  { channel: "push", kind: "^push_" },
  { channel: "sales", kind: "^(call|meeting|sales_email)$" },
  { channel: "email", stated: "^(e ?mail|email marketing|newsletter|mailing)s?$" },
  { channel: "sms", stated: "^(sms|text( message)?s?)$" },
  { channel: "whatsapp", stated: "^whats ?app$" },
  { channel: "push", stated: "^(mobile |web )?push( notifications?)?$" },
  {
    channel: "paid search",
    stated: "^(paid search|search ads?|search|sem|ppc|cpc|google ads|adwords)$",
  },
  { channel: "paid shopping", stated: "^(paid )?shopping( ads)?$" },
  { channel: "paid video", stated: "^(paid )?video( ads)?$" },
  { channel: "cross-network", stated: "^(cross network|performance max|demand gen|discovery)$" },
  {
    channel: "paid social",
    stated: "^(paid social( media)?|social ads?|facebook ads|meta ads|linkedin ads)$",
  },
  { channel: "organic search", stated: "^(organic search|organic|seo|natural search)$" },
  { channel: "organic social", stated: "^(organic social|social( media)?|social networks?)$" },
  { channel: "display", stated: "^(display( ads)?|banner|programmatic|retargeting)$" },
  { channel: "affiliate", stated: "^(affiliates?|affiliate marketing|partners?)$" },
  { channel: "referral", stated: "^(referrals?|referral sites?|referral traffic)$" },
  { channel: "direct", stated: "^(direct|direct traffic|\\(direct\\)|none)$" },
  { channel: "ai assistant", stated: "^(ai assistants?|ai referrals?|ai)$" },
  { channel: "sales", stated: "^(sales|outbound|offline( sources)?|sales outreach|cold call)$" },
  { channel: "email", medium: "^(e[-_ ]?mail|newsletter|mail|mailing)s?$" },
  { channel: "email", source: "^(e[-_ ]?mail|newsletter)$" },
  { channel: "sms", medium: "^(sms|text|mms)$" },
  { channel: "sms", source: "^sms$" },
  { channel: "whatsapp", medium: "whatsapp" },
  { channel: "whatsapp", source: "^whatsapp$" },
  { channel: "push", medium: "push$|^notification$|^mobile[-_ ]notification$" },
  { channel: "affiliate", medium: "^(affiliates?|partner|aff)$" },
  { channel: "paid social", source: `^(${socialNetworks})([._ -].*)?$`, medium: paid },
  { channel: "paid social", medium: "^(paid[-_ ]?social|social[-_ ]?(paid|ads?|cpc))$" },
  { channel: "paid search", medium: "^(paid[-_ ]?search|search[-_ ]?(paid|ads?))$" },
  {
    channel: "display",
    medium: "^(display|banner|expandable|interstitial|programmatic|gdn|native)$",
  },
  { channel: "display", click_id: "^dclid$" },
  { channel: "paid search", click_id: "^(gclid|gbraid|wbraid|msclkid|yclid|gclsrc)$" },
  {
    channel: "paid social",
    click_id: "^(ttclid|li_fat_id|twclid|rdt_cid|epik|sccid|scclid|qclid)$",
  },
  { channel: "paid social", click_id: "^fbclid$", medium: paid },
  { channel: "email", click_id: "^(mc_[ce]id|_hsenc|_hsmi|_kx|_ke|mkt_tok|vero_id|elqtrackid)$" },
  { channel: "paid search", source: `^(${searchEngines})([._ -].*)?$`, medium: paid },
  { channel: "paid video", source: "youtube|vimeo|twitch", medium: paid },
  { channel: "display", medium: "^cpm$" },
  { channel: "paid other", medium: paid },
  { channel: "paid social", kind: "^ad_", source: `^(${socialNetworks})([._ -].*)?$` },
  { channel: "paid video", kind: "^ad_", source: "youtube|vimeo|twitch" },
  { channel: "paid search", kind: "^ad_", source: `^(${searchEngines})([._ -].*)?$` },
  { channel: "display", kind: "^ad_" },
  ...leadSources,
  { channel: "ai assistant", source: assistants },
  { channel: "organic search", medium: "^(organic|organic[-_ ]?search|seo)$" },
  {
    channel: "organic social",
    medium: "^(social|social[-_ ]?(network|media|organic)|organic[-_ ]?social|sm)$",
  },
  { channel: "referral", medium: "^(referral|referrer|referring|app|link|blog)$" },
  { channel: "organic social", click_id: "^(fbclid|igshid|igsh)$" },
  {
    channel: "organic social",
    source: `^(${socialNetworks}|youtube|social( media)?)([._ -].*)?$`,
  },
  { channel: "organic search", source: `^(${searchEngines}|organic( search)?)([._ -].*)?$` },
  { channel: "ai assistant", referrer: assistants },
  { channel: "email", referrer: mailClients },
  { channel: "organic social", referrer: socialHosts },
  { channel: "organic search", referrer: searchHosts },
  { channel: "organic social", kind: "^social_" },
  { channel: "direct", source: "^(\\(direct\\)|direct|direct traffic)$" },
];

/** Kinds of event that are visits: without any hint of an origin they are direct. */
const visitKinds =
  "^(page_viewed|goal_reached|form_submitted|link_clicked|product_viewed|cart_|checkout_|chat_)";

/** The recorded columns that the channel rules read; what a row lacks is left out. */
export interface OriginTexts {
  readonly channel: Sql;
  readonly click_id: Sql;
  readonly utm_source: Sql;
  readonly utm_medium: Sql;
  readonly campaign: Sql;
  readonly referrer: Sql;
  readonly kind: Sql | null;
}

/**
 * Returns the select list of the texts that the channel rules read, tidied: columns `rule_stated`, `rule_source` ….
 * The rules are many and name each text often, so they are asked over these columns and not over expressions.
 *
 * @param dialect regular expressions
 * @param texts the columns as recorded
 * @param settings own domains, which are no referrers
 */
export function ruleTextsSql(
  dialect: Pick<Dialect, "capture" | "matches">,
  texts: OriginTexts,
  settings: Pick<Settings, "internal_domains">,
): Sql {
  return sql`replace(replace(${cleanText(texts.channel)}, '_', ' '), '-', ' ') AS rule_stated,
    lower(trim(${texts.click_id})) AS rule_click_id,
    ${cleanText(texts.utm_source)} AS rule_source, ${cleanText(texts.utm_medium)} AS rule_medium,
    ${cleanText(texts.campaign)} AS rule_campaign,
    ${foreignHost(dialect, texts.referrer, settings)} AS rule_referrer,
    ${texts.kind ?? raw("NULL")} AS rule_kind`;
}

/**
 * Returns the channel of a row: the workspace's own rules, then the built-in ones, then what the source states, then
 * any other referring host as 'referral', 'direct' for a visit without any hint, and 'unknown' for the rest. Never null.
 * Reads the columns of {@link ruleTextsSql}.
 *
 * @param dialect regular expressions
 * @param settings own rules
 */
export function channelSql(
  dialect: Pick<Dialect, "matches">,
  settings: Pick<Settings, "channels">,
): Sql {
  const branches = [
    ...settings.channels.map((rule) => branch(dialect, lowerCased(rule))),
    ...channelRules.map((rule) => branch(dialect, rule)),
  ];
  return sql`CASE ${join(branches, "\n  ")}
    WHEN rule_stated IS NOT NULL THEN rule_stated
    WHEN rule_referrer <> '' THEN 'referral'
    WHEN rule_source IS NULL AND ${dialect.matches(sql`rule_kind`, visitKinds)} THEN 'direct'
    ELSE 'unknown' END`;
}

/**
 * Returns a text trimmed and in lower case, null when it is empty or a platform's word for nothing.
 *
 * @param text the column
 */
export function cleanText(text: Sql): Sql {
  return sql`CASE WHEN lower(trim(${text})) IN ('', '(not set)', '(none)', 'none', 'null', 'undefined', 'n/a', '(not provided)') THEN NULL ELSE lower(trim(${text})) END`;
}

/**
 * Returns the host of an address in lower case, empty text when there is none.
 *
 * @param dialect regular expressions
 * @param address the column
 */
export function hostOf(dialect: Pick<Dialect, "capture">, address: Sql): Sql {
  return dialect.capture(
    sql`lower(trim(${address}))`,
    "^(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@]*@)?([^/?#:]+)",
  );
}

function foreignHost(
  dialect: Pick<Dialect, "capture" | "matches">,
  address: Sql,
  settings: Pick<Settings, "internal_domains">,
): Sql {
  const own = settings.internal_domains.map(
    (domain) => `(^|\\.)${domain.toLowerCase().replaceAll(".", "\\.")}$`,
  );
  const ignored = [paymentProviders, "^(localhost|127\\.|accounts\\.google\\.)", ...own].join("|");
  const host = hostOf(dialect, address);
  return sql`CASE WHEN ${dialect.matches(host, ignored)} THEN '' ELSE ${host} END`;
}

function lowerCased(rule: Settings["channels"][number]): ChannelRule {
  const { channel, ...conditions } = rule;
  const patterns = Object.entries(conditions).flatMap(([field, pattern]) =>
    pattern === undefined ? [] : [[field, `(?i)${pattern}`]],
  );
  return { channel: channel.trim().toLowerCase(), ...Object.fromEntries(patterns) };
}

function branch(dialect: Pick<Dialect, "matches">, rule: ChannelRule): Sql {
  const { channel, ...conditions } = rule;
  const tests = Object.entries(conditions).map(([field, pattern]) =>
    dialect.matches(raw(`rule_${field}`), pattern),
  );
  return sql`WHEN ${all(tests)} THEN ${literal(channel)}`;
}
