// Draws what the command line prints as an SVG picture: tsx scripts/picture.ts FILE.svg TITLE < output
import { readFileSync, writeFileSync } from "node:fs";

const font = 13;
const cell = { width: 7.83, height: 18 };
const colours = {
  back: "#0f172a",
  bar: "#1e293b",
  text: "#e2e8f0",
  dim: "#94a3b8",
  good: "#4ade80",
  warn: "#fbbf24",
};

const [file, title = "lastpenny"] = process.argv.slice(2);
if (!file) throw new Error("say which file to write");

const inXml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Sections of a report start at the margin; families of figures stand alone behind two blanks. */
const isTitle = (line: string) => /^[A-Z]|^ {2}[A-Z][a-z]+( [a-z]+)*$/.test(line);

function colourOf(line: string): string {
  if (/^\$ /.test(line)) return colours.good;
  if (/^\s+!/.test(line)) return colours.warn;
  if (/^\s*\[\d+\]|^ {2}File|^ {20,}Value|^\s*…/.test(line)) return colours.dim;
  return colours.text;
}

/** One text; a change for the worse or better is not judged: only the person knows which it is. */
function drawn(line: string, index: number): string {
  const weight = isTitle(line) ? ' font-weight="600"' : "";
  const text = inXml(line);
  return `<text x="20" y="${60 + index * cell.height}" fill="${colourOf(line)}"${weight} xml:space="preserve">${text}</text>`;
}

const lines = readFileSync(0, "utf8").trimEnd().split("\n");
const width = Math.ceil(Math.max(...lines.map((line) => line.length)) * cell.width) + 40;
const height = lines.length * cell.height + 68;
const body = lines.map(drawn);
const dots = ["#f87171", "#fbbf24", "#4ade80"].map(
  (colour, index) => `<circle cx="${22 + index * 18}" cy="18" r="6" fill="${colour}"/>`,
);
writeFileSync(
  file,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${inXml(title)}">
<rect width="${width}" height="${height}" rx="10" fill="${colours.back}"/>
<path d="M0 36V10A10 10 0 0 1 10 0H${width - 10}A10 10 0 0 1 ${width} 10V36Z" fill="${colours.bar}"/>
${dots.join("")}
<text x="${width / 2}" y="23" fill="${colours.dim}" text-anchor="middle" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12">${inXml(title)}</text>
<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${font}">
${body.join("\n")}
</g>
</svg>
`,
);
