import type { ModelComparison } from "../figures/models-compared.ts";
import { printFigure, printGroup } from "../figures/print.ts";
import { metricTexts } from "../locales/locales.ts";
import { modelTexts } from "../locales/model-texts.ts";
import { csvLine } from "../reports/csv.ts";
import { attributionHead, remarkLines } from "./attribution-lines.ts";
import { layoutParts } from "./layout.ts";
import type { Opened } from "./opening.ts";

/**
 * Returns what every model gives each row, side by side, and how far they differ.
 *
 * @param compared the models
 * @param opened names, language and the width of a line
 */
export function comparisonLines(compared: ModelComparison, opened: Opened): string[] {
  const { t, locale, width } = opened;
  const { models, currency, unattributed } = compared;
  const money = (value: string) => printFigure({ value, unit: "money", currency }, locale);
  const dimensions: Readonly<Record<string, string>> = metricTexts(locale).dimensions;
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    { title: dimensions[compared.by] ?? compared.by, max: 32 },
    right(t("attribution.lowest")),
    right(t("attribution.highest")),
    right(t("attribution.range")),
    ...models.map((model) => right(model)),
  ];
  const spenders = compared.rows.filter(({ isSpendWithoutSales }) => isSpendWithoutSales);
  const rows = compared.rows
    .filter(({ isSpendWithoutSales }) => !isSpendWithoutSales)
    .map(({ group, min, max, spread, credit }) => [
      printGroup(group, locale),
      ...[min, max, spread].map(money),
      ...models.map((model) => money(credit[model])),
    ]);
  const rest = models.map(() => money(unattributed.amount));
  const total = models.map((model) => money(compared.total[model]));
  const names = models.map((model) => `${model}: ${modelTexts(locale)[model].name}`).join(" · ");
  const list = spenders
    .map(({ group, cost }) => `${printGroup(group, locale)} ${money(cost ?? "0")}`)
    .join(", ");
  const texts = [
    ...(spenders.length > 0 ? [t("attribution.no_sales_list", { list })] : []),
    ...[t("attribution.risk"), names, t("attribution.cause")],
  ];
  return [
    ...attributionHead(compared, opened),
    ...layoutParts(
      columns,
      [
        ...rows,
        [t("attribution.unattributed"), "", "", "", ...rest],
        [t("attribution.total"), "", "", "", ...total],
      ],
      2,
      width,
    ),
    "",
    ...remarkLines(compared.notes, texts, opened),
  ];
}

/**
 * Returns the same as lines of a data file, one per row and model.
 *
 * @param compared the models
 */
export function comparisonCsv(compared: ModelComparison): string[] {
  const { by, models, currency, unattributed } = compared;
  return [
    csvLine([by, "model", "credit", "share", "conversions", "currency"]),
    ...models.flatMap((model) => [
      ...compared.rows.map((row) =>
        csvLine([
          row.group ?? "(none)",
          model,
          row.credit[model],
          row.share[model] ?? "",
          row.conversions[model],
          currency,
        ]),
      ),
      csvLine([
        "(unattributed)",
        model,
        unattributed.amount,
        "",
        unattributed.conversions,
        currency,
      ]),
      csvLine(["(total)", model, compared.total[model], "", "", currency]),
    ]),
  ];
}
