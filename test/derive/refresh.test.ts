import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refresh } from "../../src/derive/refresh.ts";
import { derivedTables } from "../../src/derive/tables.ts";
import { settingsSchema } from "../../src/ledger/settings.ts";
import { contents, emptyLedger } from "./ledger.ts";
import { load, pieces } from "./random-ledger.ts";

const settings = settingsSchema.parse({
  internal_domains: ["acme0.example"],
  time_zone: "Europe/Berlin",
});
const tables = derivedTables.filter((table) => {
  try {
    return !/not written/.test(String(table.select));
  } catch {
    return false;
  }
});
const runs = 8;

describe("refresh", () => {
  it("gives after any loads in any chunks exactly what a rebuild gives", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(pieces, { minLength: 1, maxLength: 25 }), { minLength: 2, maxLength: 5 }),
        async (chunks) => {
          const store = await emptyLedger();
          for (const [index, chunk] of chunks.entries()) {
            await load(store, chunk, index + 1);
            await refresh(store, settings, { tables });
          }
          const before = await allContents(store);
          await refresh(store, settings, { tables, full: true });
          const after = await allContents(store);
          await store.close();
          expect(before).toEqual(after);
        },
      ),
      { numRuns: runs, seed: 7 },
    );
  }, 240_000);
});

async function allContents(store: Awaited<ReturnType<typeof emptyLedger>>) {
  const all: Record<string, readonly string[]> = {};
  for (const { name } of tables) all[name] = await contents(store, name);
  return all;
}
