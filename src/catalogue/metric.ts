import type { funnel } from "../derive/funnel.ts";
import type { MetricText } from "../locales/catalogue-texts.ts";

/** A time column of the derived table funnel. */
export type FunnelTime = Extract<keyof typeof funnel.columns, `${string}_at`>;

/** Families group the catalogue as the documentation and the report do. */
export type MetricFamily = "funnel" | "engagement" | "customers" | "revenue" | "automation";

/** Unit of a metric: percent and ratio are stored as plain ratios (0.25), money in the reporting currency. */
export type MetricUnit =
  | "count"
  | "percent"
  | "ratio"
  | "money"
  | "money_per_day"
  | "days"
  | "minutes"
  | "seconds"
  | "hours"
  | "months"
  | "fte"
  | "points"
  | "flag";

/** One written way of computing a metric. */
export interface MetricVariant {
  /** Name after the @, such as clv@purchases; the first variant is the default. */
  readonly id: string;
  /**
   * Formula over measures and other metrics (`cac`, `clv@purchases`): + - * / ( ) numbers, comparisons, and, or,
   * previous(x), change(x), min(x, y), max(x, y), days(), months(), fte_hours(). See formula.ts.
   */
  readonly formula: string;
  /**
   * Cohort form of a stage conversion: of the people with the time `from` in the period, the share that has the time
   * `to`; both are time columns of the derived table funnel.
   */
  readonly cohort?: { readonly from: FunnelTime; readonly to: FunnelTime };
}

/** A metric of the catalogue. Texts (name, meaning, low, high, act) live in the locale files under metrics.<id>. */
export interface Metric {
  readonly id: string;
  readonly family: MetricFamily;
  readonly version: number;
  readonly unit: MetricUnit;
  readonly good: "up" | "down" | "neutral";
  readonly variants: readonly [MetricVariant, ...MetricVariant[]];
  /** Texts of an own metric, in the language in which it was written. */
  readonly texts?: MetricText;
  /** Further ids that a question may use: id → variant of this metric. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Source articles that ask for it: S0 … S4. */
  readonly marks?: readonly string[];
  /** Codes of caveats to print when a part is suspicious, such as costs_missing. */
  readonly caveats?: readonly string[];
  readonly benchmark?: { readonly value: string; readonly source: string; readonly year: number };
}
