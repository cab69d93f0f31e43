import { literal, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";
import { scoreBand, scoreBandColumn } from "./score-band.ts";

/** A person with the first time of every stage. */
export const funnel = {
  name: "funnel",
  row: "a person with the first time of every stage",
  scope: "person",
  time: { column: "lead_at", is: "instant" },
  columns: {
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    visitor_at: { type: "time", meaning: "First page view." },
    lead_at: { type: "time", meaning: "First lead stage." },
    mql_at: { type: "time", meaning: "First MQL." },
    sql_at: { type: "time", meaning: "First SQL." },
    opportunity_at: { type: "time", meaning: "First deal." },
    customer_at: { type: "time", meaning: "First order or won deal." },
    follow_up_at: {
      type: "time",
      meaning: "First follow-up (call, meeting, sales e-mail) after becoming a lead.",
    },
    follow_up_seconds: { type: "number", meaning: "Seconds from lead to first follow-up." },
    lead_to_customer_seconds: { type: "number", meaning: "Seconds from lead to customer." },
    owner: { type: "text", meaning: "Who is responsible." },
    score: { type: "number", meaning: "Latest lead score." },
    score_band: scoreBandColumn,
    country: { type: "text", meaning: "Country." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    ...originDimensions,
    owner: "owner",
    score_band: "score_band",
    country: "country",
    account: "account",
    data_source: "data_source",
  },
  order: ["person"],
  inputs: ["derived.stage_entries", "derived.sessions", "derived.interactions", "derived.people"],
  select: selectSql,
} as const satisfies DerivedTable;

/** Everybody with a visit or a stage; the origin is that of the lead, otherwise of the person. */
function selectSql({ dialect, people }: DeriveContext): Sql {
  const reached = (stage: string): Sql =>
    sql`min(CASE WHEN stage = ${literal(stage)} THEN entered_at END)`;
  const atLead = (column: Sql): Sql =>
    sql`max(CASE WHEN stage = 'lead' AND is_first THEN ${column} END)`;
  const since = (later: Sql): Sql =>
    sql`CASE WHEN ${later} >= f.lead_at THEN ${dialect.secondsBetween(sql`f.lead_at`, later)} END`;
  return sql`WITH steps AS (
      SELECT person, max(account) AS account, ${reached("lead")} AS lead_at, ${reached("mql")} AS mql_at,
        ${reached("sql")} AS sql_at, ${reached("opportunity")} AS opportunity_at, ${reached("customer")} AS customer_at,
        ${atLead(sql`owner`)} AS owner, ${atLead(sql`channel`)} AS channel, ${atLead(sql`utm_source`)} AS utm_source,
        ${atLead(sql`utm_medium`)} AS utm_medium, ${atLead(sql`campaign`)} AS campaign,
        ${atLead(sql`data_source`)} AS data_source, min(data_source) AS any_source
      FROM derived.stage_entries WHERE ${people(sql`person`)} GROUP BY person
    ),
    visits AS (
      SELECT person, min(started_at) AS visitor_at, max(account) AS account, min(data_source) AS data_source
      FROM derived.sessions
      WHERE person IS NOT NULL AND machine IS NULL AND page_views > 0 AND ${people(sql`person`)} GROUP BY person
    ),
    followed AS (
      SELECT s.person, min(i.occurred_at) AS follow_up_at
      FROM steps AS s
      JOIN derived.interactions AS i ON i.person = s.person AND i.occurred_at >= s.lead_at
      WHERE i.kind IN ('call', 'meeting', 'sales_email') GROUP BY s.person
    ),
    f AS (
      SELECT coalesce(s.person, v.person) AS person, coalesce(s.account, v.account) AS account, v.visitor_at, s.lead_at,
        s.mql_at, s.sql_at, s.opportunity_at, s.customer_at, s.owner, s.channel, s.utm_source, s.utm_medium, s.campaign,
        coalesce(s.data_source, s.any_source, v.data_source) AS data_source
      FROM steps AS s FULL JOIN visits AS v ON v.person = s.person
    )
    SELECT f.person, coalesce(f.account, p.account) AS account, f.visitor_at, f.lead_at, f.mql_at, f.sql_at,
      f.opportunity_at, f.customer_at, u.follow_up_at, ${since(sql`u.follow_up_at`)} AS follow_up_seconds,
      ${since(sql`f.customer_at`)} AS lead_to_customer_seconds, coalesce(f.owner, p.owner) AS owner, p.score,
      ${scoreBand(sql`p.score`)} AS score_band, p.country,
      coalesce(f.channel, p.channel, 'unknown') AS channel,
      CASE WHEN f.channel IS NULL THEN p.utm_source ELSE f.utm_source END AS utm_source,
      CASE WHEN f.channel IS NULL THEN p.utm_medium ELSE f.utm_medium END AS utm_medium,
      CASE WHEN f.channel IS NULL THEN p.campaign ELSE f.campaign END AS campaign, f.data_source
    FROM f
    LEFT JOIN followed AS u ON u.person = f.person
    LEFT JOIN derived.people AS p ON p.person = f.person`;
}
