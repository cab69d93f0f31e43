import { allColumns } from "../ledger/table.ts";
import { events } from "../ledger/tables/events.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { cleanText, hostOf } from "./channels.ts";
import type { DeriveContext } from "./derived.ts";
import {
  agentRuleSql,
  kindList,
  type MachineRule,
  machineRules,
  messageActions,
  ruleName,
  visitKinds,
} from "./machine-rules.ts";
import { originsSql, sameOrigin, vendorOf } from "./origin.ts";
import { eventsOf, resolvedRows } from "./resolved.ts";
import { instantActionsSql, scannerBurstsSql } from "./scanner-bursts.ts";
import { visitsSql } from "./visits.ts";

const kept = Object.keys(allColumns(events)).filter((column) => column !== "referrer");

/** The SELECT of derived.interactions. What happens during a session has the session's origin. */
export function selectInteractions(context: DeriveContext): Sql {
  const { dialect, settings } = context;
  const narrow = raw(
    "e.row_key, e.occurred_at, e.kind, e.session, e.source, e.channel, e.utm_source, e.utm_medium, e.campaign, e.click_id",
  );
  const recorded = resolvedRows(context, "events", sql`${narrow}, ${foreignReferrer(context)}`);
  const wide = resolvedRows(
    context,
    "events",
    sql`${join(kept.map((column) => identifier("e", column)))}, ${foreignReferrer(context)}`,
  );
  const origins = originsSql(dialect, settings, sql`FROM (${recorded}) AS r`, "kind");
  return sql`WITH origins AS (${origins}),
    visits AS (${visitsSql(context, recorded)}),
    bursts AS (${scannerBurstsSql(context)}),
    instants AS (${instantActionsSql(context)}),
    agents AS (${agents(context)}),
    automations AS (${automations(context)}),
    judged AS (${judged(context, wide)})
    SELECT *, CASE WHEN machine_rule IN (${join(botRuleNames.map((name) => literal(name)))}) THEN 'bot'
      WHEN machine_rule IS NOT NULL THEN 'machine' END AS machine
    FROM judged`;
}

/** The referring address, unless it is a page of the same site. */
function foreignReferrer(context: DeriveContext): Sql {
  const [from, to] = [
    hostOf(context.dialect, sql`e.referrer`),
    hostOf(context.dialect, sql`e.page`),
  ];
  return sql`CASE WHEN e.referrer IS NULL OR ${from} = ${to} THEN NULL ELSE e.referrer END AS referrer`;
}

function judged(context: DeriveContext, wide: Sql): Sql {
  const { dialect } = context;
  const path = dialect.capture(sql`e.page`, "^(?:[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*)?([^?#]*)");
  const session = (column: string): Sql =>
    raw(`CASE WHEN v.session IS NULL THEN o.${column} ELSE s.${column} END AS ${column}`);
  return sql`SELECT e.occurred_at, e.kind, e.person, p.account,
      ${join(["channel", "utm_source", "utm_medium", "campaign"].map(session))},
      coalesce(a.name, o.automation) AS automation, e.asset, e.variant, e.message,
      CASE WHEN e.page IS NOT NULL THEN coalesce(nullif(${path}, ''), '/') END AS page,
      e.link,
      CASE WHEN e.kind = 'form_submitted' THEN coalesce(e.goal, e.asset) ELSE e.goal END AS goal,
      e.list, e.detail, coalesce(e.country, p.country) AS country,
      ${cleanText(sql`e.device`)} AS device,
      coalesce(e.quantity, 1) AS quantity, e.seconds,
      ${machineRule(context)} AS machine_rule,
      v.session, e.source AS data_source, e.row_key
    FROM (${wide}) AS e
    LEFT JOIN origins AS o ON ${sameOrigin("e", "o", "kind")}
    LEFT JOIN visits AS v ON v.row_key = e.row_key
    LEFT JOIN origins AS s ON s.origin = v.origin
    LEFT JOIN bursts AS b ON b.row_key = e.row_key
    LEFT JOIN instants AS i ON i.row_key = e.row_key
    LEFT JOIN agents AS g ON g.user_agent = e.user_agent
    LEFT JOIN automations AS a ON a.source = e.source AND a.automation = e.automation
    LEFT JOIN derived.people AS p ON p.person = e.person`;
}

const botRuleNames = machineRules.filter((rule) => rule.kind === "bot").map(ruleName);

function machineRule(context: DeriveContext): Sql {
  const isAction = sql`e.kind IN ${kindList(messageActions)}`;
  const isVisit = sql`e.kind IN ${kindList([...visitKinds, "ad_click", "video_watched"])}`;
  return sql`CASE
      WHEN ${isAction} THEN CASE ${join(
        machineRules.flatMap((rule) => test(context, "machine", rule)),
        " ",
      )} END
      WHEN ${isVisit} THEN CASE ${join(
        machineRules.flatMap((rule) => test(context, "bot", rule)),
        " ",
      )} END
    END`;
}

/** The strongest rule of each way of judging; agents and bursts were judged before. */
function test(context: DeriveContext, kind: MachineRule["kind"], rule: MachineRule): Sql[] {
  if (rule.kind !== kind) return [];
  const name = literal(ruleName(rule));
  switch (rule.test.by) {
    case "vendor":
      return [sql`WHEN e.machine THEN ${name}`];
    case "burst":
      return [sql`WHEN b.rule IS NOT NULL THEN b.rule`];
    case "agent":
      return [sql`WHEN g.${raw(`${kind}_rule`)} = ${name} THEN ${name}`];
    case "network":
      return [sql`WHEN ${context.dialect.matches(sql`e.network`, rule.test.pattern)} THEN ${name}`];
    case "instant":
      return [sql`WHEN i.rule IS NOT NULL THEN i.rule`];
    default:
      return [];
  }
}

function agents(context: DeriveContext): Sql {
  const { dialect } = context;
  return sql`SELECT user_agent,
      ${agentRuleSql(dialect, "machine", sql`user_agent`)} AS machine_rule,
      ${agentRuleSql(dialect, "bot", sql`user_agent`)} AS bot_rule
    FROM (
      SELECT DISTINCT e.user_agent FROM ${eventsOf(context)} AS e
      WHERE e.user_agent IS NOT NULL AND ${context.identities(sql`e.identity`)}
    ) AS g`;
}

function automations(context: DeriveContext): Sql {
  const { dialect } = context;
  return sql`SELECT d.source, d.automation, coalesce(max(n.name), d.automation) AS name
    FROM (
      SELECT DISTINCT e.source, e.automation FROM ${eventsOf(context)} AS e
      WHERE e.automation IS NOT NULL AND ${context.identities(sql`e.identity`)}
    ) AS d
    LEFT JOIN ledger.automations AS n ON trim(n.automation) = trim(d.automation)
      AND ${vendorOf(dialect, sql`n.source`)} = ${vendorOf(dialect, sql`d.source`)}
      AND n.deleted IS NOT TRUE AND n.name IS NOT NULL
    GROUP BY d.source, d.automation`;
}
