/**
 * Writes a line of a CSV file: quoted where needed; a cell that a spreadsheet would run as a formula starts with an
 * apostrophe, numbers stay numbers.
 *
 * @param cells the cells as text
 */
export function csvLine(cells: readonly string[]): string {
  return cells.map(csvCell).join(",");
}

function csvCell(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
