/**
 * Returns the form in which column names are compared: case, spaces, dots, dashes and underscores do not count.
 *
 * @param name as a file or source writes it
 */
export function columnKey(name: string): string {
  return name.toLowerCase().replaceAll(/[\s._-]/gu, "");
}

/** A column of a file, found by the name that a source gives it. */
export interface FoundColumn {
  readonly column: string;
  /** What the `*` of the source's name stands for, trimmed; empty when it has none. */
  readonly wildcard: string;
}

/**
 * Returns a function that finds the columns of a file by the names that sources give them; of several matches the
 * first counts.
 *
 * @param columns names as the file has them
 */
export function columnFinder(columns: readonly string[]): (name: string) => FoundColumn | null {
  const byKey = new Map<string, string>();
  for (const column of columns) {
    const key = columnKey(column);
    if (!byKey.has(key)) byKey.set(key, column);
  }
  return (name) => {
    if (name.includes("*")) return wildcardColumn(columns, name);
    const column = byKey.get(columnKey(name));
    return column === undefined ? null : { column, wildcard: "" };
  };
}

function wildcardColumn(columns: readonly string[], name: string): FoundColumn | null {
  const pattern = name
    .split("*")
    .map((part) =>
      [...columnKey(part)]
        .map((letter) => `${letter.replace(/[\\^$.*+?()[\]{}|/]/u, "\\$&")}[\\s._-]*`)
        .join(""),
    )
    .join("(.+?)");
  const expression = new RegExp(`^[\\s._-]*${pattern}$`, "iu");
  for (const column of columns) {
    const match = expression.exec(column);
    if (match) return { column, wildcard: (match[1] ?? "").trim() };
  }
  return null;
}
