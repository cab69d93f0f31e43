import stringWidth from "string-width";

/** A column of a printed table. */
export interface LayoutColumn {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Longer cells are cut with an ellipsis; where the line is too narrow, such columns give way first. */
  readonly max?: number;
  /** Where long cells are cut: at the end, or in the middle, such as paths. */
  readonly cut?: "end" | "middle";
}

const narrowest = 12;

/**
 * Lays rows out in columns; Chinese characters count as the two cells that they take.
 *
 * @param columns titles and alignment; empty titles everywhere leave the head line out
 * @param rows cells as text
 * @param indent blanks before each line
 * @param lineWidth terminal cells that a line may take; columns with a maximum shrink to fit
 */
export function layoutTable(
  columns: readonly LayoutColumn[],
  rows: readonly (readonly string[])[],
  indent = 2,
  lineWidth = Number.POSITIVE_INFINITY,
): string[] {
  const wanted = columns.map(({ title, max }, index) =>
    Math.max(
      stringWidth(title),
      ...rows.map((row) => Math.min(stringWidth(printable(row[index] ?? "")), max ?? Infinity)),
    ),
  );
  const widths = fitted(wanted, columns, lineWidth - indent - 2 * (columns.length - 1));
  const line = (cells: readonly string[]) =>
    (
      " ".repeat(indent) +
      columns
        .map(({ align, cut, max }, index) => {
          const width = widths[index] ?? 0;
          const cell = cells[index] ?? "";
          const shown = max === undefined ? printable(cell) : shorten(cell, width, cut);
          return pad(shown, width, align ?? "left");
        })
        .join("  ")
    ).trimEnd();
  const head = columns.some(({ title }) => title !== "")
    ? [line(columns.map(({ title }) => title))]
    : [];
  return [...head, ...rows.map(line)];
}

/**
 * Lays rows out in columns; what does not fit into the line follows below, each part with the first column again.
 *
 * @param columns titles and alignment; the first one names the rows
 * @param rows cells as text
 * @param indent blanks before each line
 * @param lineWidth terminal cells that a line may take
 */
export function layoutParts(
  columns: readonly LayoutColumn[],
  rows: readonly (readonly string[])[],
  indent = 2,
  lineWidth = Number.POSITIVE_INFINITY,
): string[] {
  const widths = columns.map(({ title, max }, index) =>
    Math.min(
      Math.max(stringWidth(title), ...rows.map((row) => stringWidth(printable(row[index] ?? "")))),
      max ?? Number.POSITIVE_INFINITY,
    ),
  );
  const parts: number[][] = [];
  let room = 0;
  for (const index of columns.keys()) {
    if (index === 0) continue;
    const width = (widths[index] ?? 0) + 2;
    if (width > room || parts.length === 0) {
      parts.push([]);
      room = lineWidth - indent - (widths[0] ?? 0);
    }
    parts.at(-1)?.push(index);
    room -= width;
  }
  const pick = <Cell>(cells: readonly Cell[], part: readonly number[]) =>
    [0, ...part].flatMap((index) => cells[index] ?? []);
  return parts.flatMap((part, number) => [
    ...(number > 0 ? [""] : []),
    ...layoutTable(
      pick(columns, part),
      rows.map((row) => pick(row, part)),
      indent,
      lineWidth,
    ),
  ]);
}

/** Takes cells from the widest column that may shrink until the line fits. */
function fitted(
  wanted: readonly number[],
  columns: readonly LayoutColumn[],
  available: number,
): readonly number[] {
  const widths = [...wanted];
  let overflow = widths.reduce((sum, width) => sum + width, 0) - available;
  while (overflow > 0) {
    const shrinkable = widths.map((width, index) =>
      columns[index]?.max === undefined ? 0 : width,
    );
    const widest = shrinkable.indexOf(Math.max(...shrinkable));
    if ((shrinkable[widest] ?? 0) <= narrowest) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    overflow -= 1;
  }
  return widths;
}

/**
 * Returns text as it may be shown: control characters as blanks, marks that turn the direction of writing as �.
 *
 * @param text any text, such as a name in people's data
 */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, " ").replace(/\p{Bidi_Control}/gu, "\ufffd");
}

/**
 * Cuts a text to a number of terminal cells.
 *
 * @param text the text, shown as {@link printable}
 * @param max cells; undefined leaves the text as long as it is
 * @param cut where the ellipsis stands
 */
export function shorten(text: string, max?: number, cut: "end" | "middle" = "end"): string {
  const safe = printable(text);
  if (max === undefined || stringWidth(safe) <= max) return safe;
  const behind = cut === "middle" ? Math.floor((max - 1) / 2) : 0;
  const end = startOf([...safe].reverse().join(""), behind);
  return `${startOf(safe, max - 1 - behind)}…${[...end].reverse().join("")}`;
}

function startOf(text: string, cells: number): string {
  let out = "";
  for (const character of text) {
    if (stringWidth(out + character) > cells) break;
    out += character;
  }
  return out;
}

/** Where a line may end: behind blanks, and between Chinese characters, but not before a mark that closes. */
const breaks = /(?<= )(?=\S)|(?<=[\p{Script=Han}，。；：、！？）」])(?=[\p{Script=Han}（「])/u;

/**
 * Breaks a text into lines at blanks and between Chinese characters.
 *
 * @param text the text, shown as {@link printable}
 * @param width terminal cells of a line
 * @param indent blanks before each line but the first
 */
export function wrap(text: string, width: number, indent = 0): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text).split(breaks)) {
    const limit = lines.length === 0 ? width : width - indent;
    if (line.trim() !== "" && stringWidth((line + word).trimEnd()) > limit) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += word;
  }
  lines.push(line.trimEnd());
  return lines.map((one, index) => (index === 0 ? one : " ".repeat(indent) + one));
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const blanks = " ".repeat(Math.max(0, width - stringWidth(text)));
  return align === "right" ? blanks + text : text + blanks;
}
