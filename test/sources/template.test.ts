import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ledgerTable, ledgerTables } from "../../src/ledger/tables.ts";
import { templateRules, templates } from "../../src/sources/template/index.ts";
import { templateColumns } from "../../src/sources/template/template.ts";
import { type Imported, importFiles } from "./importing.ts";

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

describe("example files", () => {
  let imported: Imported;
  beforeAll(async () => {
    imported = await importFiles(folder);
  });
  afterAll(() => imported.close());

  it.each(templateRules.map(({ table }) => table))(
    "%s.csv loads whole, and once",
    async (table) => {
      const id = `template/${table.replaceAll("_", "-")}`;
      const receipt = imported.receipt(id);
      expect(receipt.reasons).toEqual([]);
      expect(receipt.taken).toBe(receipt.read);
      const rows = await imported.value(
        `SELECT count(*) FROM ledger.${table} WHERE source = '${id}'`,
      );
      expect(Number(rows)).toBe(receipt.read);
      const again = await imported.load(`${folder}/${table}.csv`);
      expect(again).toMatchObject({ taken: 0, repeated: receipt.read, rejected: 0 });
    },
  );

  it("keeps costs apart that differ only in the column that names them", async () => {
    const folderOfTest = mkdtempSync(join(tmpdir(), "lastpenny-costs-"));
    const file = join(folderOfTest, "costs.csv");
    const rows = ["2025-01-01,10.00,EUR,x,", "2025-01-01,20.00,EUR,,x", "2025-01-01,30.00,EUR,,x"];
    writeFileSync(file, ["from_day,amount,currency,channel,campaign", ...rows, ""].join("\n"));
    expect(await imported.load(file)).toMatchObject({ read: 3, taken: 3 });
    rmSync(folderOfTest, { recursive: true });
  });

  it("makes an order's lines add up to its header", async () => {
    expect(
      await imported.rows(
        `SELECT h.total, sum(o.amount) AS lines FROM ledger.order_headers AS h
        JOIN ledger.orders AS o ON o."order" = h."order"
        WHERE o.line_type <> 'refund' GROUP BY h."order", h.total ORDER BY h."order"`,
      ),
    ).toEqual([
      { total: "112.000000", lines: "112.000000" },
      { total: "80.000000", lines: "80.000000" },
    ]);
  });

  it("links the ids on a row: person, address and phone", async () => {
    expect(
      Number(await imported.value("SELECT count(*) FROM ledger.identities WHERE kind = 'phone'")),
    ).toBe(1);
    expect(
      await imported.rows(
        `SELECT DISTINCT i.kind FROM ledger.identity_links AS l
        JOIN ledger.identities AS i ON i.identity IN (l.left_identity, l.right_identity) ORDER BY 1`,
      ),
    ).toEqual(expect.arrayContaining([{ kind: "email" }, { kind: "id" }, { kind: "phone" }]));
  });
});

describe("a file of rates", () => {
  it("rejects what is not a number above zero, by name", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lastpenny-rates-"));
    const rows = ["2025-01-01,EUR,USD,1.1", "2025-01-02,EUR,USD,plenty", "2025-01-03,EUR,USD,0"];
    writeFileSync(join(folder, "rates.csv"), ["day,base,currency,rate", ...rows, ""].join("\n"));
    const imported = await importFiles(folder);
    expect(imported.receipt("template/rates")).toMatchObject({ read: 3, taken: 1, rejected: 2 });
    const rejects = await imported.rows("SELECT reason FROM ledger.rejects ORDER BY line");
    expect(rejects.map(({ reason }) => reason)).toEqual([
      "not a number above zero, written with a point: plenty",
      "not a number above zero, written with a point: 0",
    ]);
    await imported.close();
    rmSync(folder, { recursive: true });
  });
});
