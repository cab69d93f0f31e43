import type { Locale } from "../locales/translate.ts";
import type { Colours } from "./colours.ts";
import type { Cursor } from "./cursor.ts";
import type { Box } from "./hatch.ts";

/** What every chart takes besides its data. */
export interface ChartProps {
  /** What is drawn, in the reader's language: the accessible name. */
  readonly title: string;
  /** A sentence instead of the one that the chart makes of its data. */
  readonly description?: string | undefined;
  /** px. The app measures it. */
  readonly width: number;
  /** px; charts of rows are as high as their rows need unless told. */
  readonly height?: number | undefined;
  readonly locale: Locale;
  /** CSS variables unless told; print and mail pass literal colours. */
  readonly colours?: Colours | undefined;
  /** Font family where no style sheet sets one: print and mail. */
  readonly font?: string | undefined;
  /** Start of the ids inside the drawing, where several drawings of one page are rendered apart. */
  readonly id?: string | undefined;
  /** Makes the chart a control: pointer, keys, tooltip. Left out, it is a picture. */
  readonly cursor?: Cursor | undefined;
  /** Explains the value at an index: click, Enter. Alternate is the same with the Alt key. */
  readonly onOpen?: ((index: number, isAlternate: boolean) => void) | undefined;
  /** Hears what the cursor is on. */
  readonly onPoint?: ((point: ChartPoint | null, index: number | null) => void) | undefined;
}

/** A line of a tooltip. */
export interface PointValue {
  readonly name: string;
  readonly label: string;
  readonly colour?: string | undefined;
}

/** What the cursor can stand on: its words, its area, its marks. */
export interface ChartPoint {
  readonly label: string;
  readonly values: readonly PointValue[];
  readonly box: Box;
  readonly dots?: readonly { readonly x: number; readonly y: number; readonly colour: string }[];
  /** The chart itself shows that the cursor is here. */
  readonly hasOwnMark?: boolean | undefined;
}

/** The points of a chart in the order of the arrow keys. */
export interface Points {
  readonly count: number;
  /** Points per row of a grid: up and down go to the rows. */
  readonly columns?: number | undefined;
  readonly at: (index: number) => ChartPoint | undefined;
  /** The point under a place in px. */
  readonly near: (x: number, y: number) => number | null;
}

/**
 * Makes the points of a chart whose points are areas.
 *
 * @param points in the order of the arrow keys
 * @param columns points per row where they form a grid
 */
export function areaPoints(points: readonly ChartPoint[], columns?: number): Points {
  const near = (x: number, y: number) => {
    const found = points.findIndex(
      ({ box }) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height,
    );
    return found < 0 ? null : found;
  };
  return { count: points.length, columns, at: (index) => points[index], near };
}

/**
 * Sets a name off from the sentence around it, so that the direction of its script stays inside it.
 *
 * @param name any text
 */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
