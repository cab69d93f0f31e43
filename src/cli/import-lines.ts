import type { FileOutcome, ImportProgress, ImportReport } from "../intake/import.ts";
import type { Receipt } from "../intake/raw-table.ts";
import type { CliText } from "../locales/cli-texts.ts";
import type { Translate } from "../locales/translate.ts";
import { layoutTable } from "./layout.ts";
import type { Terminal } from "./terminal.ts";

const shownReasons = 12;

/**
 * Returns the lines that say what was read: a row per file with its receipt, then the reasons of rejection.
 *
 * @param report what an import did
 * @param root path that was imported, which is left out of the names of files
 * @param t texts
 */
export function importLines(report: ImportReport, root: string, t: Translate<CliText>): string[] {
  const name = (file: string) => (file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file);
  if (report.files.length === 0) return [t("files.none", { path: root })];
  return [
    t("files.title"),
    ...layoutTable(
      [
        { title: t("files.file"), max: 44 },
        { title: t("files.source"), max: 62 },
        ...(["read", "taken", "repeated", "rejected"] as const).map((count) => ({
          title: t(`files.${count}`),
          align: "right" as const,
        })),
      ],
      [
        ...report.files.map((outcome) => [name(outcome.file), ...outcomeCells(outcome, t)]),
        totalCells(report, t),
      ],
    ),
    ...reasonLines(report, name, t),
  ];
}

function outcomeCells(outcome: FileOutcome, t: Translate<CliText>): string[] {
  switch (outcome.kind) {
    case "loaded":
      return [`${outcome.source} · ${outcome.title}`, ...countCells(outcome.receipt)];
    case "proposed":
      return [t("files.unknown", { mapping: outcome.path ?? "–" })];
    case "unknown":
      return [t("files.strange")];
    case "ambiguous":
      return [t("files.ambiguous", { sources: outcome.sources.join(", ") })];
    case "passed_over":
      return [t("files.passed_over", { reason: outcome.reason })];
    case "failed":
      return [t("files.failed", { reason: outcome.error.message })];
  }
}

type Counts = Pick<Receipt, "read" | "taken" | "repeated" | "rejected">;

const countCells = ({ read, taken, repeated, rejected }: Counts): string[] =>
  [read, taken, repeated, rejected].map((count) => count.toLocaleString("en-US"));

function receiptsOf(report: ImportReport): Receipt[] {
  return report.files.flatMap((outcome) => (outcome.kind === "loaded" ? [outcome.receipt] : []));
}

function totalCells(report: ImportReport, t: Translate<CliText>): string[] {
  const receipts = receiptsOf(report);
  const sum = (count: keyof Counts) =>
    receipts.reduce((total, receipt) => total + receipt[count], 0);
  const total = {
    read: sum("read"),
    taken: sum("taken"),
    repeated: sum("repeated"),
    rejected: sum("rejected"),
  };
  return [t("files.total"), "", ...countCells(total)];
}

function reasonLines(
  report: ImportReport,
  name: (file: string) => string,
  t: Translate<CliText>,
): string[] {
  const reasons = receiptsOf(report)
    .flatMap((receipt) =>
      receipt.reasons.map((reason) => ({ ...reason, file: name(receipt.file) })),
    )
    .sort((left, right) => right.count - left.count);
  if (reasons.length === 0) return [];
  const lines = reasons
    .slice(0, shownReasons)
    .map(
      ({ file, count, reason, line }) => `  ${t("rejects.line", { file, count, reason, line })}`,
    );
  const more = reasons.length > shownReasons ? [`  … +${reasons.length - shownReasons}`] : [];
  return ["", t("rejects.title"), ...lines, ...more, `  ${t("rejects.hint")}`];
}

/**
 * Returns the lines that show a proposed mapping: every column with samples, use and confidence, and what is missing.
 *
 * @param outcome a file that no source recognised
 * @param t texts
 */
export function proposalLines(
  outcome: Extract<FileOutcome, { readonly kind: "proposed" }>,
  t: Translate<CliText>,
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
 */
export function importProgress(
  terminal: Terminal,
  t: Translate<CliText>,
): (progress: ImportProgress) => void {
  return ({ step, file, rows }) => {
    if (step === "done") return;
    const count = rows === undefined ? "" : ` (${rows.toLocaleString("en-US")})`;
    terminal.progress(
      t(step === "reading" ? "progress.reading" : "progress.loading", { file: `${file}${count}` }),
    );
  };
}
