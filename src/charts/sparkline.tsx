import type { ReactNode } from "react";
import { chartTexts } from "../locales/chart-texts.ts";
import { type ChartProps, isolated } from "./chart.ts";
import { ChartFrame, sentenceFor } from "./chart-frame.tsx";
import { screenColours, seriesColour } from "./colours.ts";
import { type Datum, isWeak, positionOf } from "./datum.ts";
import { linearScale } from "./linear-scale.ts";
import { bandShape, lineShape } from "./series-shapes.ts";
import { valueRange } from "./value-axis.ts";

/** A small line without axes, for the inside of a card or a table cell. */
export interface SparklineProps extends ChartProps {
  readonly values: readonly Datum[];
  /** Whether the last value is of a bucket that is not over. */
  readonly isOpen?: boolean | undefined;
  readonly colour?: number | undefined;
}

/**
 * Draws a sparkline: the course of a figure and a dot at its last value.
 *
 * @param props values in order of time
 */
export function Sparkline(props: SparklineProps): ReactNode {
  const { values, width, height = 32, isOpen = false } = props;
  const colours = props.colours ?? screenColours;
  const colour = seriesColour(colours, props.colour ?? 0);
  const to = values.map(({ value }) => positionOf(value));
  const last = to.findLastIndex((value) => value !== null);
  const y = linearScale(valueRange(to, false), [height - 4, 4]);
  const step = (width - 8) / Math.max(1, values.length - 1);
  const start = values.length === 1 ? width / 2 : 4;
  const scales = { x: (index: number) => start + index * step, y, step, width: width - 8 };
  const run = {
    from: [],
    to,
    isComplete: values.map((_, index) => !(isOpen && index === values.length - 1)),
    isWeak: values.map(isWeak),
  };
  const { solid, dashed, dots } = lineShape(run, scales);
  const base = to.map((value) => (value === null ? null : (y.domain[0] ?? 0)));
  const box = (index: number) => ({ x: scales.x(index) - step / 2, y: 0, width: step, height });
  const end = to[last] ?? null;
  return (
    <ChartFrame
      chart={props}
      height={height}
      description={sentenceFor(props, () => sparklineDescription(props), last < 0)}
      points={{
        count: last < 0 ? 0 : values.length,
        at: (index) => {
          const [datum, value] = [values[index], to[index] ?? null];
          if (!datum) return undefined;
          const dot = value === null ? [] : [{ x: scales.x(index), y: y(value), colour }];
          const said = [{ name: "", label: datum.label }];
          return { label: props.title, values: said, box: box(index), dots: dot };
        },
        near: (x) => Math.min(values.length - 1, Math.max(0, Math.round((x - start) / step))),
      }}
    >
      <path d={bandShape(base, to, scales)} fill={colour} fillOpacity={0.1} />
      <path d={solid} stroke={colour} strokeWidth={1.5} fill="none" strokeLinejoin="round" />
      <path d={dashed} stroke={colour} strokeWidth={1.5} fill="none" strokeDasharray="3 3" />
      {dots.map(({ x, y: cy }) => (
        <circle key={x} cx={x} cy={cy} r={1.5} fill={colour} />
      ))}
      {end !== null && <circle cx={scales.x(last)} cy={y(end)} r={2.5} fill={colour} />}
    </ChartFrame>
  );
}

function sparklineDescription({ title, locale, values }: SparklineProps): string {
  const known = values.filter(({ value }) => positionOf(value) !== null);
  const sorted = [...known].sort((a, b) => Number(a.value) - Number(b.value));
  const label = (datum: Datum | undefined) => datum?.label ?? "–";
  return chartTexts(locale)("spark.summary", {
    title: isolated(title),
    low: label(sorted[0]),
    high: label(sorted.at(-1)),
    last: label(known.at(-1)),
  });
}
