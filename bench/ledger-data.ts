import { raw, sql } from "../src/sql/fragment.ts";
import type { Store } from "../src/store/store.ts";

/** Events are spread over this many days from 2025-01-01. */
const days = 365;

/** Events that are made in one statement; more would hold the engine's memory for longer. */
const sliceRows = 2_000_000;

const pick = (values: readonly (string | null)[], number: string) =>
  `([${values.map((value) => (value === null ? "NULL" : `'${value}'`)).join(", ")}])[1 + CAST(hash(${number}) % ${values.length} AS BIGINT)]`;

/** What comes in on its own, after the ledger was filled. */
export interface News {
  readonly load: number;
  readonly rows: number;
}

/** How many people a ledger of so many events has. */
const peopleOf = (events: number): number => Math.max(10, Math.floor(events / 20));

/**
 * Fills the ledger straight in SQL, slice by slice: of ten events five are page views of one visitor, four are one
 * message and what became of it, and one is an ad or a goal; every twentieth is an order line. Half of the people have
 * a browser that is linked to their address.
 *
 * @param store a workspace with empty tables
 * @param events rows of events
 */
export async function fillLedger(store: Store, events: number): Promise<void> {
  const people = peopleOf(events);
  for (let from = 0; from < events; from += sliceRows) {
    await insert(store, "events", eventRows(from, Math.min(events, from + sliceRows), events, 1));
  }
  await insert(store, "orders", orderRows(0, Math.floor(events / 20), events, 2));
  const rows = (name: string, columns: string, count: number) =>
    insert(
      store,
      name,
      `SELECT hash(i, '${name}') AS row_key, 3 AS load, ${columns} FROM range(${count}) AS t(i)`,
    );
  await rows(
    "identities",
    "'crm/contacts' AS source, hash(i, 'email') AS identity, 'email' AS kind, '' AS namespace, 'p' || i || '@example.com' AS value",
    people,
  );
  await rows(
    "identities",
    "'ga4/events' AS source, hash(i, 'browser') AS identity, 'anonymous' AS kind, 'ga4' AS namespace, 'b' || i AS value",
    people,
  );
  await rows(
    "identity_links",
    "'ga4/events' AS source, least(hash(2 * i, 'email'), hash(2 * i, 'browser')) AS left_identity, greatest(hash(2 * i, 'email'), hash(2 * i, 'browser')) AS right_identity",
    Math.floor(people / 2),
  );
  await rows(
    "people",
    `'crm/contacts' AS source, hash(i, 'email') AS identity, TIMESTAMP '2025-06-01' AS version, 'p' || i || '@example.com' AS email, ${pick(["DE", "FR", "US", null], "i")} AS country, TIMESTAMP '2025-01-01' + to_hours(CAST(hash(i) % 8000 AS INTEGER)) AS created_at, CAST(hash(i, 1) % 100 AS DOUBLE) AS score`,
    people,
  );
  await rows(
    "stages",
    `'crm/contacts' AS source, hash(hash(i) % ${people}, 'email') AS identity, ${pick(["lead", "mql", "sql"], "i")} AS stage, TIMESTAMP '2025-01-01' + to_minutes(CAST(hash(i, 2) % 500000 AS INTEGER)) AS entered_at`,
    Math.floor(events / 100),
  );
  await rows(
    "campaigns",
    "'mailchimp/campaigns' AS source, 'campaign ' || i AS campaign, 'Campaign no. ' || i AS name",
    300,
  );
  await rows(
    "rates",
    "'ecb/rates' AS source, DATE '2025-01-01' + CAST(i AS INTEGER) AS day, 'USD' AS currency, 'EUR' AS base, '0.9' AS rate",
    days,
  );
  await store.run(sql`INSERT INTO ledger.touched SELECT DISTINCT identity FROM ledger.identities`);
  await store.run(sql`CHECKPOINT`);
}

/**
 * Brings order lines of known people into the ledger, at its end.
 *
 * @param store a workspace filled by {@link fillLedger}
 * @param events as given there
 * @param news number of the load and of the lines
 */
export async function addOrders(store: Store, events: number, news: News): Promise<void> {
  const from = Math.floor(events / 20) + news.load * news.rows;
  const rows = orderRows(from, from + news.rows, events, news.load);
  await insert(
    store,
    "orders",
    `SELECT * REPLACE (${await lately(store, news)} AS booked_at) FROM (${rows})`,
  );
  await touch(store, "orders", news);
}

/**
 * Brings events of known people into the ledger, at its end.
 *
 * @param store a workspace filled by {@link fillLedger}
 * @param events as given there
 * @param news number of the load and of the events
 */
export async function addEvents(store: Store, events: number, news: News): Promise<void> {
  const from = events + news.load * news.rows;
  const rows = eventRows(from, from + news.rows, events, news.load);
  await insert(
    store,
    "events",
    `SELECT * REPLACE (${await lately(store, news)} AS occurred_at) FROM (${rows})`,
  );
  await touch(store, "events", news);
}

/** News happened one after the other in the ten minutes after the end of the ledger. */
async function lately(store: Store, { load, rows }: News): Promise<string> {
  const [row] = await store.query(sql`SELECT max(occurred_at) AS "end" FROM ledger.events`);
  return `TIMESTAMP '${row?.end}' + to_microseconds(CAST((${load} + random() / ${rows}) * 600000000 AS BIGINT))`;
}

async function touch(store: Store, table: string, { load }: News): Promise<void> {
  await store.run(
    sql`INSERT INTO ledger.touched SELECT DISTINCT identity FROM ledger.${raw(table)} WHERE load = ${raw(String(load))}`,
  );
}

async function insert(store: Store, table: string, select: string): Promise<void> {
  await store.run(sql`INSERT INTO ledger.${raw(table)} BY NAME ${raw(select)}`);
}

const at = (number: string, every: number, events: number) =>
  `TIMESTAMP '2025-01-01' + to_microseconds(CAST(${number} * ${Math.floor((days * 86_400_000_000 * every) / events)} AS BIGINT))`;

function eventRows(from: number, to: number, events: number, load: number): string {
  const people = peopleOf(events);
  const views = "n < 5";
  const mails = "n BETWEEN 5 AND 8";
  const campaign = "'campaign ' || (block // 2000 % 300)";
  return `SELECT hash(i, 'events') AS row_key, ${load} AS load,
      CASE WHEN ${mails} THEN 'mailchimp/activity' ELSE 'ga4/events' END AS source,
      CASE WHEN ${mails} THEN hash(hash(block, 2) % ${people}, 'email') ELSE hash(hash(block, 1) % ${people}, 'browser') END AS identity,
      ${at("i", 1, events)} + CASE WHEN n IN (7, 8) THEN to_seconds(CAST(hash(i) % 100000 AS INTEGER)) ELSE to_seconds(0) END AS occurred_at,
      CASE WHEN ${views} THEN 'page_viewed'
        WHEN n = 5 THEN 'email_sent' WHEN n = 6 THEN 'email_delivered' WHEN n = 7 THEN 'email_opened'
        WHEN n = 8 THEN 'email_clicked' WHEN block % 4 = 0 THEN 'form_submitted' ELSE 'ad_click' END AS kind,
      CASE WHEN ${mails} THEN ${campaign} WHEN n = 9 THEN 'spring' WHEN block % 3 = 0 THEN 'brand' END AS campaign,
      CASE WHEN ${views} THEN ${pick(["google", "facebook", "newsletter", "bing", null, null], "block")} END AS utm_source,
      CASE WHEN ${views} THEN ${pick(["cpc", "email", "organic", null, null], "block")} END AS utm_medium,
      CASE WHEN n = 0 THEN ${pick(["https://www.google.com/", "https://blog.example/post", null], "block")} END AS referrer,
      CASE WHEN ${mails} THEN 'm' || block END AS message, CASE WHEN ${mails} THEN ${campaign} END AS asset,
      CASE WHEN ${views} THEN 'https://shop.example/p/' || (hash(i, 4) % 5000) || '?s=' || (block % 7) END AS page,
      CASE WHEN n = 8 THEN 'https://shop.example/p/' || (hash(i, 5) % 500) END AS link,
      CASE WHEN n = 9 AND block % 4 = 0 THEN 'contact' END AS goal,
      CASE WHEN ${views} THEN 's' || block END AS session,
      CASE WHEN n <> 5 AND n <> 6 THEN 'Mozilla/5.0 (X11; agent ' || (hash(block, 6) % 400) || ')' END AS user_agent,
      ${pick(["DE", "FR", "US", "ID", null], "block")} AS country, ${pick(["Mobile", "desktop", null], "block")} AS device
    FROM (SELECT i, i // 10 AS block, i % 10 AS n FROM range(${from}, ${to}) AS t(i)) AS numbered`;
}

function orderRows(from: number, to: number, events: number, load: number): string {
  return `SELECT hash(i, 'orders') AS row_key, ${load} AS load, 'shopify/orders' AS source,
      hash(hash(i // 2, 1) % ${peopleOf(events)}, 'email') AS identity, 'o' || (i // 2) AS "order", CAST(i % 2 AS VARCHAR) AS line,
      'sale' AS line_type, ${at("i // 2", 40, events)} + to_hours(1) AS booked_at,
      CAST((hash(i, 3) % 20000) / 100 AS DECIMAL(18,6)) AS amount, ${pick(["EUR", "EUR", "USD"], "i // 2")} AS currency,
      'product ' || (hash(i, 4) % 500) AS product, 1.0 AS quantity
    FROM range(${from}, ${to}) AS t(i)`;
}
