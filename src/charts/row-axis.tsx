import type { ReactNode } from "react";
import type { Colours } from "./colours.ts";
import { round } from "./hatch.ts";
import { textWidth } from "./text-width.ts";
import { smallText, type ValueAxis } from "./value-axis.ts";

/** An axis under rows. */
export interface RowAxisProps {
  readonly axis: ValueAxis;
  /** px of the first row's top and the last row's end. */
  readonly top: number;
  readonly bottom: number;
  /** px of the chart, which labels do not leave. */
  readonly width: number;
  readonly colours: Colours;
}

/**
 * Draws the ticks of values that run from left to right, as lines through the rows with labels below.
 *
 * @param props the axis and its place
 */
export function RowAxis({ axis, top, bottom, width, colours }: RowAxisProps): ReactNode {
  return axis.ticks.map(({ at, label }) => {
    const x = round(axis.scale(at));
    const half = textWidth(label, smallText) / 2;
    return (
      <g key={at}>
        <line
          x1={x}
          x2={x}
          y1={top}
          y2={bottom}
          stroke={at === 0 ? colours.border : colours.grid}
        />
        <text
          x={round(Math.min(Math.max(x, half), width - half))}
          y={bottom + 15}
          textAnchor="middle"
          fontSize={smallText}
          fill={colours.muted}
        >
          {label}
        </text>
      </g>
    );
  });
}
