import type { ReactNode } from "react";
import type { Colours } from "./colours.ts";
import { round } from "./hatch.ts";
import { type RowLayout, rowText } from "./row-layout.ts";
import { fitText } from "./text-width.ts";

/** The words of a row and where it begins. */
export interface RowWordsProps {
  readonly name: string;
  readonly value: string;
  /** px from the top of the chart. */
  readonly top: number;
  readonly layout: RowLayout;
  readonly colours: Colours;
  readonly isMuted?: boolean | undefined;
  readonly isLast?: boolean | undefined;
}

/**
 * Draws name and value of a row, cut to their columns, and the line below it.
 *
 * @param props words, places, colours
 */
export function RowWords(props: RowWordsProps): ReactNode {
  const { name, value, top, layout, colours, isMuted = false } = props;
  const { names, values, rowHeight } = layout;
  const shownName = fitText(name, names.width, rowText);
  const shownValue = fitText(value, values.width + 1, rowText);
  const y = round(top + layout.baseline);
  const right = values.x + values.width;
  return (
    <g fontSize={rowText}>
      <text x={names.x} y={y} fill={isMuted ? colours.muted : colours.text}>
        {shownName === name ? null : <title>{name}</title>}
        {shownName}
      </text>
      <text x={right} y={y} textAnchor="end" fill={isMuted ? colours.muted : colours.text}>
        {shownValue === value ? null : <title>{value}</title>}
        {shownValue}
      </text>
      {!props.isLast && (
        <line x2={right} y1={top + rowHeight} y2={top + rowHeight} stroke={colours.grid} />
      )}
    </g>
  );
}
