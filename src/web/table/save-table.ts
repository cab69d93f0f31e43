import type { TableData } from "../../charts/chart-table.tsx";
import { csvLine } from "../../reports/csv.ts";
import { saveFile } from "../page/save-file.ts";

/**
 * Writes a table as CSV: with the mark of UTF-8 in front, and no cell that a spreadsheet would run as a formula.
 *
 * @param table its words as they are shown
 */
export function tableCsv({ columns, rows }: TableData): string {
  return `\ufeff${[columns, ...rows].map((cells) => `${csvLine(cells)}\r\n`).join("")}`;
}

/**
 * Saves a table as a CSV file.
 *
 * @param table its words as they are shown
 * @param name of the file, without its ending
 */
export function saveTable(table: TableData, name: string): void {
  saveFile(new Blob([tableCsv(table)], { type: "text/csv;charset=utf-8" }), `${name}.csv`);
}
