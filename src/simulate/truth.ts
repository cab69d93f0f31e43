import { unitsToText } from "../ledger/exact.ts";
import type { Calendar } from "./calendar.ts";

/** A planted fault: where it is, when it is one row. */
interface Fault {
  readonly file: string;
  readonly row?: number;
  readonly note?: string;
}

/** What is known to be true, added up while the company lives. */
export interface Truth {
  /** Adds to a count of a month; the path is written with dots. */
  readonly count: (path: string, month: number, by?: number) => void;
  /** Adds minor units to a sum of a month. */
  readonly money: (path: string, month: number, minor: bigint, digits: number) => void;
  /** Notes a planted fault. */
  readonly fault: (kind: string, fault: Fault) => void;
  /** Counts planted faults that are too many to list. */
  readonly faultCount: (kind: string, file: string, by?: number) => void;
  /** Puts a fact at a path. */
  readonly fact: (path: string, value: unknown) => void;
  /** Adds an entry to a list. */
  readonly list: (path: string, entry: unknown) => void;
  /** Reads a count of a month, for tests of the generator itself. */
  readonly read: (path: string, month: number) => number;
  /** Everything as plain data for truth.json. */
  readonly toData: () => Readonly<Record<string, unknown>>;
}

interface Tree {
  [key: string]: unknown;
}

/**
 * Returns an empty account of the truth.
 *
 * @param calendar the run's calendar; amounts outside it are not counted
 */
export function makeTruth(calendar: Calendar): Truth {
  const months = calendar.months.length;
  const counts = new Map<string, number[]>();
  const sums = new Map<string, { readonly digits: number; readonly minor: bigint[] }>();
  const faults = new Map<string, Fault[]>();
  const faultCounts = new Map<string, Map<string, number>>();
  const facts = new Map<string, unknown>();
  const lists = new Map<string, unknown[]>();
  return {
    count: (path, month, by = 1) => {
      if (month < 0 || month >= months) return;
      const row = entry(counts, path, () => new Array<number>(months).fill(0));
      row[month] = (row[month] ?? 0) + by;
    },
    money: (path, month, minor, digits) => {
      if (month < 0 || month >= months) return;
      const row = entry(sums, path, () => ({ digits, minor: new Array<bigint>(months).fill(0n) }));
      row.minor[month] = (row.minor[month] ?? 0n) + minor;
    },
    fault: (kind, fault) => {
      entry(faults, kind, () => []).push(fault);
    },
    faultCount: (kind, file, by = 1) => {
      const byFile = entry(faultCounts, kind, () => new Map<string, number>());
      byFile.set(file, (byFile.get(file) ?? 0) + by);
    },
    fact: (path, value) => {
      facts.set(path, value);
    },
    list: (path, value) => {
      entry(lists, path, () => []).push(value);
    },
    read: (path, month) => counts.get(path)?.[month] ?? 0,
    toData: () => {
      const tree: Tree = {};
      for (const [path, value] of facts) place(tree, path, value);
      for (const [path, value] of lists) place(tree, path, value);
      for (const [path, row] of [...counts].sort(byPath)) {
        place(
          tree,
          path,
          byMonth(calendar, row, (value) => value),
        );
      }
      for (const [path, { digits, minor }] of [...sums].sort(byPath)) {
        place(
          tree,
          path,
          byMonth(calendar, minor, (value) => unitsToText(value, digits)),
        );
      }
      place(tree, "faults", faultData(faults, faultCounts));
      return tree;
    },
  };
}

const byPath = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  left < right ? -1 : 1;

function faultData(
  faults: ReadonlyMap<string, readonly Fault[]>,
  faultCounts: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Tree {
  const data: Tree = {};
  for (const [kind, rows] of faults) data[kind] = { count: rows.length, rows };
  for (const [kind, byFile] of faultCounts) {
    let count = 0;
    for (const value of byFile.values()) count += value;
    data[kind] = { count, by_file: Object.fromEntries([...byFile].sort(byPath)) };
  }
  return data;
}

function byMonth<Value>(
  calendar: Calendar,
  row: readonly Value[],
  show: (value: Value) => unknown,
): Tree {
  const data: Tree = {};
  row.forEach((value, month) => {
    data[calendar.months[month] ?? ""] = show(value);
  });
  return data;
}

function place(tree: Tree, path: string, value: unknown): void {
  const parts = path.split(".");
  const last = parts.pop() ?? "";
  let branch = tree;
  for (const part of parts) {
    const next = branch[part];
    if (typeof next === "object" && next !== null) {
      branch = next as Tree;
    } else {
      const made: Tree = {};
      branch[part] = made;
      branch = made;
    }
  }
  branch[last] = value;
}

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
