import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { chartTexts } from "../locales/chart-texts.ts";
import { type ChartPoint, type ChartProps, isolated, type Points } from "./chart.ts";
import { type Cursor, keyTarget } from "./cursor.ts";

/** A chart, the reader's place in it, and the places there are. */
export interface ChartControlProps {
  readonly chart: ChartProps;
  readonly cursor: Cursor;
  readonly points: Points;
}

/** Keys that explain the value under the cursor. */
const opening = new Set(["Enter", "e", "E"]);

/**
 * Lies over a chart and makes it a control with a value: keys and pointer move the cursor, and what it is on is read out.
 *
 * @param props the chart, the cursor, the points
 */
export function ChartControl({ chart, cursor, points }: ChartControlProps): ReactNode {
  const { index } = cursor;
  const moveTo = (next: number | null) => {
    if (next === index) return;
    cursor.move(next);
    chart.onPoint?.((next === null ? undefined : points.at(next)) ?? null, next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return;
    if (opening.has(event.key) && index !== null) {
      event.preventDefault();
      return chart.onOpen?.(index, event.altKey);
    }
    const next = event.altKey ? undefined : keyTarget(event.key, index, points);
    if (next === undefined || (next === null && index === null)) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(next);
  };
  const under = (event: PointerEvent) => {
    const place = placeIn(event.currentTarget, event, chart.width);
    return points.near(place.x, place.y);
  };
  const onPointerUp = (event: PointerEvent) => {
    const next = under(event);
    const isFirstTouch = event.pointerType === "touch" && next !== index;
    moveTo(next);
    if (next !== null && !isFirstTouch && event.button === 0) chart.onOpen?.(next, event.altKey);
  };
  const point = points.at(index ?? -1);
  const hint = chartTexts(chart.locale)("hint");
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={chart.title}
      aria-valuemin={1}
      aria-valuemax={points.count}
      aria-valuenow={(index ?? 0) + 1}
      aria-valuetext={point ? pointText(point) : hint}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => event.pointerType === "touch" || moveTo(under(event))}
      onPointerLeave={(event) => event.pointerType === "touch" || moveTo(null)}
      onPointerUp={onPointerUp}
      onBlur={() => moveTo(null)}
      style={{ position: "absolute", inset: 0, cursor: chart.onOpen && point ? "pointer" : "auto" }}
    />
  );
}

/**
 * Returns the words of a point as they are read out.
 *
 * @param point of a chart
 */
export function pointText(point: ChartPoint): string {
  const values = point.values.map(({ name, label }) =>
    name ? `${isolated(name)} ${label}` : label,
  );
  return `${isolated(point.label)}: ${values.join("; ")}`;
}

/** The place of a pointer in the chart's own px, also where the page is zoomed by a transform. */
function placeIn(
  element: object,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
  width: number,
): { readonly x: number; readonly y: number } {
  const { left, top, width: shown } = boundsOf(element);
  const scale = shown > 0 ? width / shown : 1;
  return { x: (clientX - left) * scale, y: (clientY - top) * scale };
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

function boundsOf(element: object): Bounds {
  const measured = element as { readonly getBoundingClientRect?: () => Bounds };
  return measured.getBoundingClientRect?.() ?? { left: 0, top: 0, width: 0 };
}
