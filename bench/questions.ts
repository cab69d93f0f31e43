import { availableParallelism, totalmem } from "node:os";
import { catalogue } from "../src/catalogue/catalogue.ts";
import { derivedTables } from "../src/derive/tables.ts";
import { answer } from "../src/figures/answer.ts";
import type { FiguresContext } from "../src/figures/context.ts";
import type { Question } from "../src/figures/question.ts";
import { defaultSettings } from "../src/ledger/settings.ts";
import { createTable } from "../src/sql/ddl.ts";
import { raw, sql } from "../src/sql/fragment.ts";
import { openDuckdb } from "../src/store/duckdb.ts";
import type { Store } from "../src/store/store.ts";

const defaults = { rows: 10_000_000, runs: 5, days: 365 } as const;
const largeRows = 100_000_000;

/** Twelve figures, 28 days against the 28 before, by day. */
const overview: Question = {
  metrics: [
    "page_views",
    "visitors",
    "sessions",
    "bounce_rate",
    "open_rate",
    "email_click_rate",
    "new_customers",
    "revenue",
    "orders",
    "average_order_value",
    "cac",
    "mer",
  ],
  from: "2025-10-06",
  to: "2025-11-03",
  grain: "day",
  compare: "previous",
};

/** What a person would write for the same figures: per fact, one query by day and one over both periods. */
function handWritten(): readonly string[] {
  const facts = [
    [
      "interactions",
      "occurred_at",
      "sum(quantity) FILTER (WHERE machine IS NULL AND kind = 'page_viewed')",
    ],
    [
      "sessions",
      "started_at",
      "count(DISTINCT person) FILTER (WHERE machine IS NULL), count(*) FILTER (WHERE machine IS NULL), count(*) FILTER (WHERE machine IS NULL AND bounced)",
    ],
    [
      "messages",
      "sent_at",
      "sum(delivered) FILTER (WHERE medium = 'email'), sum(opened) FILTER (WHERE medium = 'email'), sum(clicked) FILTER (WHERE medium = 'email')",
    ],
    ["customers", "first_at", "count(*)"],
    ["revenue_lines", "booked_at", "sum(amount)"],
    ["purchases", "placed_at", "count(*) FILTER (WHERE is_sold)"],
    [
      "cost_days",
      "day",
      "sum(amount), sum(amount) FILTER (WHERE cost_kind IN ('media', 'agency', 'licence', 'staff'))",
    ],
  ] as const;
  return facts.flatMap(([table, time, columns]) => {
    const rows = `FROM derived.${table} WHERE ${time} >= '2025-09-08' AND ${time} < '2025-11-03'`;
    return [
      `SELECT CAST(${time} AS DATE), ${columns} ${rows} GROUP BY 1`,
      `SELECT ${time} >= '2025-10-06', ${columns} ${rows} GROUP BY 1`,
    ];
  });
}

/**
 * Fills the derived tables with synthetic rows, straight in SQL: `rows` events over a year, and in proportion the visits,
 * messages, orders and costs that belong to them.
 */
async function fill(store: Store, rows: number): Promise<void> {
  for (const table of derivedTables) {
    await store.run(createTable(store.dialect, "derived", table.name, table.columns));
  }
  const step = Math.floor((defaults.days * 86_400_000_000) / rows);
  const pick = (values: readonly string[], salt: number) =>
    `([${values.map((value) => `'${value}'`).join(", ")}])[1 + CAST(hash(i, ${salt}) % ${values.length} AS BIGINT)]`;
  const at = (every: number) => `TIMESTAMP '2025-01-01' + to_microseconds(i * ${every} * ${step})`;
  const person = (every: number) =>
    `CAST(hash(i // ${Math.max(1, 20 / every)}, 7) % ${Math.max(1, Math.floor(rows / 12))} AS UBIGINT)`;
  const channel = `${pick(["email", "paid search", "organic search", "direct", "social"], 2)} AS channel`;
  const insert = (name: string, every: number, columns: string) =>
    store.run(
      sql`INSERT INTO derived.${raw(name)} BY NAME SELECT ${raw(columns)} FROM range(${raw(String(Math.floor(rows / every)))}) AS t(i)`,
    );
  const kinds = [
    "page_viewed",
    "page_viewed",
    "page_viewed",
    "page_viewed",
    "email_sent",
    "email_delivered",
    "email_opened",
    "ad_click",
  ];
  await insert(
    "interactions",
    1,
    `${at(1)} AS occurred_at, ${pick(kinds, 1)} AS kind, ${person(1)} AS person, ${channel}, 1.0 AS quantity, CASE WHEN hash(i, 3) % 25 = 0 THEN 'bot' END AS machine, ${pick(["ga4/events", "mailchimp/activity"], 4)} AS data_source, CAST(i AS UHUGEINT) AS row_key`,
  );
  await insert(
    "sessions",
    5,
    `${at(5)} AS started_at, ${person(5)} AS person, ${channel}, CAST(1 + hash(i, 5) % 9 AS BIGINT) AS page_views, hash(i, 6) % 3 = 0 AS bounced, CASE WHEN hash(i, 3) % 25 = 0 THEN 'bot' END AS machine, 0 AS goals, 'ga4/events' AS data_source`,
  );
  await insert(
    "messages",
    4,
    `${at(4)} AS sent_at, 'email' AS medium, ${person(4)} AS person, ${channel}, 1.0 AS sent, 1.0 AS delivered, CAST(hash(i, 8) % 3 = 0 AS DOUBLE) AS opened, CAST(hash(i, 8) % 30 = 0 AS DOUBLE) AS clicked, 'mailchimp/activity' AS data_source`,
  );
  await insert(
    "customers",
    100,
    `${at(100)} AS first_at, CAST(i AS UBIGINT) AS person, ${channel}, 'shopify/orders' AS data_source`,
  );
  await insert(
    "revenue_lines",
    20,
    `${at(20)} AS booked_at, CAST(i // 2 AS VARCHAR) AS "order", ${person(20)} AS person, 'sale' AS line_type, CAST((hash(i, 9) % 20000) / 100 AS DECIMAL(18,6)) AS amount, ${channel}, 'shopify/orders' AS data_source, CAST(i AS UHUGEINT) AS row_key`,
  );
  await insert(
    "purchases",
    40,
    `${at(40)} AS placed_at, CAST(i AS VARCHAR) AS "order", ${person(40)} AS person, CAST((hash(i, 9) % 20000) / 100 AS DECIMAL(18,6)) AS sales, TRUE AS is_sold, ${channel}, 'shopify/orders' AS data_source`,
  );
  await store.run(
    sql`INSERT INTO derived.cost_days BY NAME SELECT CAST(DATE '2025-01-01' + CAST(i // 200 AS INTEGER) AS DATE) AS day, 'media' AS cost_kind, CAST((hash(i) % 9000) / 100 AS DECIMAL(18,6)) AS amount, 'paid search' AS channel, 'google_ads/campaigns' AS data_source FROM range(${raw(String(defaults.days * 200))}) AS t(i)`,
  );
  await store.run(
    sql`INSERT INTO derived.coverage BY NAME SELECT CAST(DATE '2025-01-01' + CAST(i AS INTEGER) AS DATE) AS day, 'events' AS table_name, s.data_source, 1000 AS rows, DATE '2025-01-01' AS first_day, DATE '2025-12-31' AS last_day FROM range(${raw(String(defaults.days))}) AS t(i), (VALUES ('ga4/events'), ('mailchimp/activity'), ('shopify/orders'), ('google_ads/campaigns')) AS s(data_source)`,
  );
  await store.run(sql`CHECKPOINT`);
}

/** Milliseconds of the fastest and the median run. */
async function timed(runs: number, work: () => Promise<unknown>) {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { best: times[0] ?? 0, median: times[times.length >> 1] ?? 0 };
}

/** What a run measured. */
export interface QuestionsResult {
  readonly rows: number;
  readonly answerMs: number;
  readonly handWrittenMs: number;
  readonly ratio: number;
  readonly goalMs: number;
  readonly peakMemoryMb: number;
}

/**
 * Measures the overview question against hand-written SQL for the same figures in the same run.
 *
 * @param options rows of events; the file to use, in memory by default; printing
 */
export async function run({
  rows = defaults.rows,
  path = ":memory:",
  print = (line: string) => void process.stdout.write(`${line}\n`),
}: {
  readonly rows?: number;
  readonly path?: string;
  readonly print?: (line: string) => void;
} = {}): Promise<QuestionsResult> {
  const threads = availableParallelism();
  const store = await openDuckdb(path, { threads, memoryLimit: "12GB" });
  try {
    print(
      `questions · ${threads} cores, ${Math.round(totalmem() / 2 ** 30)} GiB · ${rows.toLocaleString("en")} events`,
    );
    await fill(store, rows);
    const context: FiguresContext = {
      store,
      settings: defaultSettings,
      catalogue,
      asOf: "2025-12-31T23:59:59Z",
    };
    await answer(context, overview);
    const asked = await timed(defaults.runs, () => answer(context, overview));
    const written = await timed(defaults.runs, async () => {
      for (const statement of handWritten()) await store.query(raw(statement));
    });
    const goalMs = rows > defaults.rows ? 1000 : 150;
    const ratio = asked.median / written.median;
    const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
    print(
      `  overview, 12 figures, 28 days + comparison, by day: ${asked.median.toFixed(0)} ms (best ${asked.best.toFixed(0)}), goal ≤ ${goalMs} ms`,
    );
    print(
      `  hand-written SQL for the same: ${written.median.toFixed(0)} ms (best ${written.best.toFixed(0)}); ratio ${ratio.toFixed(2)}, goal ≤ 1.50`,
    );
    print(`  peak memory: ${peakMemoryMb} MB`);
    return {
      rows,
      answerMs: asked.median,
      handWrittenMs: written.median,
      ratio,
      goalMs,
      peakMemoryMb,
    };
  } finally {
    await store.close();
  }
}

if (process.argv[1]?.endsWith("questions.ts")) {
  await run({ rows: process.argv.includes("--large") ? largeRows : defaults.rows });
}
