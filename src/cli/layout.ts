import stringWidth from "string-width";

/** A column of a printed table. */
export interface LayoutColumn {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Longer cells are cut with an ellipsis. */
  readonly max?: number;
}

/**
 * Lays rows out in columns; Chinese characters count as the two cells that they take.
 *
 * @param columns titles and alignment; empty titles everywhere leave the head line out
 * @param rows cells as text
 * @param indent blanks before each line
 */
export function layoutTable(
  columns: readonly LayoutColumn[],
  rows: readonly (readonly string[])[],
  indent = 2,
): string[] {
  const cut = rows.map((row) => columns.map(({ max }, index) => shorten(row[index] ?? "", max)));
  const widths = columns.map(({ title }, index) =>
    Math.max(stringWidth(title), ...cut.map((row) => stringWidth(row[index] ?? ""))),
  );
  const line = (cells: readonly string[]) =>
    (
      " ".repeat(indent) +
      columns
        .map(({ align }, index) => pad(cells[index] ?? "", widths[index] ?? 0, align ?? "left"))
        .join("  ")
    ).trimEnd();
  const head = columns.some(({ title }) => title !== "")
    ? [line(columns.map(({ title }) => title))]
    : [];
  return [...head, ...cut.map(line)];
}

/**
 * Cuts a text to a number of terminal cells.
 *
 * @param text the text; control characters are shown as blanks
 * @param max cells; undefined leaves the text as it is
 */
export function shorten(text: string, max?: number): string {
  const safe = text.replace(/\p{Cc}/gu, " ");
  if (max === undefined || stringWidth(safe) <= max) return safe;
  let out = "";
  for (const character of safe) {
    if (stringWidth(out + character) > max - 1) break;
    out += character;
  }
  return `${out}…`;
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const blanks = " ".repeat(Math.max(0, width - stringWidth(text)));
  return align === "right" ? blanks + text : text + blanks;
}
