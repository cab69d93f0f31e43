import { literal, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext } from "./derived.ts";
import { kindList, visitKinds } from "./machine-rules.ts";
import { sameOrigin } from "./origin.ts";

/** Room for the number of a touch beside a row's position, in one whole number. */
const touchRoom = 4_294_967_296;

/**
 * Returns the query that puts what happened on the website into sessions: `row_key`, `session` and the `origin` of the
 * session (the first event that names a campaign, otherwise the first event).
 *
 * A session ends after a pause, and where a visitor arrives by another campaign. A visitor is a person; rows without a
 * person go by the source's own session id, and rows with neither have no session. Positions carried by a running
 * maximum stand for "the latest start so far", so one pass over each visitor is enough.
 *
 * @param context settings and engine
 * @param recorded the events, with `person`; a CTE `origins` must exist
 */
export function visitsSql(context: DeriveContext, recorded: Sql): Sql {
  const { dialect, settings } = context;
  const pause = dialect.secondsBetween(sql`previous_at`, sql`occurred_at`);
  const timeout = literal(settings.sessions.timeout_minutes * 60);
  const isNewCampaign = settings.sessions.split_on_campaign
    ? sql`touch IS NOT NULL AND ${dialect.wholeDivision(sql`previous_touch`, touchRoom)} >= pause_nth
        AND previous_touch % ${literal(touchRoom)} <> touch`
    : sql`FALSE`;
  return sql`WITH events AS (${visitEvents(context, recorded)}),
    numbered AS (
      SELECT *, row_number() OVER visit AS nth, lag(occurred_at) OVER visit AS previous_at
      FROM events WINDOW visit AS (PARTITION BY visitor ORDER BY occurred_at, row_key)
    ),
    paused AS (
      SELECT *,
        max(CASE WHEN previous_at IS NULL OR ${pause} > ${timeout} THEN nth END)
          OVER (PARTITION BY visitor ORDER BY nth ROWS UNBOUNDED PRECEDING) AS pause_nth,
        max(CASE WHEN touch IS NOT NULL THEN nth * ${literal(touchRoom)} + touch END)
          OVER (PARTITION BY visitor ORDER BY nth ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS previous_touch
      FROM numbered
    ),
    started AS (
      SELECT visitor, row_key, nth, origin, touch,
        max(CASE WHEN nth = pause_nth OR (${isNewCampaign}) THEN occurred_at END)
          OVER (PARTITION BY visitor ORDER BY nth ROWS UNBOUNDED PRECEDING) AS started_at
      FROM paused
    ),
    sessions AS (
      SELECT visitor, started_at,
        ${dialect.key([dialect.textOf(sql`visitor`), dialect.textOf(dialect.epochMicroseconds(sql`started_at`))])} AS session,
        coalesce(${dialect.firstBy(sql`origin`, sql`CASE WHEN touch IS NOT NULL THEN nth END`)},
          ${dialect.firstBy(sql`origin`, sql`nth`)}) AS origin
      FROM started GROUP BY visitor, started_at
    )
    SELECT r.row_key, s.session, s.origin FROM started AS r
    JOIN sessions AS s ON s.visitor = r.visitor AND s.started_at = r.started_at`;
}

function visitEvents(context: DeriveContext, recorded: Sql): Sql {
  const hint = context.dialect.identity([literal("session"), sql`e.source`, sql`e.session`]);
  const visitor = sql`coalesce(e.person, CASE WHEN e.session IS NOT NULL THEN ${hint} END)`;
  return sql`SELECT ${visitor} AS visitor, e.row_key, e.occurred_at, o.origin, o.touch
    FROM (${recorded}) AS e JOIN origins AS o ON ${sameOrigin("e", "o", "kind")}
    WHERE e.kind IN ${kindList(visitKinds)} AND (e.person IS NOT NULL OR e.session IS NOT NULL)`;
}
