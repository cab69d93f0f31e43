import { describe, expect, it } from "vitest";
import { type CellRow, sortedRows, tableOf } from "../../src/web/table/cell-rows.ts";
import { tableCsv } from "../../src/web/table/save-table.ts";

const row = (key: string, value: string | null): CellRow => ({
  key,
  cells: [{ text: key }, { text: value ?? "–", value }],
});

describe("a table of cells", () => {
  it("is sorted exactly, with what has no value last in either direction", () => {
    const rows = [row("a", "9007199254740993"), row("b", null), row("c", "9007199254740992.5")];
    const keys = (isDescending: boolean) =>
      sortedRows(rows, { column: 1, isDescending }).map(({ key }) => key);
    expect(keys(true)).toEqual(["a", "c", "b"]);
    expect(keys(false)).toEqual(["c", "a", "b"]);
    expect(sortedRows(rows, null)).toBe(rows);
  });

  it("is saved as it is shown, with second lines in a column of their own and no formula run", () => {
    const columns = [
      { id: "name", name: "Name" },
      { id: "value", name: "Value" },
    ];
    const rows = [{ key: "x", cells: [{ text: '=1+"1"' }, { text: "€1,204.50", sub: "12%" }] }];
    expect(tableCsv(tableOf("Table", columns, rows))).toBe(
      '\ufeffName,Value,\r\n"\'=1+""1""","€1,204.50",12%\r\n',
    );
  });

  it("keeps the exact value behind every cell and second line, for files that hold numbers", () => {
    const columns = [
      { id: "name", name: "Name" },
      { id: "value", name: "Value" },
    ];
    const share = { text: "€1.20", value: "1.204", sub: "12%", subValue: "0.1234" };
    const rows = [{ key: "x", cells: [{ text: "email" }, share] }, row("y", null)];
    expect(tableOf("Table", columns, rows)).toEqual({
      caption: "Table",
      columns: ["Name", "Value", ""],
      rows: [
        ["email", "€1.20", "12%"],
        ["y", "–", ""],
      ],
      values: [
        [null, "1.204", "0.1234"],
        [null, null, null],
      ],
    });
  });
});
