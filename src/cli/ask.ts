import { LastpennyError } from "../errors.ts";
import type { Answer, Figure } from "../figures/figure.ts";
import { csvValue, printDelta, printFigure, printGroup } from "../figures/print.ts";
import type { Compare, Grain, Question } from "../figures/question.ts";
import { metricTexts } from "../locales/locales.ts";
import type { Locale } from "../locales/translate.ts";
import { csvLine } from "../reports/csv.ts";
import type { Workspace } from "../workspace.ts";
import { attributionOptions, chosenAttribution } from "./attribution-options.ts";
import { type Arguments, type Command, countOf } from "./command.ts";
import { layoutTable, wrap } from "./layout.ts";
import { metricName, reasonText } from "./names.ts";
import { jsonText, type Opened, withWorkspace } from "./opening.ts";

const grains: readonly Grain[] = [
  "hour",
  "day",
  "week",
  "month",
  "quarter",
  "year",
  "fiscal_quarter",
  "fiscal_year",
];

/** Options of a question, shared with `explain`. */
export const questionOptions = {
  from: { type: "string", value: "DAY", help: "first day (default: the last full month)" },
  to: { type: "string", value: "DAY", help: "the day after the last" },
  by: { type: "string", value: "DIM", multiple: true, help: "break down by a dimension" },
  grain: { type: "string", value: "GRAIN", help: "hour, day, week, month, quarter, year …" },
  filter: { type: "string", value: "TEXT", help: `such as 'country = "DE"'` },
  compare: { type: "string", value: "WITH", help: "previous, year, none, or FROM..TO" },
  basis: { type: "string", value: "BASIS", help: "period (default) or cohort" },
  limit: { type: "string", value: "N", help: "at most so many groups" },
  ...attributionOptions,
} as const;

/** `lastpenny ask`: figures by metric, dimension and grain. */
export const command: Command = {
  name: "ask",
  usage: "METRIC…",
  summary: "Asks for figures: any metric, period, breakdown, filter and comparison.",
  options: {
    ...questionOptions,
    format: { type: "string", value: "FORMAT", help: "table (default), json or csv" },
  },
  examples: [
    "lastpenny ask revenue mer cac --by channel --grain month --from 2025-01-01 --to 2026-01-01",
    "lastpenny ask attributed_revenue roi --by campaign --model u_shaped --window 60d",
    `lastpenny ask open_rate email_click_rate --filter 'country = "DE"' --format csv`,
  ],
  run: (args, terminal) =>
    withWorkspace(args, terminal, async (opened) => {
      if (args.positionals.length === 0) {
        throw new LastpennyError("usage", "name a metric, such as revenue (see lastpenny metrics)");
      }
      const question = await questionOf(args, args.positionals, opened);
      const answer = await opened.workspace.answer(question);
      for (const line of answerLines(answer, args.text("format") ?? "table", opened))
        terminal.out(line);
      return 0;
    }),
};

function answerLines(answer: Answer, format: string, opened: Opened): readonly string[] {
  switch (format) {
    case "json":
      return [jsonText(answer)];
    case "csv":
      return csvLines(answer);
    case "table":
      return tableLines(answer, opened);
    default:
      throw new LastpennyError("usage", `unknown format: ${format} (table, json or csv)`);
  }
}

/**
 * Returns the period that was asked for, by default the last full month.
 *
 * @param args the options from and to
 * @param workspace the workspace, for the default period
 * @throws LastpennyError `usage` when the ledger is empty and the period is not given
 */
export async function askedPeriod(
  args: Arguments,
  workspace: Pick<Workspace, "defaultPeriod">,
): Promise<{ readonly from: string; readonly to: string }> {
  const period = await workspace.defaultPeriod();
  const from = args.text("from") ?? period?.from;
  const to = args.text("to") ?? period?.to;
  if (from !== undefined && to !== undefined) return { from, to };
  throw new LastpennyError(
    "usage",
    "the ledger is empty: import something, or give --from and --to",
  );
}

/**
 * Makes a question of what was given on the command line.
 *
 * @param args the options of {@link questionOptions}
 * @param metrics metric ids with variants
 * @param opened the workspace, for the default period
 * @throws LastpennyError `usage`
 */
export async function questionOf(
  args: Arguments,
  metrics: readonly string[],
  { workspace }: Opened,
): Promise<Question> {
  const { from, to } = await askedPeriod(args, workspace);
  const grain = oneOf("grain", args.text("grain"), grains);
  const basis = oneOf("basis", args.text("basis"), ["period", "cohort"] as const);
  const by = args.texts("by").flatMap((text) => text.split(","));
  const filter = args.text("filter");
  const limit = countOf(args, "limit");
  const compare = compareOf(args.text("compare"));
  const attribution = chosenAttribution(args);
  return {
    metrics,
    from,
    to,
    ...(grain ? { grain } : {}),
    ...(by.length > 0 ? { by } : {}),
    ...(filter !== undefined ? { filter } : {}),
    ...(compare ? { compare } : {}),
    ...(basis ? { basis } : {}),
    ...(limit !== undefined ? { limit } : {}),
    ...(Object.keys(attribution).length > 0 ? { attribution } : {}),
  };
}

/**
 * Returns a choice out of known ones.
 *
 * @param name what is chosen, for the message
 * @param given what was written; undefined chooses nothing
 * @param values the known ones
 * @throws LastpennyError `usage` for anything else
 */
export function oneOf<Value extends string>(
  name: string,
  given: string | undefined,
  values: readonly Value[],
): Value | undefined {
  if (given === undefined) return undefined;
  const found = values.find((value) => value === given);
  if (found) return found;
  throw new LastpennyError("usage", `unknown ${name}: ${given} (one of ${values.join(", ")})`);
}

function compareOf(given: string | undefined): Compare | undefined {
  if (given === undefined) return undefined;
  const days = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(given);
  if (days) return { from: days[1] ?? "", to: days[2] ?? "" };
  return oneOf("comparison", given, ["previous", "year", "none"] as const);
}

function dimensionsOf(answer: Answer): readonly string[] {
  return Object.keys(answer.groups[0] ?? answer.figures.find(hasGroup)?.group ?? {});
}

const hasGroup = (figure: Figure): boolean => Object.keys(figure.group).length > 0;

function csvLines(answer: Answer): string[] {
  const dimensions = dimensionsOf(answer);
  const head = [
    "metric",
    "variant",
    "from",
    "to",
    ...dimensions,
    "value",
    "unit",
    "currency",
    "state",
    "comparison",
    "delta",
    "delta_unit",
    ...(answer.attribution ? ["model", "window_days", "level", "goal"] : []),
  ];
  const rows = answer.figures.map((figure) => {
    const bucket = answer.buckets.find(({ key }) => key === figure.bucket) ?? answer.period;
    return [
      figure.metric,
      figure.variant,
      bucket.from,
      bucket.to,
      ...dimensions.map((dimension) =>
        hasGroup(figure) ? (figure.group[dimension] ?? "(none)") : "(total)",
      ),
      csvValue(figure),
      figure.unit,
      figure.currency ?? "",
      figure.state,
      figure.comparison?.value ?? "",
      figure.comparison?.delta ?? "",
      figure.comparison?.deltaUnit ?? "",
      ...(answer.attribution ? attributionCells(figure) : []),
    ];
  });
  return [head, ...rows].map(csvLine);
}

/** Figures that rest on no credits say nothing. */
function attributionCells({ attribution }: Figure): readonly string[] {
  if (!attribution) return ["", "", "", ""];
  const { model, windowDays, level, goal } = attribution;
  return [model, String(windowDays), level, goal];
}

function tableLines(answer: Answer, { workspace, locale, t, width }: Opened): string[] {
  const dimensions = dimensionsOf(answer);
  const names: Readonly<Record<string, string>> = metricTexts(locale).dimensions;
  const isCompared = answer.comparisonPeriod !== null;
  const isBucketed = answer.figures.some((figure) => figure.bucket !== null);
  const columns = [
    { title: t("figures.metric"), max: 40 },
    ...(isBucketed ? [{ title: t("ask.bucket") }] : []),
    ...dimensions.map((dimension) => ({ title: names[dimension] ?? dimension, max: 32 })),
    { title: t("figures.value"), align: "right" as const },
    ...(isCompared
      ? [
          { title: t("figures.before"), align: "right" as const },
          { title: t("figures.change"), align: "right" as const },
        ]
      : []),
    { title: t("figures.note"), max: 60 },
  ];
  const rows = answer.figures.map((figure) => [
    metricName(figure, workspace.catalogue, locale),
    ...(isBucketed ? [figure.bucket ?? t("files.total")] : []),
    ...dimensions.map((dimension) =>
      hasGroup(figure) ? printGroup(figure.group[dimension] ?? null, locale) : t("files.total"),
    ),
    printFigure(figure, locale),
    ...(isCompared ? [printBefore(figure, locale), printDelta(figure, locale)] : []),
    noteOf(figure, locale),
  ]);
  const notes = answer.notes.flatMap((note) => wrap(`  ${reasonText(note, locale)}`, width, 2));
  return [...layoutTable(columns, rows, 0, width), ...notes];
}

/**
 * Prints what a figure is compared with.
 *
 * @param figure a figure
 * @param locale language
 */
export function printBefore(figure: Figure, locale: Locale): string {
  return printFigure({ ...figure, value: figure.comparison?.value ?? null }, locale);
}

/**
 * Says in a few words why a figure is not simply a number.
 *
 * @param figure a figure
 * @param locale language
 */
export function noteOf(figure: Figure, locale: Locale): string {
  return figure.reasons.map((reason) => reasonText(reason, locale)).join("; ");
}
