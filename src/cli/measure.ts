import { LastpennyError } from "../errors.ts";
import type { Answer, Reason } from "../figures/figure.ts";
import type { Locked } from "../figures/unlock.ts";
import type { ImportReport } from "../intake/import.ts";
import { warningText } from "../locales/warning-texts.ts";
import type { Arguments, Command } from "./command.ts";
import { figureLines, quietMetrics } from "./figure-lines.ts";
import { importOptions, importWithQuestions, refreshed } from "./import.ts";
import { importLines } from "./import-lines.ts";
import { wrap } from "./layout.ts";
import { existingPathOf, jsonText, type Opened, withWorkspace } from "./opening.ts";
import { unlockLines } from "./unlock-lines.ts";

/** `lastpenny measure`: from a folder of exports to every figure that it can carry. */
export const command: Command = {
  name: "measure",
  usage: "PATH",
  summary: "Reads a folder of exports and prints every figure that it can carry.",
  options: {
    ...importOptions,
    from: { type: "string", value: "DAY", help: "first day (default: the last full month)" },
    to: { type: "string", value: "DAY", help: "the day after the last" },
    all: { type: "boolean", help: "also figures that were always 0" },
    json: { type: "boolean", help: "print as JSON" },
  },
  examples: [
    "lastpenny measure ./exports",
    "lastpenny measure ./exports --workspace ./shop --lang id",
  ],
  run: async (args, terminal) => {
    const [positional, ...others] = args.positionals;
    if (positional === undefined || others.length > 0)
      throw new LastpennyError("usage", "name one file or folder of exports");
    const path = existingPathOf(terminal, positional);
    const work = async (opened: Opened) => {
      const imported = await importWithQuestions(path, args, opened, terminal);
      await refreshed(opened, terminal);
      terminal.progress(opened.t("progress.asking"));
      const period = await periodOf(opened, args.text("from"), args.text("to"));
      const answer = period && (await opened.workspace.answer(overview(opened, period)));
      const locked = await opened.workspace.locked();
      const warnings = await opened.workspace.warnings();
      if (args.flag("json")) {
        terminal.out(jsonText({ files: imported.files, answer, locked, warnings }));
        return 0;
      }
      const lines = await reportLines({ path, imported, answer, locked, warnings }, args, opened);
      for (const line of lines) terminal.out(line);
      return 0;
    };
    return withWorkspace(args, terminal, work, { create: true });
  },
};

/** What a report is made of. */
interface Report {
  readonly path: string;
  readonly imported: ImportReport;
  readonly answer: Answer | null;
  readonly locked: readonly Locked[];
  readonly warnings: readonly Reason[];
}

async function reportLines(
  { path, imported, answer, locked, warnings }: Report,
  args: Arguments,
  opened: Opened,
): Promise<readonly string[]> {
  const { workspace, t, width, style, locale } = opened;
  const quiet =
    answer && !args.flag("all") ? await quietMetrics(answer, workspace) : new Set<string>();
  return [
    style("bold", workspace.settings.name),
    "",
    ...importLines(imported, path, t, { width, everyFile: args.flag("files") }),
    "",
    ...(answer ? figureLines(answer, quiet, opened) : [t("figures.none")]),
    ...unlockLines(locked, opened),
    "",
    style("bold", t("warnings.title")),
    ...(warnings.length === 0
      ? [`  ${t("warnings.none")}`]
      : warnings.flatMap((warning) =>
          wrap(`  ! ${warningText(warning, locale)}`, width, 4).map((line) =>
            style("yellow", line),
          ),
        )),
    ...(answer ? ["", t("next.explain", { metric: "revenue", ...answer.period })] : []),
    ...(answer && hasCredit(answer) ? [t("next.attribute", answer.period)] : []),
  ];
}

/** Something was credited, so that the choice of a model matters. */
function hasCredit({ figures }: Answer): boolean {
  return figures.some(({ metric, value }) => metric === "attributed_revenue" && value !== null);
}

interface Period {
  readonly from: string;
  readonly to: string;
}

async function periodOf(
  { workspace }: Opened,
  from: string | undefined,
  to: string | undefined,
): Promise<Period | null> {
  const period = await workspace.defaultPeriod();
  const asked = { from: from ?? period?.from, to: to ?? period?.to };
  return asked.from === undefined || asked.to === undefined
    ? null
    : { from: asked.from, to: asked.to };
}

const overview = ({ workspace }: Opened, period: Period) => ({
  metrics: workspace.catalogue.metrics.map(({ id }) => id),
  ...period,
  compare: "previous" as const,
});
