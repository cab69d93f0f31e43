import type { MetricFamily } from "../catalogue/metric.ts";
import { LastpennyError } from "../errors.ts";
import type { Figure } from "../figures/figure.ts";
import { printDelta, printFigure } from "../figures/print.ts";
import type { Locked } from "../figures/unlock.ts";
import { metricTexts } from "../locales/locales.ts";
import { warningText } from "../locales/warning-texts.ts";
import { printBefore } from "./ask.ts";
import type { Command } from "./command.ts";
import { importOptions, importWithQuestions, refreshed } from "./import.ts";
import { importLines } from "./import-lines.ts";
import { layoutTable } from "./layout.ts";
import { metricName, reasonText } from "./names.ts";
import { jsonText, type Opened, pathOf, withWorkspace } from "./opening.ts";

const families: readonly MetricFamily[] = [
  "revenue",
  "customers",
  "funnel",
  "engagement",
  "automation",
];

/** `lastpenny measure`: from a folder of exports to every figure that it can carry. */
export const command: Command = {
  name: "measure",
  usage: "PATH",
  summary: "Reads a folder of exports and prints every figure that it can carry.",
  options: {
    ...importOptions,
    from: { type: "string", value: "DAY", help: "first day (default: the last full month)" },
    to: { type: "string", value: "DAY", help: "the day after the last" },
    json: { type: "boolean", help: "print as JSON" },
  },
  examples: [
    "lastpenny measure ./exports",
    "lastpenny measure ./exports --workspace ./shop --lang id",
  ],
  run: (args, terminal) =>
    withWorkspace(
      args,
      terminal,
      async (opened) => {
        const [positional] = args.positionals;
        if (positional === undefined)
          throw new LastpennyError("usage", "name a file or folder of exports");
        const path = pathOf(terminal, positional);
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
        const lines = [
          terminal.style("bold", opened.workspace.settings.name),
          "",
          ...importLines(imported, path, opened.t),
          "",
          ...(answer ? figureLines(answer, opened) : [opened.t("figures.none")]),
          ...unlockLines(locked, opened),
          "",
          opened.t("warnings.title"),
          ...(warnings.length === 0
            ? [`  ${opened.t("warnings.none")}`]
            : warnings.map((warning) => `  ! ${warningText(warning, opened.locale)}`)),
          ...(period ? ["", opened.t("next.explain", { metric: "revenue", ...period })] : []),
        ];
        for (const line of lines) terminal.out(line);
        return 0;
      },
      { create: true },
    ),
};

interface Period {
  readonly from: string;
  readonly to: string;
}

async function periodOf(
  { workspace }: Opened,
  from: string | undefined,
  to: string | undefined,
): Promise<Period | null> {
  if (from !== undefined && to !== undefined) return { from, to };
  return workspace.defaultPeriod();
}

const overview = ({ workspace }: Opened, period: Period) => ({
  metrics: workspace.catalogue.metrics.map(({ id }) => id),
  ...period,
  compare: "previous" as const,
});

function figureLines(
  answer: { readonly figures: readonly Figure[] } & {
    readonly period: Period;
    readonly comparisonPeriod: Period | null;
  },
  { workspace, locale, t }: Opened,
): string[] {
  const { settings, catalogue } = workspace;
  const days = ({ from, to }: Period) => `${from} – ${to}`;
  const context = {
    period: days(answer.period),
    currency: settings.currency,
    zone: settings.time_zone,
  };
  const shown = answer.figures.filter(
    ({ value, state }) => value !== null || state === "not_applicable",
  );
  const columns = [
    { title: "", max: 52 },
    { title: t("figures.value"), align: "right" as const },
    { title: t("figures.before"), align: "right" as const },
    { title: t("figures.change"), align: "right" as const },
    { title: "" },
  ];
  const footnotes = new Footnotes();
  const rowOf = (figure: Figure) => [
    metricName(figure, catalogue, locale),
    printFigure(figure, locale),
    printBefore(figure, locale),
    printDelta(figure, locale),
    footnotes.mark(figure.reasons.map((reason) => reasonText(reason, locale))),
  ];
  const groups = families.map((family) => ({
    family,
    rows: shown.filter(({ metric }) => catalogue.metric(metric).family === family).map(rowOf),
  }));
  const table = layoutTable(
    columns,
    groups.flatMap(({ rows }) => rows),
    4,
  );
  let at = 1;
  const lines = groups.flatMap(({ family, rows }) => {
    const part = table.slice(at, at + rows.length);
    at += rows.length;
    return part.length > 0 ? [`  ${metricTexts(locale).families[family]}`, ...part] : [];
  });
  return [
    answer.comparisonPeriod
      ? t("report.period", { ...context, comparison: days(answer.comparisonPeriod) })
      : t("report.period_alone", context),
    table[0] ?? "",
    ...lines,
    ...footnotes.lines(),
  ];
}

/** Remarks that many figures share: each is printed once, and figures carry its number. */
class Footnotes {
  readonly #texts: string[] = [];

  mark(texts: readonly string[]): string {
    const numbers = texts.map((text) => {
      if (!this.#texts.includes(text)) this.#texts.push(text);
      return this.#texts.indexOf(text) + 1;
    });
    return numbers.length > 0 ? `[${numbers.join(", ")}]` : "";
  }

  lines(): string[] {
    const lines = this.#texts.map((text, index) => `    [${index + 1}] ${text}`);
    return lines.length > 0 ? ["", ...lines] : [];
  }
}

function unlockLines(locked: readonly Locked[], { workspace, locale, t }: Opened): string[] {
  if (locked.length === 0) return [];
  const byInput = new Map<string, string[]>();
  for (const { metric, variant, inputs } of locked) {
    const input = inputs
      .map(
        ({ tables, kinds }) =>
          `${tables.join(" / ")}${kinds.length > 0 ? ` (${kinds.join(", ")})` : ""}`,
      )
      .join(" + ");
    const name = metricName({ metric, variant }, workspace.catalogue, locale);
    byInput.set(input, [...(byInput.get(input) ?? []), name]);
  }
  const lines = [...byInput]
    .sort(([, left], [, right]) => right.length - left.length)
    .map(([input, metrics]) =>
      t("unlock.line", { input, count: metrics.length, metrics: metrics.join(", ") }),
    );
  return ["", t("unlock.title"), ...lines.map((line) => `  ${line}`)];
}
