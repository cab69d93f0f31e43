/**
 * Writes a line of a CSV file: quoted where needed; a cell that a spreadsheet would run as a formula starts with an
 * apostrophe; numbers, as data or as printed with currency or unit, stay as they are.
 *
 * @param cells the cells as text
 */
export function csvLine(cells: readonly string[]): string {
  return cells.map(csvCell).join(",");
}

/** Sign, currency, digits, unit: nothing in it that could be run. */
const printedNumber =
  /^[-+]?(?:\p{Sc}|[A-Z]{1,3}\p{Sc}|Rp|[A-Z]{3}(?=\s))?\s?\d[\d.,\u00a0\u202f]*(?:\s?%|\s?[\p{L}][\p{L} ]{0,30})?$/u;

function csvCell(text: string): string {
  const safe = !printedNumber.test(text) && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
