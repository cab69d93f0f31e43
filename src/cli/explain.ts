import { formulaWords, variantName } from "../catalogue/words.ts";
import { type FormulaWords, writtenFormula } from "../catalogue/written-formula.ts";
import { LastpennyError } from "../errors.ts";
import type { Explanation } from "../figures/explain.ts";
import type { ExplainedInput } from "../figures/explained-inputs.ts";
import { printDelta, printFigure, printGroup } from "../figures/print.ts";
import type { MeasureRows } from "../figures/rows.ts";
import { metricTexts } from "../locales/locales.ts";
import { noteOf, printBefore, questionOf, questionOptions } from "./ask.ts";
import { attributionOptions } from "./attribution-options.ts";
import { type Command, countOf } from "./command.ts";
import { layoutTable, wrap } from "./layout.ts";
import { daysText, metricName } from "./names.ts";
import { jsonText, type Opened, withWorkspace } from "./opening.ts";
import { writtenSql } from "./written-sql.ts";

/** `lastpenny explain`: proves a figure down to its rows. */
export const command: Command = {
  name: "explain",
  usage: "METRIC",
  summary: "Proves a figure: formula with the numbers, inputs, rows that tie, SQL, freshness.",
  options: {
    from: questionOptions.from,
    to: questionOptions.to,
    filter: questionOptions.filter,
    compare: questionOptions.compare,
    basis: questionOptions.basis,
    ...attributionOptions,
    rows: { type: "string", value: "N", help: "rows to show of each measure (default 5)" },
    by: { type: "string", value: "DIM", help: "dimension that the change is split by" },
    json: { type: "boolean", help: "print as JSON" },
  },
  examples: ["lastpenny explain cac --from 2025-01-01 --to 2025-02-01"],
  run: (args, terminal) =>
    withWorkspace(args, terminal, async (opened) => {
      const [metric] = args.positionals;
      if (metric === undefined) throw new LastpennyError("usage", "name a metric, such as cac");
      const { by: _by, ...question } = await questionOf(args, [metric], opened);
      const changeBy = args.text("by");
      const explanation = await opened.workspace.explain(question, {
        rowLimit: countOf(args, "rows") ?? 5,
        ...(changeBy === undefined ? {} : { changeBy }),
      });
      if (args.flag("json")) terminal.out(jsonText(explanation));
      else for (const line of explanationLines(explanation, question, opened)) terminal.out(line);
      return explanation.ties ? 0 : 1;
    }),
};

function explanationLines(
  explanation: Explanation,
  period: { readonly from: string; readonly to: string },
  opened: Opened,
): string[] {
  const { locale, t, workspace } = opened;
  const { figure, freshness, statements } = explanation;
  const texts = metricTexts(locale);
  const { expanded } = workspace.catalogue.resolve(`${figure.metric}@${figure.variant}`);
  const compared = figure.comparison?.value
    ? `  (${t("figures.before")}: ${printBefore(figure, locale)}, ${printDelta(figure, locale)})`
    : "";
  const section = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? ["", title, ...lines.map((line) => `  ${line}`)] : [];
  return [
    `${metricName(figure, workspace.catalogue, locale)}, ${daysText(period)}: ${printFigure(figure, locale)}${compared}`,
    ...(figure.reasons.length > 0 ? wrap(noteOf(figure, locale), opened.width) : []),
    ...creditedLines(explanation, opened),
    ...section(t("explain.words"), [
      writtenFormula(expanded, formulaWords(workspace.catalogue, texts)),
    ]),
    ...section(t("explain.numbers"), [
      `${writtenFormula(expanded, numberWords(explanation, opened))} = ${printFigure(figure, locale)}`,
    ]),
    ...section(t("explain.inputs"), inputLines(explanation.inputs, 0)),
    ...section(t("explain.exclusions"), exclusionLines(explanation, locale)),
    ...section(t("explain.variants"), variantLines(explanation, opened)),
    ...section(t("explain.changed"), changeLines(explanation, opened)),
    ...explanation.rows.flatMap((rows) =>
      section(`${t("explain.rows")}: ${rows.measure}`, rowLines(rows, opened)),
    ),
    ...statements.flatMap(({ sql, milliseconds }) =>
      section(`${t("explain.sql")} (${Math.round(milliseconds)} ms)`, writtenSql(sql).split("\n")),
    ),
    ...section(
      t("explain.freshness"),
      freshness.map(({ source, firstDay, lastDay, loadedAt }) =>
        t("explain.fresh_line", {
          source,
          from: firstDay ?? "–",
          to: lastDay ?? "–",
          loaded: loadedAt ?? "–",
        }),
      ),
    ),
  ];
}

/** What the conversions of the figure brought, credited and not, beside the ledger where that can be told. */
function creditedLines(
  { attribution }: Explanation,
  { workspace, locale, t }: Opened,
): readonly string[] {
  if (attribution?.total === null || attribution?.total === undefined) return [];
  const { currency } = workspace.settings;
  const printed = (value: string | null) => printFigure({ value, unit: "money", currency }, locale);
  const { attributed, unattributed, total, ledger, ties } = attribution;
  return [
    t(ties ? "attribution.ties" : "attribution.does_not_tie", {
      credited: printed(attributed),
      unattributed: printed(unattributed),
      total: printed(ledger ?? total),
    }),
  ];
}

/** Words that put printed values where the names of measures stand. */
function numberWords(explanation: Explanation, { workspace, locale }: Opened): FormulaWords {
  const { currency } = workspace.settings;
  const values = new Map<string, string>();
  const collect = (inputs: readonly ExplainedInput[]): void => {
    for (const { id, periodsBack, value, unit, inputs: deeper } of inputs) {
      values.set(`${id} ${periodsBack}`, printFigure({ value, unit, currency }, locale));
      collect(deeper);
    }
  };
  collect(explanation.inputs);
  const words = formulaWords(workspace.catalogue, metricTexts(locale));
  return { ...words, name: (id, _variant, back) => values.get(`${id} ${back}`) ?? "–" };
}

function inputLines(inputs: readonly ExplainedInput[], depth: number): string[] {
  return inputs.flatMap((input) => {
    const back = input.periodsBack > 0 ? " (previous)" : "";
    const detail =
      input.kind === "measure" ? `  [derived.${input.fact ?? ""}, n = ${input.rows ?? "–"}]` : "";
    const variant = input.variant === null ? "" : `@${input.variant}`;
    return [
      `${"  ".repeat(depth)}${input.id}${variant}${back} = ${input.value ?? "–"}${detail}`,
      ...inputLines(input.inputs, depth + 1),
    ];
  });
}

function exclusionLines({ exclusions }: Explanation, locale: Opened["locale"]): string[] {
  const names: Readonly<Record<string, string>> = metricTexts(locale).leftOut;
  return exclusions.map(
    ({ measure, code, count }) => `${count} × ${names[code] ?? code} (${measure})`,
  );
}

function variantLines(
  { variants, figure }: Explanation,
  { workspace, locale, width }: Opened,
): string[] {
  if (variants.length < 2) return [];
  const metric = workspace.catalogue.metric(figure.metric);
  const rows = variants.map(({ id, formula, value, isAsked }) => {
    const variant = metric.variants.find((one) => one.id === id);
    const name = variant ? variantName(metric, variant, metricTexts(locale)) : id;
    return [
      isAsked ? "→" : " ",
      `@${id}`,
      name,
      printFigure({ ...figure, value }, locale),
      formula,
    ];
  });
  return layoutTable(
    [
      { title: "" },
      { title: "" },
      { title: "", max: 60 },
      { title: "", align: "right" },
      { title: "", max: 100 },
    ],
    rows,
    0,
    width - 2,
  );
}

function changeLines({ change, figure }: Explanation, { locale }: Opened): string[] {
  if (!change) return [];
  const rows = change.contributions.map(({ group, before, after, contribution, mix, rate }) => [
    printGroup(group, locale),
    before ?? "–",
    after ?? "–",
    contribution,
    mix === undefined ? "" : `mix ${mix}`,
    rate === undefined ? "" : `rate ${rate}`,
  ]);
  const columns = ["", "", "", "", "", ""].map((title, index) => ({
    title,
    max: 28,
    align: index === 0 ? ("left" as const) : ("right" as const),
  }));
  return [
    `${figure.metric} by ${change.dimension}: ${change.before} → ${change.after} (${change.change})`,
    ...layoutTable(columns, rows, 0),
  ];
}

function rowLines(rows: MeasureRows, { t, width }: Opened): string[] {
  const shown = rows.columns
    .map((column, index) => ({ ...column, index }))
    .filter(({ type }) => type !== "key")
    .filter(({ index }) => rows.rows.some((row) => row[index] !== null && row[index] !== ""));
  const columns = mostTelling(shown, rows.rows);
  const cells = rows.rows.map((row) => columns.map(({ index }) => String(row[index] ?? "")));
  const total = rows.total ?? "–";
  return [
    ...layoutTable(
      columns.map(({ name }) => ({ title: name, max: 26 })),
      cells,
      0,
      width - 2,
    ),
    rows.ties
      ? t("explain.ties", { rows: Number(rows.count), total })
      : t("explain.does_not_tie", { rows: Number(rows.count), total, value: rows.value ?? "–" }),
  ];
}

/** Columns that have room on a line. */
const mostColumns = 9;

/** Keeps the columns that tell the rows apart, in their order: the first, money, then times and texts that differ. */
function mostTelling<Shown extends { readonly index: number; readonly type: string }>(
  columns: readonly Shown[],
  rows: MeasureRows["rows"],
): readonly Shown[] {
  const rankOf = ({ index, type }: Shown): number => {
    if (index === columns[0]?.index || type === "money") return 0;
    if (type === "boolean" || type === "identity") return 4;
    if (rows.length > 1 && rows.every((row) => row[index] === rows[0]?.[index])) return 3;
    return type === "count" || type === "number" ? 2 : 1;
  };
  const kept = new Set(
    columns.toSorted((left, right) => rankOf(left) - rankOf(right)).slice(0, mostColumns),
  );
  return columns.filter((column) => kept.has(column));
}
