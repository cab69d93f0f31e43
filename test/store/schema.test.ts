import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bookkeepingTables } from "../../src/ledger/tables/bookkeeping.ts";
import { ledgerTables } from "../../src/ledger/tables.ts";
import { raw } from "../../src/sql/fragment.ts";
import { openDuckdb } from "../../src/store/duckdb.ts";
import { prepareSchema, schemaVersion } from "../../src/store/schema.ts";

describe("the schema of a workspace", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lastpenny-schema-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("has every declared table, also in a file named like a schema, and keeps rows when it is opened again", async () => {
    const path = join(folder, "ledger.duckdb");
    const first = await openDuckdb(path);
    await prepareSchema(first);
    await first.run(raw(`INSERT INTO ledger.campaigns (campaign) VALUES ('spring')`));
    await first.close();
    const second = await openDuckdb(path);
    await prepareSchema(second);
    const tables = await second.query(
      raw(`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'ledger'`),
    );
    const names = tables.map((row) => String(row.name)).toSorted();
    const declared = [...ledgerTables.map(({ name }) => name), ...Object.keys(bookkeepingTables)];
    expect(names).toEqual([...declared, "schema_version"].toSorted());
    expect(await second.query(raw("SELECT campaign FROM ledger.campaigns"))).toEqual([
      { campaign: "spring" },
    ]);
    await second.close();
  });

  it("refuses a workspace that a newer release wrote", async () => {
    const store = await openDuckdb(":memory:");
    await prepareSchema(store);
    await store.run(raw(`INSERT INTO ledger.schema_version VALUES (${schemaVersion + 1})`));
    await expect(prepareSchema(store)).rejects.toMatchObject({ code: "workspace_newer" });
    await store.close();
  });

  it("adds ledger columns that are new and makes changed derived tables anew", async () => {
    const store = await openDuckdb(":memory:");
    const text = { type: "text", meaning: "A text." } as const;
    await prepareSchema(store, [{ name: "sums", columns: { one: text } }]);
    await store.run(raw("ALTER TABLE ledger.campaigns DROP COLUMN subject"));
    await store.run(raw("INSERT INTO derived.sums VALUES ('old')"));
    await prepareSchema(store, [{ name: "sums", columns: { one: text, two: text } }]);
    expect(await store.query(raw("SELECT subject FROM ledger.campaigns"))).toEqual([]);
    expect(await store.query(raw("SELECT one, two FROM derived.sums"))).toEqual([]);
    await store.close();
  });
});
