import type { ReactNode } from "react";
import { chartTexts } from "../locales/chart-texts.ts";
import type { Locale } from "../locales/translate.ts";
import { calendarTicks } from "./calendar-ticks.ts";
import { areaPoints, type ChartPoint, type ChartProps, isolated } from "./chart.ts";
import { ChartFrame, sentenceFor } from "./chart-frame.tsx";
import type { TableData } from "./chart-table.tsx";
import { screenColours } from "./colours.ts";
import { type Datum, positionOf } from "./datum.ts";
import { type Box, round } from "./hatch.ts";
import { Legend, legendLayout } from "./legend.tsx";
import { type RowLayout, rowLayout } from "./row-layout.ts";
import { RowWords } from "./row-words.tsx";
import { smallText } from "./value-axis.ts";

/** A source with its rows per day. */
export interface StripSource {
  readonly name: string;
  /** What stands at the right, such as the age of its last load. */
  readonly note: string;
  /** Rows per day: zero is a hole, null is a day that is not expected of it. */
  readonly days: readonly (Datum | null)[];
}

/** What a strip of freshness shows. */
export interface HeatStripData {
  readonly days: readonly { readonly key: string; readonly label: string }[];
  readonly sources: readonly StripSource[];
}

/** Sources as rows, days as columns; the points of the cursor are the cells, row by row. */
export type HeatStripProps = ChartProps &
  HeatStripData & {
    /** Like `onOpen`, with the source and the first of the days that the cell stands for. */
    readonly onOpenCell?: ((source: number, day: number) => void) | undefined;
  };

const barHeight = 18;

/**
 * Draws which source brought rows on which day: one look finds the holes.
 *
 * @param props days, sources
 */
export function HeatStrip(props: HeatStripProps): ReactNode {
  const { days, sources, width, locale } = props;
  const colours = props.colours ?? screenColours;
  const t = chartTexts(locale);
  const isEmpty = days.length === 0 || sources.length === 0;
  const layout = rowLayout(
    width,
    sources.map(({ name }) => name),
    sources.map(({ note }) => note),
    barHeight,
  );
  const legend = legendLayout(
    isEmpty
      ? []
      : [
          { name: t("freshness.some"), colour: colours.series[2], form: "box" },
          { name: t("freshness.none"), colour: colours.bad, form: "low" },
        ],
    width,
  );
  const columns = columnsOf(props, layout);
  const topOf = (row: number) => legend.height + row * layout.rowHeight;
  const bottom = topOf(sources.length);
  const boxOf = (row: number, { from, to }: DayColumn): Box => ({
    x: round(layout.plot.x + (from / days.length) * layout.plot.width),
    y: topOf(row) + layout.middle - barHeight / 2,
    width: round(((to - from) / days.length) * layout.plot.width),
    height: barHeight,
  });
  const { onOpenCell } = props;
  const onOpen = onOpenCell
    ? (index: number) =>
        onOpenCell(Math.floor(index / columns.length), columns[index % columns.length]?.from ?? 0)
    : props.onOpen;
  return (
    <ChartFrame
      chart={{ ...props, onOpen }}
      height={Math.max(props.height ?? 0, isEmpty ? 60 : bottom + 20)}
      description={sentenceFor(props, () => heatStripDescription(props), isEmpty)}
      points={areaPoints(
        sources.flatMap((source, row) =>
          columns.map((column) => pointOf(source, column, boxOf(row, column), props)),
        ),
        columns.length,
      )}
    >
      <Legend layout={legend} colours={colours} />
      {sources.map((source, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two sources may have one name
        <g key={row}>
          <RowWords
            name={source.name}
            value={source.note}
            top={topOf(row)}
            layout={layout}
            colours={colours}
          />
          <Cells source={source} columns={columns} boxOf={(one) => boxOf(row, one)} chart={props} />
        </g>
      ))}
      {!isEmpty && <DayNames chart={props} plot={layout.plot} y={bottom + 15} />}
    </ChartFrame>
  );
}

interface DayNamesProps {
  readonly chart: HeatStripProps;
  readonly plot: RowLayout["plot"];
  readonly y: number;
}

function DayNames({ chart: { days, locale, colours = screenColours }, plot, y }: DayNamesProps) {
  const ticks = calendarTicks({
    buckets: days.map((day) => ({ ...day, isComplete: true })),
    x: (index) => plot.x + ((index + 0.5) / days.length) * plot.width,
    from: plot.x,
    to: plot.x + plot.width,
    locale,
  });
  return (
    <g fontSize={smallText} fill={colours.muted} textAnchor="middle">
      {ticks.map(({ index, label, labelX }) => (
        <text key={index} x={round(labelX)} y={y}>
          {label}
        </text>
      ))}
    </g>
  );
}

/** Days that share a column because a day alone would be too thin to see. */
interface DayColumn {
  readonly from: number;
  readonly to: number;
}

function columnsOf({ days }: HeatStripData, { plot }: RowLayout): readonly DayColumn[] {
  const stride = Math.max(1, Math.ceil(days.length / Math.max(1, Math.floor(plot.width / 3))));
  return Array.from({ length: Math.ceil(days.length / stride) }, (_, index) => ({
    from: index * stride,
    to: Math.min(days.length, (index + 1) * stride),
  }));
}

/** A hole in any day of a column is a hole; otherwise the day with most rows counts. */
function cellOf({ days }: StripSource, { from, to }: DayColumn): number | null {
  const known = days
    .slice(from, to)
    .map((day) => positionOf(day?.value))
    .filter((value) => value !== null);
  if (known.length === 0) return null;
  return known.includes(0) ? 0 : Math.max(...known);
}

interface CellsProps {
  readonly source: StripSource;
  readonly columns: readonly DayColumn[];
  readonly boxOf: (column: DayColumn) => Box;
  readonly chart: HeatStripProps;
}

/** Days with rows fill the height, a hole is a low red bar: shape tells them apart, not colour alone. */
function Cells({ source, columns, boxOf, chart }: CellsProps): ReactNode {
  const colours = chart.colours ?? screenColours;
  const values = columns.map((column) => cellOf(source, column));
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  return columns.map((column, index) => {
    const value = values[index] ?? null;
    if (value === null) return null;
    const { x, y, width, height } = boxOf(column);
    const inner = Math.max(0.5, width - (width > 3 ? 1 : 0));
    if (value <= 0) {
      return <rect key={x} x={x} y={y + height - 5} width={inner} height={5} fill={colours.bad} />;
    }
    const fillOpacity = round(0.4 + 0.6 * Math.sqrt(value / most));
    return (
      <rect
        key={x}
        x={x}
        y={y}
        width={inner}
        height={height}
        fill={colours.series[2]}
        fillOpacity={fillOpacity}
      />
    );
  });
}

function pointOf(
  source: StripSource,
  { from, to }: DayColumn,
  box: Box,
  props: HeatStripProps,
): ChartPoint {
  const t = chartTexts(props.locale);
  const days = Array.from({ length: to - from }, (_, index) => from + index);
  return {
    label: source.name,
    values: days.map((index) => ({
      name: props.days[index]?.label ?? "",
      label: source.days[index]?.label ?? t("freshness.before"),
    })),
    box,
  };
}

type Spoken = HeatStripData & { readonly title: string; readonly locale: Locale };

const isHole = (day: Datum | null | undefined) => positionOf(day?.value) === 0;
const hasRows = (day: Datum | null | undefined) => (positionOf(day?.value) ?? 0) > 0;

/**
 * Says what a strip of freshness shows: how many sources and days, and how many holes.
 *
 * @param props days, sources, title, language
 */
export function heatStripDescription(props: Spoken): string {
  const { days, sources } = props;
  const holes = sources.reduce((sum, source) => sum + source.days.filter(isHole).length, 0);
  return chartTexts(props.locale)("freshness.summary", {
    title: isolated(props.title),
    count: sources.length,
    from: days[0]?.label ?? "",
    to: days.at(-1)?.label ?? "",
    missing: holes,
  });
}

/**
 * Returns the sources as a table: days with rows, the days that are holes by name.
 *
 * @param props days, sources, title, language
 */
export function heatStripTable(props: Spoken): TableData {
  const t = chartTexts(props.locale);
  return {
    caption: props.title,
    columns: [t("freshness.source"), t("freshness.days"), t("freshness.missing")],
    rows: props.sources.map(({ name, days }) => [
      name,
      String(days.filter(hasRows).length),
      props.days.flatMap(({ label }, index) => (isHole(days[index]) ? [label] : [])).join("; ") ||
        "–",
    ]),
  };
}
