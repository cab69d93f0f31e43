import type { Command } from "./command.ts";
import { layoutTable } from "./layout.ts";
import { jsonText, withWorkspace } from "./opening.ts";

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
    withWorkspace(args, terminal, async ({ workspace, t }) => {
      const result = await workspace.reconcile();
      if (args.flag("json")) {
        terminal.out(jsonText(result));
        return result.ties ? 0 : 1;
      }
      const columns = [
        { title: t("reconcile.check") },
        { title: t("reconcile.made"), align: "right" as const },
        { title: t("reconcile.failed"), align: "right" as const },
      ];
      const counts = Object.entries(result.counts).map(([code, { made, failed }]) => [
        code,
        String(made),
        String(failed),
      ]);
      for (const line of layoutTable(columns, counts, 0)) terminal.out(line);
      const shown = result.checks.filter(({ ties }) => args.flag("all") || !ties);
      const detail = [
        "",
        t("reconcile.check"),
        "",
        t("reconcile.expected"),
        t("reconcile.found"),
      ].map((title, index) => ({ title, ...(index > 2 ? { align: "right" as const } : {}) }));
      const rows = shown.map(({ code, about, expected, found, ties }) => [
        ties ? "✓" : "✗",
        code,
        Object.entries(about)
          .map(([name, value]) => `${name} ${value}`)
          .join(", "),
        expected,
        found,
      ]);
      if (rows.length > 0) {
        terminal.out("");
        for (const line of layoutTable(detail, rows, 0)) terminal.out(line);
      }
      const failed = result.checks.filter(({ ties }) => !ties).length;
      terminal.out("");
      terminal.out(
        result.ties
          ? t("reconcile.ok", { checks: result.checks.length })
          : t("reconcile.bad", { count: failed }),
      );
      return result.ties ? 0 : 1;
    }),
};
