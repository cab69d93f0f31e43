import type { z } from "@hono/zod-openapi";
import { formulaMaths } from "../catalogue/maths.ts";
import { formulaWords, measureName, metricText, variantName } from "../catalogue/words.ts";
import { writtenFormula } from "../catalogue/written-formula.ts";
import type { Explanation } from "../figures/explain.ts";
import type { ExplainedInput } from "../figures/explained-inputs.ts";
import type { Answer, Figure, Reason } from "../figures/figure.ts";
import { printDelta, printFigure, printGroup } from "../figures/print.ts";
import { metricTexts } from "../locales/locales.ts";
import type { Locale } from "../locales/translate.ts";
import { metricName, reasonText } from "../reports/names.ts";
import type { Workspace } from "../workspace.ts";
import { isoInstant } from "./instant.ts";
import type { reason } from "./schemas/basics.ts";
import type * as schemas from "./schemas/figures.ts";
import { shownFile } from "./uploads.ts";

type ShownReason = z.output<typeof reason>;
type ShownFigure = z.output<typeof schemas.figure>;
type ShownAnswer = z.output<typeof schemas.answer>;
type ShownExplanation = z.output<typeof schemas.explanation>;

/**
 * Adds its sentence to a reason.
 *
 * @param reason code and parameters
 * @param locale language
 */
export function shownReason(reason: Reason, locale: Locale): ShownReason {
  return { ...reason, text: reasonText(reason, locale) };
}

/**
 * Adds to a figure the strings that every surface prints.
 *
 * @param figure exact values
 * @param locale language
 */
export function shownFigure(figure: Figure, locale: Locale): ShownFigure {
  const { comparison, ...rest } = figure;
  const shown = {
    ...rest,
    reasons: figure.reasons.map((reason) => shownReason(reason, locale)),
    text: printFigure(figure, locale),
  };
  if (!comparison) return shown;
  return {
    ...shown,
    comparison: {
      ...comparison,
      text: printFigure({ ...figure, value: comparison.value }, locale),
      deltaText: printDelta(figure, locale),
    },
  };
}

/**
 * Adds to an answer the strings that every surface prints.
 *
 * @param answer of a question
 * @param locale language
 */
export function shownAnswer(answer: Answer, locale: Locale): ShownAnswer {
  return {
    ...answer,
    groupTexts: answer.groups.map((group) =>
      Object.fromEntries(
        Object.entries(group).map(([name, value]) => [name, printGroup(value, locale)]),
      ),
    ),
    figures: answer.figures.map((figure) => shownFigure(figure, locale)),
    notes: answer.notes.map((note) => shownReason(note, locale)),
  };
}

/**
 * Adds words and printed values to an explanation.
 *
 * @param explanation of one figure
 * @param workspace its catalogue and currency
 * @param locale language
 */
export function shownExplanation(
  explanation: Explanation,
  { catalogue, settings, folder }: Pick<Workspace, "catalogue" | "settings" | "folder">,
  locale: Locale,
): ShownExplanation {
  const { figure, formula, change, variants, exclusions } = explanation;
  const texts = metricTexts(locale);
  const leftOut: Readonly<Record<string, string>> = texts.leftOut;
  const metric = catalogue.metric(figure.metric);
  const resolved = catalogue.resolve(`${figure.metric}@${figure.variant}`);
  const words = formulaWords(catalogue, texts);
  const { currency } = settings;
  const print = (value: string | null, unit = figure.unit) =>
    printFigure({ value, unit, currency }, locale);
  const printChange = (delta: string) =>
    figure.unit === "percent"
      ? printDelta(
          {
            unit: figure.unit,
            comparison: { kind: "custom", value: null, delta, deltaUnit: "pp", betterWhen: "up" },
          },
          locale,
        )
      : print(delta);
  const nameOf = (id: string) => measureName(id, catalogue, texts);
  const shownInput = (input: ExplainedInput): ShownExplanation["inputs"][number] => ({
    ...input,
    name:
      input.kind === "metric"
        ? metricName({ metric: input.id, variant: input.variant ?? "default" }, catalogue, locale)
        : nameOf(input.id),
    text: print(input.value, input.unit),
    inputs: input.inputs.map(shownInput),
  });
  return {
    ...explanation,
    figure: shownFigure(figure, locale),
    name: metricName(figure, catalogue, locale),
    meaning: metricText(metric, texts).meaning,
    formula: {
      ...formula,
      words: writtenFormula(resolved.formula, words),
      maths: formulaMaths(resolved.formula, words),
    },
    inputs: explanation.inputs.map(shownInput),
    exclusions: exclusions.map((one) => ({ ...one, text: leftOut[one.code] ?? one.code })),
    rows: explanation.rows.map((rows) => ({ ...rows, name: nameOf(rows.measure) })),
    freshness: explanation.freshness.map(({ file, loadedAt, ...one }) => ({
      ...one,
      file: file === null ? null : shownFile(file, folder),
      loadedAt: loadedAt === null ? null : isoInstant(loadedAt),
    })),
    settings: { ...explanation.settings, asOf: isoInstant(explanation.settings.asOf) },
    variants: variants.map((one) => {
      const variant = metric.variants.find(({ id }) => id === one.id);
      const name = variant ? variantName(metric, variant, texts) : one.id;
      return { ...one, name, text: print(one.value) };
    }),
    change: change && {
      ...change,
      contributions: change.contributions.map((one) => ({
        ...one,
        groupText: printGroup(one.group, locale),
        beforeText: print(one.before),
        afterText: print(one.after),
        contributionText: printChange(one.contribution),
      })),
      overlapText: printChange(change.overlap),
    },
  };
}
