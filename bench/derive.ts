import { mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { refresh } from "../src/derive/refresh.ts";
import { derivedShapes } from "../src/derive/tables.ts";
import { defaultSettings } from "../src/ledger/settings.ts";
import { sql } from "../src/sql/fragment.ts";
import { openDuckdb } from "../src/store/duckdb.ts";
import { prepareSchema } from "../src/store/schema.ts";
import type { Store } from "../src/store/store.ts";
import { addEvents, addOrders, fillLedger } from "./ledger-data.ts";

/** Seconds of a refresh, by the clock and of all processors. */
export interface RefreshTime {
  readonly wall: number;
  readonly processor: number;
}

/** What a run measured. */
export interface DeriveFigures {
  readonly events: number;
  readonly full: RefreshTime;
  readonly orders: RefreshTime;
  readonly newEvents: RefreshTime;
  readonly peakMemoryMb: number;
  readonly bytesPerMillionEvents: number;
}

/** What comes in after the first refresh. */
const news = { orders: 1_000, events: 10_000 } as const;

/**
 * Measures the derived tables of a synthetic ledger on disk: all of them at first, then 1,000 order lines and 10,000
 * events of known people.
 *
 * @param options rows of events; a store that stands in front of the engine; printing
 */
export async function run({
  events = 2_000_000,
  memoryLimit = "4GB",
  through = (store: Store): Store => store,
  print = (line: string) => void process.stdout.write(`${line}\n`),
}: {
  readonly events?: number;
  readonly memoryLimit?: string;
  readonly through?: (store: Store) => Store;
  readonly print?: (line: string) => void;
} = {}): Promise<DeriveFigures> {
  const folder = mkdtempSync(join(tmpdir(), "lastpenny-bench-"));
  const path = join(folder, "workspace.duckdb");
  const opened = await openDuckdb(path, { memoryLimit, temporaryDirectory: folder });
  const store = through(opened);
  try {
    print(
      `derive · ${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, 2 threads, engine limited to ${memoryLimit} · ${events.toLocaleString("en")} events on disk`,
    );
    await prepareSchema(
      opened,
      derivedShapes({ dialect: opened.dialect, settings: defaultSettings }),
    );
    await fillLedger(opened, events);
    const full = await timed(() => refresh(store, defaultSettings));
    line(print, "every table, from nothing", full, events);
    await opened.run(sql`CHECKPOINT`);
    const bytesPerMillionEvents = (statSync(path).size / events) * 1e6;
    await addOrders(opened, events, { load: 10, rows: news.orders });
    const orders = await timed(() => refresh(store, defaultSettings));
    line(print, "1,000 new order lines", orders, news.orders);
    await addEvents(opened, events, { load: 11, rows: news.events });
    const newEvents = await timed(() => refresh(store, defaultSettings));
    line(print, "10,000 new events", newEvents, news.events);
    const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
    print(
      `  ${(bytesPerMillionEvents / 2 ** 20).toFixed(0)} MiB per million events; peak memory ${peakMemoryMb} MB`,
    );
    return { events, full, orders, newEvents, peakMemoryMb, bytesPerMillionEvents };
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function line(
  print: (line: string) => void,
  what: string,
  { wall, processor }: RefreshTime,
  rows: number,
): void {
  print(
    `  ${what.padEnd(28)}${wall.toFixed(2).padStart(8)} s ${processor.toFixed(2).padStart(8)} s of processors ${Math.round(
      rows / wall,
    )
      .toLocaleString("en")
      .padStart(11)} rows/s`,
  );
}

async function timed(work: () => Promise<unknown>): Promise<RefreshTime> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const events = process.argv[2];
  await run(events ? { events: Number(events) } : {});
}
