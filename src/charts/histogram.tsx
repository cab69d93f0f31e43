import type { ReactNode } from "react";
import { chartTexts } from "../locales/chart-texts.ts";
import type { Locale } from "../locales/translate.ts";
import { areaPoints, type ChartProps, isolated } from "./chart.ts";
import { ChartFrame, sentenceFor } from "./chart-frame.tsx";
import type { TableData } from "./chart-table.tsx";
import { type Colours, screenColours, seriesColour } from "./colours.ts";
import { type AxisUnit, type Datum, isTooFew, positionOf } from "./datum.ts";
import { datumText } from "./datum-text.ts";
import { type Box, round } from "./hatch.ts";
import { Legend, legendLayout } from "./legend.tsx";
import { textWidth } from "./text-width.ts";
import { smallText, type ValueAxis, valueAxis, valueRange } from "./value-axis.ts";

/** A class of a histogram. */
export interface HistogramBin {
  /** Its bounds in words, such as "0–3 days". */
  readonly name: string;
  readonly datum: Datum;
}

/** A place on the histogram, such as the median. */
export interface HistogramMark {
  readonly name: string;
  readonly label: string;
  /** In classes from the left: 2.5 is the middle of the third. */
  readonly at: number;
}

/** What a histogram shows. */
export interface HistogramData {
  readonly bins: readonly HistogramBin[];
  readonly unit: AxisUnit;
  readonly valueName: string;
  readonly marks?: readonly HistogramMark[] | undefined;
}

/** How often which values occur. */
export type HistogramProps = ChartProps & HistogramData;

/**
 * Draws a histogram: a column per class, with marks such as median and 90th percentile.
 *
 * @param props classes, unit, marks
 */
export function Histogram(props: HistogramProps): ReactNode {
  const { bins, width, height = 220, locale, marks = [] } = props;
  const colours = props.colours ?? screenColours;
  const values = bins.map(({ datum }) => positionOf(datum.value));
  const hasValues = values.some((value) => value !== null);
  const legend = legendLayout(
    marks.map(({ name, label }, index) => ({
      name: `${name} ${label}`,
      colour: index === 0 ? colours.text : colours.muted,
      form: "tick",
    })),
    width,
  );
  const bottom = height - 22;
  const axis = valueAxis(valueRange(values, true), [bottom, legend.height + 4], props.unit, locale);
  const left = Math.ceil(axis.labelWidth) + 8;
  const plot = { x: left, y: legend.height, width: width - left, height: bottom - legend.height };
  const step = plot.width / Math.max(1, bins.length);
  const boxOf = (index: number): Box => ({ ...plot, x: plot.x + index * step, width: step });
  return (
    <ChartFrame
      chart={props}
      height={height}
      description={sentenceFor(props, () => histogramDescription(props), !hasValues)}
      points={areaPoints(
        (hasValues ? bins : []).map(({ name, datum }, index) => ({
          label: name,
          values: [{ name: props.valueName, label: datumText(datum, chartTexts(locale)) }],
          box: boxOf(index),
        })),
      )}
    >
      {hasValues && (
        <>
          <Legend layout={legend} colours={colours} />
          <Levels axis={axis} plot={plot} colours={colours} />
          {bins.map((bin, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two classes may have one name
            <Column key={index} bin={bin} box={boxOf(index)} axis={axis} colours={colours} />
          ))}
          <BinNames bins={bins} boxOf={boxOf} y={bottom + 15} width={width} colours={colours} />
          {marks.map(({ name, at }, index) => (
            <line
              key={`${name} ${at}`}
              x1={round(plot.x + at * step)}
              x2={round(plot.x + at * step)}
              y1={plot.y}
              y2={bottom}
              stroke={index === 0 ? colours.text : colours.muted}
              strokeWidth={2}
            />
          ))}
        </>
      )}
    </ChartFrame>
  );
}

interface PartProps {
  readonly axis: ValueAxis;
  readonly colours: Colours;
}

function Levels({ axis, plot, colours }: PartProps & { readonly plot: Box }): ReactNode {
  return axis.ticks.map(({ at, label }) => {
    const y = round(axis.scale(at));
    return (
      <g key={at}>
        <line
          x1={plot.x}
          x2={plot.x + plot.width}
          y1={y}
          y2={y}
          stroke={at === 0 ? colours.muted : colours.grid}
        />
        <text
          x={plot.x - 8}
          y={y}
          dy="0.35em"
          textAnchor="end"
          fontSize={smallText}
          fill={colours.muted}
        >
          {label}
        </text>
      </g>
    );
  });
}

interface ColumnProps extends PartProps {
  readonly bin: HistogramBin;
  readonly box: Box;
}

function Column({ bin: { datum }, box, axis, colours }: ColumnProps): ReactNode {
  const value = positionOf(datum.value);
  if (value === null) return null;
  const [zero, end] = [axis.scale(0), axis.scale(value)];
  const space = box.width > 4 ? 1 : 0;
  return (
    <rect
      x={round(box.x + space)}
      y={round(Math.min(zero, end))}
      width={round(Math.max(0.5, box.width - 2 * space))}
      height={round(Math.abs(zero - end))}
      fill={isTooFew(datum) ? colours.muted : seriesColour(colours, 0)}
      fillOpacity={isTooFew(datum) ? 0.45 : 1}
    />
  );
}

interface BinNamesProps {
  readonly bins: readonly HistogramBin[];
  readonly boxOf: (index: number) => Box;
  readonly y: number;
  readonly width: number;
  readonly colours: Colours;
}

/** Names of the classes; where they would touch, of every second, third … class. */
function BinNames({ bins, boxOf, y, width, colours }: BinNamesProps): ReactNode {
  const step = boxOf(0).width;
  const widest = Math.max(...bins.map(({ name }) => textWidth(name, smallText))) + 10;
  const stride = Math.max(1, Math.ceil(widest / step));
  return bins.map(({ name }, index) => {
    if (index % stride !== 0) return null;
    const half = textWidth(name, smallText) / 2;
    const x = Math.min(Math.max(boxOf(index).x + step / 2, half), width - half);
    return (
      <text
        key={boxOf(index).x}
        x={round(x)}
        y={y}
        textAnchor="middle"
        fontSize={smallText}
        fill={colours.muted}
      >
        {name}
      </text>
    );
  });
}

type Spoken = HistogramData & { readonly title: string; readonly locale: Locale };

/**
 * Says what a histogram shows: how many classes, and the fullest.
 *
 * @param props classes, title, language
 */
export function histogramDescription(props: Spoken): string {
  const t = chartTexts(props.locale);
  const title = isolated(props.title);
  const known = props.bins.filter(({ datum }) => positionOf(datum.value) !== null);
  const [top] = known.sort((a, b) => Number(b.datum.value) - Number(a.datum.value));
  if (!top) return t("empty.sentence", { title });
  const count = props.bins.length;
  const marks = (props.marks ?? []).map(({ name, label }) => `${name} ${label}`).join(", ");
  const summary = t("histogram.summary", {
    title,
    count,
    name: isolated(top.name),
    value: top.datum.label,
  });
  return marks === "" ? summary : `${summary} ${marks}`;
}

/**
 * Returns the classes as a table.
 *
 * @param props classes, title, language
 */
export function histogramTable(props: Spoken): TableData {
  const t = chartTexts(props.locale);
  return {
    caption: props.title,
    columns: [t("histogram.class"), props.valueName],
    rows: props.bins.map(({ name, datum }) => [name, datumText(datum, t)]),
  };
}
