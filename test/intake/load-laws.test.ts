import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadRawTable } from "../../src/intake/load.ts";
import type { Receipt } from "../../src/intake/raw-table.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import type { Store } from "../../src/store/store.ts";
import { dealColumns, deals } from "./deals-source.ts";
import { emptyTables, emptyWorkspace, ledgerContents, rawTable, rowsOf } from "./raw-rows.ts";

let store: Store;
beforeAll(async () => {
  store = await emptyWorkspace();
});
afterAll(() => store.close());

async function load(
  rows: readonly (readonly (string | null)[])[],
  more: { readonly pieceLines?: number } = {},
): Promise<Receipt> {
  const table = await rawTable(store, dealColumns, rows);
  const clock = () => new Date("2025-01-01T00:00:00Z");
  return loadRawTable(store, {
    rawTable: table,
    source: deals,
    settings: defaultSettings,
    clock,
    ...more,
  });
}

describe("the laws of loading", () => {
  const junk = fc.oneof(
    fc.constantFrom(
      "",
      " ",
      null,
      "1",
      "open",
      "won",
      "person",
      "total",
      "2024-03-01",
      "2024-03-02T10:00:00Z",
      "ann@x.example",
      "info@y.example",
      "1,5",
      "x",
    ),
    fc.string({ maxLength: 12 }).map((one) => one.replaceAll("\u0000", "")),
  );
  const junkRows = fc.array(fc.tuple(junk, junk, junk, junk, junk), { maxLength: 25 });
  const runs = { numRuns: 12, seed: 7 };

  it("read is taken + repeated + rejected, and every row is found in the ledger or among the rejects", async () => {
    await fc.assert(
      fc.asyncProperty(junkRows, async (rows) => {
        await emptyTables(store);
        const receipt = await load(rows);
        expect(receipt.taken + receipt.repeated + receipt.rejected).toBe(rows.length);
        const rejects = await rowsOf(store, "SELECT count(*) AS n FROM ledger.rejects");
        expect(rejects).toEqual([{ n: BigInt(receipt.rejected) }]);
        const [row] = await rowsOf(
          store,
          "SELECT (SELECT count(*) FROM ledger.deals) AS deals, (SELECT count(*) FROM ledger.people) AS people",
        );
        expect(receipt.wrote).toEqual({ deals: Number(row?.deals), people: Number(row?.people) });
      }),
      runs,
    );
  });

  it("loading twice changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(junkRows, async (rows) => {
        await emptyTables(store);
        await load(rows);
        const before = await ledgerContents(store);
        const again = await load(rows);
        expect(again.taken).toBe(0);
        expect(await ledgerContents(store)).toEqual(before);
      }),
      runs,
    );
  });

  /** Rows whose key and version say everything else. */
  const versions = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 9 })), {
      maxLength: 20,
    })
    .map((pairs) =>
      pairs.map(([id, version]) => [
        String(id),
        `2024-03-0${version}`,
        version % 2 === 0 ? "open" : "won",
        String(version * 10 + id),
        version % 3 === 0 ? null : `p${id}@x.example`,
      ]),
    );

  it("order and chunking of loads do not matter", async () => {
    const withoutRejects = async () => {
      const { rejects: _, touched: __, ...rest } = await ledgerContents(store);
      return rest;
    };
    await fc.assert(
      fc.asyncProperty(
        versions,
        fc.integer({ min: 1, max: 7 }),
        fc.infiniteStream(fc.nat()),
        async (rows, size, random) => {
          await emptyTables(store);
          await load(rows);
          const whole = await withoutRejects();
          await emptyTables(store);
          const shuffled = rows
            .map((row) => ({ row, place: random.next().value ?? 0 }))
            .toSorted((left, right) => left.place - right.place)
            .map(({ row }) => row);
          for (let from = 0; from < shuffled.length; from += size) {
            await load(shuffled.slice(from, from + size));
          }
          expect(await withoutRejects()).toEqual(whole);
          await emptyTables(store);
          await load(rows, { pieceLines: size });
          expect(await withoutRejects()).toEqual(whole);
        },
      ),
      runs,
    );
  });
});
