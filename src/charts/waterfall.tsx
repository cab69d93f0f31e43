import type { ReactNode } from "react";
import { chartTexts } from "../locales/chart-texts.ts";
import type { Locale } from "../locales/translate.ts";
import { areaPoints, type ChartPoint, type ChartProps, isolated } from "./chart.ts";
import { ChartFrame, sentenceFor } from "./chart-frame.tsx";
import type { TableData } from "./chart-table.tsx";
import { type Colours, screenColours } from "./colours.ts";
import { type AxisUnit, type Datum, positionOf } from "./datum.ts";
import { datumText } from "./datum-text.ts";
import { round } from "./hatch.ts";
import { RowAxis } from "./row-axis.tsx";
import { type RowLayout, rowLayout } from "./row-layout.ts";
import { RowWords } from "./row-words.tsx";
import { type ValueAxis, valueAxis, valueRange } from "./value-axis.ts";

/** A part of a waterfall. */
export interface WaterfallPart {
  readonly name: string;
  /** A level for totals, a change otherwise. */
  readonly datum: Datum;
  /** Where its bar ends, summed exactly by whoever made the parts; for totals the level itself. */
  readonly end: string | null;
  readonly isTotal?: boolean | undefined;
}

/** What a waterfall shows. */
export interface WaterfallData {
  readonly parts: readonly WaterfallPart[];
  readonly valueName: string;
  readonly unit: AxisUnit;
  /** Which direction is good; decides the colours of changes. */
  readonly betterWhen?: "up" | "down" | "neutral" | undefined;
}

/** How changes lead from one level to another. */
export type WaterfallProps = ChartProps & WaterfallData;

const barHeight = 18;
const axisHeight = 22;

/**
 * Draws a waterfall as rows: totals from zero, changes where the one before ended.
 *
 * @param props parts, unit
 */
export function Waterfall(props: WaterfallProps): ReactNode {
  const { parts, width, locale } = props;
  const colours = props.colours ?? screenColours;
  const hasValues = parts.some(({ end }) => positionOf(end) !== null);
  const layout = rowLayout(
    width,
    parts.map(({ name }) => name),
    parts.map(({ datum }) => datum.label),
    barHeight,
  );
  const spans = spansOf(parts);
  const pixels = [layout.plot.x + 8, layout.plot.x + layout.plot.width - 8] as const;
  const range = valueRange(
    spans.flatMap((span) => span ?? [null]),
    true,
  );
  const axis = valueAxis(range, pixels, props.unit, locale, 90);
  const bottom = parts.length * layout.rowHeight;
  return (
    <ChartFrame
      chart={props}
      height={Math.max(props.height ?? 0, hasValues ? bottom + axisHeight : 60)}
      description={sentenceFor(props, () => waterfallDescription(props), !hasValues)}
      points={areaPoints(
        hasValues ? parts.map((part, index) => pointOf(part, index, layout, props)) : [],
      )}
    >
      {hasValues && (
        <>
          <RowAxis axis={axis} top={0} bottom={bottom} width={width} colours={colours} />
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two parts may have one name
            <g key={index} fontWeight={part.isTotal ? 600 : undefined}>
              <RowWords
                name={part.name}
                value={part.datum.label}
                top={index * layout.rowHeight}
                layout={layout}
                colours={colours}
              />
              <PartBar
                span={spans[index] ?? null}
                y={index * layout.rowHeight + layout.middle}
                next={index < parts.length - 1 ? layout.rowHeight : 0}
                axis={axis}
                colours={colours}
                fill={fillOf(part, spans[index] ?? null, props.betterWhen ?? "up", colours)}
              />
            </g>
          ))}
        </>
      )}
    </ChartFrame>
  );
}

type Span = readonly [from: number, to: number];

function spansOf(parts: readonly WaterfallPart[]): readonly (Span | null)[] {
  let level = 0;
  return parts.map(({ end, isTotal = false }) => {
    const to = positionOf(end);
    if (to === null) return null;
    const span: Span = [isTotal ? 0 : level, to];
    level = to;
    return span;
  });
}

function fillOf(
  { isTotal = false }: WaterfallPart,
  span: Span | null,
  betterWhen: "up" | "down" | "neutral",
  colours: Colours,
): string {
  if (isTotal || !span) return colours.series[0];
  if (betterWhen === "neutral") return colours.muted;
  const isUp = span[1] >= span[0];
  return isUp === (betterWhen === "up") ? colours.good : colours.bad;
}

interface PartBarProps {
  readonly span: Span | null;
  readonly y: number;
  /** px down to the middle of the next row; 0 for the last. */
  readonly next: number;
  readonly axis: ValueAxis;
  readonly colours: Colours;
  readonly fill: string;
}

function PartBar({ span, y, next, axis, colours, fill }: PartBarProps): ReactNode {
  if (!span) return null;
  const [from, to] = [axis.scale(span[0]), axis.scale(span[1])];
  const top = y - barHeight / 2;
  return (
    <g>
      <rect
        x={round(Math.min(from, to))}
        y={top}
        width={round(Math.max(1, Math.abs(to - from)))}
        height={barHeight}
        rx={2}
        fill={fill}
      />
      {next > 0 && (
        <line
          x1={round(to)}
          x2={round(to)}
          y1={top + barHeight}
          y2={top + next}
          stroke={colours.muted}
          strokeDasharray="2 2"
        />
      )}
    </g>
  );
}

function pointOf(
  part: WaterfallPart,
  index: number,
  layout: RowLayout,
  props: WaterfallProps,
): ChartPoint {
  const t = chartTexts(props.locale);
  return {
    label: part.name,
    values: [{ name: props.valueName, label: datumText(part.datum, t) }],
    box: { x: 0, y: index * layout.rowHeight, width: props.width, height: layout.rowHeight },
  };
}

type Spoken = WaterfallData & { readonly title: string; readonly locale: Locale };

/**
 * Says what a waterfall shows: where it starts and ends, and the largest change.
 *
 * @param props parts, title, language
 */
export function waterfallDescription(props: Spoken): string {
  const t = chartTexts(props.locale);
  const [first, last] = [props.parts[0], props.parts.at(-1)];
  const title = isolated(props.title);
  if (!first || !last) return t("empty.sentence", { title });
  const [start, startValue] = [isolated(first.name), first.datum.label];
  const size = ({ datum }: WaterfallPart) => Math.abs(positionOf(datum.value) ?? 0);
  const [largest] = props.parts
    .filter(({ isTotal = false }) => !isTotal)
    .sort((a, b) => size(b) - size(a));
  if (first === last || !largest) return t("alone", { title, name: start, value: startValue });
  return t("waterfall.summary", {
    title,
    start,
    startValue,
    end: isolated(last.name),
    endValue: last.datum.label,
    name: isolated(largest.name),
    value: largest.datum.label,
  });
}

/**
 * Returns the parts as a table.
 *
 * @param props parts, title, language
 */
export function waterfallTable(props: Spoken): TableData {
  const t = chartTexts(props.locale);
  return {
    caption: props.title,
    columns: [t("waterfall.part"), props.valueName],
    rows: props.parts.map(({ name, datum }) => [name, datumText(datum, t)]),
  };
}
