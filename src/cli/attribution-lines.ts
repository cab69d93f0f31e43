import type { AttributionRow, AttributionTable } from "../figures/attribution-table.ts";
import { decimalText } from "../figures/decimal.ts";
import type { Figure, Reason, UsedAttribution } from "../figures/figure.ts";
import { type Printable, printFigure, printGroup } from "../figures/print.ts";
import { add, divide, parseExact, toDecimal } from "../ledger/exact.ts";
import type { CliText } from "../locales/cli-texts.ts";
import { metricTexts } from "../locales/locales.ts";
import { modelTexts } from "../locales/model-texts.ts";
import type { Translate } from "../locales/translate.ts";
import { csvLine } from "../reports/csv.ts";
import { layoutParts, wrap } from "./layout.ts";
import { daysText, reasonText } from "./names.ts";
import type { Opened } from "./opening.ts";

/**
 * Says in one line how conversions were credited: model, window, whose touches, and what.
 *
 * @param attribution what was used
 * @param opened language
 */
export function attributionLine(
  { model, windowDays, level, goal }: UsedAttribution,
  { t, locale }: Pick<Opened, "t" | "locale">,
): string {
  const name = modelTexts(locale)[model].name;
  return t("attribution.line", { model: name, days: windowDays, level, goal });
}

/**
 * Says in one line which journeys are meant, where no model plays a part.
 *
 * @param attribution what was used
 * @param opened language
 */
export function windowLine(
  { windowDays, level, goal }: UsedAttribution,
  { t }: Pick<Opened, "t">,
): string {
  return t("attribution.window_line", { days: windowDays, level, goal });
}

/**
 * Returns the head of a report about credits: its period, and how was credited.
 *
 * @param report period and attribution
 * @param opened language, currency and the width of a line
 * @param line what is said of the attribution
 */
export function attributionHead(
  report: {
    readonly period: { readonly from: string; readonly to: string };
    readonly attribution: UsedAttribution;
  },
  opened: Opened,
  line = attributionLine(report.attribution, opened),
): string[] {
  const { workspace, t, width, style } = opened;
  const { currency, time_zone: zone } = workspace.settings;
  const period = t("report.period_alone", { period: daysText(report.period), currency, zone });
  return [...wrap(period, width).map((line) => style("bold", line)), ...wrap(line, width), ""];
}

/**
 * Returns remarks below a report about credits, each once; what its head says already is left out.
 *
 * @param reasons what to mind
 * @param texts further remarks
 * @param opened language and the width of a line
 */
export function remarkLines(
  reasons: readonly Reason[],
  texts: readonly string[],
  { locale, width, style }: Opened,
): string[] {
  const inHead = ["attribution", "attribution_goal", "attribution_account"];
  const said = reasons
    .filter(({ code }) => !inHead.includes(code))
    .map((reason) => reasonText(reason, locale));
  return [...new Set([...texts, ...said])]
    .flatMap((text) => wrap(text, width - 2, 2))
    .map((line) => style("dim", `  ${line}`));
}

/**
 * Prints a part of a whole.
 *
 * @param part decimal text
 * @param whole decimal text; 0 has no parts
 * @param opened language
 */
export function printShare(
  part: string | null,
  whole: string,
  { locale }: Pick<Opened, "locale">,
): string {
  const share = part === null ? null : divide(parseExact(part), parseExact(whole));
  return printFigure({ value: share && toDecimal(share, 6), unit: "percent" }, locale);
}

const columnNames = ["credit", "conversions", "cost", "roi", "roas", "cpa"] as const;

/** Columns that hold a value in some row; costs cannot be told by every dimension. */
function shownColumns({ total }: AttributionTable): readonly (typeof columnNames)[number][] {
  return columnNames.filter((name) => total[name] !== null);
}

const titles: Readonly<Record<(typeof columnNames)[number], CliText | string>> = {
  credit: "attribution.credit",
  conversions: "attribution.conversions",
  cost: "attribution.cost",
  roi: "ROI",
  roas: "ROAS",
  cpa: "CPA",
};

function titleOf(name: (typeof columnNames)[number], t: Translate<CliText>): string {
  const title = titles[name];
  return title.includes(".") ? t(title as CliText) : title;
}

/**
 * Returns what each row earned and cost, with what nobody earned and a total that is the ledger's.
 *
 * @param table the figures
 * @param opened names, language and the width of a line
 */
export function attributionLines(table: AttributionTable, opened: Opened): string[] {
  const { t, locale, width, style } = opened;
  const names = shownColumns(table);
  const print = printerOf(table, locale);
  const dimensions: Readonly<Record<string, string>> = metricTexts(locale).dimensions;
  const columns = [
    { title: dimensions[table.by] ?? table.by, max: 44 },
    ...names.flatMap((name) => [
      { title: titleOf(name, t), align: "right" as const },
      ...(name === "credit" ? [{ title: t("attribution.share"), align: "right" as const }] : []),
    ]),
    { title: "" },
  ];
  const cellsOf = (row: Partial<Record<(typeof columnNames)[number], Printable | null>>) =>
    names.flatMap((name) => {
      const figure = row[name] ?? null;
      const printed = figure === null ? "" : print(name, figure);
      if (name !== "credit") return [printed];
      return [printed, printShare(figure?.value ?? "0", table.sum, { locale })];
    });
  const rows = table.rows.map((row) => [
    printGroup(row.group, locale),
    ...cellsOf(row),
    row.isSpendWithoutSales ? "*" : "",
  ]);
  const rest = [t("attribution.unattributed"), ...cellsOf(table.unattributed), ""];
  const total = [t("attribution.total"), ...cellsOf(totalOf(table)), ""];
  const lines = layoutParts(columns, [...rows, rest, total], 2, width);
  const marks = [
    style("dim", lines[0] ?? ""),
    ...lines.slice(1, -1),
    style("bold", lines.at(-1) ?? ""),
  ];
  return [
    ...attributionHead(table, opened),
    ...marks,
    "",
    ...tieLines(table, opened),
    ...remarkLines(reasonsOf(table), hintsOf(table, opened), opened),
  ];
}

/** Conversions come in parts: all with two decimals as soon as one is not whole. */
function printerOf(table: AttributionTable, locale: Opened["locale"]) {
  const isWhole = [...table.rows, table.unattributed].every(
    ({ conversions }) => !/\.\d*[1-9]/.test(conversions.value ?? ""),
  );
  return (name: (typeof columnNames)[number], figure: Printable) =>
    printFigure(name === "conversions" && !isWhole ? { ...figure, unit: "ratio" } : figure, locale);
}

/** Everything together: what was credited and what was not. */
function totalOf({ total, unattributed, sum }: AttributionTable) {
  const conversions = [total.conversions, unattributed.conversions]
    .map(({ value }) => parseExact(value ?? "0"))
    .reduce(add);
  return {
    ...total,
    credit: { ...total.credit, value: sum },
    conversions: { ...total.conversions, value: decimalText(conversions) },
  };
}

function tieLines(table: AttributionTable, { t, locale, width, style }: Opened): string[] {
  const money = (value: string | null) =>
    printFigure({ value, unit: "money", currency: table.currency }, locale);
  const params = {
    credited: money(table.total.credit.value ?? "0"),
    unattributed: money(table.unattributed.credit.value ?? "0"),
    total: money(table.ledger ?? table.sum),
  };
  if (table.ledger === null || isEmpty(table)) return [];
  const text = t(table.ties ? "attribution.ties" : "attribution.does_not_tie", params);
  return wrap(text, width - 2, 2).map((line) => style(table.ties ? "green" : "red", `  ${line}`));
}

/** What the mark means, and what to do when everything is unattributed. */
function hintsOf({ rows, unattributed }: AttributionTable, { t }: Opened): readonly string[] {
  const isUntouched = rows.every(({ credit }) => credit.value === null);
  const hasConversions = Number(unattributed.conversions.value ?? 0) > 0;
  const isMarked = rows.some(({ isSpendWithoutSales }) => isSpendWithoutSales);
  const marks = isMarked ? [`* ${t("attribution.no_sales")}`] : [];
  if (!isUntouched) return marks;
  return [...marks, t(hasConversions ? "attribution.untouched" : "attribution.none")];
}

/** Nothing converted: there is no figure of which anything could be said. */
function isEmpty({ rows, unattributed }: AttributionTable): boolean {
  return rows.length === 0 && unattributed.conversions.value === null;
}

function reasonsOf(table: AttributionTable): readonly Reason[] {
  const { notes, total, unattributed } = table;
  if (isEmpty(table)) return notes;
  const figures: readonly (Figure | null)[] = [...Object.values(total), unattributed.credit];
  return [...notes, ...figures.flatMap((figure) => figure?.reasons ?? [])];
}

/**
 * Returns the same as lines of a data file.
 *
 * @param table the figures
 */
export function attributionCsv(table: AttributionTable): string[] {
  const names = shownColumns(table);
  const cellsOf = (row: Partial<Record<(typeof columnNames)[number], Printable | null>>) =>
    names.map((name) => row[name]?.value ?? "");
  const line = (group: string, row: Pick<AttributionRow, "credit" | "conversions">, note = "") =>
    csvLine([group, ...cellsOf(row), table.currency, note]);
  return [
    csvLine([table.by, ...names, "currency", "note"]),
    ...table.rows.map((row) =>
      line(row.group ?? "(none)", row, row.isSpendWithoutSales ? "spend without sales" : ""),
    ),
    line("(unattributed)", table.unattributed),
    csvLine(["(total)", ...cellsOf(totalOf(table)), table.currency, ""]),
  ];
}
