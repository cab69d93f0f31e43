import type { ReactNode } from "react";
import { chartTexts } from "../locales/chart-texts.ts";
import type { ChartPoint, ChartProps, Points } from "./chart.ts";
import { ChartFrame, sentenceFor } from "./chart-frame.tsx";
import { type Colours, screenColours, seriesColour } from "./colours.ts";
import { Legend, type LegendItem, legendLayout } from "./legend.tsx";
import { mostSeries, SmallMultiples } from "./small-multiples.tsx";
import { TimePlot } from "./time-plot.tsx";
import type { TimeSeriesData } from "./time-series-data.ts";
import { isEmpty, layoutTimeSeries, type TimeLayout } from "./time-series-layout.ts";
import { noteTexts, timeSeriesDescription, valuesAt } from "./time-series-words.ts";
import { smallText } from "./value-axis.ts";

/** Values over time: one to six series; more become small charts of one scale. */
export type TimeSeriesProps = ChartProps & TimeSeriesData;

/**
 * Draws values over time as lines, areas or bars: holes stay holes, what is not over is dashed, the comparison is dashed,
 * intervals are bands.
 *
 * @param props buckets, series, unit
 */
export function TimeSeries(props: TimeSeriesProps): ReactNode {
  if (props.series.length > mostSeries) return <SmallMultiples {...props} />;
  const { width, height = 260, locale } = props;
  const colours = props.colours ?? screenColours;
  const hasValues = !isEmpty(props);
  const legend = legendLayout(hasValues ? legendOf(props, colours) : [], width);
  const hasHead = (props.annotations?.length ?? 0) > 0 || props.unit.currency !== undefined;
  const top = legend.height + (hasHead ? 22 : 2);
  const box = { x: 0, y: top, width, height: Math.max(60, height - top) };
  const layout = layoutTimeSeries(props, { box, locale });
  return (
    <ChartFrame
      chart={props}
      height={height}
      description={sentenceFor(props, () => timeSeriesDescription(props), !hasValues)}
      points={hasValues ? timePoints(props, layout, colours) : noPoints}
    >
      {hasValues && (
        <>
          <Legend layout={legend} colours={colours} />
          {props.unit.currency && (
            <text y={top - 9} fontSize={smallText} fill={colours.muted}>
              {props.unit.currency}
            </text>
          )}
          <TimePlot data={props} layout={layout} colours={colours} />
        </>
      )}
    </ChartFrame>
  );
}

const noPoints: Points = { count: 0, at: () => undefined, near: () => null };

function legendOf(props: TimeSeriesProps, colours: Colours): readonly LegendItem[] {
  const t = chartTexts(props.locale);
  const items = props.series.flatMap((series, index): LegendItem[] => {
    const { name, form = "line", interval } = series;
    const colour = seriesColour(colours, series.colour ?? index);
    const isAlone = props.series.length === 1;
    return [
      { name, colour, form: form === "line" ? "line" : "box" },
      ...(series.comparison && !props.isStacked
        ? [
            {
              name: t("time.comparison", { name }),
              colour: form === "bars" ? colours.text : isAlone ? colours.muted : colour,
              form: form === "bars" ? "line" : "dashed",
            } as const,
          ]
        : []),
      ...(interval
        ? [
            {
              name: t("time.interval", { name, level: interval.level }),
              colour,
              form: "band",
            } as const,
          ]
        : []),
    ];
  });
  const { target } = props;
  const goal = target
    ? [
        {
          name: `${target.name} ${target.datum.label}`,
          colour: colours.text,
          form: "dotted",
        } as const,
      ]
    : [];
  const all = [...items, ...goal];
  return all.length > 1 ? all : [];
}

/** One point per bucket. */
function timePoints(props: TimeSeriesProps, layout: TimeLayout, colours: Colours): Points {
  const { plot, scales } = layout;
  const at = (index: number): ChartPoint | undefined => {
    const bucket = props.buckets[index];
    if (!bucket) return undefined;
    const x = scales.x(index);
    const dots = layout.series.flatMap(({ run, colour }) => {
      const value = run.to[index] ?? null;
      return value === null
        ? []
        : [{ x, y: scales.y(value), colour: seriesColour(colours, colour) }];
    });
    const box = { x: x - scales.step / 2, y: plot.y, width: scales.step, height: plot.height };
    const values = props.series.flatMap((series, order) =>
      valuesAt(series, index, seriesColour(colours, series.colour ?? order), props.locale),
    );
    const notes = noteTexts(props, index).map((label) => ({ name: "", label }));
    return { label: bucket.label, values: [...values, ...notes], box, dots };
  };
  const near = (x: number, y: number) => {
    if (y < plot.y - 20 || y > plot.y + plot.height + 24) return null;
    const index = Math.round((x - scales.x(0)) / scales.step);
    return Math.min(props.buckets.length - 1, Math.max(0, index));
  };
  return { count: props.buckets.length, at, near };
}
