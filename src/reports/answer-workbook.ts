import writeWorkbook, { type Cell, type SheetData } from "write-excel-file/node";
import { reportTexts } from "../locales/report-texts.ts";
import type { Locale } from "../locales/translate.ts";
import type { AboutLine } from "./about.ts";
import type { AnswerTable, TableCell } from "./answer-table.ts";

/**
 * Writes a table as a workbook: numbers as numbers with the format of their unit, and a sheet that says what they are.
 *
 * @param table the rows
 * @param about what the second sheet says
 * @param locale language of the sheets' names
 */
export async function answerWorkbook(
  table: AnswerTable,
  about: readonly AboutLine[],
  locale: Locale,
): Promise<Buffer> {
  const t = reportTexts(locale);
  const head = table.columns.map(({ title }): Cell => ({ value: title, fontWeight: "bold" }));
  const figures: SheetData = [head, ...table.rows.map((row) => row.map(cellOf(table)))];
  const explained: SheetData = about.map(({ title, text, isHeading }) => [
    { value: title, type: String, ...(isHeading ? { fontWeight: "bold" as const } : {}) },
    { value: text, type: String, wrap: true },
  ]);
  return writeWorkbook([
    {
      data: figures,
      sheet: t("sheet.figures"),
      stickyRowsCount: 1,
      columns: table.columns.map((column) => ({ width: column.isNumber ? 16 : 22 })),
    },
    { data: explained, sheet: t("sheet.about"), columns: [{ width: 36 }, { width: 110 }] },
  ]).toBuffer();
}

/** Digits beyond which a spreadsheet would round a number. */
const mostDigits = 15;

const decimal = /^-?\d+(\.\d+)?$/;

function cellOf({ columns }: AnswerTable) {
  return (cell: TableCell, index: number): Cell => {
    const digits = cell.text.replace(/[-.]/g, "").replace(/^0+/, "").length;
    if (!columns[index]?.isNumber || !decimal.test(cell.text) || digits > mostDigits) {
      return { value: cell.text, type: String };
    }
    return { value: Number(cell.text), type: Number, format: formatOf(cell) };
  };
}

function formatOf({ unit, currency = "" }: TableCell): string {
  switch (unit) {
    case "money":
    case "money_per_day":
      return /^[A-Z]{3}$/.test(currency) ? `#,##0.00 "${currency}"` : "#,##0.00";
    case "percent":
      return "0.0%";
    case "count":
    case "flag":
      return "#,##0";
    default:
      return "#,##0.00";
  }
}
