import type { ReactNode } from "react";
import type { Colours } from "./colours.ts";
import { fitText, textWidth } from "./text-width.ts";

/** An entry of a legend. */
export interface LegendItem {
  readonly name: string;
  readonly colour: string;
  readonly form:
    | "line"
    | "dashed"
    | "dotted"
    | "box"
    | "band"
    | "dot"
    | "diamond"
    | "low"
    | "tick"
    | "whisker";
}

interface PlacedItem extends LegendItem {
  readonly shown: string;
  readonly x: number;
  readonly y: number;
}

/** A legend with the place of every entry. */
export interface LegendLayout {
  readonly items: readonly PlacedItem[];
  /** px, with the space below; 0 without entries. */
  readonly height: number;
}

const size = 12;
const swatch = 20;
const rowHeight = 20;

/**
 * Sets the entries of a legend in rows; long names are cut.
 *
 * @param items entries in order
 * @param width px
 */
export function legendLayout(items: readonly LegendItem[], width: number): LegendLayout {
  if (items.length === 0) return { items: [], height: 0 };
  const placed: PlacedItem[] = [];
  let [x, row] = [0, 0];
  for (const item of items) {
    const shown = fitText(item.name, Math.min(240, width - swatch - 4), size);
    const taken = swatch + textWidth(shown, size);
    if (x > 0 && x + taken > width) [x, row] = [0, row + 1];
    placed.push({ ...item, shown, x, y: row * rowHeight });
    x += taken + 16;
  }
  return { items: placed, height: (row + 1) * rowHeight + 8 };
}

/** A legend and its colours. */
export interface LegendProps {
  readonly layout: LegendLayout;
  readonly colours: Colours;
}

/**
 * Draws a legend at the top left of a chart.
 *
 * @param props places of the entries, colours
 */
export function Legend({ layout, colours }: LegendProps): ReactNode {
  return (
    <g>
      {layout.items.map((item) => (
        <g key={`${item.x} ${item.y}`} transform={`translate(${item.x},${item.y})`}>
          <Swatch item={item} />
          <text x={swatch} y={12} fontSize={size} fill={colours.text}>
            {item.shown === item.name ? null : <title>{item.name}</title>}
            {item.shown}
          </text>
        </g>
      ))}
    </g>
  );
}

const dashes = { line: undefined, dashed: "4 3", dotted: "2 3" } as const;

function Swatch({ item: { form, colour } }: { readonly item: LegendItem }): ReactNode {
  switch (form) {
    case "line":
    case "dashed":
    case "dotted":
      return (
        <line
          x2={14}
          y1={8}
          y2={8}
          stroke={colour}
          strokeWidth={form === "dotted" ? 1 : 2}
          strokeDasharray={dashes[form]}
        />
      );
    case "dot":
      return <circle cx={7} cy={8} r={5} fill={colour} />;
    case "whisker":
      return <path d="M3,3h8M3,13h8M7,3v10" stroke={colour} strokeWidth={1.5} />;
    case "low":
      return <rect x={1} y={9} width={12} height={5} fill={colour} />;
    case "diamond":
      return <path d="M7,1l6.5,7l-6.5,7l-6.5,-7Z" fill={colour} />;
    case "tick":
      return <line x1={7} x2={7} y1={2} y2={14} stroke={colour} strokeWidth={2} />;
    default:
      return (
        <rect
          x={1}
          y={2}
          width={12}
          height={12}
          rx={2}
          fill={colour}
          opacity={form === "band" ? 0.25 : 1}
        />
      );
  }
}
