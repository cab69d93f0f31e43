import type { TimeBucket } from "./calendar-ticks.ts";
import type { AxisUnit, Datum } from "./datum.ts";

/** The bounds of an estimate. */
export interface Bounds {
  readonly low: Datum;
  readonly high: Datum;
}

/** Values over time, one per bucket. */
export interface Series {
  readonly name: string;
  readonly values: readonly Datum[];
  readonly form?: "line" | "area" | "bars" | undefined;
  /** The same buckets of the comparison period. */
  readonly comparison?: readonly Datum[] | undefined;
  /** Intervals and their level, such as "95%"; null where a bucket has none. */
  readonly interval?:
    | { readonly level: string; readonly bounds: readonly (Bounds | null)[] }
    | undefined;
  /** Place among the six colours; its own place in the list unless told. */
  readonly colour?: number | undefined;
}

/** A remark about a bucket: a letter in the drawing, its words in the tooltip and table. */
export interface Annotation {
  /** Index of the bucket. */
  readonly at: number;
  readonly letter: string;
  readonly text: string;
}

/** What a chart over time shows. */
export interface TimeSeriesData {
  readonly buckets: readonly TimeBucket[];
  readonly series: readonly Series[];
  readonly unit: AxisUnit;
  /** Areas and bars on top of each other. */
  readonly isStacked?: boolean | undefined;
  /** A level to reach. */
  readonly target?: { readonly name: string; readonly datum: Datum } | undefined;
  readonly annotations?: readonly Annotation[] | undefined;
  /** Zone of hours; days need none. */
  readonly timeZone?: string | undefined;
}
