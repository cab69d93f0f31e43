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
  customers: { active_days: 15 },
  attribution: { fit_conversions: 2 },
});
const tables = derivedTables.filter((table) => {
  try {
    return !/not written/.test(String(table.select));
  } catch {
    return false;
  }
});
const runs = 5;

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

describe("a rebuild", () => {
  it("gives the same in slices of people, and whatever the order of the loads", async () => {
    const [all] = fc.sample(fc.array(pieces, { minLength: 80, maxLength: 120 }), {
      numRuns: 1,
      seed: 21,
    });
    const plain = (all ?? []).filter((piece) => piece.what !== "decision");
    const keyed = plain.map((piece, index) =>
      piece.what === "row" ? { ...piece, row: { ...piece.row, id: `${index}` } } : piece,
    );
    const whole = await emptyLedger();
    await load(whole, keyed, 1);
    await refresh(whole, settings, { tables });
    const expected = await allContents(whole);
    await refresh(whole, settings, { tables, full: true, eventsPerSlice: 7 });
    expect(await allContents(whole)).toEqual(expected);
    const reversed = await emptyLedger();
    await load(reversed, [...keyed].reverse(), 1);
    await refresh(reversed, settings, { tables });
    expect(await allContents(reversed)).toEqual(expected);
  }, 60_000);

  it("does nothing when nothing is new, and everything when a rule of the workspace changes", async () => {
    const store = await emptyLedger();
    const [all] = fc.sample(fc.array(pieces, { minLength: 30, maxLength: 40 }), {
      numRuns: 1,
      seed: 2,
    });
    await load(store, all ?? [], 1);
    await refresh(store, settings, { tables });
    const again = await refresh(store, settings, { tables });
    expect(again.tables).toEqual([]);
    const other = { ...settings, channels: [{ channel: "ours", medium: "cpc" }] };
    const redone = await refresh(store, other, { tables });
    expect(redone.tables.find((each) => each.table === "interactions")?.mode).toBe("all");
    expect(redone.tables.find((each) => each.table === "task_days")).toBeUndefined();
  }, 60_000);
});
