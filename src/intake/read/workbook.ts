import readWorkbook, { type CellValue } from "read-excel-file/node";
import { LastpennyError } from "../../errors.ts";
import type { TextFile } from "./csv.ts";
import type { Limits } from "./limits.ts";
import { writeText } from "./transcode.ts";
import { expandedSize } from "./zip.ts";

/** A sheet, written out as CSV. */
export interface SheetFile extends TextFile {
  readonly sheet: string;
}

/**
 * Writes every sheet of a workbook that holds anything to a CSV file.
 *
 * @param path the workbook (.xlsx)
 * @param folder where the files go
 * @param limits the largest workbook
 * @param label name of the file in messages
 * @throws LastpennyError `file_too_large`, `format_unknown`
 */
export async function sheetsOf(
  path: string,
  folder: string,
  limits: Limits,
  label: string,
): Promise<readonly SheetFile[]> {
  if ((await expandedSize(path, label)) > limits.workbookBytes) {
    throw new LastpennyError(
      "file_too_large",
      `${label}: the workbook expands to more than ${limits.workbookBytes} bytes; save its sheets as CSV`,
    );
  }
  // Numbers are kept as the text of the shortest decimal that gives the stored double: 0.1, not 0.1000000001.
  const parseNumber = (text: string) => shortest(text);
  const sheets = await readWorkbook(path, { parseNumber, trim: false }).catch((cause: unknown) => {
    throw new LastpennyError(
      "format_unknown",
      `${label} is not a complete workbook: open it in the program that made it and save it as CSV`,
      { file: label },
      { cause },
    );
  });
  const files: SheetFile[] = [];
  for (const [index, { sheet, data }] of sheets.entries()) {
    const rows = data as readonly (readonly (CellValue<string> | null)[])[];
    const width = Math.max(0, ...rows.map((row) => row.length));
    if (width === 0) continue;
    const file = `${folder}/${index + 1}.sheet.csv`;
    const lines = rows.map((row) => lineOf(row, width)).filter((line) => line !== "");
    if (lines.length === 0) continue;
    await writeText(file, piecesOf(lines));
    const sample = lines.slice(0, 200).join("");
    files.push({ sheet, path: file, sample, isWhole: lines.length <= 200 });
  }
  return files;
}

async function* piecesOf(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

function shortest(text: string): string {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  // A double has 15 reliable decimal digits; the file holds 17, so 0.1 + 0.2 is stored as 0.30000000000000004.
  const rounded = Number(value.toPrecision(15));
  return Number.isInteger(rounded) && Math.abs(rounded) < 1e15 ? String(rounded) : plain(rounded);
}

function plain(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(Math.min(20, 15)).replace(/\.?0+$/, "") : text;
}

function lineOf(row: readonly (CellValue<string> | null)[], width: number): string {
  if (row.every((cell) => cell === null || cell === "")) return "";
  const cells = Array.from({ length: width }, (_, index) => textOf(row[index] ?? null));
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\n`;
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (!(cell instanceof Date)) return String(cell);
  const iso = cell.toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso.slice(0, 19).replace("T", " ");
}
