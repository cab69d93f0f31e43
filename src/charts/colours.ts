/** The colours of a chart: any CSS colour. */
export interface Colours {
  readonly text: string;
  readonly muted: string;
  readonly surface: string;
  readonly border: string;
  readonly grid: string;
  /** Up to six series, in the order in which they are given out. */
  readonly series: readonly [string, string, string, string, string, string];
  readonly good: string;
  readonly bad: string;
  readonly warn: string;
  /** Markers of annotations. */
  readonly annotation: string;
}

/** Colours as they are, on white: print, mail and pictures, whose readers know no CSS variables. */
export const lightColours: Colours = {
  text: "#16181d",
  muted: "#5b6270",
  surface: "#ffffff",
  border: "#d9dde4",
  grid: "#eceff3",
  series: ["#2f5fd0", "#c2570c", "#0f8a7e", "#8b46c1", "#b0305c", "#5f6b13"],
  good: "#0f7b4f",
  bad: "#b3261e",
  warn: "#8a5a00",
  annotation: "#8b46c1",
};

const token = (name: string, fallback: string) => `var(--lp-${name}, ${fallback})`;

/** Colours of the app: CSS variables (--lp-text, --lp-s1 …), so that a change of theme draws nothing anew. */
export const screenColours: Colours = {
  text: token("text", lightColours.text),
  muted: token("muted", lightColours.muted),
  surface: token("surface", lightColours.surface),
  border: token("border", lightColours.border),
  grid: token("grid", lightColours.grid),
  series: [
    token("s1", lightColours.series[0]),
    token("s2", lightColours.series[1]),
    token("s3", lightColours.series[2]),
    token("s4", lightColours.series[3]),
    token("s5", lightColours.series[4]),
    token("s6", lightColours.series[5]),
  ],
  good: token("good", lightColours.good),
  bad: token("bad", lightColours.bad),
  warn: token("warn", lightColours.warn),
  annotation: token("s4", lightColours.annotation),
};

/**
 * Returns the colour of a series; they repeat after the sixth.
 *
 * @param colours of the chart
 * @param index of the series, from 0
 */
export function seriesColour(colours: Colours, index: number): string {
  return colours.series[index % colours.series.length] ?? colours.text;
}
