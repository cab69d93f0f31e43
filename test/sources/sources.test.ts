import { describe, expect, it } from "vitest";
import { allColumns } from "../../src/ledger/table.ts";
import { ledgerTable } from "../../src/ledger/tables.ts";
import { sources } from "../../src/sources/index.ts";
import { loadRanks } from "../../src/sources/load-order.ts";
import type { Source } from "../../src/sources/source.ts";

const recordings = (source: Source) => source.record.map((recording) => ({ source, recording }));

describe("the list of sources", () => {
  it("names every source once, as vendor/format", () => {
    const ids = sources.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const source of sources) expect(source.id.split("/")[0]).toBe(source.vendor);
  });

  it("asks for at least two columns, or one and a file name", () => {
    for (const source of sources) {
      const weight = source.columns.length + (source.fileName ? 1 : 0);
      expect(weight, source.id).toBeGreaterThanOrEqual(2);
    }
  });

  it.each(sources.flatMap(recordings).map((each, index) => [`${each.source.id} #${index}`, each]))(
    "%s fills columns that its ledger table has, and all required ones",
    (_, { recording }) => {
      const table = ledgerTable(recording.into);
      const given = new Set(Object.keys(recording.set));
      const known = new Set(Object.keys(allColumns(table)));
      expect([...given].filter((name) => !known.has(name))).toEqual([]);
      const required = Object.entries(table.columns)
        .filter(([, column]) => "required" in column && column.required)
        .map(([name]) => name);
      expect(required.filter((name) => !given.has(name))).toEqual([]);
      expect(recording.key.length).toBeGreaterThan(0);
    },
  );

  it("says of everything that it does not record why", () => {
    for (const source of sources.filter(({ record }) => record.length === 0)) {
      expect(source.skip?.reason, source.id).toMatch(/\w+ \w+/);
    }
  });

  it("names the sources that bring what it looks up", () => {
    for (const source of sources) {
      const looked = JSON.stringify(source).matchAll(/"op":"lookup","table":"(\w+)"/g);
      const brought = (source.after ?? [])
        .flatMap((id) => sources.find((other) => other.id === id)?.record ?? [])
        .map(({ into }) => into as string);
      for (const [, table] of looked) expect(brought, `${source.id}: ${table}`).toContain(table);
    }
  });

  it("loads what is looked up first, without a circle", () => {
    const after = new Map(sources.map((source) => [source.id, source.after ?? []]));
    const visit = (id: string, path: readonly string[]): void => {
      expect(after.has(id), `${path.join(" > ")} > ${id}`).toBe(true);
      expect(path).not.toContain(id);
      for (const next of after.get(id) ?? []) visit(next, [...path, id]);
    };
    for (const { id } of sources) visit(id, []);
    const rank = loadRanks(sources);
    for (const source of sources) {
      for (const before of sources.filter(({ id }) => source.after?.includes(id))) {
        expect(rank(before), source.id).toBeLessThan(rank(source));
      }
    }
  });
});
