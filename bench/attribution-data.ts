import { channels, emailChannel, products } from "../src/simulate/company.ts";
import { raw, sql } from "../src/sql/fragment.ts";
import type { Store } from "../src/store/store.ts";

/** Conversions are spread over two years before this instant; the ledger ends in the middle of a month and of a day. */
const end = "2025-12-16 15:00:00";
const days = 730;

/** Conversions and journeys that are made in one statement; more would hold the engine's memory for longer. */
const sliceRows = 100_000;

/**
 * Fills a ledger with conversions and the visits before them, straight in SQL with the weights of the simulated company:
 * one order line per conversion, some nine visits in the eighty days before it (so that ten lie inside its window, with
 * those of the buyer's other orders), as many people who never buy, with three visits each; a refund for every fortieth
 * order. Half of the people visit with a browser that is linked to their address.
 *
 * @param store a workspace with empty tables
 * @param conversions orders to make
 */
export async function fillLedger(store: Store, conversions: number): Promise<void> {
  for (let from = 0; from < conversions; from += sliceRows) {
    const to = Math.min(conversions, from + sliceRows);
    await insert(store, "events", visits(buyersVisits(from, to, conversions)));
    await insert(store, "events", visits(othersVisits(from, to, conversions)));
  }
  await insert(store, "orders", orders(0, conversions, { conversions }));
  await insert(store, "orders", refunds(conversions));
  const known = (kind: string, step: number, value: string): string =>
    `SELECT hash(p, '${kind}', 1) AS row_key, 1 AS load, 'shop/orders' AS source, hash(p, '${kind}') AS identity,
      '${kind === "email" ? kind : "anonymous"}' AS kind, '${kind === "email" ? "" : "ga4"}' AS namespace, ${value} AS value
    FROM range(0, ${buyers(conversions)}, ${step}) AS t(p)`;
  await insert(store, "identities", known("email", 1, "'p' || p || '@example.com'"));
  await insert(store, "identities", known("browser", 2, "'b' || p"));
  await insert(
    store,
    "identity_links",
    `SELECT hash(p, 'link') AS row_key, 1 AS load, 'shop/orders' AS source,
      least(hash(p, 'email'), hash(p, 'browser')) AS left_identity, greatest(hash(p, 'email'), hash(p, 'browser')) AS right_identity
    FROM range(0, ${buyers(conversions)}, 2) AS t(p)`,
  );
  await store.run(sql`CHECKPOINT`);
}

/**
 * Brings orders of known people of the ledger's last day.
 *
 * @param store a workspace filled by {@link fillLedger}
 * @param conversions as given there
 * @param news number of the load and of the orders
 */
export async function addOrders(
  store: Store,
  conversions: number,
  { load, rows }: { readonly load: number; readonly rows: number },
): Promise<void> {
  const from = conversions + load * rows;
  const bookedAt = `TIMESTAMP '${end}' + to_seconds(CAST(${load} * 60 + hash(c, 9) % 60 AS INTEGER))`;
  await insert(store, "orders", orders(from, from + rows, { conversions, load, bookedAt }));
  await store.run(
    sql`INSERT INTO ledger.touched SELECT DISTINCT identity FROM ledger.orders WHERE load = ${raw(String(load))}`,
  );
}

const buyers = (conversions: number): number => Math.max(10, Math.floor(conversions * 0.6));

const buyerOf = (conversions: number): string => `hash(c, 'buyer') % ${buyers(conversions)}`;

/** A number from 0 to below 1 that depends on some others. */
const draw = (...of: readonly (string | number)[]): string =>
  `(hash(${of.join(", ")}) % 1000000 / 1000000.0)`;

const secondsBefore = (seconds: string): string =>
  `TIMESTAMP '${end}' - to_seconds(CAST(${seconds} AS BIGINT))`;

/** When a conversion happens: more often towards the end. */
const convertedAt = (salt: number): string =>
  secondsBefore(`(1 - sqrt(${draw("c", salt)} * 0.9 + 0.1)) / (1 - sqrt(0.1)) * ${days * 86_400}`);

/** A choice by weight. */
function pick(values: readonly string[], weights: readonly number[], number: string): string {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let until = 0;
  const branches = values.slice(0, -1).map((value, index) => {
    until += weights[index] ?? 0;
    return `WHEN ${number} < ${until / total} THEN ${value}`;
  });
  return `CASE ${branches.join(" ")} ELSE ${values.at(-1)} END`;
}

/** Visits: person, visited_at, nth (from 0), seed. */
function buyersVisits(from: number, to: number, conversions: number): string {
  const age = `80 * 86400 * pow(${draw("c", "nth", 3)}, 2)`;
  return `SELECT person, converted_at - to_seconds(CAST(60 + ${age} AS BIGINT)) AS visited_at, nth, hash(c, nth) AS seed
    FROM (SELECT c, person, converted_at, unnest(range(1 + CAST(floor(-ln(1 - ${draw("c", 2)}) * 8.3) AS BIGINT))) AS nth
      FROM (SELECT c, ${buyerOf(conversions)} AS person, ${convertedAt(1)} AS converted_at FROM range(${from}, ${to}) AS t(c)) AS conversions) AS v`;
}

function othersVisits(from: number, to: number, conversions: number): string {
  return `SELECT person, last_at - to_seconds(CAST(${draw("c", "nth", 6)} * 60 * 86400 AS BIGINT)) AS visited_at, nth, hash(c, nth, 'other') AS seed
    FROM (SELECT c, c + ${buyers(conversions)} AS person, ${convertedAt(4)} AS last_at,
        unnest(range(1 + CAST(floor(-ln(1 - ${draw("c", 5)}) * 2.5) AS BIGINT))) AS nth FROM range(${from}, ${to}) AS t(c)) AS v`;
}

function visits(rows: string): string {
  const all = [...channels, emailChannel];
  // Every third visit after the first comes out of a mail.
  const weights = [...channels.map(({ weight }) => weight), 0];
  const number = `CASE WHEN nth > 0 AND seed % 3 = 0 THEN ${all.length - 1} ELSE ${pick(
    channels.map((_, index) => String(index)),
    weights,
    draw("seed", 7),
  )} END`;
  const ofChannel = (field: "source" | "medium" | "referrer"): string =>
    `([${all.map((channel) => (channel[field] ? `'${channel[field]}'` : "NULL")).join(", ")}])[1 + channel]`;
  const campaigns = all.map((channel, index) =>
    channel.campaigns.length > 0
      ? `WHEN channel = ${index} THEN ([${channel.campaigns.map((name) => `'${name}'`).join(", ")}])[1 + CAST(hash(seed, 8) % ${channel.campaigns.length} AS BIGINT)]`
      : "",
  );
  return `SELECT seed AS row_key, 1 AS load, 'ga4/events' AS source,
      CASE WHEN person % 2 = 0 THEN hash(person, 'browser') ELSE hash(person, 'email') END AS identity,
      visited_at AS occurred_at, 'page_viewed' AS kind, ${ofChannel("source")} AS utm_source, ${ofChannel("medium")} AS utm_medium,
      CASE ${campaigns.join(" ")} WHEN channel = ${all.length - 1} THEN 'mail ' || hash(seed, 8) % 40 END AS campaign,
      ${ofChannel("referrer")} AS referrer, 'https://shop.example/p/' || hash(seed, 9) % 50 AS page,
      ([${["DE", "GB", "JP", "ID", "TW"].map((country) => `'${country}'`).join(", ")}])[1 + CAST(person % 5 AS BIGINT)] AS country
    FROM (SELECT *, CAST(${number} AS INTEGER) AS channel FROM (${rows}) AS r) AS numbered`;
}

interface Ordering {
  readonly conversions: number;
  readonly load?: number;
  readonly bookedAt?: string;
}

function orders(
  from: number,
  to: number,
  { conversions, load = 1, bookedAt = convertedAt(1) }: Ordering,
): string {
  const price = pick(
    products.map(
      ({ price: { EUR = 0n } }) => `${EUR / 100n}.${String(EUR % 100n).padStart(2, "0")}`,
    ),
    products.map(({ weight }) => weight),
    draw("c", 10),
  );
  const product = pick(
    products.map(({ name }) => `'${name}'`),
    products.map(({ weight }) => weight),
    draw("c", 10),
  );
  return `SELECT hash(c, 'order') AS row_key, ${load} AS load, 'shop/orders' AS source,
      hash(${buyerOf(conversions)}, 'email') AS identity, 'o' || c AS "order", '1' AS line, 'sale' AS line_type,
      ${bookedAt} AS booked_at, CAST((1 + hash(c, 11) % 3) * ${price} AS DECIMAL(18,6)) AS amount, 'EUR' AS currency,
      ${product} AS product, CAST(1 + hash(c, 11) % 3 AS DOUBLE) AS quantity
    FROM range(${from}, ${to}) AS t(c)`;
}

/** Half of every fortieth order is paid back a week later. */
function refunds(conversions: number): string {
  return `SELECT * REPLACE (hash(row_key, 'refund') AS row_key, '2' AS line, 'refund' AS line_type,
      booked_at + INTERVAL 7 DAY AS booked_at, CAST(-round(amount / 2, 2) AS DECIMAL(18,6)) AS amount)
    FROM (${orders(0, conversions, { conversions })}) AS o WHERE row_key % 40 = 0 AND booked_at < TIMESTAMP '${end}' - INTERVAL 7 DAY`;
}

async function insert(store: Store, table: string, select: string): Promise<void> {
  await store.run(sql`INSERT INTO ledger.${raw(table)} BY NAME ${raw(select)}`);
}
