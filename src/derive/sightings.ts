import { eventKinds } from "../ledger/tables/events.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { recordedOrigin } from "./origin.ts";
import { eventsOf, resolvedRows } from "./resolved.ts";

/** Kinds of event that a person does; messages sent to them are not where they came from. */
const inboundKinds = eventKinds.filter(
  (kind) => !/(sent|delivered|bounced|failed|impression|reached)$/.test(kind),
);

const origin = recordedOrigin.filter((column) => column !== "source");

/** What a source first recorded of a person: kept apart, so that people are brought up to date without every event. */
export const sightings = {
  name: "sightings",
  row: "the first that a source recorded of a person, and the first thing that they did there",
  scope: "person",
  time: { column: "first_at", is: "instant" },
  columns: {
    person: { type: "identity", meaning: "The person." },
    source: { type: "text", meaning: "The source." },
    first_at: { type: "time", meaning: "First event of any kind." },
    inbound_at: { type: "time", meaning: "First thing that the person did." },
    inbound_key: { type: "key", meaning: "The event in which they did it." },
    kind: { type: "text", meaning: "What they did." },
    channel: { type: "text", meaning: "Its channel, as recorded." },
    utm_source: { type: "text", meaning: "Its UTM source, as recorded." },
    utm_medium: { type: "text", meaning: "Its UTM medium, as recorded." },
    campaign: { type: "text", meaning: "Its campaign, as recorded." },
    referrer: { type: "text", meaning: "Its referring address." },
    click_id: { type: "text", meaning: "Its kind of ad click id." },
  },
  dimensions: {},
  order: ["person", "source"],
  inputs: ["ledger.events", "derived.identity_map"],
  select: selectSql,
} as const satisfies DerivedTable;

function selectSql(context: DeriveContext): Sql {
  const { dialect } = context;
  const rows = resolvedRows(context, "events", raw("e.source, e.kind, e.occurred_at, e.row_key"));
  const isInbound = sql`kind IN (${join(inboundKinds.map((kind) => literal(kind)))})`;
  const order = dialect.pair(sql`occurred_at`, sql`row_key`);
  const first = dialect.firstBy(sql`row_key`, sql`CASE WHEN ${isInbound} THEN ${order} END`);
  return sql`SELECT s.person, s.source, s.first_at, e.occurred_at AS inbound_at, s.inbound_key, e.kind,
      ${join(origin.map((column) => identifier("e", column)))}
    FROM (
      SELECT person, source, min(occurred_at) AS first_at, ${first} AS inbound_key
      FROM (${rows} AND e.identity IS NOT NULL) AS r GROUP BY person, source
    ) AS s LEFT JOIN ${eventsOf(context)} AS e ON e.row_key = s.inbound_key`;
}
