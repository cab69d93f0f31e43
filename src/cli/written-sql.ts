const quoted = /('(?:[^']|'')*'|"(?:[^"]|"")*")/;
const clause =
  /(?<!\b(?:LEFT|FULL|CROSS)) +(?=(?:FROM|WHERE|GROUP BY|HAVING|ORDER BY|LIMIT|UNION ALL|(?:LEFT |FULL |CROSS )?JOIN)\b)/g;

/**
 * Writes a statement over several lines: a new one before each clause outside of quotes, indented by open brackets.
 *
 * @param sql the statement; its meaning does not change
 */
export function writtenSql(sql: string): string {
  const broken = sql
    .split(quoted)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(clause, "\n")))
    .join("");
  let depth = 0;
  return broken
    .split("\n")
    .map((line) => {
      const text = line.trim();
      const indent = "  ".repeat(Math.max(0, depth));
      const bare = text.split(quoted).filter((_part, index) => index % 2 === 0);
      for (const bracket of bare.join("").replace(/[^()]/g, "")) depth += bracket === "(" ? 1 : -1;
      return indent + text;
    })
    .join("\n");
}
