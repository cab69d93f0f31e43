import { formulaWords, metricText } from "../catalogue/words.ts";
import { writtenFormula } from "../catalogue/written-formula.ts";
import type { Answer } from "../figures/figure.ts";
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

/**
 * Says what an export holds: period, comparison, filters, attribution, definitions, what is left out, and until when the
 * data was known.
 *
 * @param exported question, answer and where they come from
 * @param locale language
 */
export function aboutLines(exported: Exported, locale: Locale): readonly AboutLine[] {
  const { question, answer, workspace, asOf, version } = exported;
  const { settings } = workspace;
  const t = reportTexts(locale);
  const line = (title: string, text: string): AboutLine => ({ title, text, isHeading: false });
  const heading = (title: string): AboutLine => ({ title, text: "", isHeading: true });
  const none = t("about.none");
  const names: Readonly<Record<string, string>> = metricTexts(locale).dimensions;
  const by = (question.by ?? []).map((dimension) => names[dimension] ?? dimension);
  return [
    heading(t("about.title")),
    line(t("about.workspace"), settings.name),
    ...(settings.demo ? [line(t("about.demo"), "")] : []),
    line(t("about.period"), daysText(answer.period)),
    line(t("about.comparison"), answer.comparisonPeriod ? daysText(answer.comparisonPeriod) : none),
    line(t("about.filter"), question.filter ?? none),
    line(t("about.breakdown"), by.length > 0 ? by.join(", ") : none),
    ...attributionLine(exported, locale),
    line(t("about.known_until"), asOf),
    line(t("about.time_zone"), settings.time_zone),
    line(t("about.currency"), settings.currency),
    line(t("about.made_by", { version }), ""),
    heading(t("about.definitions")),
    ...definitionLines(exported, locale),
    heading(t("about.notes")),
    ...noteLines(answer, locale).map((text) => line("", text)),
  ];
}

function attributionLine({ answer }: Exported, locale: Locale): readonly AboutLine[] {
  const { attribution } = answer;
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
