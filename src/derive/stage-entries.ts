import { lifecycleStages } from "../ledger/tables/crm.ts";
import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { accountsPremise, buyerOf, dealPartiesSql } from "./buyers.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";
import { originsSql, recordedOrigin, sameOrigin, vendorOf } from "./origin.ts";
import { scoreBand, scoreBandColumn } from "./score-band.ts";

/** A person entering a lifecycle stage. */
export const stageEntries = {
  name: "stage_entries",
  row: "a person entering a lifecycle stage",
  scope: "person",
  time: { column: "entered_at", is: "instant" },
  columns: {
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    stage: { type: "text", meaning: "The stage." },
    entered_at: { type: "time", meaning: "When." },
    is_first: { type: "boolean", meaning: "First time in this stage." },
    next_stage: { type: "text", meaning: "The stage after it." },
    seconds_in_stage: {
      type: "number",
      meaning: "Seconds until the next stage; null while in it.",
    },
    owner: { type: "text", meaning: "Who is responsible." },
    score: { type: "number", meaning: "Lead score at that moment." },
    score_band: scoreBandColumn,
    country: { type: "text", meaning: "Country." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    ...originDimensions,
    stage: "stage",
    owner: "owner",
    score_band: "score_band",
    country: "country",
    account: "account",
    data_source: "data_source",
  },
  order: ["entered_at", "person", "stage"],
  inputs: [
    "ledger.stages",
    "ledger.people",
    "ledger.deals",
    "ledger.associations",
    "ledger.campaigns",
    "derived.identity_map",
    "derived.people",
    "derived.purchases",
  ],
  reads: {
    purchases: { columns: ["account", "placed_at", "data_source"], where: raw("nth = 1") },
  },
  premises: accountsPremise,
  select: selectSql,
} as const satisfies DerivedTable;

/**
 * Stages that sources state, and the first of those that follow from other rows where nobody states an earlier one:
 * lead from when a source knew somebody it calls a lead (or later), or from the first MQL or SQL; MQL by the workspace's
 * score; opportunity from the first deal; customer from the first order or won deal.
 */
function selectSql(context: DeriveContext): Sql {
  const { dialect, settings, people } = context;
  const rank = sql`CASE e.stage ${join(
    lifecycleStages.map((stage, index) => sql`WHEN ${literal(stage)} THEN ${literal(index)}`),
    " ",
  )} END`;
  const inOrder = sql`OVER (PARTITION BY e.person ORDER BY e.entered_at, ${rank})`;
  const said = (field: string): Sql =>
    sql`CASE WHEN e.is_said THEN o.${raw(field)} ELSE p.${raw(field)} END`;
  return sql`WITH stated AS (${statedSql(context)}),
    hints AS (${hintsSql(context)}),
    scored AS (${scoredSql(context)}),
    implied AS (
      SELECT h.person, h.stage, min(h.entered_at) AS entered_at, min(h.account) AS account, min(h.source) AS source
      FROM (
        SELECT * FROM hints UNION ALL SELECT * FROM scored
        UNION ALL SELECT person, NULL, 'lead', entered_at, source FROM stated WHERE stage IN ('mql', 'sql')
        UNION ALL SELECT person, NULL, 'lead', entered_at, source FROM scored
      ) AS h
      WHERE h.entered_at IS NOT NULL GROUP BY h.person, h.stage
    ),
    entries AS (
      SELECT *, row_number() OVER (PARTITION BY person, stage, entered_at ORDER BY source, row_key) AS choice FROM stated
      UNION ALL
      SELECT i.person, i.account, i.stage, i.entered_at, i.source, ${join(nothings(context))}, 1
      FROM implied AS i
      LEFT JOIN (SELECT person, stage, min(entered_at) AS first_at FROM stated GROUP BY person, stage) AS s
        ON s.person = i.person AND s.stage = i.stage
      WHERE s.first_at IS NULL OR i.entered_at < s.first_at
    ),
    origins AS (${originsSql(dialect, settings, sql`FROM stated`)})
    SELECT e.person, coalesce(e.account, p.account) AS account, e.stage, e.entered_at,
      row_number() OVER (PARTITION BY e.person, e.stage ORDER BY e.entered_at) = 1 AS is_first,
      lead(e.stage) ${inOrder} AS next_stage,
      ${dialect.secondsBetween(sql`e.entered_at`, sql`lead(e.entered_at) ${inOrder}`)} AS seconds_in_stage,
      coalesce(e.owner, p.owner) AS owner, e.score,
      ${scoreBand(sql`p.score`)} AS score_band, p.country,
      coalesce(${said("channel")}, 'unknown') AS channel, ${said("utm_source")} AS utm_source,
      ${said("utm_medium")} AS utm_medium, ${said("campaign")} AS campaign, e.source AS data_source
    FROM entries AS e
    LEFT JOIN origins AS o ON e.is_said AND ${sameOrigin("e", "o")}
    LEFT JOIN derived.people AS p ON p.person = e.person
    WHERE e.choice = 1 AND ${people(sql`e.person`)}`;
}

const originFields = recordedOrigin.slice(1).map((field) => raw(field));

function statedSql(context: DeriveContext): Sql {
  const isSaid = join(
    originFields.map((field) => sql`s.${field} IS NOT NULL`),
    " OR ",
  );
  return sql`SELECT coalesce(m.person, s.identity) AS person, CAST(NULL AS ${raw(context.dialect.types.identity)}) AS account,
      s.stage, s.entered_at, s.source, s.row_key, s.owner, s.score, ${isSaid} AS is_said,
      ${join(originFields.map((field) => sql`s.${field}`))}
    FROM ledger.stages AS s LEFT JOIN derived.identity_map AS m ON m.identity = s.identity
    WHERE s.identity IS NOT NULL AND ${context.identities(sql`s.identity`)}`;
}

/** What stands in the columns of `stated` after its source for entries that no source states. */
function nothings({ dialect }: DeriveContext): readonly Sql[] {
  const { key, text, number } = dialect.types;
  const types = [key, text, number];
  const nulls = types.map((type) => sql`CAST(NULL AS ${raw(type)})`);
  return [...nulls, sql`FALSE`, ...originFields.map(() => sql`CAST(NULL AS ${raw(text)})`)];
}

/** Stages that follow from people, deals and orders: person, account, stage, entered_at, source. */
function hintsSql(context: DeriveContext): Sql {
  const { dialect } = context;
  const vendor = (source: Sql): Sql => vendorOf(dialect, source);
  const party = buyerOf(
    context,
    sql`coalesce(m.person, d.identity, a.person)`,
    sql`coalesce(d.account, a.account)`,
  );
  const deals = sql`FROM ledger.deals AS d
    LEFT JOIN derived.identity_map AS m ON m.identity = d.identity
    LEFT JOIN (${dealPartiesSql(context, vendor)}) AS a ON a.vendor = ${vendor(sql`d.source`)} AND a.deal = d.deal
    WHERE d.deleted IS NOT TRUE AND ${party} IS NOT NULL`;
  return sql`SELECT coalesce(m.person, h.identity) AS person, h.account,
      CASE WHEN h.stage = 'subscriber' THEN 'subscriber' ELSE 'lead' END AS stage, h.created_at AS entered_at, h.source
    FROM ledger.people AS h LEFT JOIN derived.identity_map AS m ON m.identity = h.identity
    WHERE h.identity IS NOT NULL AND ${context.identities(sql`h.identity`)} AND h.deleted IS NOT TRUE AND (h.stage IS NOT NULL OR h.converted IS NOT NULL)
    UNION ALL
    SELECT ${party}, coalesce(d.account, a.account), 'opportunity', d.created_at, d.source ${deals}
    UNION ALL
    SELECT ${party}, coalesce(d.account, a.account), 'customer', d.closed_at, d.source ${deals} AND d.state = 'won'
    UNION ALL
    SELECT ${buyerOf(context, sql`person`, sql`account`)}, account, 'customer', placed_at, data_source
    FROM derived.purchases WHERE nth = 1 AND ${context.people(buyerOf(context, sql`person`, sql`account`))}`;
}

/** People whose score reached the workspace's threshold and whom no source calls an MQL. */
function scoredSql({ dialect, settings, identities }: DeriveContext): Sql {
  const threshold =
    settings.mql_score === null ? sql`FALSE` : sql`score >= ${literal(settings.mql_score)}`;
  return sql`SELECT person, CAST(NULL AS ${raw(dialect.types.identity)}) AS account, 'mql' AS stage, entered_at, source
    FROM (
      SELECT person, entered_at, score, source FROM stated
      UNION ALL
      SELECT coalesce(m.person, h.identity), coalesce(h.version, h.created_at), h.score, h.source
      FROM ledger.people AS h LEFT JOIN derived.identity_map AS m ON m.identity = h.identity
      WHERE h.identity IS NOT NULL AND ${identities(sql`h.identity`)} AND h.deleted IS NOT TRUE
    ) AS scores
    WHERE ${threshold} AND entered_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM stated AS s WHERE s.stage = 'mql' AND s.person = scores.person)`;
}
