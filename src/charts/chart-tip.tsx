import type { CSSProperties, ReactNode } from "react";
import type { ChartPoint } from "./chart.ts";
import type { Colours } from "./colours.ts";
import type { Box } from "./hatch.ts";

/** A point and the size of the chart around it, in px. */
export interface ChartTipProps {
  readonly point: ChartPoint;
  readonly width: number;
  readonly height: number;
  readonly colours: Colours;
}

/**
 * Draws what the cursor is on, beside it and inside the chart's width. The control reads the same out, so this is for eyes only.
 *
 * @param props the point, the size of the chart
 */
export function ChartTip({ point, width, height, colours }: ChartTipProps): ReactNode {
  const style: CSSProperties = {
    position: "absolute",
    zIndex: 2,
    pointerEvents: "none",
    padding: "6px 10px",
    borderRadius: 6,
    fontSize: 12,
    lineHeight: 1.5,
    fontVariantNumeric: "tabular-nums",
    color: colours.text,
    background: colours.surface,
    border: `1px solid ${colours.border}`,
    boxShadow: "0 2px 8px rgb(0 0 0 / 0.14)",
    overflowWrap: "anywhere",
    ...beside(point, width),
    ...above(point.box, height),
  };
  return (
    <div aria-hidden="true" style={style}>
      <bdi style={{ fontWeight: 600 }}>{shortened(point.label)}</bdi>
      {point.values.map(({ name, label, colour }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may have one name
        <div key={index} style={{ display: "flex", gap: 8, alignItems: "baseline" }}>
          {colour && (
            <i style={{ width: 8, height: 8, borderRadius: 2, background: colour, flex: "none" }} />
          )}
          {name !== "" && <bdi style={{ color: colours.muted, flex: 1 }}>{shortened(name)}</bdi>}
          <bdi>{label}</bdi>
        </div>
      ))}
    </div>
  );
}

const shortened = (name: string) =>
  name.length > 90 ? `${[...name].slice(0, 89).join("")}…` : name;

function beside({ box, dots }: ChartPoint, width: number): CSSProperties {
  if (!dots && box.width === width && width < 520) return { left: 8, maxWidth: width - 16 };
  const x = dots?.[0]?.x ?? box.x + box.width / 2;
  const room = Math.max(x, width - x) - 20;
  const maxWidth = Math.max(120, Math.min(300, room));
  return x <= width / 2 ? { left: x + 14, maxWidth } : { right: width - x + 14, maxWidth };
}

function above(box: Box, height: number): CSSProperties {
  if (box.height > height * 0.5) return { top: box.y };
  if (box.y > height / 2) return { bottom: height - box.y + 4 };
  return { top: box.y + box.height + 4 };
}
