import { type ReactNode, useId } from "react";
import { chartTexts } from "../locales/chart-texts.ts";
import { type ChartPoint, type ChartProps, isolated, type Points } from "./chart.ts";
import { ChartControl } from "./chart-control.tsx";
import { ChartTip } from "./chart-tip.tsx";
import { type Colours, screenColours } from "./colours.ts";
import { textWidth } from "./text-width.ts";

/** A drawing and what is said about it. */
export interface ChartFrameProps {
  readonly chart: ChartProps;
  readonly height: number;
  /** A sentence about the data. */
  readonly description: string;
  readonly points: Points;
  readonly children: ReactNode;
}

/**
 * Draws the frame of every chart: an image with name and description, and with a cursor a control around it.
 *
 * @param props the drawing, its words, its points
 */
export function ChartFrame(props: ChartFrameProps): ReactNode {
  const { chart, height, points } = props;
  const { cursor, width, title, font } = chart;
  const colours = chart.colours ?? screenColours;
  const ownId = useId();
  const id = chart.id ?? ownId;
  const isEmpty = points.count === 0;
  const point = isEmpty ? undefined : points.at(cursor?.index ?? -1);
  const picture = (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fontFamily={font}
      overflow="visible"
      style={{ display: "block", fontVariantNumeric: "tabular-nums" }}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-description`}>{props.description}</desc>
      {props.children}
      {isEmpty && <EmptyNote chart={chart} height={height} colours={colours} />}
      {point && !point.hasOwnMark && <Highlight point={point} colours={colours} width={width} />}
    </svg>
  );
  if (!cursor || isEmpty) return picture;
  return (
    <div style={{ position: "relative", width, height }}>
      {picture}
      <ChartControl chart={chart} cursor={cursor} points={points} />
      {point && <ChartTip point={point} width={width} height={height} colours={colours} />}
    </div>
  );
}

/**
 * Returns the sentence about a chart: the one that it was given, or its own, or that it is empty.
 *
 * @param chart its props
 * @param own makes the sentence; asked only when there are values
 * @param isEmpty whether nothing can be shown
 */
export function sentenceFor(chart: ChartProps, own: () => string, isEmpty: boolean): string {
  if (chart.description !== undefined) return chart.description;
  if (!isEmpty) return own();
  return chartTexts(chart.locale)("empty.sentence", { title: isolated(chart.title) });
}

interface EmptyNoteProps {
  readonly chart: ChartProps;
  readonly height: number;
  readonly colours: Colours;
}

function EmptyNote({ chart, height, colours }: EmptyNoteProps): ReactNode {
  const words = chartTexts(chart.locale)("empty");
  const size = Math.min(13, height - 4);
  return (
    <text
      x={chart.width / 2}
      y={height / 2}
      dy="0.35em"
      textAnchor="middle"
      fontSize={size}
      fill={colours.muted}
    >
      {textWidth(words, size) <= chart.width ? words : "–"}
    </text>
  );
}

interface HighlightProps {
  readonly point: ChartPoint;
  readonly colours: Colours;
  readonly width: number;
}

/** A rule with dots where the point has any, else a frame; around a whole row it stands off the words. */
function Highlight({ point: { box, dots }, colours, width }: HighlightProps): ReactNode {
  if (!dots) {
    const space = box.x === 0 && box.width === width ? 6 : 0;
    return (
      <rect
        x={box.x - space}
        y={box.y}
        width={box.width + 2 * space}
        height={box.height}
        rx={3}
        fill={colours.text}
        fillOpacity={0.05}
        stroke={colours.muted}
        strokeOpacity={0.7}
      />
    );
  }
  const middle = dots[0]?.x ?? box.x + box.width / 2;
  return (
    <g>
      <line
        x1={middle}
        x2={middle}
        y1={box.y}
        y2={box.y + box.height}
        stroke={colours.muted}
        strokeOpacity={0.7}
      />
      {dots.map(({ x, y, colour }) => (
        <circle
          key={`${colour}${y}`}
          cx={x}
          cy={y}
          r={4}
          fill={colour}
          stroke={colours.surface}
          strokeWidth={2}
        />
      ))}
    </g>
  );
}
