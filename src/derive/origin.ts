import type { Settings } from "../ledger/settings.ts";
import type { Dialect } from "../sql/dialect.ts";
import { join, raw, type Sql, sql } from "../sql/fragment.ts";
import { channelSql, ruleTextsSql } from "./channels.ts";

/** Columns of a ledger row that say where it belongs, as every table with `originColumns` has them. */
export const recordedOrigin = [
  "source",
  "channel",
  "utm_source",
  "utm_medium",
  "campaign",
  "referrer",
  "click_id",
] as const;

/**
 * Returns the query that gives every distinct origin of a query's rows its channel, source, medium and campaign name:
 * the rules run once per origin instead of once per row. Columns: `recordedOrigin` (and `kind`) as they were, prefixed
 * with `of_`, and channel, utm_source, utm_medium, campaign, automation (of the campaign); `origin` numbers them, and `touch`
 * is the same number for the same campaign, null where nothing but a referrer is known.
 *
 * @param dialect regular expressions
 * @param settings own channel rules and domains
 * @param rows FROM and WHERE of the rows, without the words SELECT and columns; the origin columns carry no prefix
 * @param kind the column that holds the kind of event, when there is one
 */
export function originsSql(
  dialect: Pick<Dialect, "matches" | "capture" | "beforeFirst">,
  settings: Settings,
  rows: Sql,
  kind: "kind" | null = null,
): Sql {
  const columns = kind === null ? recordedOrigin : [...recordedOrigin, kind];
  const texts = ruleTextsSql(
    dialect,
    {
      channel: sql`coalesce(o.channel, c.channel)`,
      click_id: sql`o.click_id`,
      utm_source: sql`o.utm_source`,
      utm_medium: sql`o.utm_medium`,
      campaign: sql`coalesce(c.name, o.campaign)`,
      referrer: sql`o.referrer`,
      kind: kind === null ? null : sql`o.kind`,
    },
    settings,
  );
  const kept = columns.map((column) => sql`o.${raw(column)} AS ${raw(`of_${column}`)}`);
  const ruled = columns.map((column) => raw(`of_${column}`));
  return sql`SELECT *,
      row_number() OVER () AS origin,
      CASE WHEN coalesce(utm_source, utm_medium, campaign, of_click_id) IS NOT NULL
        THEN dense_rank() OVER (ORDER BY utm_source, utm_medium, campaign, of_click_id) END AS touch
    FROM (
      SELECT ${join(ruled)}, ${channelSql(dialect, settings)} AS channel, rule_source AS utm_source,
        rule_medium AS utm_medium, CASE WHEN rule_campaign IS NOT NULL THEN campaign END AS campaign, automation
      FROM (
        SELECT ${join(kept)}, ${texts}, coalesce(c.name, trim(o.campaign)) AS campaign, c.automation
        FROM (SELECT DISTINCT ${join(columns.map((column) => raw(column)))} ${rows}) AS o
        LEFT JOIN (${campaignNamesSql(dialect)}) AS c
          ON c.vendor = ${vendorOf(dialect, sql`o.source`)} AND c.id = trim(o.campaign)
      ) AS tidied
    ) AS named`;
}

/**
 * Returns the condition that joins a row with its origin.
 *
 * @param row alias of the row
 * @param origin alias of the query of {@link originsSql}
 * @param kind as given there
 */
export function sameOrigin(row: string, origin: string, kind: "kind" | null = null): Sql {
  const columns = kind === null ? recordedOrigin : [...recordedOrigin, kind];
  return join(
    columns.map((column) => raw(`${row}.${column} IS NOT DISTINCT FROM ${origin}.of_${column}`)),
    " AND ",
  );
}

/**
 * Returns the vendor of a source: what stands before the slash.
 *
 * @param dialect texts
 * @param source the column that holds the source
 */
export function vendorOf(dialect: Pick<Dialect, "beforeFirst">, source: Sql): Sql {
  return dialect.beforeFirst(source, "/");
}

/**
 * Returns the query of campaigns by vendor and id: name, channel and automation as stated, one row each.
 *
 * @param dialect texts
 */
export function campaignNamesSql(dialect: Pick<Dialect, "beforeFirst">): Sql {
  const vendor = vendorOf(dialect, sql`source`);
  return sql`SELECT ${vendor} AS vendor, trim(campaign) AS id, max(nullif(trim(name), '')) AS name,
      max(channel) AS channel, max(automation) AS automation
    FROM ledger.campaigns WHERE deleted IS NOT TRUE GROUP BY 1, 2`;
}
