import type { DerivedTableName } from "../derive/tables.ts";

/**
 * How rows become one number. `stock` counts distinct people in spans that contain the start or the end of each
 * period; `peopleInMany` counts people seen with at least n different values of a column; `last` takes the latest value.
 */
export type Aggregate =
  | { readonly op: "count" }
  | { readonly op: "sum"; readonly column: string }
  | { readonly op: "distinct"; readonly column: string }
  | { readonly op: "mean"; readonly column: string }
  | { readonly op: "quantile"; readonly column: string; readonly share: number }
  | {
      readonly op: "stock";
      readonly distinct: string;
      readonly from: string;
      readonly to: string;
      readonly at: "start" | "end";
    }
  | {
      readonly op: "peopleInMany";
      readonly person: string;
      readonly column: string;
      readonly atLeast: number;
    }
  | { readonly op: "last"; readonly column: string };

/**
 * A condition on a derived table's columns, as data. `setting` compares with a list or number of the settings;
 * `inPeriod` holds when a time column lies in the same period (or bucket) as the row's own time.
 */
export type MeasureCondition =
  | { readonly column: string; readonly is: string | boolean | readonly string[] }
  | { readonly column: string; readonly isNot: string | boolean | readonly string[] }
  | { readonly column: string; readonly isNull: boolean }
  | {
      readonly column: string;
      readonly atLeast: number | { readonly setting: string; readonly times?: number };
    }
  | {
      readonly column: string;
      readonly atMost: number | { readonly setting: string; readonly times?: number };
    }
  | { readonly column: string; readonly inSetting: "acquisition_costs" | "automation_costs" }
  | { readonly all: readonly MeasureCondition[] }
  | { readonly any: readonly MeasureCondition[] };

/** One aggregate over one fact. */
export interface Measure {
  readonly id: string;
  readonly fact: DerivedTableName;
  readonly aggregate: Aggregate;
  readonly where?: MeasureCondition;
  /** Time column, when it is not the fact's own. */
  readonly time?: string;
  readonly unit: "count" | "money" | "number" | "seconds" | "minutes";
  /** Rows of the fact in the period that the condition leaves out, told in every explanation: code and condition. */
  readonly leavesOut?: readonly { readonly code: string; readonly where: MeasureCondition }[];
}
