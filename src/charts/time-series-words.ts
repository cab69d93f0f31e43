import { type ChartText, chartTexts } from "../locales/chart-texts.ts";
import type { Locale, Translate } from "../locales/translate.ts";
import { isolated, type PointValue } from "./chart.ts";
import type { TableData } from "./chart-table.tsx";
import { positionOf } from "./datum.ts";
import { datumText } from "./datum-text.ts";
import type { Series, TimeSeriesData } from "./time-series-data.ts";

type T = Translate<ChartText>;

/** What the words of a chart over time are made of. */
export type SpokenSeries = TimeSeriesData & { readonly title: string; readonly locale: Locale };

/**
 * Returns what a series says of a bucket: its value, the comparison, the interval.
 *
 * @param series the series
 * @param index of the bucket
 * @param colour of the series
 * @param locale language
 */
export function valuesAt(
  series: Series,
  index: number,
  colour: string,
  locale: Locale,
): readonly PointValue[] {
  const t = chartTexts(locale);
  const { name, interval } = series;
  const bounds = interval?.bounds[index];
  const comparison = series.comparison?.[index];
  return [
    { name, label: datumText(series.values[index], t), colour },
    ...(comparison ? [{ name: t("time.comparison", { name }), label: comparison.label }] : []),
    ...(interval && bounds
      ? [
          {
            name: t("time.interval", { name, level: interval.level }),
            label: `${bounds.low.label} – ${bounds.high.label}`,
          },
        ]
      : []),
  ];
}

/**
 * Returns the remarks about a bucket: not over, not covered, annotations.
 *
 * @param props buckets, annotations, language
 * @param index of the bucket
 */
export function noteTexts(
  props: TimeSeriesData & { readonly locale: Locale },
  index: number,
): readonly string[] {
  const t = chartTexts(props.locale);
  const bucket = props.buckets[index];
  return [
    ...(bucket?.isComplete === false ? [t("time.not_over")] : []),
    ...(bucket?.isCovered === false ? [t("time.not_covered")] : []),
    ...(props.annotations ?? []).filter(({ at }) => at === index).map(({ text }) => text),
  ];
}

/**
 * Says what a chart over time shows: span, extremes and last value of every series, holes, what is not over.
 *
 * @param props buckets, series, title, language
 */
export function timeSeriesDescription(props: SpokenSeries): string {
  const t = chartTexts(props.locale);
  const { buckets, annotations = [] } = props;
  const from = buckets[0]?.label ?? "";
  const to = buckets.at(-1)?.label ?? "";
  const holes = buckets.filter(({ isCovered }) => isCovered === false).length;
  const open = buckets.find(({ isComplete }) => !isComplete);
  return [
    t("time.span", { title: isolated(props.title), from, to }),
    ...props.series.map((series) => seriesSentence(series, props, t)),
    ...(holes > 0 ? [t("time.gaps", { count: holes })] : []),
    ...(open ? [t("time.unfinished", { at: open.label })] : []),
    ...(annotations.length > 0 ? [t("time.annotations", { count: annotations.length })] : []),
  ].join(" ");
}

function seriesSentence({ name, values }: Series, { buckets }: TimeSeriesData, t: T): string {
  const known = values.flatMap(({ value, label }, index) => {
    const position = positionOf(value);
    return position === null ? [] : [{ position, label, at: buckets[index]?.label ?? "" }];
  });
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return t("time.no_series", { name: isolated(name) });
  let [low, high] = [first, first];
  for (const one of known) {
    if (one.position < low.position) low = one;
    if (one.position > high.position) high = one;
  }
  return t("time.series", {
    name: isolated(name),
    low: low.label,
    lowAt: low.at,
    high: high.label,
    highAt: high.at,
    last: last.label,
    lastAt: last.at,
  });
}

/**
 * Returns the data of a chart over time as a table: a row per bucket, a column per series, comparison and bound.
 *
 * @param props buckets, series, title, language
 */
export function timeSeriesTable(props: SpokenSeries): TableData {
  const t = chartTexts(props.locale);
  const notes = props.buckets.map((_, index) => noteTexts(props, index).join("; "));
  const hasNotes = notes.some((note) => note !== "");
  const columns = props.series.flatMap((series) => columnsOf(series, t));
  return {
    caption: props.title,
    columns: [
      t("time.period"),
      ...columns.map(([name]) => name),
      ...(hasNotes ? [t("time.note")] : []),
    ],
    rows: props.buckets.map((bucket, index) => [
      bucket.label,
      ...columns.map(([, cell]) => cell(index)),
      ...(hasNotes ? [notes[index] ?? ""] : []),
    ]),
  };
}

function columnsOf(
  { name, values, comparison, interval }: Series,
  t: T,
): readonly (readonly [string, (index: number) => string])[] {
  const level = interval?.level ?? "";
  const bounds = (index: number) => interval?.bounds[index];
  return [
    [name, (index) => datumText(values[index], t)],
    ...(comparison
      ? [
          [
            t("time.comparison", { name }),
            (index: number) => comparison[index]?.label ?? "–",
          ] as const,
        ]
      : []),
    ...(interval
      ? ([
          [t("time.low", { name, level }), (index: number) => bounds(index)?.low.label ?? "–"],
          [t("time.high", { name, level }), (index: number) => bounds(index)?.high.label ?? "–"],
        ] as const)
      : []),
  ];
}
