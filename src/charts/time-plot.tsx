import type { ReactNode } from "react";
import type { Colours } from "./colours.ts";
import { seriesColour } from "./colours.ts";
import { positionOf } from "./datum.ts";
import { type Box, hatchPath, round } from "./hatch.ts";
import { bandShape, barShapes, lineShape } from "./series-shapes.ts";
import type { Annotation, TimeSeriesData } from "./time-series-data.ts";
import type { PlacedSeries, TimeLayout } from "./time-series-layout.ts";
import { smallText } from "./value-axis.ts";

/** A placed chart over time. */
export interface TimePlotProps {
  readonly data: TimeSeriesData;
  readonly layout: TimeLayout;
  readonly colours: Colours;
}

/**
 * Draws axes, bands, series, target and annotations of a chart over time.
 *
 * @param props the data, their places, colours
 */
export function TimePlot({ data, layout, colours }: TimePlotProps): ReactNode {
  const bars = layout.series.filter(({ form }) => form === "bars");
  const slots = data.isStacked ? 1 : bars.length;
  return (
    <g>
      <Grid layout={layout} colours={colours} />
      {layout.holes.map((hole) => (
        <Hole key={hole.x} box={hole} colours={colours} />
      ))}
      {layout.series.map((placed, index) => (
        <SeriesMarks
          // biome-ignore lint/suspicious/noArrayIndexKey: two series may have one name
          key={index}
          placed={placed}
          layout={layout}
          colours={colours}
          slot={{ at: data.isStacked ? 0 : bars.indexOf(placed), of: slots }}
          isStacked={data.isStacked ?? false}
        />
      ))}
      <Target data={data} layout={layout} colours={colours} />
      <Annotations notes={data.annotations ?? []} layout={layout} colours={colours} />
    </g>
  );
}

interface PartProps {
  readonly layout: TimeLayout;
  readonly colours: Colours;
}

function Grid({ layout: { plot, axis, ticks }, colours }: PartProps): ReactNode {
  const bottom = plot.y + plot.height;
  return (
    <g fontSize={smallText} fill={colours.muted}>
      {axis.ticks.map(({ at, label }) => (
        <g key={at}>
          <line
            x1={plot.x}
            x2={plot.x + plot.width}
            y1={round(axis.scale(at))}
            y2={round(axis.scale(at))}
            stroke={at === 0 ? colours.muted : colours.grid}
            strokeOpacity={at === 0 ? 0.6 : 1}
          />
          <text x={plot.x - 8} y={round(axis.scale(at))} dy="0.35em" textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      {ticks.map(({ at, index, label, labelX }) => (
        <g key={index}>
          <line x1={round(at)} x2={round(at)} y1={bottom} y2={bottom + 4} stroke={colours.border} />
          <text x={round(labelX)} y={bottom + 16} textAnchor="middle">
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}

function Hole({ box, colours }: { readonly box: Box; readonly colours: Colours }): ReactNode {
  return (
    <g>
      <rect {...box} fill={colours.grid} fillOpacity={0.6} />
      <path d={hatchPath(box)} stroke={colours.muted} strokeOpacity={0.35} fill="none" />
    </g>
  );
}

interface SeriesProps extends PartProps {
  readonly placed: PlacedSeries;
  readonly slot: { readonly at: number; readonly of: number };
  readonly isStacked: boolean;
}

function SeriesMarks(props: SeriesProps): ReactNode {
  const { placed, layout, colours, slot, isStacked } = props;
  const { scales, series } = layout;
  const colour = seriesColour(colours, placed.colour);
  const comparisonColour = series.length === 1 ? colours.muted : colour;
  const comparison = placed.comparison && !isStacked && (
    <Comparison {...props} values={placed.comparison} colour={comparisonColour} />
  );
  return (
    <g>
      {placed.form === "bars" ? null : comparison}
      {placed.form === "bars" ? (
        <Bars placed={placed} layout={layout} slot={slot} colour={colour} colours={colours} />
      ) : (
        <>
          <path d={bandShape(placed.low, placed.high, scales)} fill={colour} fillOpacity={0.16} />
          {placed.form === "area" && (
            <path
              d={bandShape(placed.run.from, placed.run.to, scales)}
              fill={colour}
              fillOpacity={isStacked ? 0.55 : 0.14}
            />
          )}
          <Line placed={placed} layout={layout} colour={colour} colours={colours} />
        </>
      )}
      {placed.form === "bars" ? comparison : null}
    </g>
  );
}

interface LineProps extends PartProps {
  readonly placed: PlacedSeries;
  readonly colour: string;
}

function Line({ placed, layout, colour, colours }: LineProps): ReactNode {
  const { solid, dashed, dots } = lineShape(placed.run, layout.scales);
  const stroke = { stroke: colour, strokeWidth: 2, fill: "none", strokeLinejoin: "round" } as const;
  return (
    <g>
      {solid && <path d={solid} {...stroke} strokeLinecap="round" />}
      {dashed && <path d={dashed} {...stroke} strokeDasharray="4 4" />}
      {dots.map(({ x, y, isWeak }) => (
        <circle
          key={`${x} ${y}`}
          cx={x}
          cy={y}
          r={3}
          fill={isWeak ? colours.surface : colour}
          stroke={isWeak ? colours.muted : colour}
          strokeWidth={1.5}
        />
      ))}
    </g>
  );
}

function Comparison(
  props: SeriesProps & { readonly values: readonly (number | null)[]; readonly colour: string },
): ReactNode {
  const { placed, layout, slot, values, colour } = props;
  const run = { ...placed.run, to: values, isWeak: [], isComplete: [] };
  if (placed.form === "bars") {
    return barShapes({ ...run, from: [] }, layout.scales, slot).map((bar) => {
      const y = layout.scales.y(values[bar.index] ?? 0);
      const [x1, x2] = [bar.x - 2, bar.x + bar.width + 2];
      return (
        <line
          key={bar.index}
          x1={x1}
          x2={x2}
          y1={y}
          y2={y}
          stroke={props.colours.text}
          strokeWidth={2}
        />
      );
    });
  }
  const { solid, dots } = lineShape(run, layout.scales);
  return (
    <g stroke={colour} strokeOpacity={0.8} strokeWidth={1.5} fill="none">
      {solid && <path d={solid} strokeDasharray="5 4" strokeLinejoin="round" />}
      {dots.map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r={2.5} />
      ))}
    </g>
  );
}

function whisker(x: number, from: number, to: number, width: number): string {
  const cap = (y: number) => `M${round(x - width / 2)},${round(y)}h${round(width)}`;
  return `${cap(from)}${cap(to)}M${round(x)},${round(from)}V${round(to)}`;
}

interface BarsProps {
  readonly placed: PlacedSeries;
  readonly layout: TimeLayout;
  readonly slot: { readonly at: number; readonly of: number };
  readonly colour: string;
  readonly colours: Colours;
}

function Bars({ placed, layout, slot, colour, colours }: BarsProps): ReactNode {
  const { run, low, high } = placed;
  const { y } = layout.scales;
  return barShapes(run, layout.scales, slot).map(({ index, ...box }) => {
    const isOpen = run.isComplete[index] === false || run.isWeak[index];
    const [from, to] = [low[index] ?? null, high[index] ?? null];
    const middle = box.x + box.width / 2;
    return (
      <g key={index}>
        <rect {...box} fill={colour} fillOpacity={isOpen ? 0.4 : 1} />
        {isOpen && <rect {...box} fill="none" stroke={colour} strokeDasharray="3 2" />}
        {from !== null && to !== null && (
          <path
            d={whisker(middle, y(from), y(to), Math.min(8, box.width))}
            stroke={colours.text}
            strokeWidth={1.5}
            fill="none"
          />
        )}
      </g>
    );
  });
}

interface TargetProps extends PartProps {
  readonly data: TimeSeriesData;
}

/** The level to reach; its words are in the legend, where no line crosses them. */
function Target({ data: { target }, layout: { plot, axis }, colours }: TargetProps): ReactNode {
  const value = positionOf(target?.datum.value);
  if (value === null) return null;
  const y = round(axis.scale(value));
  const right = plot.x + plot.width;
  return <line x1={plot.x} x2={right} y1={y} y2={y} stroke={colours.text} strokeDasharray="2 3" />;
}

interface AnnotationsProps extends PartProps {
  readonly notes: readonly Annotation[];
}

/** Remarks that would cover each other become one marker with their number. */
function Annotations({ notes, layout, colours }: AnnotationsProps): ReactNode {
  const { plot, scales } = layout;
  const groups: { x: number; notes: Annotation[] }[] = [];
  for (const note of [...notes].sort((a, b) => a.at - b.at)) {
    const last = groups.at(-1);
    if (last && scales.x(note.at) - last.x < 18) last.notes.push(note);
    else groups.push({ x: scales.x(note.at), notes: [note] });
  }
  return groups.map(({ x, notes: together }) => (
    <g key={x}>
      <line
        x1={x}
        x2={x}
        y1={plot.y}
        y2={plot.y + plot.height}
        stroke={colours.annotation}
        strokeOpacity={0.5}
      />
      <rect x={x - 8} y={plot.y - 18} width={16} height={16} rx={4} fill={colours.annotation} />
      <text
        x={x}
        y={plot.y - 6}
        textAnchor="middle"
        fontSize={smallText}
        fontWeight={600}
        fill={colours.surface}
      >
        {together.length === 1 ? together[0]?.letter : String(together.length)}
        <title>{together.map(({ text }) => text).join("\n")}</title>
      </text>
    </g>
  ));
}
