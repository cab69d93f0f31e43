import { printFigure, printGroup } from "../figures/print.ts";
import type { Reconciliation } from "../figures/reconcile.ts";
import type { CliText } from "../locales/cli-texts.ts";
import type { Translate } from "../locales/translate.ts";
import type { Command } from "./command.ts";
import { layoutTable, wrap } from "./layout.ts";
import { jsonText, type Opened, withWorkspace } from "./opening.ts";

/** `lastpenny reconcile`: proves that everything adds up; exit code 1 when something does not. */
export const command: Command = {
  name: "reconcile",
  usage: "",
  summary:
    "Proves the books: loads, ledger, derived figures and stated totals; lists what does not tie out.",
  options: {
    all: { type: "boolean", help: "list also what ties out" },
    json: { type: "boolean", help: "print as JSON" },
  },
  run: (args, terminal) =>
    withWorkspace(args, terminal, async (opened) => {
      const { workspace, t } = opened;
      terminal.progress(t("progress.asking"));
      const result = await workspace.reconcile();
      if (args.flag("json")) {
        terminal.out(jsonText(result));
        return result.ties ? 0 : 1;
      }
      const lines = [
        ...reconciliationLines(result, args.flag("all"), t),
        ...claimLines(result, opened),
      ];
      for (const line of lines) terminal.out(line);
      const failed = sumOf(result, "failed");
      terminal.out("");
      terminal.out(
        result.ties
          ? t("reconcile.ok", { checks: sumOf(result, "made") })
          : t("reconcile.bad", { count: failed }),
      );
      return result.ties ? 0 : 1;
    }),
};

function sumOf({ counts }: Reconciliation, what: "made" | "failed"): number {
  return Object.values(counts).reduce((sum, count) => sum + count[what], 0);
}

function reconciliationLines(
  { counts, checks }: Reconciliation,
  all: boolean,
  t: Translate<CliText>,
): string[] {
  const summary = layoutTable(
    [
      { title: t("reconcile.check") },
      { title: t("reconcile.made"), align: "right" },
      { title: t("reconcile.failed"), align: "right" },
    ],
    Object.entries(counts).map(([code, { made, failed }]) => [code, String(made), String(failed)]),
    0,
  );
  const rows = checks
    .filter(({ ties }) => all || !ties)
    .map(({ code, about, expected, found, ties }) => [
      ties ? "✓" : "✗",
      code,
      Object.entries(about)
        .map(([name, value]) => `${name} ${value}`)
        .join(", "),
      expected,
      found,
    ]);
  if (rows.length === 0) return summary;
  const columns = [
    { title: "" },
    { title: t("reconcile.check") },
    { title: "" },
    { title: t("reconcile.expected"), align: "right" as const },
    { title: t("reconcile.found"), align: "right" as const },
  ];
  return [...summary, "", ...layoutTable(columns, rows, 0)];
}

/** What platforms say of themselves beside what was credited. */
function claimLines({ claims }: Reconciliation, opened: Opened): string[] {
  const { t, locale, width, style, workspace } = opened;
  if (claims.length === 0) return [];
  const { currency } = workspace.settings;
  const money = (value: string | null) => printFigure({ value, unit: "money", currency }, locale);
  const parts = (value: string) =>
    printFigure({ value, unit: value.includes(".") ? "ratio" : "count" }, locale);
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    { title: t("reconcile.month") },
    { title: "", max: 32 },
    right(t("reconcile.claimed")),
    right(t("reconcile.credited")),
    right(t("reconcile.claimed_value")),
    right(t("reconcile.credited")),
  ];
  const rows = claims.map((claim) => [
    claim.month,
    printGroup(claim.channel, locale),
    parts(claim.claimedConversions),
    parts(claim.creditedConversions),
    money(claim.claimedValue),
    money(claim.creditedValue),
  ]);
  const title = wrap(t("reconcile.claims"), width).map((line) => style("bold", line));
  return ["", ...title, ...layoutTable(columns, rows, 2, width)];
}
