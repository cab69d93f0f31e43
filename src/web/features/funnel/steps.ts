import type { Datum } from "../../../charts/datum.ts";
import type { FunnelStep } from "../../../charts/step-funnel.tsx";
import { printFigure } from "../../../figures/print.ts";
import { compareExact, divide, parseExact, subtract, toDecimal } from "../../../ledger/exact.ts";
import type { Locale } from "../../../locales/translate.ts";
import type { ShownAnswer, ShownFigure } from "../../../server/api.ts";
import { datumOf, figureIn } from "../../chart/time-data.ts";
import { cohortStages, stages } from "./metrics.ts";

/** A step with the figure that its explanation is about. */
export interface Step {
  readonly step: FunnelStep;
  readonly figure: ShownFigure | undefined;
}

/** How many digits a ratio is printed from. */
const digits = 12;

/** What is said about a step. */
export interface Words {
  readonly locale: Locale;
  readonly nameOf: (metric: string) => string;
}

/**
 * Makes the funnel of a period: who entered each stage in it, whenever they entered the one before. So nobody is lost
 * between two steps; only the rates are shown.
 *
 * @param answer the stages and their rates
 * @param words language, names
 */
export function periodSteps(
  answer: ShownAnswer,
  { nameOf }: Pick<Words, "nameOf">,
): readonly Step[] {
  return stages.flatMap(({ metric, rate }) => {
    const figure = figureIn(answer, { metric });
    if (!figure) return [];
    const passed = rate ? figureIn(answer, { metric: rate }) : undefined;
    const { comparison } = figure;
    const step = {
      name: nameOf(metric),
      datum: datumOf(figure),
      comparison: comparison ? { value: comparison.value, label: comparison.text } : undefined,
      rate: passed && passed.value !== null ? datumOf(passed) : undefined,
    };
    return [{ figure, step }];
  });
}

/**
 * Makes the funnel of a cohort: of the leads of the period, how many have reached each stage until now. Everybody in a step
 * is one of the first one, so those who did not go on can be told.
 *
 * @param answer the shares of the leads that reached each stage, by cohort
 * @param words language, names
 * @returns none where no lead is known
 */
export function cohortSteps(answer: ShownAnswer, { locale, nameOf }: Words): readonly Step[] {
  const count = (value: string): Datum => ({
    value,
    label: printFigure({ value, unit: "count" }, locale),
  });
  const reached = cohortStages.map(({ metric, rate }) => {
    const figure = figureIn(answer, { metric: rate });
    return { name: nameOf(metric), figure, value: figure?.numerator ?? null };
  });
  const entered = reached.find(({ figure }) => figure?.denominator)?.figure?.denominator;
  if (entered === undefined) return [];
  let before: string | null = entered;
  const steps = reached.map(({ name, figure, value }) => {
    const passage = value === null || before === null ? {} : passageOf(before, value, locale);
    if (value !== null) before = value;
    const datum = value === null ? { value: null, label: "–" } : count(value);
    const isImmature = figure?.reasons.some(({ code }) => code === "cohort_immature") ?? false;
    return { figure, step: { name, datum, isImmature, ...passage } };
  });
  return [
    { figure: undefined, step: { name: nameOf("new_leads"), datum: count(entered) } },
    ...steps,
  ];
}

/** From one step to the next; more may reach a step than the one before it, when stages are skipped. */
function passageOf(
  before: string,
  after: string,
  locale: Locale,
): Pick<FunnelStep, "rate" | "drop"> {
  const [from, to] = [parseExact(before), parseExact(after)];
  const share = divide(to, from);
  if (share === null) return {};
  const value = toDecimal(share, digits);
  const rate = { value, label: printFigure({ value, unit: "percent" }, locale) };
  if (compareExact(to, from) > 0) return { rate };
  const lost = toDecimal(subtract(from, to), 0);
  return {
    rate,
    drop: { value: lost, label: printFigure({ value: lost, unit: "count" }, locale) },
  };
}
