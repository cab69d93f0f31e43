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
import { Legend, type LegendItem, legendLayout } from "./legend.tsx";
import { linearScale } from "./linear-scale.ts";
import { type RowLayout, rowLayout } from "./row-layout.ts";
import { RowWords } from "./row-words.tsx";
import { fitText } from "./text-width.ts";
import { smallText, valueRange } from "./value-axis.ts";

/** A step of a funnel. */
export interface FunnelStep {
  readonly name: string;
  /** How many reached it. */
  readonly datum: Datum;
  /** Drawn as a tick across the bar. */
  readonly comparison?: Datum | undefined;
  /** Share of the step before that reached this one; none for the first. */
  readonly rate?: Datum | undefined;
  /** How many of the step before did not. */
  readonly drop?: Datum | undefined;
  /** Young cohorts that still move: the bar is dashed. */
  readonly isImmature?: boolean | undefined;
}

/** What a funnel shows. */
export interface StepFunnelData {
  readonly steps: readonly FunnelStep[];
  /** What is counted, such as "People". */
  readonly valueName: string;
  readonly comparisonName?: string | undefined;
  /** Share of the first step that reached the last. */
  readonly total?: Datum | undefined;
}

/** Horizontal bars per step with the rate between two steps. */
export type StepFunnelProps = ChartProps & StepFunnelData;

const barHeight = 22;
const between = 20;

/**
 * Draws a funnel as bars of one scale, whose lengths compare better than the slopes of a taper.
 *
 * @param props steps, names
 */
export function StepFunnel(props: StepFunnelProps): ReactNode {
  const { steps, width } = props;
  const colours = props.colours ?? screenColours;
  const layout = rowLayout(
    width,
    steps.map(({ name }) => name),
    steps.map(({ datum }) => datum.label),
    barHeight,
  );
  const legend = legendLayout(legendOf(props, colours), width);
  const pitch = layout.rowHeight + between;
  const height = steps.length === 0 ? 60 : legend.height + steps.length * pitch - between;
  const topOf = (index: number) => legend.height + index * pitch;
  return (
    <ChartFrame
      chart={props}
      height={Math.max(props.height ?? 0, height)}
      description={sentenceFor(props, () => stepFunnelDescription(props), steps.length === 0)}
      points={areaPoints(steps.map((step, index) => pointOf(step, topOf(index), layout, props)))}
    >
      <Legend layout={legend} colours={colours} />
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two steps may have one name
        <g key={index}>
          <Passage step={step} y={topOf(index) - between / 2} layout={layout} chart={props} />
          <RowWords
            name={step.name}
            value={step.datum.label}
            top={topOf(index)}
            layout={layout}
            colours={colours}
            isMuted={isTooFew(step.datum)}
            isLast
          />
          <StepBar step={step} y={topOf(index) + layout.middle} layout={layout} chart={props} />
        </g>
      ))}
    </ChartFrame>
  );
}

function legendOf(props: StepFunnelProps, colours: Colours): readonly LegendItem[] {
  const { steps, valueName, comparisonName } = props;
  if (!comparisonName || !steps.some(({ comparison }) => comparison)) return [];
  return [
    { name: valueName, colour: seriesColour(colours, 0), form: "box" },
    { name: comparisonName, colour: colours.text, form: "tick" },
  ];
}

interface StepProps {
  readonly step: FunnelStep;
  readonly y: number;
  readonly layout: RowLayout;
  readonly chart: StepFunnelProps;
}

/** The way from the step before: who goes on, who is lost. */
function Passage({ step: { rate, drop, isImmature }, y, layout, chart }: StepProps): ReactNode {
  if (!rate) return null;
  const t = chartTexts(chart.locale);
  const colours = chart.colours ?? screenColours;
  const goOn = t("funnel.go_on", { rate: rate.label });
  const rest = isImmature ? "funnel.not_yet" : "funnel.lost";
  const words = drop ? `${goOn} · ${t(rest, { drop: drop.label })}` : goOn;
  const { x, width } = layout.plot;
  return (
    <g>
      <path
        d={`M${x + 6},${y - 6}v9m-3.5,-3.5l3.5,3.5l3.5,-3.5`}
        stroke={colours.muted}
        strokeWidth={1.5}
        fill="none"
      />
      <text x={x + 16} y={y} dy="0.35em" fontSize={smallText} fill={colours.muted}>
        {fitText(words, width - 16, smallText)}
      </text>
    </g>
  );
}

function StepBar({ step, y, layout: { plot }, chart }: StepProps): ReactNode {
  const colours = chart.colours ?? screenColours;
  const colour = isTooFew(step.datum) ? colours.muted : seriesColour(colours, 0);
  const all = chart.steps.flatMap(({ datum, comparison }) => [
    positionOf(datum.value),
    positionOf(comparison?.value),
  ]);
  const scale = linearScale(valueRange(all, true), [0, plot.width - 2]);
  const value = positionOf(step.datum.value);
  const comparison = positionOf(step.comparison?.value);
  const top = y - barHeight / 2;
  const bar = { x: plot.x, y: top, height: barHeight, rx: 2 };
  return (
    <g>
      <rect {...bar} width={plot.width - 2} fill={colours.grid} fillOpacity={0.7} />
      {value !== null && (
        <rect
          {...bar}
          width={round(Math.max(value > 0 ? 1 : 0, scale(value)))}
          fill={colour}
          fillOpacity={step.isImmature ? 0.4 : 1}
          stroke={step.isImmature ? colour : undefined}
          strokeDasharray="3 2"
        />
      )}
      {comparison !== null && (
        <line
          x1={round(plot.x + scale(comparison))}
          x2={round(plot.x + scale(comparison))}
          y1={top - 3}
          y2={top + barHeight + 3}
          stroke={colours.text}
          strokeWidth={2}
        />
      )}
    </g>
  );
}

function pointOf(
  step: FunnelStep,
  top: number,
  layout: RowLayout,
  props: StepFunnelProps,
): ChartPoint {
  const [columns, cells] = [columnsOf(props), cellsOf(step, props)];
  return {
    label: step.name,
    values: columns.flatMap((name, index) => {
      const label = cells[index] ?? "–";
      return label === "–" && index > 0 ? [] : [{ name, label }];
    }),
    box: { x: 0, y: top, width: props.width, height: layout.rowHeight },
  };
}

type Spoken = StepFunnelData & { readonly title: string; readonly locale: Locale };

function columnsOf(props: Spoken): readonly string[] {
  const t = chartTexts(props.locale);
  const hasComparison = props.steps.some(({ comparison }) => comparison);
  const comparison = hasComparison ? [props.comparisonName ?? t("rows.comparison")] : [];
  return [props.valueName, ...comparison, t("funnel.rate"), t("funnel.drop")];
}

function cellsOf(step: FunnelStep, props: Spoken): readonly string[] {
  const t = chartTexts(props.locale);
  const hasComparison = props.steps.some(({ comparison }) => comparison);
  const comparison = hasComparison ? [datumText(step.comparison, t)] : [];
  return [
    datumText(step.datum, t),
    ...comparison,
    datumText(step.rate, t),
    datumText(step.drop, t),
  ];
}

/**
 * Says what a funnel shows: first and last step, and the share that came through.
 *
 * @param props steps, title, language
 */
export function stepFunnelDescription(props: Spoken): string {
  const t = chartTexts(props.locale);
  const [first, last] = [props.steps[0], props.steps.at(-1)];
  const title = isolated(props.title);
  if (!first || !last) return t("empty.sentence", { title });
  const [name, value] = [isolated(first.name), first.datum.label];
  if (first === last) return t("alone", { title, name, value });
  const ends = {
    ...{ title, first: name, firstValue: value },
    ...{ last: isolated(last.name), lastValue: last.datum.label },
  };
  return props.total
    ? t("funnel.summary", { ...ends, total: props.total.label })
    : t("funnel.ends", ends);
}

/**
 * Returns the steps as a table.
 *
 * @param props steps, title, language
 */
export function stepFunnelTable(props: Spoken): TableData {
  return {
    caption: props.title,
    columns: [chartTexts(props.locale)("funnel.step"), ...columnsOf(props)],
    rows: props.steps.map((step) => [step.name, ...cellsOf(step, props)]),
  };
}
