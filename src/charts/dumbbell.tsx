import type { ReactNode } from "react";
import { chartTexts } from "../locales/chart-texts.ts";
import type { Locale } from "../locales/translate.ts";
import { areaPoints, type ChartPoint, type ChartProps, isolated } from "./chart.ts";
import { ChartFrame, sentenceFor } from "./chart-frame.tsx";
import type { TableData } from "./chart-table.tsx";
import { type Colours, screenColours, seriesColour } from "./colours.ts";
import { type AxisUnit, type Datum, positionOf } from "./datum.ts";
import { datumText } from "./datum-text.ts";
import { round } from "./hatch.ts";
import { Legend, legendLayout } from "./legend.tsx";
import { RowAxis } from "./row-axis.tsx";
import { type RowLayout, rowLayout } from "./row-layout.ts";
import { RowWords } from "./row-words.tsx";
import { type ValueAxis, valueAxis, valueRange } from "./value-axis.ts";

/** A row with one value per model. */
export interface DumbbellRow {
  readonly name: string;
  /** In the order of the models. */
  readonly values: readonly Datum[];
  readonly isUnattributed?: boolean | undefined;
}

/** What a dumbbell chart shows. */
export interface DumbbellData {
  readonly models: readonly string[];
  readonly rows: readonly DumbbellRow[];
  readonly unit: AxisUnit;
}

/** Values of several models per row: the distance of the outer dots is the risk of choosing a model. */
export type DumbbellProps = ChartProps & DumbbellData;

const barHeight = 28;
const axisHeight = 22;

/**
 * Draws a dot per model and row, joined by a line from the lowest to the highest.
 *
 * @param props models, rows, unit
 */
export function Dumbbell(props: DumbbellProps): ReactNode {
  const { rows, width, locale } = props;
  const colours = props.colours ?? screenColours;
  const hasValues = rows.some((row) => rangeOf(row) !== null);
  const ranges = rows.map(rangeText);
  const layout = rowLayout(
    width,
    rows.map(({ name }) => name),
    ranges,
    barHeight,
  );
  const items = props.models.map((name, index) => ({
    name,
    colour: seriesColour(colours, index),
    form: index < colours.series.length ? ("dot" as const) : ("diamond" as const),
  }));
  const legend = legendLayout(hasValues ? items : [], width);
  const axis = axisOf(props, layout, locale);
  const bottom = legend.height + rows.length * layout.rowHeight;
  const topOf = (index: number) => legend.height + index * layout.rowHeight;
  const height = Math.max(props.height ?? 0, hasValues ? bottom + axisHeight : 60);
  return (
    <ChartFrame
      chart={props}
      height={height}
      description={sentenceFor(props, () => dumbbellDescription(props), !hasValues)}
      points={areaPoints(
        hasValues ? rows.map((row, index) => pointOf(row, topOf(index), layout, props)) : [],
      )}
    >
      {hasValues && (
        <>
          <Legend layout={legend} colours={colours} />
          <RowAxis
            axis={axis}
            top={legend.height}
            bottom={bottom}
            colours={colours}
            width={width}
          />
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two rows may have one name
            <g key={index}>
              <RowWords
                name={row.name}
                value={ranges[index] ?? ""}
                top={topOf(index)}
                layout={layout}
                colours={colours}
                isMuted={row.isUnattributed}
              />
              <Dots row={row} y={topOf(index) + layout.middle} axis={axis} colours={colours} />
            </g>
          ))}
        </>
      )}
    </ChartFrame>
  );
}

interface Extremes {
  readonly low: { readonly at: number; readonly datum: Datum };
  readonly high: { readonly at: number; readonly datum: Datum };
}

function rangeOf({ values }: DumbbellRow): Extremes | null {
  const known = values.flatMap((datum, at) =>
    positionOf(datum.value) === null ? [] : [{ at, datum }],
  );
  const sorted = known.sort((a, b) => Number(a.datum.value) - Number(b.datum.value));
  const [low, high] = [sorted[0], sorted.at(-1)];
  return low && high ? { low, high } : null;
}

function rangeText(row: DumbbellRow): string {
  const range = rangeOf(row);
  if (!range) return "–";
  const [low, high] = [range.low.datum.label, range.high.datum.label];
  return low === high ? low : `${low} – ${high}`;
}

function axisOf({ rows, unit }: DumbbellData, { plot }: RowLayout, locale: Locale): ValueAxis {
  const values = rows.flatMap((row) => row.values.map(({ value }) => positionOf(value)));
  const pixels = [plot.x + 8, plot.x + plot.width - 8] as const;
  return valueAxis(valueRange(values, true), pixels, unit, locale, 90);
}

interface DotsProps {
  readonly row: DumbbellRow;
  readonly y: number;
  readonly axis: ValueAxis;
  readonly colours: Colours;
}

function Dots({ row, y, axis, colours }: DotsProps): ReactNode {
  const range = rangeOf(row);
  if (!range) return null;
  const at = (datum: Datum) => round(axis.scale(Number(datum.value)));
  return (
    <g>
      <line
        x1={at(range.low.datum)}
        x2={at(range.high.datum)}
        y1={y}
        y2={y}
        stroke={colours.muted}
        strokeOpacity={0.45}
        strokeWidth={4}
        strokeLinecap="round"
      />
      {lanes(row, axis).map(({ model, x, lane }) => (
        <path
          key={model}
          d={model < colours.series.length ? circle(x, y + lane) : diamond(x, y + lane)}
          fill={row.isUnattributed ? colours.muted : seriesColour(colours, model)}
          stroke={colours.surface}
          strokeWidth={1.5}
        />
      ))}
    </g>
  );
}

const circle = (x: number, y: number) =>
  `M${round(x - 5.5)},${round(y)}a5.5,5.5 0 1,0 11,0a5.5,5.5 0 1,0 -11,0Z`;

const diamond = (x: number, y: number) => `M${round(x)},${round(y - 7)}l6.5,7l-6.5,7l-6.5,-7Z`;

/** Dots that would hide each other stand above and below the line. */
function lanes({ values }: DumbbellRow, axis: ValueAxis) {
  const offsets = [0, -8, 8] as const;
  const taken: { x: number; lane: number }[] = [];
  return values.flatMap((datum, model) => {
    const value = positionOf(datum.value);
    if (value === null) return [];
    const x = round(axis.scale(value));
    const isFree = (lane: number) =>
      taken.every((other) => other.lane !== lane || Math.abs(other.x - x) >= 9);
    const lane = offsets.find(isFree) ?? 0;
    taken.push({ x, lane });
    return [{ model, x, lane }];
  });
}

function pointOf(
  row: DumbbellRow,
  top: number,
  layout: RowLayout,
  props: DumbbellProps,
): ChartPoint {
  const t = chartTexts(props.locale);
  const colours = props.colours ?? screenColours;
  return {
    label: row.name,
    values: props.models.map((name, index) => ({
      name,
      label: datumText(row.values[index], t),
      colour: seriesColour(colours, index),
    })),
    box: { x: 0, y: top, width: props.width, height: layout.rowHeight },
  };
}

/**
 * Says what a dumbbell chart shows: how many rows, and where the models differ most.
 *
 * @param props models, rows, title, language
 */
export function dumbbellDescription(
  props: DumbbellData & { readonly title: string; readonly locale: Locale },
): string {
  const t = chartTexts(props.locale);
  const known = props.rows.flatMap((row) => {
    const range = rangeOf(row);
    if (!range) return [];
    return [{ row, range, width: Number(range.high.datum.value) - Number(range.low.datum.value) }];
  });
  const widest = known.sort((a, b) => b.width - a.width)[0];
  if (!widest) return t("empty.sentence", { title: isolated(props.title) });
  const { row, range } = widest;
  return t("dumbbell.summary", {
    title: isolated(props.title),
    count: props.rows.length,
    name: isolated(row.name),
    low: range.low.datum.label,
    lowModel: props.models[range.low.at] ?? "",
    high: range.high.datum.label,
    highModel: props.models[range.high.at] ?? "",
  });
}

/**
 * Returns the rows as a table with a column per model and their range.
 *
 * @param props models, rows, title, language
 */
export function dumbbellTable(
  props: DumbbellData & { readonly title: string; readonly locale: Locale },
): TableData {
  const t = chartTexts(props.locale);
  return {
    caption: props.title,
    columns: [t("rows.name"), ...props.models, t("dumbbell.range")],
    rows: props.rows.map((row) => [
      row.name,
      ...props.models.map((_, index) => datumText(row.values[index], t)),
      rangeText(row),
    ]),
  };
}
