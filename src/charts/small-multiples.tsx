import type { ReactNode } from "react";
import { chartTexts } from "../locales/chart-texts.ts";
import { areaPoints, type ChartPoint, type ChartProps, isolated } from "./chart.ts";
import { ChartFrame, sentenceFor } from "./chart-frame.tsx";
import { screenColours } from "./colours.ts";
import { positionOf } from "./datum.ts";
import type { Box } from "./hatch.ts";
import { Legend, legendLayout } from "./legend.tsx";
import { fitText, textWidth } from "./text-width.ts";
import { TimePlot } from "./time-plot.tsx";
import type { Series, TimeSeriesData } from "./time-series-data.ts";
import { isEmpty, layoutTimeSeries, rangeOf } from "./time-series-layout.ts";
import { timeSeriesDescription } from "./time-series-words.ts";

/** Series over time, each in a small chart of its own. */
export type SmallMultiplesProps = ChartProps & TimeSeriesData;

/** Series that share one drawing at most. */
export const mostSeries = 6;

const cellHeight = 128;
const nameHeight = 22;
const space = 20;

/**
 * Draws every series in a chart of its own, all on the same scale; the points of the cursor are the series.
 *
 * @param props buckets, series, unit
 */
export function SmallMultiples(props: SmallMultiplesProps): ReactNode {
  const { width, locale, series } = props;
  const colours = props.colours ?? screenColours;
  const columns = Math.max(1, Math.min(series.length, Math.floor((width + space) / (220 + space))));
  const cellWidth = (width - space * (columns - 1)) / columns;
  const hasValues = !isEmpty(props);
  const range = rangeOf({ ...props, isStacked: false });
  const hasComparison = series.some(({ comparison }) => comparison);
  const comparison = { name: chartTexts(locale)("rows.comparison"), colour: colours.muted };
  const items = hasValues && hasComparison ? [{ ...comparison, form: "dashed" as const }] : [];
  const legend = legendLayout(items, width);
  const cells = series.map((one, index) => {
    const x = (index % columns) * (cellWidth + space);
    const y = legend.height + Math.floor(index / columns) * (cellHeight + space);
    return { series: one, box: { x, y, width: cellWidth, height: cellHeight } };
  });
  const height = legend.height + Math.ceil(series.length / columns) * (cellHeight + space) - space;
  return (
    <ChartFrame
      chart={props}
      height={Math.max(height, 60)}
      description={sentenceFor(props, () => describeAll(props), !hasValues)}
      points={areaPoints(hasValues ? cells.map((cell) => pointOf(cell.series, cell.box)) : [])}
    >
      <Legend layout={legend} colours={colours} />
      {hasValues &&
        cells.map(({ series: one, box }, index) => {
          const data = { ...props, isStacked: false, series: [{ ...one, colour: 0 }] };
          const plot = { ...box, y: box.y + nameHeight, height: box.height - nameHeight };
          const layout = layoutTimeSeries(data, { box: plot, locale, range });
          const label = lastLabel(one);
          const shown = fitText(one.name, box.width - textWidth(label, 12) - 16, 12);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two series may have one name
            <g key={index}>
              <text x={box.x} y={box.y + 12} fontSize={12} fontWeight={600} fill={colours.text}>
                {shown === one.name ? null : <title>{one.name}</title>}
                {shown}
              </text>
              <text
                x={box.x + box.width - 6}
                y={box.y + 12}
                textAnchor="end"
                fontSize={12}
                fill={colours.muted}
              >
                {label}
              </text>
              <TimePlot data={data} layout={layout} colours={colours} />
            </g>
          );
        })}
    </ChartFrame>
  );
}

function describeAll(props: SmallMultiplesProps): string {
  const t = chartTexts(props.locale);
  const count = props.series.length;
  const summary = t("multiples.summary", { title: isolated(props.title), count });
  return `${summary} ${timeSeriesDescription(props)}`;
}

function pointOf(series: Series, box: Box): ChartPoint {
  return { label: series.name, values: [{ name: "", label: lastLabel(series) }], box };
}

function lastLabel({ values }: Series): string {
  return values.findLast(({ value }) => positionOf(value) !== null)?.label ?? "–";
}
