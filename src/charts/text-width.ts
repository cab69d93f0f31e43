const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/** Widths in em of what Inter draws, a little to the safe side; the first that matches counts. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/^[\p{Mn}\p{Me}\p{Cf}]+$/u, 0],
  [/^\p{Extended_Pictographic}/u, 1.35],
  [/^[\u{1f1e6}-\u{1f1ff}]/u, 1.35],
  [wide, 1],
  [/^[ijl.,:;'|!]/, 0.29],
  [/^[ ftrI()[\]/]/, 0.38],
  [/^[-−]/, 0.56],
  [/^[mwMW%@–—…]/, 0.92],
  [/^[0-9]/, 0.64],
  [/^\p{Lu}/u, 0.7],
];

/**
 * Returns about how wide a text is drawn, without a screen to measure on.
 *
 * @param text one line
 * @param size of the font in px
 * @returns px
 */
export function textWidth(text: string, size: number): number {
  let total = 0;
  for (const { segment } of segmenter.segment(text)) total += clusterWidth(segment);
  return total * size;
}

function clusterWidth(cluster: string): number {
  return widths.find(([pattern]) => pattern.test(cluster))?.[1] ?? 0.58;
}

/**
 * Cuts a text to a width, never inside a character as people see it.
 *
 * @param text one line
 * @param room px
 * @param size of the font in px
 * @returns the text itself where it fits
 */
export function fitText(text: string, room: number, size: number): string {
  if (textWidth(text.slice(0, 400), size) <= room && text.length <= 400) return text;
  const limit = room / size - clusterWidth("…");
  let used = 0;
  let kept = "";
  for (const { segment } of segmenter.segment(text)) {
    used += clusterWidth(segment);
    if (used > limit) break;
    kept += segment;
  }
  return kept === text ? text : `${kept.trimEnd()}…`;
}
