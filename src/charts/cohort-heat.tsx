import type { ReactNode } from "react";
import { chartTexts } from "../locales/chart-texts.ts";
import type { Locale } from "../locales/translate.ts";
import { areaPoints, type ChartPoint, type ChartProps, isolated } from "./chart.ts";
import { ChartFrame, sentenceFor } from "./chart-frame.tsx";
import type { TableData } from "./chart-table.tsx";
import { type Colours, screenColours } from "./colours.ts";
import { type Datum, isTooFew, positionOf } from "./datum.ts";
import { datumText } from "./datum-text.ts";
import { type Box, hatchPath, round } from "./hatch.ts";
import { fitText, textWidth } from "./text-width.ts";
import { smallText, valueRange } from "./value-axis.ts";

/** A cohort. */
export interface CohortRow {
  readonly name: string;
  readonly size?: Datum | undefined;
  /** In the order of the periods; null where the cohort has not lived so long. */
  readonly cells: readonly (Datum | null)[];
}

/** What a heat map of cohorts shows. */
export interface CohortHeatData {
  readonly cohorts: readonly CohortRow[];
  /** Periods since the start, such as "0", "1", "2". */
  readonly periods: readonly string[];
  readonly valueName: string;
}

/** Cohorts as rows, periods since their start as columns; the points of the cursor are the cells, row by row. */
export type CohortHeatProps = ChartProps & CohortHeatData;

const rowHeight = 28;
const head = 22;

/** The text stays readable on the strongest cell of either theme. */
const strongest = 0.5;

/**
 * Draws a heat map of cohorts with numbers in the cells; what a cohort has not reached is blank, never zero.
 *
 * @param props cohorts, periods
 */
export function CohortHeat(props: CohortHeatProps): ReactNode {
  const { cohorts, width } = props;
  const colours = props.colours ?? screenColours;
  const grid = gridOf(props);
  const all = cohorts.flatMap(({ cells }) => cells.map((cell) => positionOf(cell?.value)));
  const hasValues = all.some((value) => value !== null);
  const [low, high] = valueRange(all, true);
  const strength = (value: number) => 0.04 + ((value - low) / (high - low)) * (strongest - 0.04);
  const height = hasValues ? head + cohorts.length * rowHeight : 60;
  return (
    <ChartFrame
      chart={props}
      height={Math.max(props.height ?? 0, height)}
      description={sentenceFor(props, () => cohortHeatDescription(props), !hasValues)}
      points={areaPoints(hasValues ? pointsOf(props, grid) : [], props.periods.length)}
    >
      {hasValues && (
        <>
          <Heads chart={props} grid={grid} colours={colours} />
          {cohorts.map((cohort, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two cohorts may have one name
            <g key={row} fontSize={smallText}>
              <text x={0} y={head + row * rowHeight + 18} fontSize={12} fill={colours.text}>
                {fitText(cohort.name, grid.nameWidth, 12)}
              </text>
              <text
                x={grid.left - 12}
                y={head + row * rowHeight + 18}
                textAnchor="end"
                fill={colours.muted}
              >
                {grid.hasSizes ? cohort.size?.label : null}
              </text>
              {cohort.cells.map((cell, column) => (
                <Cell
                  key={cellBox(grid, row, column).x}
                  cell={cell}
                  box={cellBox(grid, row, column)}
                  strength={strength}
                  hasLabel={grid.hasLabels}
                  colours={colours}
                />
              ))}
            </g>
          ))}
          <line x2={width} y1={head - 1} y2={head - 1} stroke={colours.grid} />
        </>
      )}
    </ChartFrame>
  );
}

interface Grid {
  readonly nameWidth: number;
  readonly left: number;
  readonly cellWidth: number;
  readonly hasSizes: boolean;
  readonly hasLabels: boolean;
}

function gridOf({ cohorts, periods, width, locale }: CohortHeatProps): Grid {
  const widest = (texts: readonly string[], size: number) =>
    Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text, size))));
  const heading = chartTexts(locale)("cohort.cohort");
  const names = [heading, ...cohorts.map(({ name }) => name)];
  const nameWidth = Math.min(width * 0.28, widest(names, 12));
  const sizes = cohorts.flatMap(({ size }) => (size ? [size.label] : []));
  const hasSizes = sizes.length > 0 && width >= 420;
  const sizeTexts = [chartTexts(locale)("cohort.size"), ...sizes];
  const left = nameWidth + 12 + (hasSizes ? widest(sizeTexts, smallText) + 12 : 0);
  const cellWidth = Math.min(96, (width - left) / Math.max(1, periods.length));
  const labels = cohorts.flatMap(({ cells }) => cells.map((cell) => cell?.label ?? ""));
  return {
    nameWidth,
    left,
    cellWidth,
    hasSizes,
    hasLabels: widest(labels, smallText) + 4 <= cellWidth,
  };
}

function cellBox({ left, cellWidth }: Grid, row: number, column: number): Box {
  return {
    x: round(left + column * cellWidth),
    y: head + row * rowHeight,
    width: cellWidth,
    height: rowHeight,
  };
}

interface HeadsProps {
  readonly chart: CohortHeatProps;
  readonly grid: Grid;
  readonly colours: Colours;
}

function Heads({ chart: { periods, locale }, grid, colours }: HeadsProps): ReactNode {
  const t = chartTexts(locale);
  const widest = Math.max(...periods.map((name) => textWidth(name, smallText))) + 6;
  const stride = Math.max(1, Math.ceil(widest / grid.cellWidth));
  return (
    <g fontSize={smallText} fill={colours.muted}>
      <text y={13}>{fitText(t("cohort.cohort"), grid.nameWidth, smallText)}</text>
      {grid.hasSizes && (
        <text x={grid.left - 12} y={13} textAnchor="end">
          {t("cohort.size")}
        </text>
      )}
      {periods.map((name, column) =>
        column % stride === 0 ? (
          <text
            key={cellBox(grid, 0, column).x}
            x={round(cellBox(grid, 0, column).x + grid.cellWidth / 2)}
            y={13}
            textAnchor="middle"
          >
            {name}
          </text>
        ) : null,
      )}
    </g>
  );
}

interface CellProps {
  readonly cell: Datum | null;
  readonly box: Box;
  readonly strength: (value: number) => number;
  readonly hasLabel: boolean;
  readonly colours: Colours;
}

function Cell({ cell, box, strength, hasLabel, colours }: CellProps): ReactNode {
  if (!cell) return null;
  const value = positionOf(cell.value);
  const inner = { x: box.x + 1, y: box.y + 1, width: round(box.width - 2), height: box.height - 2 };
  const isMuted = isTooFew(cell) || value === null;
  return (
    <g>
      {value === null ? (
        <path d={hatchPath(inner, 5)} stroke={colours.border} fill="none" />
      ) : (
        <rect {...inner} rx={3} fill={colours.series[0]} fillOpacity={round(strength(value))} />
      )}
      {cell.state === "estimated" && (
        <path d={hatchPath(inner, 6)} stroke={colours.surface} strokeOpacity={0.7} fill="none" />
      )}
      {hasLabel && (
        <text
          x={round(box.x + box.width / 2)}
          y={box.y + 18}
          textAnchor="middle"
          fill={isMuted ? colours.muted : colours.text}
        >
          {cell.label}
        </text>
      )}
    </g>
  );
}

function pointsOf(props: CohortHeatProps, grid: Grid): readonly ChartPoint[] {
  const t = chartTexts(props.locale);
  return props.cohorts.flatMap(({ name, size, cells }, row) =>
    props.periods.map((period, column) => {
      const cell = cells[column] ?? null;
      return {
        label: `${isolated(name)} · ${period}`,
        values: [
          { name: props.valueName, label: cell ? datumText(cell, t) : t("cohort.young") },
          ...(size ? [{ name: t("cohort.size"), label: size.label }] : []),
        ],
        box: cellBox(grid, row, column),
      };
    }),
  );
}

type Spoken = CohortHeatData & { readonly title: string; readonly locale: Locale };

/**
 * Says what a heat map of cohorts shows: its size, the highest and the lowest cell.
 *
 * @param props cohorts, periods, title, language
 */
export function cohortHeatDescription(props: Spoken): string {
  const t = chartTexts(props.locale);
  const title = isolated(props.title);
  const known = props.cohorts.flatMap(({ name, cells }) =>
    cells.flatMap((cell, column) => {
      const position = positionOf(cell?.value);
      const at = `${isolated(name)}, ${props.periods[column] ?? ""}`;
      return cell && position !== null ? [{ position, label: cell.label, at }] : [];
    }),
  );
  const sorted = known.sort((a, b) => a.position - b.position);
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (!low || !high) return t("empty.sentence", { title });
  return t("cohort.summary", {
    title,
    count: props.cohorts.length,
    periods: props.periods.length,
    high: high.label,
    highAt: high.at,
    low: low.label,
    lowAt: low.at,
  });
}

/**
 * Returns the cohorts as a table with a column per period.
 *
 * @param props cohorts, periods, title, language
 */
export function cohortHeatTable(props: Spoken): TableData {
  const t = chartTexts(props.locale);
  const hasSizes = props.cohorts.some(({ size }) => size);
  return {
    caption: props.title,
    columns: [t("cohort.cohort"), ...(hasSizes ? [t("cohort.size")] : []), ...props.periods],
    rows: props.cohorts.map(({ name, size, cells }) => [
      name,
      ...(hasSizes ? [size?.label ?? "–"] : []),
      ...props.periods.map((_, column) => {
        const cell = cells[column];
        return cell ? datumText(cell, t) : "";
      }),
    ]),
  };
}
