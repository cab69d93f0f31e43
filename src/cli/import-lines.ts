import type { FileOutcome, ImportProgress, ImportReport } from "../intake/import.ts";
import type { Receipt } from "../intake/raw-table.ts";
import type { CliText } from "../locales/cli-texts.ts";
import type { Translate } from "../locales/translate.ts";
import { type Counts, type FileRow, fileRows, sumOf } from "./file-groups.ts";
import { layoutTable, wrap } from "./layout.ts";
import type { Terminal } from "./terminal.ts";

const shownReasons = 12;
/** Cells of a line from which sources are named in words, too. */
const roomForTitles = 120;

/**
 * Returns the lines that say what was read: a row per file with its receipt, then the reasons of rejection.
 *
 * @param report what an import did
 * @param root path that was imported, which is left out of the names of files
 * @param t texts
 * @param look cells of a line, and whether each file gets a line of its own however many there are
 */
export function importLines(
  report: ImportReport,
  root: string,
  t: Translate<CliText>,
  { width = Number.POSITIVE_INFINITY, everyFile = false }: FileLook = {},
): string[] {
  const name = (file: string) => nameBelow(root, file);
  const rows: readonly FileRow[] = everyFile
    ? report.files.map((outcome) => ({ kind: "one", outcome }))
    : fileRows(report.files);
  const sourceName = (source: string, title: string) =>
    width < roomForTitles ? source : `${source} · ${title}`;
  const isGrouped = rows.length < report.files.length;
  if (report.files.length === 0) return [t("files.none", { path: root })];
  return [
    t("files.title"),
    ...layoutTable(
      [
        { title: t("files.file"), max: 48, cut: "middle" },
        { title: t("files.source"), max: 62 },
        ...(["read", "taken", "repeated", "rejected"] as const).map((count) => ({
          title: t(`files.${count}`),
          align: "right" as const,
        })),
      ],
      [
        ...rows.map((row) =>
          row.kind === "one"
            ? [name(row.outcome.file), ...outcomeCells(row.outcome, t, sourceName)]
            : [
                `${name(`${row.folder}/`)} ${t("files.many", { count: row.files })}`.trimStart(),
                sourceName(row.source, row.title),
                ...countCells(row.counts),
              ],
        ),
        [t("files.total"), "", ...countCells(sumOf(report.files))],
      ],
      2,
      width,
    ),
    ...(isGrouped ? [`  ${t("files.each")}`] : []),
    ...problemLines(report, name, t, width),
    ...reasonLines(report, name, t, width),
  ];
}

/** How a table of files is printed. */
interface FileLook {
  readonly width?: number;
  readonly everyFile?: boolean;
}

function nameBelow(root: string, file: string): string {
  return root !== "" && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
}

/** What to do about each file that was not loaded, in full: the table has no room for it. */
function problemLines(
  { files }: ImportReport,
  name: (file: string) => string,
  t: Translate<CliText>,
  width: number,
): string[] {
  const lines = files.flatMap((outcome) => {
    switch (outcome.kind) {
      case "failed":
        return [`${name(outcome.file)}: ${outcome.error.message} (${outcome.error.code})`];
      case "ambiguous":
      case "unknown":
        return [`${name(outcome.file)}: ${outcomeCells(outcome, t, (source) => source).join("")}`];
      case "proposed":
        return [
          `${name(outcome.file)}: ${t("mapping.saved", { path: outcome.path ?? outcome.file })}`,
        ];
      default:
        return [];
    }
  });
  if (lines.length === 0) return [];
  return ["", t("files.problems"), ...lines.flatMap((line) => wrap(`  ${line}`, width, 4))];
}

function outcomeCells(
  outcome: FileOutcome,
  t: Translate<CliText>,
  sourceName: (source: string, title: string) => string,
): string[] {
  switch (outcome.kind) {
    case "loaded":
      return [sourceName(outcome.source, outcome.title), ...countCells(outcome.receipt)];
    case "proposed":
      return [t("files.unknown")];
    case "unknown":
      return [t("files.strange")];
    case "ambiguous":
      return [t("files.ambiguous", { sources: outcome.sources.join(", ") })];
    case "passed_over":
      return [t("files.passed_over", { reason: outcome.reason })];
    case "failed":
      return [t("files.failed")];
  }
}

const countCells = ({ read, taken, repeated, rejected }: Counts): string[] =>
  [read, taken, repeated, rejected].map((count) => count.toLocaleString("en-US"));

function receiptsOf(report: ImportReport): Receipt[] {
  return report.files.flatMap((outcome) => (outcome.kind === "loaded" ? [outcome.receipt] : []));
}

function reasonLines(
  report: ImportReport,
  name: (file: string) => string,
  t: Translate<CliText>,
  width: number,
): string[] {
  const reasons = receiptsOf(report)
    .flatMap((receipt) =>
      receipt.reasons.map((reason) => ({ ...reason, file: name(receipt.file) })),
    )
    .sort((left, right) => right.count - left.count);
  if (reasons.length === 0) return [];
  const lines = reasons
    .slice(0, shownReasons)
    .flatMap(({ file, count, reason, line }) =>
      wrap(`  ${t("rejects.line", { file, count, reason, line })}`, width, 4),
    );
  const more = reasons.length > shownReasons ? [`  … +${reasons.length - shownReasons}`] : [];
  return ["", t("rejects.title"), ...lines, ...more, `  ${t("rejects.hint")}`];
}

/**
 * Returns the lines that show a proposed mapping: every column with samples, use and confidence, and what is missing.
 *
 * @param outcome a file that no source recognised
 * @param t texts
 * @param width cells of a line
 */
export function proposalLines(
  outcome: Extract<FileOutcome, { readonly kind: "proposed" }>,
  t: Translate<CliText>,
  width = Number.POSITIVE_INFINITY,
): string[] {
  const { proposal, file, path } = outcome;
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const rows = proposal.columns.map(({ column, into, kind, confidence, samples }) => [
    column,
    into.join(", ") || "–",
    kind,
    percent(confidence),
    samples.join(" · "),
  ]);
  return [
    "",
    `${file}: ${t("files.confidence", { percent: percent(proposal.confidence) })}`,
    ...layoutTable(
      [
        { title: t("mapping.column"), max: 32 },
        { title: t("mapping.into"), max: 44 },
        { title: t("mapping.kind") },
        { title: t("mapping.sure"), align: "right" },
        { title: t("mapping.samples"), max: 48 },
      ],
      rows,
      2,
      width,
    ),
    ...proposal.missing.map(
      ({ into, column, meaning }) => `  ${t("mapping.missing", { into, column, meaning })}`,
    ),
    ...(proposal.notes.includes("currency_unknown") ? [`  ${t("mapping.currency")}`] : []),
    ...(path === null ? [] : [`  ${t("mapping.saved", { path })}`]),
  ];
}

/**
 * Returns the function that shows the progress of an import.
 *
 * @param terminal where it is shown
 * @param t texts
 * @param root path that is imported, which is left out of the names of files
 */
export function importProgress(
  terminal: Terminal,
  t: Translate<CliText>,
  root: string,
): (progress: ImportProgress) => void {
  return ({ step, file, rows }) => {
    if (step === "done") return;
    const count = rows === undefined ? "" : ` (${rows.toLocaleString("en-US")})`;
    terminal.progress(
      t(step === "reading" ? "progress.reading" : "progress.loading", {
        file: `${nameBelow(root, file)}${count}`,
      }),
    );
  };
}
