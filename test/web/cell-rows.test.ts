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
});
