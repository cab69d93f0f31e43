import { literal, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext } from "./derived.ts";

const secondsPerDay = 86_400;

/**
 * The SELECT of derived.subscriber_spans.
 *
 * A membership starts with a subscription, or with the first e-mail to somebody whose subscription no source tells of
 * (`imported`); it ends with an unsubscribe from that list (or from all), a hard bounce or a complaint. A member is
 * active for the window after joining and after every open or click by a person. Where a window runs out, the inactive
 * time begins, also where that lies after the end of the ledger: so rows do not depend on when the ledger ends.
 */
export function selectSubscriberSpans(context: DeriveContext): Sql {
  return sql`WITH changes AS (${changes(context)}),
    memberships AS (${memberships()}),
    engaged AS (
      SELECT DISTINCT person, occurred_at FROM derived.interactions
      WHERE kind IN ('email_opened', 'email_clicked') AND machine IS NULL AND person IS NOT NULL
        AND ${context.people(sql`person`)}
    ),
    islands AS (${islands(context)})
    SELECT person, list, from_at, least(lapses_at, coalesce(ends_at, lapses_at)) AS to_at, 'active' AS state,
      CASE WHEN is_first THEN started_by ELSE 'reactivated' END AS started_by,
      CASE WHEN ends_at <= lapses_at THEN ended_by ELSE 'lapsed' END AS ended_by
    FROM islands
    UNION ALL
    SELECT person, list, lapses_at, coalesce(next_at, ends_at), 'inactive', 'lapsed',
      CASE WHEN next_at IS NOT NULL THEN 'reactivated' ELSE ended_by END
    FROM islands WHERE coalesce(next_at, ends_at) IS NULL OR coalesce(next_at, ends_at) > lapses_at`;
}

/** Starts and ends by person and list; an end without a list ends every membership of the person. */
function changes({ people }: DeriveContext): Sql {
  const events = sql`SELECT person, kind, list, occurred_at, row_key, detail FROM derived.interactions
    WHERE kind IN ('email_sent', 'email_delivered', 'email_subscribed', 'email_unsubscribed', 'email_bounced', 'email_complained')
      AND person IS NOT NULL AND ${people(sql`person`)}`;
  return sql`WITH events AS (${events}),
    starts AS (
      SELECT person, list, occurred_at, 'subscribed' AS what FROM events WHERE kind = 'email_subscribed'
      UNION ALL
      SELECT e.person, e.list, min(e.occurred_at), 'imported' FROM events AS e
      LEFT JOIN (
        SELECT person, min(occurred_at) AS at_first FROM events WHERE kind = 'email_subscribed' GROUP BY person
      ) AS s ON s.person = e.person AND s.at_first <= e.occurred_at
      WHERE e.kind IN ('email_sent', 'email_delivered') AND s.person IS NULL
      GROUP BY e.person, e.list
    ),
    ends AS (
      SELECT person, list, occurred_at, CASE kind WHEN 'email_unsubscribed' THEN 'unsubscribed'
        WHEN 'email_bounced' THEN 'bounced' ELSE 'complained' END AS what
      FROM events WHERE kind IN ('email_unsubscribed', 'email_complained')
        OR (kind = 'email_bounced' AND lower(detail) LIKE 'hard%')
    ),
    lists AS (SELECT DISTINCT person, list FROM starts)
    SELECT person, list, occurred_at, what, 1 AS is_start FROM starts
    UNION ALL
    SELECT l.person, l.list, e.occurred_at, e.what, 0 FROM lists AS l JOIN ends AS e ON e.person = l.person
      AND (l.list IS NULL OR e.list IS NULL OR e.what <> 'unsubscribed' OR e.list = l.list)`;
}

function memberships(): Sql {
  return sql`SELECT person, list, from_at, ends_at, started_by, ended_by FROM (
      SELECT person, list, nth_end,
        min(CASE WHEN is_start = 1 THEN occurred_at END) AS from_at,
        max(CASE WHEN is_start = 0 THEN occurred_at END) AS ends_at,
        max(CASE WHEN is_start = 1 AND nth_start = 1 THEN what END) AS started_by,
        max(CASE WHEN is_start = 0 THEN what END) AS ended_by
      FROM (
        SELECT *, row_number() OVER (PARTITION BY person, list, nth_end, is_start ORDER BY occurred_at, what) AS nth_start
        FROM (
          SELECT *, coalesce(sum(1 - is_start) OVER (
              PARTITION BY person, list ORDER BY occurred_at, is_start DESC, what
              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS nth_end
          FROM changes
        ) AS cut
      ) AS numbered
      GROUP BY person, list, nth_end
    ) AS runs
    WHERE from_at IS NOT NULL AND (ends_at IS NULL OR from_at < ends_at)`;
}

/** Stretches of a membership without a lapse: from the first sign of interest until the window after the last. */
function islands({ dialect, settings }: DeriveContext): Sql {
  const window = settings.inactive_after_days * secondsPerDay;
  const pause = dialect.secondsBetween(sql`previous_at`, sql`signed_at`);
  return sql`WITH signs AS (
      SELECT person, list, from_at AS joined_at, ends_at, started_by, ended_by, from_at AS signed_at FROM memberships
      UNION
      SELECT m.person, m.list, m.from_at, m.ends_at, m.started_by, m.ended_by, e.occurred_at
      FROM memberships AS m JOIN engaged AS e ON e.person = m.person
        AND e.occurred_at > m.from_at AND (m.ends_at IS NULL OR e.occurred_at < m.ends_at)
    ),
    numbered AS (
      SELECT *, row_number() OVER membership AS nth, lag(signed_at) OVER membership AS previous_at
      FROM signs WINDOW membership AS (PARTITION BY person, list, joined_at ORDER BY signed_at)
    ),
    cut AS (
      SELECT *, max(CASE WHEN previous_at IS NULL OR ${pause} > ${literal(window)} THEN nth END)
        OVER (PARTITION BY person, list, joined_at ORDER BY nth ROWS UNBOUNDED PRECEDING) AS island
      FROM numbered
    ),
    stretches AS (
      SELECT person, list, joined_at, ends_at, started_by, ended_by, island,
        min(signed_at) AS from_at, ${dialect.addSeconds(sql`max(signed_at)`, window)} AS lapses_at
      FROM cut GROUP BY person, list, joined_at, ends_at, started_by, ended_by, island
    )
    SELECT *, island = 1 AS is_first,
      lead(from_at) OVER (PARTITION BY person, list, joined_at ORDER BY from_at) AS next_at
    FROM stretches`;
}
