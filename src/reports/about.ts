import { formulaWords, metricText } from "../catalogue/words.ts";
import { writtenFormula } from "../catalogue/written-formula.ts";
import type { Answer, UsedAttribution } from "../figures/figure.ts";
import type { Question } from "../figures/question.ts";
import { metricTexts } from "../locales/locales.ts";
import { modelTexts } from "../locales/model-texts.ts";
import { reportTexts } from "../locales/report-texts.ts";
import type { Locale } from "../locales/translate.ts";
import type { Workspace } from "../workspace.ts";
import { daysText, metricName, reasonText } from "./names.ts";

/** A line of the sheet that says what an export holds. */
export interface AboutLine {
  readonly title: string;
  readonly text: string;
  readonly isHeading: boolean;
}

/** What an export is made of. */
export interface Exported {
  readonly question: Question;
  readonly answer: Answer;
  readonly workspace: Pick<Workspace, "settings" | "catalogue">;
  readonly asOf: string;
  readonly version: string;
}

/** What a table that no single question answers is made of. */
export interface ExportedTable {
  readonly title: string;
  /** What the screen was asked, where it was asked anything. */
  readonly period?: { readonly from: string; readonly to: string } | undefined;
  readonly filter?: string | undefined;
  readonly attribution?: UsedAttribution | undefined;
  readonly workspace: Pick<Workspace, "settings">;
  readonly asOf: string;
  readonly version: string;
}

const line = (title: string, text: string): AboutLine => ({ title, text, isHeading: false });
const heading = (title: string): AboutLine => ({ title, text: "", isHeading: true });

/**
 * Says what an export holds: period, comparison, filters, attribution, definitions, what is left out, and until when the
 * data was known.
 *
 * @param exported question, answer and where they come from
 * @param locale language
 */
export function aboutLines(exported: Exported, locale: Locale): readonly AboutLine[] {
  const { question, answer } = exported;
  const t = reportTexts(locale);
  const none = t("about.none");
  const names: Readonly<Record<string, string>> = metricTexts(locale).dimensions;
  const by = (question.by ?? []).map((dimension) => names[dimension] ?? dimension);
  return [
    ...openingLines(exported, locale),
    line(t("about.period"), daysText(answer.period)),
    line(t("about.comparison"), answer.comparisonPeriod ? daysText(answer.comparisonPeriod) : none),
    line(t("about.filter"), question.filter ?? none),
    line(t("about.breakdown"), by.length > 0 ? by.join(", ") : none),
    ...attributionLine(answer.attribution, locale),
    ...closingLines(exported, locale),
    heading(t("about.definitions")),
    ...definitionLines(exported, locale),
    heading(t("about.notes")),
    ...noteLines(answer, locale).map((text) => line("", text)),
  ];
}

/**
 * Says what a table holds that no single question answers: its title, period, filter and attribution, and until when the data was known.
 *
 * @param exported the table's title, what it was asked by, and where it comes from
 * @param locale language
 */
export function tableAboutLines(exported: ExportedTable, locale: Locale): readonly AboutLine[] {
  const { title, period, filter, attribution } = exported;
  const t = reportTexts(locale);
  return [
    ...openingLines(exported, locale),
    line(t("about.table"), title),
    ...(period ? [line(t("about.period"), daysText(period))] : []),
    ...(filter ? [line(t("about.filter"), filter)] : []),
    ...attributionLine(attribution, locale),
    ...closingLines(exported, locale),
  ];
}

function openingLines(
  { workspace: { settings } }: Pick<ExportedTable, "workspace">,
  locale: Locale,
): readonly AboutLine[] {
  const t = reportTexts(locale);
  return [
    heading(t("about.title")),
    line(t("about.workspace"), settings.name),
    ...(settings.demo ? [line(t("about.demo"), "")] : []),
  ];
}

function closingLines(
  { workspace: { settings }, asOf, version }: Omit<ExportedTable, "title">,
  locale: Locale,
): readonly AboutLine[] {
  const t = reportTexts(locale);
  return [
    line(t("about.known_until"), asOf),
    line(t("about.time_zone"), settings.time_zone),
    line(t("about.currency"), settings.currency),
    line(t("about.made_by", { version }), ""),
  ];
}

function attributionLine(
  attribution: UsedAttribution | undefined,
  locale: Locale,
): readonly AboutLine[] {
  if (!attribution) return [];
  const t = reportTexts(locale);
  const model = modelTexts(locale)[attribution.model].name;
  const text = t("about.attribution_value", { model, days: attribution.windowDays });
  return [{ title: t("about.attribution"), text, isHeading: false }];
}

function definitionLines(
  { answer, workspace: { catalogue } }: Exported,
  locale: Locale,
): readonly AboutLine[] {
  const texts = metricTexts(locale);
  const words = formulaWords(catalogue, texts);
  const asked = new Map(answer.figures.map((one) => [`${one.metric}@${one.variant}`, one]));
  return [...asked].map(([id, figure]) => {
    const { metric, formula } = catalogue.resolve(id);
    const title = metricName(figure, catalogue, locale);
    const written = writtenFormula(formula, words);
    // A formula of one name says nothing that the name does not.
    const text = [metricText(metric, texts).meaning, ...(written === title ? [] : [written])];
    return { title, text: text.join("\n"), isHeading: false };
  });
}

function noteLines(answer: Answer, locale: Locale): readonly string[] {
  const reasons = [...answer.notes, ...answer.figures.flatMap((figure) => figure.reasons)];
  const texts = new Set(reasons.map((reason) => reasonText(reason, locale)));
  return texts.size === 0 ? [reportTexts(locale)("about.none")] : [...texts].slice(0, 500);
}
