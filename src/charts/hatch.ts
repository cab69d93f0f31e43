/** A rectangle in px. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws diagonal lines inside a rectangle as one path: it needs no pattern or clip with an id, so it looks the same in print
 * and mail.
 *
 * @param box the rectangle in px
 * @param distance of two lines along an edge in px
 * @returns path data
 */
export function hatchPath(box: Box, distance = 7): string {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const parts: string[] = [];
  const start = Math.ceil((box.x + box.y) / distance) * distance;
  for (let sum = start; sum < right + bottom; sum += distance) {
    const fromX = Math.max(box.x, sum - bottom);
    const toX = Math.min(right, sum - box.y);
    if (toX - fromX < 0.5) continue;
    parts.push(`M${round(fromX)},${round(sum - fromX)}L${round(toX)},${round(sum - toX)}`);
  }
  return parts.join("");
}

/**
 * Rounds a coordinate to a hundredth of a pixel.
 *
 * @param value px
 */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
