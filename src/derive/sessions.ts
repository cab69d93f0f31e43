import { type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";
import { kindList, visitKinds } from "./machine-rules.ts";

/** A visit to the website: page views of a person without a pause or change of campaign. */
export const sessions = {
  name: "sessions",
  row: "a visit to the website: page views of a person without a pause or change of campaign",
  scope: "person",
  time: { column: "started_at", is: "instant" },
  columns: {
    session: { type: "key", meaning: "The session." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    started_at: { type: "time", meaning: "First page view or action." },
    ended_at: { type: "time", meaning: "Last page view or action." },
    seconds: { type: "number", meaning: "Length in seconds." },
    ...originColumns,
    landing_page: { type: "text", meaning: "Path of the first page." },
    country: { type: "text", meaning: "Country." },
    device: { type: "text", meaning: "Device class." },
    page_views: { type: "count", meaning: "Page views." },
    actions: { type: "count", meaning: "Other actions: goals, forms, clicks, carts." },
    bounced: { type: "boolean", meaning: "One page view and nothing else." },
    goals: { type: "count", meaning: "Goals and forms reached." },
    machine: { type: "text", meaning: "bot for robots; null for people." },
    data_source: { type: "text", meaning: "The source that brought the row." },
  },
  dimensions: {
    ...originDimensions,
    landing_page: "landing_page",
    country: "country",
    device: "device",
    account: "account",
    data_source: "data_source",
  },
  order: ["started_at", "session"],
  inputs: ["derived.interactions"],
  select: selectSessions,
} as const satisfies DerivedTable;

const actions = visitKinds.filter((kind) => kind !== "page_viewed");
const goals = ["goal_reached", "form_submitted"];

/** Rows of one session share person, account and origin; the first row tells the rest. */
function selectSessions({ dialect, people }: DeriveContext): Sql {
  const order = dialect.pair(sql`occurred_at`, sql`row_key`);
  const first = (column: Sql): Sql => dialect.firstBy(column, order);
  const pages = dialect.countWhen(sql`kind = 'page_viewed'`);
  const others = dialect.countWhen(sql`kind IN ${kindList(actions)}`);
  return sql`SELECT session, max(person) AS person, max(account) AS account,
      min(occurred_at) AS started_at, max(occurred_at) AS ended_at,
      ${dialect.secondsBetween(sql`min(occurred_at)`, sql`max(occurred_at)`)} AS seconds,
      max(channel) AS channel, max(utm_source) AS utm_source, max(utm_medium) AS utm_medium,
      max(campaign) AS campaign, ${first(sql`page`)} AS landing_page, ${first(sql`country`)} AS country,
      ${first(sql`device`)} AS device, ${pages} AS page_views, ${others} AS actions,
      ${pages} = 1 AND ${others} = 0 AS bounced,
      ${dialect.countWhen(sql`kind IN ${kindList(goals)}`)} AS goals,
      max(machine) AS machine, ${first(sql`data_source`)} AS data_source
    FROM derived.interactions WHERE session IS NOT NULL AND ${people(sql`person`)}
    GROUP BY session`;
}
