import { join, raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";
import { originsSql, recordedOrigin, sameOrigin } from "./origin.ts";

/** An answer to a survey. */
export const surveyAnswers = {
  name: "survey_answers",
  row: "an answer to a survey",
  scope: "person",
  time: { column: "answered_at", is: "instant" },
  columns: {
    answered_at: { type: "time", meaning: "When." },
    kind: { type: "text", meaning: "csat, nps, ces or own." },
    survey: { type: "text", meaning: "Name of the survey." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    score: { type: "number", meaning: "The score." },
    scale: { type: "number", meaning: "Highest possible score." },
    is_satisfied: {
      type: "boolean",
      meaning: "CSAT: 4 or 5 of 5, or the same share of another scale.",
    },
    is_promoter: { type: "boolean", meaning: "NPS: 9 or 10." },
    is_detractor: { type: "boolean", meaning: "NPS: 0 to 6." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The answer in the ledger." },
  },
  dimensions: {
    ...originDimensions,
    survey: "survey",
    data_source: "data_source",
  },
  order: ["answered_at", "row_key"],
  inputs: ["ledger.surveys", "ledger.campaigns", "derived.identity_map", "derived.people"],
  reads: { people: { columns: ["channel", "utm_source", "utm_medium", "campaign"] } },
  onlyWith: "ledger.surveys",
  select: selectSql,
} as const satisfies DerivedTable;

/**
 * Satisfied: the top two of five, or the same share (at least four fifths) of another scale. Promoters and detractors
 * are 9–10 and 0–6 of ten, other scales are stretched to ten. An answer without an origin has that of its person.
 */
function selectSql({ dialect, settings, people }: DeriveContext): Sql {
  const isSaid = join(
    recordedOrigin.slice(1).map((field) => raw(`a.${field} IS NOT NULL`)),
    " OR ",
  );
  const own = (field: string): Sql =>
    sql`CASE WHEN ${isSaid} THEN o.${raw(field)} ELSE p.${raw(field)} END AS ${raw(field)}`;
  return sql`WITH answers AS (
      SELECT s.*, coalesce(m.person, s.identity) AS person,
        coalesce(s.scale, CASE s.kind WHEN 'nps' THEN 10 WHEN 'ces' THEN 7 ELSE 5 END) AS full_scale
      FROM ledger.surveys AS s LEFT JOIN derived.identity_map AS m ON m.identity = s.identity
    ),
    kept AS (SELECT * FROM answers WHERE ${people(sql`person`)})
    SELECT a.answered_at, a.kind, a.survey, a.person, a.score, a.full_scale AS scale,
      CASE WHEN a.kind = 'csat' THEN a.score * 5 >= a.full_scale * 4 END AS is_satisfied,
      CASE WHEN a.kind = 'nps' THEN a.score * 10 >= a.full_scale * 9 END AS is_promoter,
      CASE WHEN a.kind = 'nps' THEN a.score * 10 <= a.full_scale * 6 END AS is_detractor,
      coalesce(CASE WHEN ${isSaid} THEN o.channel ELSE p.channel END, 'unknown') AS channel,
      ${join(["utm_source", "utm_medium", "campaign"].map(own))},
      a.source AS data_source, a.row_key
    FROM kept AS a
    LEFT JOIN (${originsSql(dialect, settings, sql`FROM kept`)}) AS o ON ${sameOrigin("a", "o")}
    LEFT JOIN derived.people AS p ON p.person = a.person`;
}
