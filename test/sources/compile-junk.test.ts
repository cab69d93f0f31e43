import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadRawTable } from "../../src/intake/load.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import { sources } from "../../src/sources/index.ts";
import type { Source } from "../../src/sources/source.ts";
import type { Store } from "../../src/store/store.ts";
import { emptyWorkspace, rawTable } from "../intake/raw-rows.ts";

const junk = [
  null,
  "",
  "  ",
  "abc",
  "1",
  "-5.25",
  "2024-03-01T10:00:00Z",
  "13/02/2024",
  "€ 1.234,50",
  '{"a":[1]}',
  '[{"price":"3"}]',
  "{broken",
  "ann@x.example",
  "null",
  "1e400",
  "99999999999999999999",
  "true",
  "USD",
  "😀",
  "infinity",
  "epoch",
  "'; DROP TABLE x",
] as const;

describe("every source", () => {
  let store: Store;
  beforeAll(async () => {
    store = await emptyWorkspace();
  });
  afterAll(() => store.close());

  const columnsOf = (source: Source): readonly string[] => {
    const names = [
      ...source.columns,
      ...(source.also ?? []),
      ...(source.unnest ? [source.unnest] : []),
    ];
    return [...new Set(names.map((name) => name.replace("*", "EUR")))];
  };

  it.each(sources.map((source) => [source.id, source] as const))(
    "%s turns junk into rejects, and loses no row",
    async (_, source) => {
      const columns = columnsOf(source);
      const rows = Array.from({ length: 30 }, (_row, row) =>
        columns.map(
          (_column, column) => junk[(row * 7 + column * 3 + row * column) % junk.length] ?? null,
        ),
      );
      const request = { source, settings: defaultSettings, clock: () => new Date(0) };
      const receipt = await loadRawTable(store, {
        ...request,
        rawTable: await rawTable(store, columns, rows),
      });
      expect(receipt.read).toBe(30);
      expect(receipt.taken + receipt.repeated + receipt.rejected).toBe(30);
      const needed = await loadRawTable(store, {
        ...request,
        rawTable: await rawTable(
          store,
          [...source.columns.map((name) => name.replace("*", "EUR"))],
          [],
        ),
      });
      expect(needed.read).toBe(0);
    },
  );
});
