import type { Dimension } from "../derive/dimensions.ts";
import type { DerivedTableName } from "../derive/tables.ts";

/**
 * How rows become one number.
 *
 * `stock` counts distinct values of a column over rows whose span from–to contains the start or the end of each
 * period, or overlaps it (`during`); `stockSum` adds a column up over the same rows. A null end is open, and so is one
 * that is left out: everything until then.
 * `stockKept` counts the people with such a row at the start and one at the end of a period, or adds a column up over
 * their rows at the start.
 * `peopleInMany` counts people seen with at least n different values of a column. `last` takes the latest value by the
 * measure's time; with `per`, the latest value of each series, added up. `credit` adds up what the model asked for credits, in money or in shares of
 * conversions. `sumOnce` adds a column up that is the same on all rows of an entry, each entry once inside its group.
 */
export type Aggregate<Column extends string = string> =
  | { readonly op: "count" }
  | { readonly op: "sum"; readonly column: Column }
  | { readonly op: "distinct"; readonly column: Column }
  | { readonly op: "mean"; readonly column: Column }
  | { readonly op: "quantile"; readonly column: Column; readonly share: number }
  | {
      readonly op: "stock";
      readonly distinct: Column;
      readonly from: Column;
      readonly to?: Column;
      readonly at: "start" | "end" | "during";
    }
  | {
      readonly op: "stockSum";
      readonly column: Column;
      readonly from: Column;
      readonly to?: Column;
      readonly at: "start" | "end";
    }
  | {
      readonly op: "stockKept";
      readonly person: Column;
      readonly from: Column;
      readonly to: Column;
      readonly column?: Column;
    }
  | {
      readonly op: "peopleInMany";
      readonly person: Column;
      readonly column: Column;
      readonly atLeast: number;
    }
  | { readonly op: "last"; readonly column: Column; readonly per?: readonly Column[] }
  | { readonly op: "credit"; readonly of: "amount" | "share" }
  | { readonly op: "sumOnce"; readonly column: Column; readonly per: Column };

/** A bound: a number, or a setting (times a factor), such as follow_up_minutes times 60. */
export type Bound = number | { readonly setting: string; readonly times?: number };

/** A condition on a derived table's columns, as data. `inSetting` compares with a list of the settings. */
export type MeasureCondition<Column extends string = string> =
  | { readonly column: Column; readonly is: string | boolean | readonly string[] }
  | { readonly column: Column; readonly isNot: string | boolean | readonly string[] }
  | { readonly column: Column; readonly isNull: boolean }
  | { readonly column: Column; readonly atLeast: Bound }
  | { readonly column: Column; readonly atMost: Bound }
  | { readonly column: Column; readonly inSetting: "acquisition_costs" | "automation_costs" }
  | { readonly all: readonly MeasureCondition<Column>[] }
  | { readonly any: readonly MeasureCondition<Column>[] };

/** One aggregate over one fact. */
export interface Measure<Column extends string = string> {
  readonly id: string;
  /** Name of an own measure, in the language in which it was written. */
  readonly name?: string;
  readonly fact: DerivedTableName;
  readonly aggregate: Aggregate<Column>;
  readonly where?: MeasureCondition<Column>;
  /** Time column, when it is not the fact's own. */
  readonly time?: Column;
  readonly unit: "count" | "money" | "number" | "seconds" | "minutes";
  /** What it means when there are rows and none carries a value, where that is news in itself. */
  readonly withoutValue?: "not_reached";
  /** Rows of the fact in the period that the condition leaves out, told in every explanation: code and condition. */
  readonly leavesOut?: readonly {
    readonly code: string;
    readonly where: MeasureCondition<Column>;
  }[];
  /**
   * Dimensions that do not narrow the measure, whether its fact has them or not: every group and filter of them has the same
   * value, such as the visitors under each goal. They do not stop a metric from being broken down by them.
   */
  readonly sameForEvery?: readonly Dimension[];
}
