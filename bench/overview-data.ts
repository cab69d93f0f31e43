import { derivedTables } from "../src/derive/tables.ts";
import { createTable } from "../src/sql/ddl.ts";
import { raw, sql } from "../src/sql/fragment.ts";
import type { Store } from "../src/store/store.ts";

/** Events are spread over this many days from 2025-01-01. */
const days = 365;

/** Numbers that are made in one statement; more would hold the engine's memory for longer. */
const sliceRows = 5_000_000;

const pick = (values: readonly string[], salt: number) =>
  `([${values.map((value) => `'${value}'`).join(", ")}])[1 + CAST(hash(i, ${salt}) % ${values.length} AS BIGINT)]`;

const channel = `${pick(["email", "paid search", "organic search", "direct", "social"], 2)} AS channel`;
const bots = "CASE WHEN hash(i, 3) % 25 = 0 THEN 'bot' END AS machine";
const price = "CAST((hash(i, 9) % 20000) / 100 AS DECIMAL(18,6))";
const eventKinds = [
  ...["page_viewed", "page_viewed", "page_viewed", "page_viewed"],
  ...["email_sent", "email_delivered", "email_opened", "ad_click"],
];

/** A table with one row for so many events, and its columns over the row's number i. */
interface Filling {
  readonly table: string;
  readonly every: number;
  readonly columns: string;
}

function fillings(events: number): readonly Filling[] {
  const step = Math.floor((days * 86_400_000_000) / events);
  const at = (every: number) => `TIMESTAMP '2025-01-01' + to_microseconds(i * ${every} * ${step})`;
  const people = Math.max(1, Math.floor(events / 12));
  const person = (every: number) =>
    `CAST(hash(i // ${Math.max(1, 20 / every)}, 7) % ${people} AS UBIGINT)`;
  return [
    {
      table: "interactions",
      every: 1,
      columns: `${at(1)} AS occurred_at, ${pick(eventKinds, 1)} AS kind, ${person(1)} AS person, ${channel}, 1.0 AS quantity, ${bots}, ${pick(["ga4/events", "mailchimp/activity"], 4)} AS data_source, CAST(i AS UHUGEINT) AS row_key`,
    },
    {
      table: "sessions",
      every: 5,
      columns: `${at(5)} AS started_at, ${person(5)} AS person, ${channel}, CAST(1 + hash(i, 5) % 9 AS BIGINT) AS page_views, hash(i, 6) % 3 = 0 AS bounced, ${bots}, 0 AS goals, 'ga4/events' AS data_source`,
    },
    {
      table: "messages",
      every: 4,
      columns: `${at(4)} AS sent_at, 'email' AS medium, ${person(4)} AS person, ${channel}, 1.0 AS sent, 1.0 AS delivered, CAST(hash(i, 8) % 3 = 0 AS DOUBLE) AS opened, CAST(hash(i, 8) % 30 = 0 AS DOUBLE) AS clicked, 'mailchimp/activity' AS data_source`,
    },
    {
      table: "customers",
      every: 100,
      columns: `${at(100)} AS first_at, CAST(i AS UBIGINT) AS person, ${channel}, 'shopify/orders' AS data_source`,
    },
    {
      table: "revenue_lines",
      every: 20,
      columns: `${at(20)} AS booked_at, CAST(i // 2 AS VARCHAR) AS "order", ${person(20)} AS person, 'sale' AS line_type, ${price} AS amount, ${channel}, 'shopify/orders' AS data_source, CAST(i AS UHUGEINT) AS row_key`,
    },
    {
      table: "purchases",
      every: 40,
      columns: `${at(40)} AS placed_at, CAST(i AS VARCHAR) AS "order", ${person(40)} AS person, ${price} AS sales, TRUE AS is_sold, ${channel}, 'shopify/orders' AS data_source`,
    },
  ];
}

/**
 * Fills the derived tables with synthetic rows, straight in SQL and slice by slice: events over a year, and in proportion
 * the visits, messages, orders and costs that belong to them.
 *
 * @param store an empty workspace
 * @param events rows of interactions
 */
export async function fillOverview(store: Store, events: number): Promise<void> {
  for (const table of derivedTables) {
    await store.run(createTable(store.dialect, "derived", table.name, table.columns));
  }
  for (const { table, every, columns } of fillings(events)) {
    const count = Math.floor(events / every);
    for (let from = 0; from < count; from += sliceRows) {
      const range = raw(`range(${from}, ${Math.min(count, from + sliceRows)})`);
      await store.run(
        sql`INSERT INTO derived.${raw(table)} BY NAME SELECT ${raw(columns)} FROM ${range} AS t(i)`,
      );
    }
  }
  await store.run(
    sql`INSERT INTO derived.cost_days BY NAME SELECT CAST(DATE '2025-01-01' + CAST(i // 200 AS INTEGER) AS DATE) AS day, 'media' AS cost_kind, CAST((hash(i) % 9000) / 100 AS DECIMAL(18,6)) AS amount, 'paid search' AS channel, 'google_ads/campaigns' AS data_source FROM range(${raw(String(days * 200))}) AS t(i)`,
  );
  await store.run(
    sql`INSERT INTO derived.coverage BY NAME SELECT CAST(DATE '2025-01-01' + CAST(i AS INTEGER) AS DATE) AS day, 'events' AS table_name, s.data_source, 1000 AS rows, DATE '2025-01-01' AS first_day, DATE '2025-12-31' AS last_day FROM range(${raw(String(days))}) AS t(i), (VALUES ('ga4/events'), ('mailchimp/activity'), ('shopify/orders'), ('google_ads/campaigns')) AS s(data_source)`,
  );
  await store.run(sql`CHECKPOINT`);
}
