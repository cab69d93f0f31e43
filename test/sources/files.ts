import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A temporary folder with files, as a vendor would export them. */
export interface Folder {
  readonly path: string;
  readonly file: (name: string) => string;
  readonly remove: () => void;
}

/**
 * Writes files into a new temporary folder.
 *
 * @param files content by name
 */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Folder {
  const path = mkdtempSync(join(tmpdir(), "lastpenny-sources-"));
  const file = (name: string): string => join(path, name);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(file(name)), { recursive: true });
    writeFileSync(file(name), content);
  }
  return { path, file, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** JSON values, one per line. */
export const lines = (values: readonly unknown[]): string =>
  `${values.map((value) => JSON.stringify(value)).join("\n")}\n`;

/** A CSV file of records; columns that a record lacks stay empty. */
export function csv(
  columns: readonly string[],
  records: readonly Readonly<Record<string, unknown>>[],
): string {
  const cell = (value: unknown): string => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = records.map((record) => columns.map((name) => cell(record[name])).join(","));
  return `${[columns.map(cell).join(","), ...rows].join("\n")}\n`;
}
