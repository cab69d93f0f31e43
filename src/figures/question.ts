import type { CalendarGrain } from "../ledger/calendar.ts";
import type { AttributionChoice } from "./attribution.ts";

/** A grain of time. */
export type Grain = CalendarGrain;

/** What to compare with. */
export type Compare = "previous" | "year" | "none" | { readonly from: string; readonly to: string };

/** A question: every surface asks in this form. Days are calendar days of the workspace; `to` is not included. */
export interface Question {
  /** Metric ids, each with an optional variant: "revenue", "clv@purchases". */
  readonly metrics: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly grain?: Grain;
  /** Dimensions to break down by. */
  readonly by?: readonly string[];
  /** Such as `country = "DE" and channel in ("email", "paid search")`. */
  readonly filter?: string;
  readonly compare?: Compare;
  readonly basis?: "period" | "cohort";
  /** At most this many groups per breakdown, largest first metric first; the rest stays in the total. */
  readonly limit?: number;
  /** How conversions are credited; what is left out is that of the settings. */
  readonly attribution?: AttributionChoice;
}

/** A question about credits, conversions or journeys of a period. */
export interface AttributionQuestion {
  readonly from: string;
  readonly to: string;
  readonly filter?: string;
  readonly attribution?: AttributionChoice;
  /** At most this many groups or paths, the largest first; totals are over all. */
  readonly limit?: number;
}
