import { all, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { windowOf } from "./attribution-window.ts";
import type { DeriveContext } from "./derived.ts";
import { fingerprintOf, origins } from "./dictionaries.ts";
import { statedTouchKey } from "./goal-conversions.ts";
import { kindList } from "./machine-rules.ts";
import { vendorOf } from "./origin.ts";
import { toolSql } from "./tools.ts";

/** A visit belongs to a click of the same person and channel this many seconds before it. */
const clickLeadsSeconds = 1800;

/** What people do with messages and ads, by the kind of touch that it is. */
const touchKinds = {
  click: [
    "email_clicked",
    "sms_clicked",
    "whatsapp_clicked",
    "push_opened",
    "ad_click",
    "social_link_click",
  ],
  contact: [
    "call",
    "meeting",
    "sales_email",
    "email_replied",
    "sms_replied",
    "whatsapp_replied",
    "social_message",
    "social_comment",
    "social_reply",
  ],
  view: ["email_opened", "whatsapp_read", "ad_impression", "social_impression", "video_watched"],
} as const;

const origin = join(["channel", "utm_source", "utm_medium", "campaign"].map((name) => raw(name)));
const originOf = (alias: string): Sql =>
  raw(
    ["channel", "utm_source", "utm_medium", "campaign"]
      .map((name) => `${alias}.${name}`)
      .join(", "),
  );

/** Columns that decide class, tool and exclusion of a touch. */
const decisive = [
  "channel",
  "utm_source",
  "utm_medium",
  "campaign",
  "automation",
  "vendor",
] as const;

/**
 * Returns the query of automations and campaigns that are known by name: vendor, id or campaign, name and tool. Every
 * touch depends on it, so it is the premise of the table.
 *
 * @param context engine
 */
export function namedAutomationsSql({ dialect }: Pick<DeriveContext, "dialect">): Sql {
  const vendor = vendorOf(dialect, sql`source`);
  const named = sql`SELECT ${vendor} AS vendor, trim(automation) AS id, max(nullif(trim(name), '')) AS name,
      max(nullif(trim(tool), '')) AS tool
    FROM ledger.automations WHERE deleted IS NOT TRUE GROUP BY 1, 2`;
  // What people declare themselves has the id that they chose; vendors' ids are numbers that nobody knows.
  const shown = sql`CASE WHEN vendor = 'template' THEN id ELSE coalesce(name, id) END`;
  return sql`SELECT 'automation' AS what, vendor, id, coalesce(name, id) AS name, tool FROM (${named}) AS a
    UNION ALL
    SELECT 'campaign', NULL, lower(trim(c.name)), max(coalesce(a.name, trim(c.automation))), NULL
    FROM ledger.campaigns AS c
    LEFT JOIN (${named}) AS a ON a.vendor = ${vendorOf(dialect, sql`c.source`)} AND a.id = trim(c.automation)
    WHERE c.deleted IS NOT TRUE AND c.automation IS NOT NULL AND c.name IS NOT NULL
    GROUP BY 3 HAVING count(DISTINCT trim(c.automation)) = 1
    UNION ALL
    SELECT 'message', NULL, label, max(shown), max(tool)
    FROM (
      SELECT lower(id) AS label, ${shown} AS shown, tool FROM (${named}) AS a
      UNION ALL SELECT lower(name), ${shown}, tool FROM (${named}) AS a
    ) AS m
    WHERE label IS NOT NULL GROUP BY label HAVING count(DISTINCT shown) = 1`;
}

/** Channels of messages: there a campaign that is named like an automation was sent by it. */
const messageChannels = sql`('email', 'sms', 'whatsapp', 'push')`;

/** The SELECT of derived.touchpoints. */
export function selectTouchpoints(context: DeriveContext): Sql {
  const { settings, people } = context;
  const isSame = join(
    decisive.map((name) => raw(`t.${name} IS NOT DISTINCT FROM l.of_${name}`)),
    " AND ",
  );
  return sql`WITH staff AS (SELECT person FROM derived.people WHERE is_internal AND ${people(sql`person`)}),
    known_automations AS (${namedAutomationsSql(context)}),
    clicks AS (${eventsSql(context, touchKinds.click)}),
    visits AS (${visitsSql(context)}),
    recorded AS (
      SELECT * FROM visits
      UNION ALL SELECT * FROM (${clicksWithoutVisitSql(context)}) AS c
      UNION ALL SELECT * FROM (${contactsSql(context)}) AS k
    ),
    touches AS (
      SELECT * FROM recorded
      UNION ALL SELECT * FROM (${statedSql(context)}) AS s
      ${settings.attribution.view_window_days > 0 ? sql`UNION ALL SELECT * FROM (${viewsSql(context)}) AS v` : sql``}
    ),
    labels AS (${labelsSql(context)})
    SELECT *, ${fingerprintOf(context.dialect, origins)} AS origin
    FROM (
      SELECT t.touch, t.person, t.account, t.touched_at, t.touch_kind, l.touch_class, l.is_paid, ${originOf("t")},
        l.automation, t.asset, l.tool, t.landing_page, t.data_source
      FROM touches AS t JOIN labels AS l ON ${isSame}
      WHERE NOT l.is_excluded AND (t.person IS NULL OR t.person NOT IN (SELECT person FROM staff))
        AND t.touched_at IS NOT NULL
    ) AS known`;
}

/** Events of some kinds by people, as touches; what happens during a visit is part of the visit. */
function eventsSql({ people, dialect }: DeriveContext, kinds: readonly string[]): Sql {
  return sql`SELECT row_key AS touch, person, account, occurred_at AS touched_at, ${origin}, automation, asset,
      ${vendorOf(dialect, sql`data_source`)} AS vendor, data_source
    FROM derived.interactions
    WHERE kind IN ${kindList(kinds)} AND machine IS NULL AND session IS NULL AND person IS NOT NULL
      AND ${people(sql`person`)}`;
}

const touchOf = (kind: string, from: Sql): Sql =>
  sql`SELECT c.touch, c.person, c.account, c.touched_at, ${literal(kind)} AS touch_kind, ${originOf("c")},
    c.automation, c.asset, c.vendor, NULL AS landing_page, c.data_source FROM ${from}`;

/** Visits, each with the last click before it that led there. */
function visitsSql({ dialect, people }: DeriveContext): Sql {
  const first = (column: Sql): Sql => dialect.firstBy(column, sql`touch`);
  const isLed = sql`c.touched_at >= ${dialect.addSeconds(sql`s.started_at`, -clickLeadsSeconds)}`;
  const ofClick = (column: string): Sql => sql`CASE WHEN ${isLed} THEN c.${raw(column)} END`;
  return sql`SELECT s.session AS touch, s.person, s.account, s.started_at AS touched_at, 'visit' AS touch_kind, ${originOf("s")},
      ${ofClick("automation")} AS automation, ${ofClick("asset")} AS asset, ${ofClick("vendor")} AS vendor,
      s.landing_page, s.data_source
    FROM (
      SELECT * FROM derived.sessions WHERE machine IS NULL AND person IS NOT NULL AND ${people(sql`person`)}
    ) AS s
    ASOF LEFT JOIN (
      SELECT person, channel, touched_at, ${first(sql`automation`)} AS automation, ${first(sql`asset`)} AS asset,
        ${first(sql`vendor`)} AS vendor
      FROM clicks GROUP BY person, channel, touched_at
    ) AS c ON c.person = s.person AND c.channel = s.channel AND s.started_at >= c.touched_at`;
}

function clicksWithoutVisitSql({ dialect }: DeriveContext): Sql {
  const end = dialect.addSeconds(sql`c.touched_at`, clickLeadsSeconds);
  return sql`${touchOf(
    "click",
    sql`clicks AS c ASOF LEFT JOIN (
      SELECT DISTINCT person, channel, touched_at AS visited_at FROM visits
    ) AS v ON v.person = c.person AND v.channel = c.channel AND c.touched_at <= v.visited_at`,
  )} WHERE v.visited_at IS NULL OR v.visited_at > ${end}`;
}

function contactsSql(context: DeriveContext): Sql {
  return touchOf("contact", sql`(${eventsSql(context, touchKinds.contact)}) AS c`);
}

function viewsSql(context: DeriveContext): Sql {
  return touchOf("view", sql`(${eventsSql(context, touchKinds.view)}) AS c`);
}

/** Origins that orders and won deals state, where no recorded touch inside their window has the channel. */
function statedSql(context: DeriveContext): Sql {
  const { dialect, people, settings } = context;
  const key = (id: Sql): Sql => statedTouchKey(context, sql`data_source`, id);
  const age = sql`${dialect.epochMicroseconds(sql`c.converted_at`)} - ${dialect.epochMicroseconds(sql`r.recorded_at`)}`;
  const window = windowOf(settings, sql`'stated'`, sql`c.channel`);
  return sql`${touchOf(
    "stated",
    sql`(
      SELECT ${key(sql`"order"`)} AS touch, person, account, placed_at AS touched_at, placed_at AS converted_at, ${origin},
        NULL AS automation, NULL AS asset, NULL AS vendor, data_source
      FROM derived.purchases
      WHERE is_sold AND "order" NOT LIKE 'deal:%' AND channel NOT IN ('direct', 'unknown') AND ${people(sql`person`)}
      UNION ALL
      SELECT ${key(sql`'deal:' || deal`)}, person, account, coalesce(created_at, closed_at), closed_at, ${origin},
        NULL, NULL, NULL, data_source
      FROM derived.opportunities
      WHERE state = 'won' AND channel NOT IN ('direct', 'unknown') AND ${people(sql`person`)}
    ) AS c ASOF LEFT JOIN (
      SELECT DISTINCT person, channel, touched_at AS recorded_at FROM recorded
    ) AS r ON r.person = c.person AND r.channel = c.channel AND c.converted_at >= r.recorded_at`,
  )} WHERE r.recorded_at IS NULL OR ${age} > ${window}`;
}

/** Class, tool and exclusion, decided once per distinct origin instead of once per touch. */
function labelsSql(context: DeriveContext): Sql {
  const { dialect, settings } = context;
  const { other_channels, paid_channels } = settings.attribution;
  const others = join([...other_channels, ""].map((name) => literal(name.trim().toLowerCase())));
  const tool = toolSql(dialect, {
    vendor: sql`d.vendor`,
    channel: sql`d.channel`,
    source: sql`d.utm_source`,
  });
  return sql`SELECT *, CASE WHEN automation IS NOT NULL THEN 'automation' WHEN of_channel IN (${others}) THEN 'other'
        ELSE 'marketing' END AS touch_class,
      ${dialect.matches(sql`of_channel`, `(?i)${paid_channels}`)} AS is_paid,
      ${isExcluded(context)} AS is_excluded
    FROM (
      SELECT ${join(decisive.map((name) => raw(`d.${name} AS of_${name}`)))},
        coalesce(a.name, d.automation, c.name, m.name) AS automation,
        coalesce(a.tool, n.tool, m.tool, ${tool}) AS tool
      FROM (SELECT DISTINCT ${join(decisive.map((name) => raw(name)))} FROM touches) AS d
      LEFT JOIN known_automations AS a ON a.what = 'automation' AND a.vendor = d.vendor AND a.id = d.automation
      LEFT JOIN known_automations AS c ON c.what = 'campaign' AND c.id = lower(d.campaign)
      LEFT JOIN known_automations AS m ON m.what = 'message' AND m.id = lower(d.campaign) AND d.channel IN ${messageChannels}
      LEFT JOIN (
        SELECT name, max(tool) AS tool FROM known_automations WHERE what = 'automation' GROUP BY name
      ) AS n ON n.name = coalesce(a.name, d.automation, c.name)
    ) AS named`;
}

function isExcluded({ dialect, settings }: DeriveContext): Sql {
  const columns = {
    channel: sql`of_channel`,
    source: sql`of_utm_source`,
    medium: sql`of_utm_medium`,
    campaign: sql`of_campaign`,
    automation: sql`automation`,
  } as const;
  const rules = settings.attribution.exclude.flatMap((rule) => {
    const tests = Object.entries(columns).flatMap(([field, column]) => {
      const pattern = rule[field as keyof typeof columns];
      return pattern === undefined
        ? []
        : [sql`coalesce(${dialect.matches(column, `(?i)${pattern}`)}, FALSE)`];
    });
    return tests.length === 0 ? [] : [sql`(${all(tests)})`];
  });
  return rules.length === 0 ? sql`FALSE` : join(rules, " OR ");
}
