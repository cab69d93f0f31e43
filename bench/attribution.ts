import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { refresh } from "../src/derive/refresh.ts";
import { derivedShapes, derivedTables } from "../src/derive/tables.ts";
import { attributionModels } from "../src/ledger/attribution.ts";
import { defaultSettings } from "../src/ledger/settings.ts";
import { join as joinSql, raw, sql } from "../src/sql/fragment.ts";
import { openDuckdb } from "../src/store/duckdb.ts";
import { prepareSchema } from "../src/store/schema.ts";
import type { Store } from "../src/store/store.ts";
import { addOrders, fillLedger } from "./attribution-data.ts";

/** What a run measured. */
export interface AttributionFigures {
  readonly conversions: number;
  /** Touches inside the windows of conversions. */
  readonly touches: number;
  /** Seconds per table. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Seconds until 1,000 new orders are in every derived table. */
  readonly incremental: number;
  readonly peakMemoryMb: number;
}

/** Tables that are measured; the others are made before, by another process, so that its memory does not count. */
const measured = ["journeys", "channel_weights", "credits", "sourced_lines"];

/** What the engine may use; the process needs some more than that. */
const memoryLimit = "1150MB";

const settings = { ...defaultSettings, time_zone: "Europe/Berlin" };

/**
 * Measures attribution from nothing: journeys, fits of every month and credits under all models, written to disk; then
 * 1,000 orders of the last day until every derived table is right.
 *
 * @param options numbers of conversions, with ten touches each; printing
 * @throws Error when the credits of a model do not add up to the ledger
 */
export async function run({
  sizes = [100_000, 1_000_000],
  print = (line: string) => void process.stdout.write(`${line}\n`),
}: {
  readonly sizes?: readonly number[];
  readonly print?: (line: string) => void;
} = {}): Promise<readonly AttributionFigures[]> {
  const all: AttributionFigures[] = [];
  for (const conversions of sizes) {
    const folder = mkdtempSync(join(tmpdir(), "lastpenny-bench-"));
    try {
      print(`  ${conversions.toLocaleString("en")} conversions, made in another process`);
      await prepareElsewhere(folder, conversions);
      all.push(await measure(folder, conversions, print));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return all;
}

const fileIn = (folder: string): string => join(folder, "workspace.duckdb");

function prepareElsewhere(folder: string, conversions: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ["prepare", folder, String(conversions)]);
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`cannot make the workspace: exit ${code}`)),
    );
  });
}

async function prepare(folder: string, conversions: number): Promise<void> {
  const store = await openDuckdb(fileIn(folder), {
    memoryLimit: "4GB",
    temporaryDirectory: folder,
  });
  await prepareSchema(store, derivedShapes({ dialect: store.dialect, settings }));
  await fillLedger(store, conversions);
  const tables = derivedTables.filter(({ name }) => !measured.includes(name));
  await refresh(store, settings, { tables });
  await store.close();
}

async function measure(
  folder: string,
  conversions: number,
  print: (line: string) => void,
): Promise<AttributionFigures> {
  const store = await openDuckdb(fileIn(folder), { memoryLimit, temporaryDirectory: folder });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  try {
    const before = process.cpuUsage();
    const seconds = await timedTables(store);
    const { user, system } = process.cpuUsage(before);
    const rows = await checkSums(store);
    const total = Object.values(seconds).reduce((sum, each) => sum + each, 0);
    const peakMemoryMb = Math.round(peak / 2 ** 20);
    const parts = Object.entries(seconds).map(([table, each]) => `${table} ${each.toFixed(1)}`);
    print(
      `  ${rows.touches.toLocaleString("en")} touches inside windows, ${rows.nulls.toLocaleString("en")} journeys without a conversion, ${rows.credits.toLocaleString("en")} rows of credits under ${attributionModels.length} models, every sum that of the ledger`,
    );
    print(
      `  ${total.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of processors (${parts.join(", ")}) · peak memory of the process ${peakMemoryMb} MB, engine limited to ${memoryLimit}`,
    );
    await refresh(store, settings);
    await addOrders(store, conversions, { load: 2, rows: 1000 });
    const first = await timed(() => refresh(store, settings));
    await addOrders(store, conversions, { load: 3, rows: 1000 });
    const incremental = await timed(() => refresh(store, settings));
    await checkSums(store);
    print(
      `  1,000 new orders until every derived table is right: ${first.wall.toFixed(2)} s (${first.processors.toFixed(2)} s of processors), the next 1,000 ${incremental.wall.toFixed(2)} s (${incremental.processors.toFixed(2)} s of processors)`,
    );
    return {
      ...{ conversions, touches: rows.touches, seconds, peakMemoryMb },
      incremental: incremental.wall,
    };
  } finally {
    clearInterval(watch);
    await store.close();
  }
}

async function timedTables(store: Store): Promise<Record<string, number>> {
  const seconds: Record<string, number> = {};
  let [table, since] = ["", performance.now()];
  const next = (name: string): void => {
    if (table !== "") seconds[table] = (performance.now() - since) / 1000;
    [table, since] = [name, performance.now()];
  };
  await refresh(store, settings, { onProgress: (step) => next(step.table) });
  next("");
  return seconds;
}

async function timed(
  work: () => Promise<unknown>,
): Promise<{ readonly wall: number; readonly processors: number }> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1000, processors: (user + system) / 1e6 };
}

/** Every model credits exactly the ledger's revenue, and exactly one for every conversion. */
async function checkSums(
  store: Store,
): Promise<{ readonly touches: number; readonly nulls: number; readonly credits: number }> {
  const sums = attributionModels.map((model) =>
    raw(`CAST(sum(CASE WHEN entry_kind <> 'cost_of_goods' THEN credit_${model} END) AS VARCHAR) || ' '
      || CAST(CAST(sum(share_${model}) AS BIGINT) AS VARCHAR) AS of_${model}`),
  );
  const [credited = {}] = await store.query(sql`SELECT ${joinSql(sums)} FROM derived.credits`);
  const [expected] = await store.query(sql`SELECT
      (SELECT CAST(sum(amount) AS VARCHAR) FROM derived.revenue_lines) || ' '
      || (SELECT CAST(count(*) AS VARCHAR) FROM derived.journeys WHERE is_converted) AS total`);
  for (const [model, sum] of Object.entries(credited)) {
    if (sum !== expected?.total) {
      throw new Error(`${model} adds up to ${sum}, the ledger to ${expected?.total}`);
    }
  }
  const [rows] = await store.query(sql`SELECT
      (SELECT count(*) FROM derived.credits) AS credits,
      (SELECT sum(touches) FROM derived.journeys WHERE is_converted) AS touches,
      (SELECT count(*) FROM derived.journeys WHERE NOT is_converted) AS nulls`);
  return {
    touches: Number(rows?.touches),
    nulls: Number(rows?.nulls),
    credits: Number(rows?.credits),
  };
}

const [, script, task, folder, conversions] = process.argv;
if (script === fileURLToPath(import.meta.url) && task === "prepare" && folder) {
  await prepare(folder, Number(conversions));
}
