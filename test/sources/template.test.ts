import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ledgerTable, ledgerTables } from "../../src/ledger/tables.ts";
import { templateRules, templates } from "../../src/sources/template/index.ts";
import { templateColumns } from "../../src/sources/template/template.ts";

const folder = fileURLToPath(new URL("../../examples/templates", import.meta.url));
const bookkept = ["identities", "identity_links", "merges"];

describe("own templates", () => {
  it("exist for every table that a file can fill", () => {
    const fillable = ledgerTables
      .map(({ name }) => name)
      .filter((name) => !bookkept.includes(name));
    expect(templateRules.map(({ table }) => table).sort()).toEqual([...fillable].sort());
  });

  it("have an example file each", () => {
    const files = templateRules.map(({ table }) => `${table}.csv`).sort();
    expect(readdirSync(folder).sort()).toEqual(files);
  });

  it.each(templateRules.map(({ table }, index) => [table, index] as const))(
    "%s: the example has three to five rows, only known columns and all that recognise it",
    (table, index) => {
      const [header, ...rows] = readFileSync(`${folder}/${table}.csv`, "utf8").trim().split("\n");
      const columns = header?.split(",") ?? [];
      const known = templateColumns(ledgerTable(table));
      expect(columns.filter((column) => !known.includes(column))).toEqual([]);
      expect(columns).toEqual(expect.arrayContaining([...(templates[index]?.columns ?? [])]));
      expect(rows.length).toBeGreaterThanOrEqual(3);
      expect(rows.length).toBeLessThanOrEqual(5);
      for (const row of rows) expect(row.split(","), row).toHaveLength(columns.length);
    },
  );

  it("never share their columns with each other", () => {
    for (const one of templates) {
      for (const other of templates.filter((each) => each !== one)) {
        expect(one.columns, `${one.id} and ${other.id}`).not.toEqual(other.columns);
      }
    }
  });
});
