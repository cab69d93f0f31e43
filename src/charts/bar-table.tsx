import type { ReactNode } from "react";
import { chartTexts } from "../locales/chart-texts.ts";
import type { Locale } from "../locales/translate.ts";
import { areaPoints, type ChartPoint, type ChartProps, isolated } from "./chart.ts";
import { ChartFrame, sentenceFor } from "./chart-frame.tsx";
import type { TableData } from "./chart-table.tsx";
import { type Colours, screenColours, seriesColour } from "./colours.ts";
import { type Datum, isTooFew, positionOf } from "./datum.ts";
import { datumText } from "./datum-text.ts";
import { round } from "./hatch.ts";
import { Legend, legendLayout } from "./legend.tsx";
import { type LinearScale, linearScale } from "./linear-scale.ts";
import { type RowLayout, rowLayout } from "./row-layout.ts";
import { RowWords } from "./row-words.tsx";
import { textWidth } from "./text-width.ts";
import { smallText, valueRange } from "./value-axis.ts";

/** A row of bars. */
export interface BarRow {
  readonly name: string;
  readonly datum: Datum;
  /** Drawn as a tick across the bar. */
  readonly comparison?: Datum | undefined;
  /** What nothing could be credited with: grey. */
  readonly isUnattributed?: boolean | undefined;
}

/** What a table of bars shows. */
export interface BarTableData {
  readonly rows: readonly BarRow[];
  /** What the bars measure, for table and legend. */
  readonly valueName: string;
  /** What the ticks stand for. */
  readonly comparisonName?: string | undefined;
}

/** Rows with a bar each, in the order given. */
export type BarTableProps = ChartProps & BarTableData;

const barHeight = 14;

/**
 * Draws rows with name, bar and value; bars below zero go left, rows without a value are kept.
 *
 * @param props rows, names
 */
export function BarTable(props: BarTableProps): ReactNode {
  const { rows, width } = props;
  const colours = props.colours ?? screenColours;
  const layout = rowLayout(
    width,
    rows.map(({ name }) => name),
    rows.map(({ datum }) => datum.label),
    barHeight,
  );
  const legend = legendLayout(legendOf(props, colours), width);
  const scale = barScale(props, layout);
  const natural = legend.height + rows.length * layout.rowHeight;
  const height = Math.max(props.height ?? 0, rows.length === 0 ? 60 : natural);
  const topOf = (index: number) => legend.height + index * layout.rowHeight;
  return (
    <ChartFrame
      chart={props}
      height={height}
      description={sentenceFor(props, () => barTableDescription(props), rows.length === 0)}
      points={areaPoints(rows.map((row, index) => pointOf(row, topOf(index), layout, props)))}
    >
      <Legend layout={legend} colours={colours} />
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two rows may have one name
        <g key={index}>
          <RowWords
            name={row.name}
            value={row.datum.label}
            top={topOf(index)}
            layout={layout}
            colours={colours}
            isMuted={row.isUnattributed || isTooFew(row.datum)}
            isLast={index === rows.length - 1}
          />
          <RowBar row={row} y={topOf(index) + layout.middle} scale={scale} chart={props} />
        </g>
      ))}
    </ChartFrame>
  );
}

function legendOf({ rows, valueName, comparisonName }: BarTableData, colours: Colours) {
  if (!comparisonName || !rows.some(({ comparison }) => comparison)) return [];
  return [
    { name: valueName, colour: seriesColour(colours, 0), form: "box" },
    { name: comparisonName, colour: colours.text, form: "tick" },
  ] as const;
}

function barScale({ rows }: BarTableData, { plot }: RowLayout): LinearScale {
  const positions = rows.flatMap(({ datum, comparison }) => [
    positionOf(datum.value),
    positionOf(comparison?.value),
  ]);
  const range = valueRange(positions, true);
  return linearScale(range, [plot.x, plot.x + plot.width - 2]);
}

interface RowBarProps {
  readonly row: BarRow;
  /** Middle of the bar. */
  readonly y: number;
  readonly scale: LinearScale;
  readonly chart: BarTableProps;
}

function RowBar({ row, y, scale, chart }: RowBarProps): ReactNode {
  const colours = chart.colours ?? screenColours;
  const value = positionOf(row.datum.value);
  const comparison = positionOf(row.comparison?.value);
  const zero = scale(0);
  const end = scale(value ?? 0);
  const isGrey = row.isUnattributed || isTooFew(row.datum);
  const top = y - barHeight / 2;
  return (
    <g>
      {value !== null && (
        <rect
          x={round(Math.min(zero, end))}
          y={top}
          width={round(Math.max(value === 0 ? 0 : 1, Math.abs(end - zero)))}
          height={barHeight}
          rx={2}
          fill={isGrey ? colours.muted : seriesColour(colours, 0)}
          fillOpacity={isGrey ? 0.45 : 1}
        />
      )}
      <line
        x1={round(zero)}
        x2={round(zero)}
        y1={top - 4}
        y2={top + barHeight + 4}
        stroke={colours.border}
      />
      {comparison !== null && (
        <line
          x1={round(scale(comparison))}
          x2={round(scale(comparison))}
          y1={top - 3}
          y2={top + barHeight + 3}
          stroke={colours.text}
          strokeWidth={2}
        />
      )}
      <Remark
        row={row}
        x={Math.max(zero, end, comparison === null ? zero : scale(comparison)) + 6}
        y={y}
        chart={chart}
        right={scale.range[1]}
      />
    </g>
  );
}

interface RemarkProps {
  readonly row: BarRow;
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly chart: BarTableProps;
}

/** What a value is worth, behind the bar where there is room; table and tooltip say it always. */
function Remark({ row: { datum }, x, y, right, chart }: RemarkProps): ReactNode {
  const { state = "ok" } = datum;
  if (state === "ok" || state === "zero") return null;
  const text = chartTexts(chart.locale)(`state.${state}`);
  if (x + textWidth(text, smallText) > right) return null;
  return (
    <text
      x={round(x)}
      y={y}
      dy="0.35em"
      fontSize={smallText}
      fill={(chart.colours ?? screenColours).muted}
    >
      {text}
    </text>
  );
}

function pointOf(row: BarRow, top: number, layout: RowLayout, props: BarTableProps): ChartPoint {
  const t = chartTexts(props.locale);
  const { comparison } = row;
  const comparisonName = props.comparisonName ?? t("rows.comparison");
  return {
    label: row.name,
    values: [
      { name: props.valueName, label: datumText(row.datum, t) },
      ...(comparison ? [{ name: comparisonName, label: datumText(comparison, t) }] : []),
    ],
    box: { x: 0, y: top, width: props.width, height: layout.rowHeight },
  };
}

/**
 * Says what a table of bars shows: how many rows, the first, the last, what is not attributed.
 *
 * @param props rows, title, language
 */
export function barTableDescription(
  props: BarTableData & { readonly title: string; readonly locale: Locale },
): string {
  const t = chartTexts(props.locale);
  const known = props.rows.filter(({ isUnattributed }) => !isUnattributed);
  const rest = props.rows.find(({ isUnattributed }) => isUnattributed);
  const [first, last] = [known[0] ?? rest, known.at(-1) ?? rest];
  if (!first || !last) return t("empty.sentence", { title: isolated(props.title) });
  const summary = t("rows.summary", {
    title: isolated(props.title),
    count: props.rows.length,
    first: isolated(first.name),
    firstValue: first.datum.label,
    last: isolated(last.name),
    lastValue: last.datum.label,
  });
  const left = rest ? t("rows.unattributed", { value: rest.datum.label }) : "";
  return `${summary} ${left}`.trim();
}

/**
 * Returns the rows as a table.
 *
 * @param props rows, title, language
 */
export function barTableTable(
  props: BarTableData & { readonly title: string; readonly locale: Locale },
): TableData {
  const t = chartTexts(props.locale);
  const hasComparison = props.rows.some(({ comparison }) => comparison);
  const comparisonName = props.comparisonName ?? t("rows.comparison");
  return {
    caption: props.title,
    columns: [t("rows.name"), props.valueName, ...(hasComparison ? [comparisonName] : [])],
    rows: props.rows.map(({ name, datum, comparison }) => [
      name,
      datumText(datum, t),
      ...(hasComparison ? [comparison ? datumText(comparison, t) : "–"] : []),
    ]),
  };
}
