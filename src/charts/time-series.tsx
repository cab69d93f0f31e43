import type { ReactNode } from "react";
import { chartTexts } from "../locales/chart-texts.ts";
import type { ChartPoint, ChartProps, Points } from "./chart.ts";
import { ChartFrame, sentenceFor } from "./chart-frame.tsx";
import { type Colours, screenColours, seriesColour } from "./colours.ts";
import { Legend, type LegendItem, legendLayout } from "./legend.tsx";
import { mostSeries, SmallMultiples } from "./small-multiples.tsx";
import { TimePlot } from "./time-plot.tsx";
import type { Series, TimeSeriesData } from "./time-series-data.ts";
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
  const { target, series } = props;
  const level = series.find(({ interval }) => interval)?.interval?.level;
  const hasBars = series.some(({ form, interval }) => interval && form === "bars");
  const t = chartTexts(props.locale);
  const items: readonly LegendItem[] = [
    ...props.series.flatMap((series, index) => itemsOf(series, index, props, colours)),
    ...(level === undefined
      ? []
      : [
          hasBars
            ? named(t("time.interval_alone", { level }), colours.text, "whisker" as const)
            : named(
                t("time.interval_alone", { level }),
                series.length === 1 ? seriesColour(colours, 0) : colours.muted,
                "band" as const,
              ),
        ]),
    ...(target
      ? [named(`${target.name} ${target.datum.label}`, colours.text, "dotted" as const)]
      : []),
  ];
  return items.length > 1 ? items : [];
}

function itemsOf(
  { name, form = "line", comparison, colour: place }: Series,
  index: number,
  { series, isStacked, locale }: TimeSeriesProps,
  colours: Colours,
): readonly LegendItem[] {
  const t = chartTexts(locale);
  const colour = seriesColour(colours, place ?? index);
  const items = [named(name, colour, form === "line" ? "line" : "box")];
  if (comparison && !isStacked) {
    const lineColour = series.length === 1 ? colours.muted : colour;
    const words = t("time.comparison", { name });
    items.push(
      form === "bars" ? named(words, colours.text, "line") : named(words, lineColour, "dashed"),
    );
  }
  return items;
}

function named(name: string, colour: string, form: LegendItem["form"]): LegendItem {
  return { name, colour, form };
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
