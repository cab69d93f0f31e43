import type { WaterfallPart } from "../../../charts/waterfall.tsx";
import { printFigure } from "../../../figures/print.ts";
import { add, negate, parseExact, toDecimal } from "../../../ledger/exact.ts";
import type { Locale } from "../../../locales/translate.ts";
import type { ShownAnswer, ShownFigure } from "../../../server/api.ts";
import { datumOf, figureIn } from "../../chart/time-data.ts";
import { saleSteps } from "./metrics.ts";

/** A part of the way from gross sales to revenue, and its figure. */
interface SalePart {
  readonly part: WaterfallPart;
  readonly figure: ShownFigure;
}

const digits = 12;

/**
 * Returns the way from gross sales to revenue: what is taken away counts down, and every step ends where the next begins.
 * Steps of nothing are left out.
 *
 * @param answer the figures of all steps
 * @param nameOf name of a metric
 * @param locale language of the amounts
 * @returns empty when there is no revenue
 */
export function saleParts(
  answer: ShownAnswer,
  nameOf: (metric: string) => string,
  locale: Locale,
): readonly SalePart[] {
  const figures = saleSteps.map(({ metric }) => figureIn(answer, { metric }));
  if (figures.at(-1)?.value == null) return [];
  let level = parseExact("0");
  return saleSteps.flatMap(({ metric, sign }, index): readonly SalePart[] => {
    const figure = figures[index];
    if (!figure) return [];
    const isTotal = index === 0 || index === saleSteps.length - 1;
    if (!isTotal && isNothing(figure.value)) return [];
    const value = parseExact(figure.value ?? "0");
    const change = sign < 0 ? negate(value) : value;
    level = isTotal ? value : add(level, change);
    const { unit, currency = "" } = figure;
    const taken = toDecimal(change, digits);
    const label = printFigure({ value: taken, unit, currency }, locale);
    const datum = { ...datumOf(figure), ...(sign < 0 ? { value: taken, label } : {}) };
    const part = { name: nameOf(metric), datum, end: toDecimal(level, digits), isTotal };
    return [{ figure, part }];
  });
}

function isNothing(value: string | null): boolean {
  return value === null || /^-?0*(\.0*)?$/.test(value);
}
