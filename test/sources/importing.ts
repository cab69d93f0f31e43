import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { refresh } from "../../src/derive/refresh.ts";
import { derivedTables } from "../../src/derive/tables.ts";
import { loadRawTable } from "../../src/intake/load.ts";
import type { RawTable, Receipt } from "../../src/intake/raw-table.ts";
import { dropRawTable, readFiles } from "../../src/intake/read/read.ts";
import { recognise } from "../../src/intake/recognise.ts";
import { defaultSettings, type Settings } from "../../src/ledger/settings.ts";
import { sources } from "../../src/sources/index.ts";
import { loadRanks } from "../../src/sources/load-order.ts";
import type { Source } from "../../src/sources/source.ts";
import { raw } from "../../src/sql/fragment.ts";
import type { Row, Store } from "../../src/store/store.ts";
import { emptyLedger } from "../derive/ledger.ts";

/** What a folder or some files became in an empty workspace. */
export interface Imported {
  /** The receipt of a source; several files of one source are added up. */
  readonly receipt: (source: string) => Receipt;
  readonly rows: (statement: string) => Promise<readonly Row[]>;
  /** The only cell of a statement, as text. */
  readonly value: (statement: string) => Promise<string>;
  /** An aggregate over the file itself, read by the engine alone. */
  readonly rawValue: (file: string, aggregate: string) => Promise<string>;
  readonly rawRows: (file: string, columns: string, rest: string) => Promise<readonly Row[]>;
  /** Computes some derived tables, each after its inputs. */
  readonly derive: (tables: readonly string[]) => Promise<void>;
  /** Loads one more file. */
  readonly load: (file: string) => Promise<Receipt>;
  /** Every receipt: read = taken + repeated + rejected, and each reject has a reason. */
  readonly expectBalanced: () => void;
  readonly close: () => Promise<void>;
}

/** Path of one of the small exports beside this file. */
export const exported = (name: string): string =>
  fileURLToPath(new URL(`exports/${name}`, import.meta.url));

const rank = loadRanks(sources);

const recognised = (table: RawTable): Source | null => {
  const found = recognise(table.columns, table.fileName, sources);
  return found.kind === "recognised" ? found.source : null;
};

/** Derived tables with those that they are computed from. */
function withInputs(names: readonly string[]): ReadonlySet<string> {
  const needed = new Set(names);
  for (const { name, inputs } of derivedTables.toReversed()) {
    if (!needed.has(name)) continue;
    for (const input of inputs) needed.add(input.replace(/^derived\./, ""));
  }
  return needed;
}

async function loaded(
  store: Store,
  tables: readonly RawTable[],
  settings: Settings,
): Promise<readonly Receipt[]> {
  const known = tables.flatMap((rawTable) => {
    const source = recognised(rawTable);
    return source ? [{ rawTable, source }] : [];
  });
  const receipts: Receipt[] = [];
  for (const { rawTable, source } of known.sort((a, b) => rank(a.source) - rank(b.source))) {
    const clock = () => new Date("2025-06-01T00:00:00Z");
    receipts.push(await loadRawTable(store, { rawTable, source, settings, clock }));
  }
  for (const table of tables) await dropRawTable(store, table);
  return receipts;
}

const tablesOf = async (store: Store, path: string): Promise<readonly RawTable[]> => {
  const tables: RawTable[] = [];
  for await (const table of readFiles(store, path)) tables.push(table);
  return tables;
};

const total = (receipts: readonly Receipt[], of: "read" | "taken" | "repeated" | "rejected") =>
  receipts.reduce((sum, receipt) => sum + receipt[of], 0);

function added(receipts: readonly Receipt[], source: string): Receipt {
  const own = receipts.filter((receipt) => receipt.source === source);
  const [first] = own;
  if (!first) throw new Error(`${source} was not loaded; ${receipts.map((one) => one.source)}`);
  return {
    ...first,
    read: total(own, "read"),
    taken: total(own, "taken"),
    repeated: total(own, "repeated"),
    rejected: total(own, "rejected"),
  };
}

/**
 * Loads files, or all files of a folder, into an empty workspace in memory.
 *
 * @param paths a folder, a file, or files
 * @param settings what differs from the default settings
 */
export async function importFiles(
  paths: string | readonly string[],
  settings: Partial<Settings> = {},
): Promise<Imported> {
  const store = await emptyLedger();
  const all = { ...defaultSettings, ...settings };
  const tables: RawTable[] = [];
  for (const path of [paths].flat()) tables.push(...(await tablesOf(store, path)));
  const receipts = await loaded(store, tables, all);
  const rows = (statement: string) => store.query(raw(statement));
  const single = async (statement: string): Promise<string> => {
    const [row] = await rows(statement);
    return String(Object.values(row ?? {})[0] ?? null);
  };
  const from = (file: string): string =>
    `read_csv('${file}', all_varchar = true, header = true, nullstr = '')`;
  return {
    receipt: (source) => added(receipts, source),
    rows,
    value: single,
    rawValue: (file, aggregate) => single(`SELECT ${aggregate} FROM ${from(file)}`),
    rawRows: (file, columns, rest) => rows(`SELECT ${columns} FROM ${from(file)} ${rest}`),
    derive: async (names) => {
      const needed = withInputs(names);
      const tables = derivedTables.filter(({ name }) => needed.has(name));
      await refresh(store, all, { full: true, tables });
    },
    load: async (file) => {
      expect(statSync(file).isFile()).toBe(true);
      const [receipt] = await loaded(store, await tablesOf(store, file), all);
      if (!receipt) throw new Error(`${file} was not recognised`);
      return receipt;
    },
    expectBalanced: () => {
      for (const receipt of receipts) {
        const { read, taken, repeated, rejected, reasons } = receipt;
        expect(taken + repeated + rejected, receipt.source).toBe(read);
        expect(rejected === 0 || reasons.length > 0, receipt.source).toBe(true);
        for (const { reason } of reasons) expect(reason).toMatch(/\w+ \w+/);
      }
    },
    close: () => store.close(),
  };
}
