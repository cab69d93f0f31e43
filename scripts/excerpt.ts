// Takes the lines of a report that fit a picture: tsx scripts/excerpt.ts < report
import { readFileSync } from "node:fs";

/** Figures worth a place; what is left out shows as one line with an ellipsis. */
const figures = [
  "Revenue",
  "Refunds",
  "Orders",
  "Marketing efficiency ratio",
  "Customer acquisition cost",
  "Customer lifetime value",
  "CLV to CAC",
  "Lead-to-MQL rate",
  "Win rate",
  "Open rate",
  "E-mail click rate",
  "Hours saved",
];

const blocks = readFileSync(0, "utf8")
  .trimEnd()
  .split(/\n\n/)
  .map((block) => block.split("\n"));

const isFigureOrTitle = (line: string) =>
  /^ {2}\S/.test(line) || figures.some((name) => line.startsWith(`    ${name}  `));

/** The first lines of a block and its last; an ellipsis stands for those between. */
function ends(lines: readonly string[], first: number, last: number): readonly string[] {
  if (lines.length <= first + last) return lines;
  return [...lines.slice(0, first), "  …", ...(last > 0 ? lines.slice(-last) : [])];
}

function excerpt(lines: readonly string[], shown: readonly string[]): readonly string[] | null {
  const [title = ""] = lines;
  if (title.startsWith("What was read")) {
    const total = lines.findIndex((line) => line.startsWith("  Total"));
    return ends(lines.slice(0, total + 1), 6, 1);
  }
  if (title.startsWith("Rejected rows")) return ends(lines, 3, 1);
  if (title.includes(" compared with "))
    return [...lines.slice(0, 2), ...lines.slice(2).filter(isFigureOrTitle)];
  if (title.startsWith("    [1]")) {
    const remarks = lines.filter((line) => {
      const [mark] = /\[\d+\]/.exec(line) ?? [];
      return mark !== undefined && shown.some((one) => one.endsWith(mark));
    });
    return remarks.slice(0, 2);
  }
  if (title.startsWith("What more data")) return ends(lines.slice(0, -1), 3, 0);
  return lines;
}

const out: string[] = [];
for (const block of blocks) {
  const lines = excerpt(block, out);
  if (lines !== null && lines.length > 0) out.push(...(out.length > 0 ? [""] : []), ...lines);
}
process.stdout.write(`${out.join("\n")}\n`);
