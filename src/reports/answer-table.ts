import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Answer, Figure } from "../figures/figure.ts";
import { csvValue, printDelta, printFigure, printGroup } from "../figures/print.ts";
import { addDays } from "../ledger/calendar.ts";
import { chartTexts } from "../locales/chart-texts.ts";
import "../locales/every-chart-text.ts";
import { metricTexts } from "../locales/locales.ts";
import { reportTexts } from "../locales/report-texts.ts";
import type { Locale } from "../locales/translate.ts";
import { metricName, reasonText } from "./names.ts";

/** A column of an exported table. */
export interface TableColumn {
  readonly title: string;
  /** Exact decimals, which a spreadsheet takes as numbers; the rest is text. */
  readonly isNumber: boolean;
}

/** A cell: text, and how a number of its unit is written where it is one. */
export interface TableCell {
  readonly text: string;
  readonly unit?: string;
  readonly currency?: string;
}

/** An answer as rows: what the screen shows, with the exact values beside the printed ones. */
export interface AnswerTable {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
}

/**
 * Puts an answer into rows: one per figure.
 *
 * @param answer of a question
 * @param catalogue names of metrics
 * @param locale language of titles and printed values
 */
export function answerTable(answer: Answer, catalogue: Catalogue, locale: Locale): AnswerTable {
  const t = reportTexts(locale);
  const dimensions = dimensionsOf(answer);
  const names: Readonly<Record<string, string>> = metricTexts(locale).dimensions;
  const isCompared = answer.comparisonPeriod !== null;
  const text = (title: string): TableColumn => ({ title, isNumber: false });
  const number = (title: string): TableColumn => ({ title, isNumber: true });
  const columns: readonly TableColumn[] = [
    ...[text(t("column.metric")), text(t("column.id"))],
    ...[text(t("column.first_day")), text(t("column.last_day"))],
    ...dimensions.map((dimension) => text(names[dimension] ?? dimension)),
    ...[number(t("column.value")), text(t("column.shown"))],
    ...[text(t("column.unit")), text(t("column.currency"))],
    ...(isCompared
      ? [...[number(t("column.before")), text(t("column.before_shown"))], text(t("column.change"))]
      : []),
    ...[text(t("column.state")), text(t("column.note"))],
  ];
  const line = rowWriter(answer, catalogue, locale, dimensions);
  return { columns, rows: answer.figures.map(line) };
}

function rowWriter(
  answer: Answer,
  catalogue: Catalogue,
  locale: Locale,
  dimensions: readonly string[],
): (figure: Figure) => readonly TableCell[] {
  const t = reportTexts(locale);
  const units: Readonly<Record<string, string>> = metricTexts(locale).units;
  const buckets = new Map(answer.buckets.map((bucket) => [bucket.key, bucket]));
  const group = (figure: Figure, dimension: string) =>
    Object.hasOwn(figure.group, dimension)
      ? printGroup(figure.group[dimension] ?? null, locale)
      : t("total");
  return (figure) => {
    const { unit, currency = "", comparison } = figure;
    const stretch = buckets.get(figure.bucket ?? "") ?? answer.period;
    const before = comparison?.value ?? null;
    const value = (exact: string | null): TableCell => ({
      text: csvValue({ value: exact }),
      unit,
      currency,
    });
    const plain = [
      ...[metricName(figure, catalogue, locale), `${figure.metric}@${figure.variant}`],
      ...[stretch.from, addDays(stretch.to, -1)],
      ...dimensions.map((dimension) => group(figure, dimension)),
    ];
    const compared = answer.comparisonPeriod !== null;
    return [
      ...plain.map(textCell),
      value(figure.value),
      ...[printFigure(figure, locale), units[unit] ?? unit, currency].map(textCell),
      ...(compared
        ? [
            value(before),
            textCell(printFigure({ ...figure, value: before }, locale)),
            textCell(printDelta(figure, locale)),
          ]
        : []),
      textCell(stateText(figure.state, locale)),
      textCell(figure.reasons.map((reason) => reasonText(reason, locale)).join("; ")),
    ];
  };
}

/** A value that is simply a number needs no word. */
function stateText(state: Figure["state"], locale: Locale): string {
  return state === "ok" || state === "zero" ? "" : chartTexts(locale)(`state.${state}`);
}

const textCell = (text: string): TableCell => ({ text });

function dimensionsOf(answer: Answer): readonly string[] {
  const [first] = answer.groups;
  const grouped = answer.figures.find(({ group }) => Object.keys(group).length > 0);
  return Object.keys(first ?? grouped?.group ?? {});
}
