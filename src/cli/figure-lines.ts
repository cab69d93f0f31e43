import type { MetricFamily } from "../catalogue/metric.ts";
import type { Answer, Figure } from "../figures/figure.ts";
import { printDelta, printFigure } from "../figures/print.ts";
import type { Question } from "../figures/question.ts";
import { metricTexts } from "../locales/locales.ts";
import type { Workspace } from "../workspace.ts";
import { printBefore } from "./ask.ts";
import { layoutTable, wrap } from "./layout.ts";
import { daysText, metricName, reasonText } from "./names.ts";
import type { Opened } from "./opening.ts";

const families: readonly MetricFamily[] = [
  "revenue",
  "customers",
  "funnel",
  "engagement",
  "automation",
];

/** Cells of a line from which the value before is shown beside the change. */
const roomForBefore = 96;

const isNothing = (value: string | null | undefined) =>
  value === null || value === undefined || /^-?0+(\.0+)?$/.test(value);

/**
 * Returns the ids of metrics that are nothing now, were nothing before, and were nothing in all that is recorded: a
 * report is easier to read without them.
 *
 * @param answer the figures of a report
 * @param workspace where the whole time is asked for
 */
export async function quietMetrics(
  { figures, period }: Answer,
  workspace: Pick<Workspace, "answer" | "firstDay">,
): Promise<ReadonlySet<string>> {
  const metrics = figures
    .filter((figure) => isShown(figure) && figure.unit !== "flag")
    .filter(({ value, comparison }) => isNothing(value) && isNothing(comparison?.value))
    .map(({ metric }) => metric);
  const from = await workspace.firstDay();
  if (metrics.length === 0 || from === null) return new Set();
  const question: Question = { metrics, from, to: period.to };
  const ever = from < period.to ? await workspace.answer(question) : { figures: [] };
  const known = new Set(
    ever.figures.filter(({ value }) => !isNothing(value)).map(({ metric }) => metric),
  );
  return new Set(metrics.filter((metric) => !known.has(metric)));
}

const isShown = ({ value, state }: Figure) => value !== null || state === "not_applicable";

/**
 * Returns the figures of a report as lines, grouped by family, with remarks below.
 *
 * @param answer the figures
 * @param quiet metrics to leave out, from {@link quietMetrics}
 * @param opened names, language and the width of a line
 */
export function figureLines(
  answer: Answer,
  quiet: ReadonlySet<string>,
  { workspace, locale, t, width, style }: Opened,
): string[] {
  const { settings, catalogue } = workspace;
  const context = {
    period: daysText(answer.period),
    currency: settings.currency,
    zone: settings.time_zone,
  };
  const shown = answer.figures.filter((figure) => isShown(figure) && !quiet.has(figure.metric));
  const isWide = width >= roomForBefore;
  const columns = [
    { title: "", max: 52 },
    { title: t("figures.value"), align: "right" as const },
    ...(isWide ? [{ title: t("figures.before"), align: "right" as const }] : []),
    { title: t("figures.change"), align: "right" as const },
    { title: "" },
  ];
  const remarks = new Remarks((reason) => reasonText(reason, locale));
  const rowOf = (figure: Figure) => [
    metricName(figure, catalogue, locale),
    printFigure(figure, locale),
    ...(isWide ? [printBefore(figure, locale)] : []),
    printDelta(figure, locale),
    remarks.mark(figure),
  ];
  const groups = families.map((family) => ({
    family,
    rows: shown.filter(({ metric }) => catalogue.metric(metric).family === family).map(rowOf),
  }));
  const table = layoutTable(
    columns,
    groups.flatMap(({ rows }) => rows),
    4,
    width,
  );
  let at = 1;
  const lines = groups.flatMap(({ family, rows }) => {
    const part = table.slice(at, at + rows.length);
    at += rows.length;
    const title = style("bold", metricTexts(locale).families[family]);
    return part.length > 0 ? [`  ${title}`, ...part] : [];
  });
  const few = remarks.few === null ? [] : [t("figures.few", { few: remarks.few })];
  const left = quiet.size > 0 ? [t("figures.quiet", { count: quiet.size })] : [];
  const below = [
    ...remarks.texts.map((text, index) => wrap(`[${index + 1}] ${text}`, width - 4, 4)),
    ...[...few, ...left].map((text) => wrap(text, width - 4)),
  ].flat();
  const head = answer.comparisonPeriod
    ? t("report.period", { ...context, comparison: daysText(answer.comparisonPeriod) })
    : t("report.period_alone", context);
  return [
    ...wrap(head, width).map((line) => style("bold", line)),
    style("dim", table[0] ?? ""),
    ...lines,
    ...(below.length > 0 ? [""] : []),
    ...below.map((line) => style("dim", `    ${line}`)),
  ];
}

/** Remarks that many figures share: each is printed once, and figures carry its number; small samples say n. */
class Remarks {
  readonly texts: string[] = [];
  few: string | null = null;
  readonly #say: (reason: Figure["reasons"][number]) => string;

  constructor(say: (reason: Figure["reasons"][number]) => string) {
    this.#say = say;
  }

  mark({ reasons }: Figure): string {
    const numbers: number[] = [];
    let n = "";
    for (const reason of reasons) {
      if (reason.code === "too_few") {
        n = `n=${reason.params.n ?? ""}`;
        this.few = reason.params.few ?? "";
        continue;
      }
      const text = this.#say(reason);
      if (!this.texts.includes(text)) this.texts.push(text);
      numbers.push(this.texts.indexOf(text) + 1);
    }
    const list = numbers.sort((left, right) => left - right).join(", ");
    return [numbers.length > 0 ? `[${list}]` : "", n].join(" ").trim();
  }
}
