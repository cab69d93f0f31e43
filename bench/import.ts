import { mkdtemp, rm, stat } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { importPath } from "../src/intake/import.ts";
import { defaultSettings } from "../src/ledger/settings.ts";
import { literal, raw, sql } from "../src/sql/fragment.ts";
import { openDuckdb } from "../src/store/duckdb.ts";
import { prepareSchema } from "../src/store/schema.ts";

/** What the import of one file took. */
export interface ImportFigures {
  readonly rows: number;
  readonly bytes: number;
  /** Seconds of the engine's own CREATE TABLE AS SELECT * FROM read_csv, into a file of its own. */
  readonly engineSeconds: number;
  /** Seconds from the file to the ledger: read, recognised, typed, repeats checked, identities kept. */
  readonly importSeconds: number;
  /** Seconds of loading the same file again, which changes nothing. */
  readonly repeatSeconds: number;
  /** Our speed as a share of the engine's; the goal is 0.5. */
  readonly share: number;
  /** The same by processor time, which a busy machine changes less. */
  readonly processorShare: number;
}

const kinds = "page_viewed email_sent email_delivered email_opened email_clicked ad_click".split(
  " ",
);

/**
 * Writes a file of events with twelve columns and measures its import beside the engine's own.
 *
 * @param options rows of the file, and where the report goes
 */
export async function run(
  options: { readonly rows?: number; readonly out?: (line: string) => void } = {},
): Promise<ImportFigures> {
  const rows = options.rows ?? 2_000_000;
  const out = options.out ?? ((line) => process.stdout.write(`${line}\n`));
  const folder = await mkdtemp(join(tmpdir(), "lastpenny-bench-"));
  try {
    const file = join(folder, "events.csv");
    await writeEvents(file, rows);
    const engine = await engineImport(folder, file);
    const own = await ownImport(folder, file, rows);
    const { size } = await stat(file);
    const share = engine.seconds / own.first.seconds;
    const processorShare = engine.processor / own.first.processor;
    const [cpu] = cpus();
    out(
      `${cpus().length} cores (${cpu?.model.trim()}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, 2 threads`,
    );
    out(`${rows} events, 12 columns, ${(size / 1e6).toFixed(0)} MB of CSV`);
    out(`engine's own CREATE TABLE AS  ${line(engine, rows)}`);
    out(`import into the ledger        ${line(own.first, rows)}`);
    out(`the same file again           ${line(own.again, rows)}`);
    out(
      `import at ${(share * 100).toFixed(0)} % of the engine's speed, ${(processorShare * 100).toFixed(0)} % by processor time (goal 50 %)`,
    );
    return {
      rows,
      bytes: size,
      engineSeconds: engine.seconds,
      importSeconds: own.first.seconds,
      repeatSeconds: own.again.seconds,
      share,
      processorShare,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Seconds that something took, by the clock and of all processors. */
interface Taken {
  readonly seconds: number;
  readonly processor: number;
}

const line = ({ seconds, processor }: Taken, rows: number): string =>
  `${seconds.toFixed(2).padStart(7)} s ${processor.toFixed(2).padStart(7)} s of processors ${Math.round(
    rows / seconds,
  )
    .toLocaleString("en")
    .padStart(11)} rows/s`;

async function writeEvents(file: string, rows: number): Promise<void> {
  const store = await openDuckdb(":memory:");
  const pick = (values: readonly string[], salt: number) =>
    `[${values.map((value) => `'${value}'`).join(", ")}][1 + (hash(range * ${salt}) % ${values.length})::INT]`;
  await store.run(sql`COPY (SELECT 'evt_' || range AS id,
      strftime(TIMESTAMP '2025-01-01' + to_milliseconds((range * 4600)::BIGINT), '%Y-%m-%dT%H:%M:%SZ') AS occurred_at,
      ${raw(pick(kinds, 3))} AS kind, 'person' || (hash(range * 5) % 200000) || '@example.com' AS email,
      'visitor-' || (hash(range * 5) % 200000) || '-' || (hash(range * 7) % 2) AS anonymous_id, 'campaign ' || (hash(range * 11) % 300) AS campaign,
      ${raw(pick(["google", "facebook", "newsletter", "bing"], 13))} AS utm_source,
      ${raw(pick(["cpc", "email", "organic"], 17))} AS utm_medium,
      'https://shop.example/p/' || (hash(range * 19) % 5000) AS page, ${raw(pick(["DE", "FR", "US", "ID"], 23))} AS country,
      'mobile' AS device, (hash(range * 29) % 900) / 10.0 AS seconds
    FROM range(${raw(String(rows))})) TO ${literal(file)} (HEADER)`);
  await store.close();
}

async function timed(work: () => Promise<unknown>): Promise<Taken> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
}

async function engineImport(folder: string, file: string): Promise<Taken> {
  const store = await openDuckdb(join(folder, "engine.duckdb"));
  const taken = await timed(() =>
    store.run(sql`CREATE TABLE events AS SELECT * FROM read_csv(${literal(file)})`),
  );
  await store.close();
  return taken;
}

async function ownImport(
  folder: string,
  file: string,
  rows: number,
): Promise<{ readonly first: Taken; readonly again: Taken }> {
  const store = await openDuckdb(join(folder, "ledger.duckdb"));
  await prepareSchema(store);
  const context = { store, settings: defaultSettings, folder: null };
  const load = async (expected: "taken" | "repeated"): Promise<void> => {
    const { files } = await importPath(context, file, { as: "template/events" });
    const [outcome] = files;
    if (outcome?.kind !== "loaded" || outcome.receipt[expected] !== rows) {
      throw new Error("the import did not go as expected");
    }
  };
  const first = await timed(() => load("taken"));
  const again = await timed(() => load("repeated"));
  await store.close();
  return { first, again };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const rows = process.argv[2];
  await run(rows ? { rows: Number(rows) } : {});
}
