import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { domainIdentity } from "./accounts.ts";
import type { DeriveContext } from "./derived.ts";
import { originsSql, recordedOrigin, sameOrigin, vendorOf } from "./origin.ts";
import { resolvedRows } from "./resolved.ts";
import { scoreBand } from "./score-band.ts";

/** Where else than in events a person can be seen first: table and its time. */
const sightings = [
  ["people", "created_at"],
  ["stages", "entered_at"],
  ["orders", "booked_at"],
  ["order_headers", "booked_at"],
  ["deals", "created_at"],
  ["carts", "created_at"],
  ["surveys", "answered_at"],
] as const;

/** The SELECT of derived.people. */
export function selectPeople(context: DeriveContext): Sql {
  return sql`WITH ${join(
    [
      sql`identified AS (${identified(context)})`,
      sql`described AS (${described(context)})`,
      sql`attributes AS (${attributes(context)})`,
      sql`seen AS (${seen(context)})`,
      sql`first_origins AS (${firstOrigins(context)})`,
      sql`origins AS (${originsSql(context.dialect, context.settings, sql`FROM first_origins`, "kind")})`,
      sql`companies AS (${companies(context)})`,
      sql`belongings AS (${belongings(context)})`,
    ],
    ",\n",
  )}
  SELECT p.person, s.first_seen_at, coalesce(a.email, i.email) AS email,
    b.account, a.country, a.language, c.industry, a.owner, a.score,
    ${scoreBand(sql`a.score`)} AS score_band, a.converted,
    ${isInternal(context)} AS is_internal,
    coalesce(o.channel, 'unknown') AS channel, o.utm_source, o.utm_medium, o.campaign,
    coalesce(i.identifiers, 1) AS identifiers, s.data_source
  FROM (SELECT person FROM identified UNION SELECT person FROM seen) AS p
  LEFT JOIN identified AS i ON i.person = p.person
  LEFT JOIN attributes AS a ON a.person = p.person
  LEFT JOIN seen AS s ON s.person = p.person
  LEFT JOIN first_origins AS f ON f.person = p.person
  LEFT JOIN origins AS o ON ${sameOrigin("f", "o", "kind")}
  LEFT JOIN belongings AS b ON b.person = p.person
  LEFT JOIN companies AS c ON c.account = b.account
  WHERE p.person IS NOT NULL`;
}

function identified(context: DeriveContext): Sql {
  const personal = "e.kind IN ('email', 'phone', 'id', 'anonymous')";
  return sql`SELECT person, count(*) AS identifiers,
      min(CASE WHEN kind = 'email' THEN value END) AS email
    FROM (${resolvedRows(context, "identities", raw("e.kind, e.value"))} AND ${raw(personal)}) AS i
    GROUP BY person`;
}

/** Descriptions of a person, numbered from the oldest to the newest; nulls never replace a value. */
function described(context: DeriveContext): Sql {
  return sql`SELECT *, row_number() OVER (
      PARTITION BY person ORDER BY version NULLS FIRST, source, row_key
    ) AS recency
    FROM (${resolvedRows(context, "people", raw("e.*"))} AND e.identity IS NOT NULL) AS d`;
}

function attributes(context: DeriveContext): Sql {
  const newest = ["email", "country", "language", "owner", "score", "converted", "is_internal"];
  const columns = [...newest, "account"].map(
    (column) =>
      sql`${context.dialect.lastWhen(identifier(column), sql`recency`, null)} AS ${identifier(column)}`,
  );
  return sql`SELECT person, ${join(columns)} FROM described GROUP BY person`;
}

function seen(context: DeriveContext): Sql {
  const { dialect } = context;
  const parts = sightings.map(([table, time]) => {
    const rows = resolvedRows(context, table, raw(`e.source, e.${time} AS seen_at`));
    return sql`SELECT person, source, min(seen_at) AS seen_at FROM (${rows}) AS r GROUP BY 1, 2`;
  });
  return sql`SELECT person, min(seen_at) AS first_seen_at,
      coalesce(${dialect.firstBy(sql`source`, dialect.pair(sql`seen_at`, sql`source`))}, min(source)) AS data_source
    FROM (
      ${join(parts, " UNION ALL ")}
      UNION ALL SELECT person, source, first_at FROM derived.sightings WHERE ${context.people(sql`person`)}
    ) AS s WHERE person IS NOT NULL GROUP BY person`;
}

/** The origin that a source states of the person itself, otherwise that of the first thing they did. */
function firstOrigins(context: DeriveContext): Sql {
  const { people } = context;
  const columns = join(recordedOrigin.map((column) => identifier(column)));
  return sql`WITH stated AS (
      SELECT person, max(recency) AS recency FROM described
      WHERE coalesce(channel, utm_source, utm_medium, campaign, referrer, click_id) IS NOT NULL
      GROUP BY person
    ), inbound AS (
      SELECT *, row_number() OVER (PARTITION BY person ORDER BY inbound_at, inbound_key) AS choice
      FROM derived.sightings WHERE inbound_key IS NOT NULL AND ${people(sql`person`)}
    )
    SELECT d.person, NULL AS kind, ${columns} FROM described AS d
    JOIN stated AS s ON s.person = d.person AND s.recency = d.recency
    UNION ALL
    SELECT i.person, i.kind, ${join(recordedOrigin.map((column) => identifier("i", column)))}
    FROM inbound AS i LEFT JOIN stated AS s ON s.person = i.person
    WHERE i.choice = 1 AND s.person IS NULL`;
}

function companies(context: DeriveContext): Sql {
  const industry = context.dialect.lastWhen(sql`industry`, sql`recency`, null);
  return sql`SELECT account, ${industry} AS industry FROM (
      SELECT coalesce(m.person, e.account) AS account, e.industry,
        row_number() OVER (ORDER BY e.version NULLS FIRST, e.source, e.row_key) AS recency
      FROM ledger.accounts AS e LEFT JOIN derived.identity_map AS m ON m.identity = e.account
      WHERE e.deleted IS NOT TRUE
    ) AS a GROUP BY account`;
}

/** The account of each person: as a source states it, as a link between records says, or by the e-mail domain. */
function belongings(context: DeriveContext): Sql {
  const { dialect } = context;
  const vendor = vendorOf(dialect, sql`e.source`);
  const contact = dialect.identity([literal("id"), vendor, sql`e.from_id`]);
  return sql`WITH linked AS (
      SELECT coalesce(m.person, l.contact) AS person, min(l.account) AS account
      FROM (
        SELECT ${contact} AS contact, e.to_identity AS account FROM ledger.associations AS e
        WHERE e.from_kind = 'person' AND e.to_kind = 'account' AND e.to_identity IS NOT NULL
          AND e.deleted IS NOT TRUE
      ) AS l LEFT JOIN derived.identity_map AS m ON m.identity = l.contact
      GROUP BY 1
    ), named AS (
      SELECT i.person, coalesce(a.account, l.account, ${domainIdentity(dialect, sql`coalesce(a.email, i.email)`)}) AS account
      FROM identified AS i
      LEFT JOIN attributes AS a ON a.person = i.person
      LEFT JOIN linked AS l ON l.person = i.person
    )
    SELECT n.person, coalesce(m.person, n.account) AS account
    FROM named AS n LEFT JOIN derived.identity_map AS m ON m.identity = n.account`;
}

function isInternal(context: DeriveContext): Sql {
  const domains = context.settings.internal_domains.map((domain) => domain.trim().toLowerCase());
  const domain = context.dialect.capture(sql`lower(coalesce(a.email, i.email))`, "@(.+)$");
  return domains.length === 0
    ? sql`coalesce(a.is_internal, FALSE)`
    : sql`(coalesce(a.is_internal, FALSE) OR coalesce(${domain} IN (${join(domains.map((d) => literal(d)))}), FALSE))`;
}
