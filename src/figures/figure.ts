import type { AttributionModel } from "../ledger/attribution.ts";

/** What a figure's value is worth. */
export type FigureState =
  | "ok"
  | "zero"
  | "no_data"
  | "partial"
  | "stale"
  | "estimated"
  | "too_few"
  | "excluded"
  | "not_applicable"
  | "error";

/** Why a figure is in its state; translated where it is shown. */
export interface Reason {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

/** How conversions were credited. */
export interface UsedAttribution {
  readonly model: AttributionModel;
  readonly windowDays: number;
  readonly level: "person" | "account";
  /** orders, deals, or the name of a goal. */
  readonly goal: string;
}

/** A figure: the same object on every surface. */
export interface Figure {
  readonly metric: string;
  readonly variant: string;
  readonly definitionVersion: number;
  /** Group and bucket that it belongs to; both empty for the total. */
  readonly group: Readonly<Record<string, string | null>>;
  readonly bucket: string | null;
  /** Exact decimal text, rounded half-even once; null when there is no value. */
  readonly value: string | null;
  readonly unit: string;
  readonly currency?: string;
  readonly numerator?: string;
  readonly denominator?: string;
  /** Rows or people behind it. */
  readonly n?: string;
  readonly comparison?: {
    readonly kind: "previous" | "year" | "custom";
    readonly value: string | null;
    readonly delta: string | null;
    /** pp for percentages, percent for the rest, abs for flags. */
    readonly deltaUnit: "pp" | "percent" | "abs";
    readonly betterWhen: "up" | "down" | "neutral";
  };
  /** Figures that rest on credits say by which. */
  readonly attribution?: UsedAttribution;
  readonly state: FigureState;
  readonly reasons: readonly Reason[];
  readonly coverage: {
    readonly from: string;
    readonly to: string;
    readonly share: number;
    readonly missing: readonly string[];
  };
}

/** The answer to a question. */
export interface Answer {
  readonly period: { readonly from: string; readonly to: string };
  readonly comparisonPeriod: { readonly from: string; readonly to: string } | null;
  /** Buckets of the period in order, also those without rows. */
  readonly buckets: readonly {
    readonly key: string;
    readonly from: string;
    readonly to: string;
    readonly isComplete: boolean;
  }[];
  /** Groups in the order to show. */
  readonly groups: readonly Readonly<Record<string, string | null>>[];
  readonly figures: readonly Figure[];
  readonly notes: readonly Reason[];
  /** How conversions were credited, where a figure rests on credits. */
  readonly attribution?: UsedAttribution;
}
