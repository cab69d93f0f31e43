import type { FigureState } from "../figures/figure.ts";

/** A value as a figure decided it: its place by decimal text, its words as the one formatter printed them. */
export interface Datum {
  /** Exact decimal text; null where there is no value. */
  readonly value: string | null;
  /** What is shown for it, such as "€1,204.50" or "–". */
  readonly label: string;
  readonly state?: FigureState | undefined;
}

/** The unit of an axis. */
export interface AxisUnit {
  /** Unit of the figures: money, percent, count, ratio, hours … */
  readonly unit: string;
  readonly currency?: string | undefined;
}

/**
 * Returns where a value lies on an axis: a position only, never an amount to compute with.
 *
 * @param value decimal text
 * @returns null where there is no value, or none that can be drawn
 */
export function positionOf(value: string | null | undefined): number | null {
  if (value === null || value === undefined || value.trim() === "") return null;
  const position = Number(value);
  return Number.isFinite(position) ? position : null;
}

/**
 * Tells whether too few rows are behind a value to draw conclusions from it: it is grey.
 *
 * @param datum a value
 */
export function isTooFew(datum: Datum | undefined): boolean {
  return datum?.state === "too_few";
}

/**
 * Tells whether a line must not join a value with its neighbours: too few rows, or days without data.
 *
 * @param datum a value
 */
export function isWeak(datum: Datum | undefined): boolean {
  return isTooFew(datum) || datum?.state === "partial";
}
