import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exportRejects } from "../../src/intake/export-rejects.ts";
import { importPath } from "../../src/intake/import.ts";
import { loadRawTable } from "../../src/intake/load.ts";
import { writeMapping } from "../../src/intake/mapping-file.ts";
import { replay } from "../../src/intake/replay.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import { constant, filled, text, time } from "../../src/sources/expressions.ts";
import { sources } from "../../src/sources/index.ts";
import type { Source } from "../../src/sources/source.ts";
import type { Store } from "../../src/store/store.ts";
import { emptyWorkspace, rawTable, rowsOf } from "./raw-rows.ts";

const source: Source = {
  id: "test/calls",
  vendor: "Test",
  title: "Calls",
  columns: ["id", "at"],
  record: [
    {
      into: "events",
      key: [text("id")],
      set: { occurred_at: time("at"), kind: constant("call"), detail: text("2024") },
    },
  ],
};
const columns = ["id", "at", "2024"];
const rows = [
  ["1", "2024-03-01", "a"],
  ["2", "soon", 'b "quoted"'],
  ["3", null, "c"],
  ["4", "2024-03-04", "d"],
];

let store: Store;
let folder: string;
beforeEach(async () => {
  store = await emptyWorkspace();
  folder = mkdtempSync(join(tmpdir(), "lastpenny-replay-"));
  const clock = () => new Date(0);
  const table = await rawTable(store, columns, rows);
  await loadRawTable(store, { rawTable: table, source, settings: defaultSettings, clock });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const states = () =>
  rowsOf(store, "SELECT line, state, code FROM ledger.rejects ORDER BY line, load");

describe("replaying rejects", () => {
  it("takes rows that a corrected source can read, and leaves the others where they are", async () => {
    const corrected: Source = {
      ...source,
      placeholders: ["soon"],
      record: source.record.map((one) => ({
        ...one,
        set: {
          ...one.set,
          occurred_at: { op: "first", of: [time("at"), time(constant("2024-12-24"))] },
        },
      })),
    };
    const nothing = await replay(store, { settings: defaultSettings, sources: [source] });
    expect(nothing.receipts).toMatchObject([{ read: 2, taken: 0, rejected: 2 }]);
    expect(await states()).toHaveLength(2);
    const { receipts } = await replay(store, { settings: defaultSettings, sources: [corrected] });
    expect(receipts).toMatchObject([{ read: 2, taken: 2, repeated: 0, rejected: 0 }]);
    expect(await states()).toEqual([
      { line: 2n, state: "replayed", code: "not_a_time" },
      { line: 3n, state: "replayed", code: "missing" },
    ]);
    expect(await rowsOf(store, "SELECT detail FROM ledger.events ORDER BY detail")).toEqual([
      { detail: "a" },
      { detail: 'b "quoted"' },
      { detail: "c" },
      { detail: "d" },
    ]);
    expect(
      (await replay(store, { settings: defaultSettings, sources: [corrected] })).receipts,
    ).toEqual([]);
  });

  it("says what it cannot read again: unknown sources, and rows that need the rest of their file", async () => {
    const grouped: Source = {
      ...source,
      record: source.record.map((one) => ({
        ...one,
        set: { ...one.set, detail: filled("2024", "id") },
      })),
    };
    const { left } = await replay(store, { settings: defaultSettings, sources: [grouped] });
    expect(left).toEqual([
      { source: "test/calls", file: "folder/rows.csv", rows: 2, reason: "needs_file" },
    ]);
    expect((await replay(store, { settings: defaultSettings, sources: [] })).left).toMatchObject([
      { reason: "source_unknown" },
    ]);
  });
});

describe("exported rejects", () => {
  it("can be corrected and imported again, which closes them", async () => {
    const [written] = await exportRejects(store, folder, sources);
    expect(written).toMatchObject({ source: "test/calls", rows: 2 });
    const path = written?.path ?? "";
    const csv = readFileSync(path, "utf8");
    expect(csv.split("\r\n").slice(0, 2)).toEqual([
      "2024,id,at,lastpenny_line,lastpenny_field,lastpenny_reason,lastpenny_record,lastpenny_reject",
      '"b ""quoted""",2,soon,2,at,not a date or time that can be read: soon,,1:2',
    ]);
    writeFileSync(path, csv.replace("soon,", "2024-03-02,"));
    const map = join(folder, "calls.yaml");
    writeFileSync(map, writeMapping(source));
    const report = await importPath({ store, settings: defaultSettings, folder: null }, path, {
      map,
    });
    expect(report.files).toMatchObject([
      { kind: "loaded", receipt: { read: 2, taken: 1, rejected: 1 } },
    ]);
    expect(await states()).toEqual([
      { line: 2n, state: "replayed", code: "not_a_time" },
      { line: 3n, state: "open", code: "missing" },
    ]);
  });
});
