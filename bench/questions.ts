import { mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { catalogue } from "../src/catalogue/catalogue.ts";
import { answer } from "../src/figures/answer.ts";
import type { FiguresContext } from "../src/figures/context.ts";
import type { Answer } from "../src/figures/figure.ts";
import type { Question } from "../src/figures/question.ts";
import { defaultSettings } from "../src/ledger/settings.ts";
import { raw } from "../src/sql/fragment.ts";
import { openDuckdb } from "../src/store/duckdb.ts";
import type { Row, Store } from "../src/store/store.ts";
import { fillOverview } from "./overview-data.ts";

const defaults = { rows: 10_000_000, runs: 7 } as const;
const largeRows = 100_000_000;

/** Twelve figures, 28 days against the 28 before, by day. */
export const overview: Question = {
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
const handWritten = [
  [
    "interactions",
    "occurred_at",
    "sum(quantity) FILTER (WHERE machine IS NULL AND kind = 'page_viewed') AS page_views",
  ],
  [
    "sessions",
    "started_at",
    "count(DISTINCT person) FILTER (WHERE machine IS NULL) AS visitors, count(*) FILTER (WHERE machine IS NULL) AS sessions, count(*) FILTER (WHERE machine IS NULL AND bounced) AS bounced",
  ],
  [
    "messages",
    "sent_at",
    "sum(delivered) FILTER (WHERE medium = 'email') AS delivered, sum(opened) FILTER (WHERE medium = 'email') AS opened, sum(clicked) FILTER (WHERE medium = 'email') AS clicked",
  ],
  ["customers", "first_at", "count(*) AS new_customers"],
  ["revenue_lines", "booked_at", "sum(amount) AS revenue"],
  [
    "purchases",
    "placed_at",
    "count(*) FILTER (WHERE is_sold) AS orders, count(*) FILTER (WHERE is_sold AND sales IS NOT NULL) AS valued",
  ],
  [
    "cost_days",
    "day",
    "sum(amount) FILTER (WHERE cost_kind = 'media') AS media, sum(amount) FILTER (WHERE cost_kind IN ('media', 'agency', 'licence', 'staff')) AS acquisition",
  ],
].flatMap(([table, time, columns]) => {
  const rows = `FROM derived.${table} WHERE ${time} >= '2025-09-08' AND ${time} < '2025-11-03'`;
  return [
    `SELECT CAST(CAST(${time} AS DATE) AS VARCHAR) AS place, ${columns} ${rows} GROUP BY 1`,
    `SELECT CASE WHEN ${time} >= '2025-10-06' THEN 'now' ELSE 'before' END AS place, ${columns} ${rows} GROUP BY 1`,
  ];
});

async function askByHand(store: Store): Promise<ReadonlyMap<string, Row>> {
  const places = new Map<string, Row>();
  for (const statement of handWritten) {
    for (const row of await store.query(raw(statement))) {
      const place = String(row.place);
      places.set(place, { ...places.get(place), ...row });
    }
  }
  return places;
}

const byHand: Readonly<Record<string, (value: (name: string) => number) => number>> = {
  page_views: (value) => value("page_views"),
  visitors: (value) => value("visitors"),
  sessions: (value) => value("sessions"),
  bounce_rate: (value) => value("bounced") / value("sessions"),
  open_rate: (value) => value("opened") / value("delivered"),
  email_click_rate: (value) => value("clicked") / value("delivered"),
  new_customers: (value) => value("new_customers"),
  revenue: (value) => value("revenue"),
  orders: (value) => value("orders"),
  average_order_value: (value) => value("revenue") / value("valued"),
  cac: (value) => value("acquisition") / value("new_customers"),
  mer: (value) => value("revenue") / value("media"),
};

/** Both ways have to give the same figures, or their times compare nothing. */
function compare({ figures }: Answer, places: ReadonlyMap<string, Row>): void {
  const same = (metric: string, found: string | null | undefined, place: string) => {
    const row = places.get(place);
    const expected = byHand[metric]?.((name) => Number(row?.[name])) ?? Number.NaN;
    const isNear = Math.abs(Number(found) - expected) <= 1e-9 * Math.abs(expected);
    if (!isNear) {
      throw new Error(`${metric} in ${place}: ${found}, by hand ${expected}`);
    }
  };
  for (const { metric, bucket, value, comparison } of figures) {
    same(metric, value, bucket ?? "now");
    const before = bucket === null ? "before" : daysEarlier(bucket, 28);
    same(metric, comparison?.value, before);
  }
}

function daysEarlier(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

/** Wall-clock and processor milliseconds of each run, in order. */
interface Times {
  readonly wall: number[];
  readonly cpu: number[];
}

async function timed(times: Times, work: () => Promise<unknown>): Promise<void> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  times.wall.push(performance.now() - start);
  times.cpu.push((user + system) / 1000);
}

function summary(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  return { best: sorted[0] ?? 0, median: sorted[sorted.length >> 1] ?? 0 };
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
 * Measures the overview question against hand-written SQL for the same figures, in turns in the same run; both have to
 * give the same figures.
 *
 * @param options rows of events, kept in a temporary file above ten million; printing
 * @throws Error when the two ways disagree
 */
export async function run({
  rows = defaults.rows,
  print = (line: string) => void process.stdout.write(`${line}\n`),
}: {
  readonly rows?: number;
  readonly print?: (line: string) => void;
} = {}): Promise<QuestionsResult> {
  const folder = mkdtempSync(join(tmpdir(), "lastpenny-bench-"));
  const path = rows > defaults.rows ? join(folder, "workspace.duckdb") : ":memory:";
  const threads = availableParallelism();
  const memoryLimit = `${Math.max(2, Math.floor(totalmem() / 2 ** 31))}GB`;
  const store = await openDuckdb(path, { threads, memoryLimit, temporaryDirectory: folder });
  try {
    print(
      `questions · ${threads} cores, ${Math.round(totalmem() / 2 ** 30)} GiB · ${rows.toLocaleString("en")} events`,
    );
    const start = performance.now();
    await fillOverview(store, rows);
    print(`  filled in ${((performance.now() - start) / 1000).toFixed(0)} s${sizeOf(path, rows)}`);
    return await measure(store, rows, print);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function sizeOf(path: string, rows: number): string {
  if (path === ":memory:") return ", in memory";
  const { size } = statSync(path);
  const each = size / 2 ** 20 / (rows / 1e6);
  return `; ${(size / 2 ** 30).toFixed(1)} GiB on disk, ${each.toFixed(0)} MiB per million events`;
}

async function measure(
  store: Store,
  rows: number,
  print: (line: string) => void,
): Promise<QuestionsResult> {
  const context: FiguresContext = {
    store,
    settings: defaultSettings,
    catalogue,
    asOf: "2025-12-31T23:59:59Z",
  };
  compare(await answer(context, overview), await askByHand(store));
  const asked: Times = { wall: [], cpu: [] };
  const written: Times = { wall: [], cpu: [] };
  for (let run = 0; run < defaults.runs; run += 1) {
    await timed(asked, () => answer(context, overview));
    await timed(written, () => askByHand(store));
  }
  const goalMs = rows > defaults.rows ? 1000 : 150;
  const [ours, theirs] = [summary(asked.wall), summary(written.wall)];
  const [oursCpu, theirsCpu] = [summary(asked.cpu), summary(written.cpu)];
  const ratio = ours.median / theirs.median;
  const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const line = (what: string, wall: typeof ours, cpu: typeof ours) =>
    print(
      `  ${what.padEnd(52)}${wall.median.toFixed(0).padStart(5)} ms (best ${wall.best.toFixed(0)}; processor ${cpu.median.toFixed(0)}, best ${cpu.best.toFixed(0)})`,
    );
  line("overview, 12 figures, 28 days + comparison, by day:", ours, oursCpu);
  line("hand-written SQL for the same figures:", theirs, theirsCpu);
  print(
    `  goals: ≤ ${goalMs} ms; ratio ${ratio.toFixed(2)}, of best times ${(ours.best / theirs.best).toFixed(2)}, of processor time ${(oursCpu.best / theirsCpu.best).toFixed(2)}, ≤ 1.50`,
  );
  print(`  peak memory: ${peakMemoryMb} MB`);
  return {
    rows,
    answerMs: ours.median,
    handWrittenMs: theirs.median,
    ratio,
    goalMs,
    peakMemoryMb,
  };
}

if (process.argv[1]?.endsWith("questions.ts")) {
  await run({ rows: process.argv.includes("--large") ? largeRows : defaults.rows });
}
