import type { AnswerTable } from "./answer-table.ts";
import { csvLine } from "./csv.ts";

/**
 * Writes a table as a CSV file (RFC 4180) that spreadsheets open rightly: with the mark of UTF-8 in front, and no cell that
 * they would run as a formula.
 *
 * @param table the rows
 */
export function answerCsv({ columns, rows }: AnswerTable): string {
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) => row.map(({ text }) => text)),
  ];
  return `\ufeff${lines.map((line) => `${csvLine(line)}\r\n`).join("")}`;
}
