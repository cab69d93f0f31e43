import type { ColumnType } from "../ledger/table.ts";
import type { FileDialect } from "./files.ts";
import type { Sql } from "./fragment.ts";
import type { ListDialect } from "./lists.ts";
import type { TextDialect } from "./texts.ts";

/**
 * What differs between engines, and nothing else. Functions that need only a part ask for `Pick<Dialect, …>`.
 * All times are UTC; all money is DECIMAL(18,6).
 */
export interface Dialect {
  readonly name: string;
  /** SQL type of each column type. */
  readonly types: Readonly<Record<ColumnType, string>>;
  /** 128-bit hash of texts, the same on every engine and for ever. */
  readonly key: (parts: readonly Sql[]) => Sql;
  /** A 128-bit hash as text: its plain cast to text takes a thousand times longer. */
  readonly keyText: (key: Sql) => Sql;
  /** 64-bit hash of texts, the same on every engine and for ever. */
  readonly identity: (parts: readonly Sql[]) => Sql;
  /** Time from text, null when it is none; a zone in the text is honoured, otherwise the text is UTC. */
  readonly timeFromText: (text: Sql) => Sql;
  /** Time from text by a strptime format, null when it does not fit. */
  readonly timeFromFormat: (text: Sql, format: string) => Sql;
  /** UTC instant of a local time in a zone. */
  readonly toUtc: (localTime: Sql, zone: string) => Sql;
  /** Time from seconds since 1970. */
  readonly timeFromEpoch: (seconds: Sql) => Sql;
  /** Seconds between two times, as a number. */
  readonly secondsBetween: (from: Sql, to: Sql) => Sql;
  /** Time shifted by a whole number of seconds. */
  readonly addSeconds: (time: Sql, seconds: number) => Sql;
  /** Microseconds from 1970 to a time, as a whole number. */
  readonly epochMicroseconds: (time: Sql) => Sql;
  /** The day that a whole number of microseconds after 1970 lies in. */
  readonly dayOfEpoch: (microseconds: Sql) => Sql;
  /** The full hour at or before a time. */
  readonly startOfHour: (time: Sql) => Sql;
  /** First day of the week (a Monday), month, quarter or year of a day. */
  readonly startOf: (unit: "week" | "month" | "quarter" | "year", day: Sql) => Sql;
  /** The day a whole number of days later. */
  readonly addDays: (day: Sql, days: Sql) => Sql;
  /** The day a whole number of months later; a day that the month does not have becomes its last. */
  readonly addMonths: (day: Sql, months: number) => Sql;
  /** Whole days from one day to another. */
  readonly daysBetween: (from: Sql, to: Sql) => Sql;
  /** The calendar day of a local time. */
  readonly dayOf: (localTime: Sql) => Sql;
  /** Money from text, null when it is none or does not fit. */
  readonly moneyFromText: (text: Sql) => Sql;
  /** A double from text, null when it is none. */
  readonly numberFromText: (text: Sql) => Sql;
  /** Exact decimal division of money by a power of ten or another whole number. */
  readonly divideMoney: (money: Sql, divisor: number) => Sql;
  /** money × rate, half-even at `digits` decimals, exact; the rate has fifteen decimals. */
  readonly convertMoney: (money: Sql, rate: Sql, digits: Sql) => Sql;
  /** Quotient of two rates, half-even at fifteen decimals; all are rates. */
  readonly divideRates: (rate: Sql, by: Sql) => Sql;
  /** A decimal text as a rate, DECIMAL(38,15); null when it is none. */
  readonly rateOf: (value: Sql) => Sql;
  /**
   * Part `index` (from 0) of money spread evenly over `count` parts that add up to it exactly: the earlier parts get
   * the millionths that are left over.
   */
  readonly spreadMoney: (money: Sql, count: Sql, index: Sql) => Sql;
  /** Money as a whole number of the currency's minor unit, which has `digits` decimals; exact for whole amounts. */
  readonly minorUnits: (money: Sql, digits: number) => Sql;
  /** Money from a whole number of minor units. */
  readonly moneyOfUnits: (units: Sql, digits: number) => Sql;
  /** Quotient of whole numbers without its remainder. */
  readonly quotient: (value: Sql, by: Sql) => Sql;
  /** Whole part of total × weight / sum for whole numbers from 0 to 10^18, exact however large the product. */
  readonly portion: (total: Sql, weight: Sql, sum: Sql) => Sql;
  /** Remainder of the same division, in units of 1 / sum. */
  readonly portionRest: (total: Sql, weight: Sql, sum: Sql) => Sql;
  /** A number rounded to a whole one. */
  readonly wholeOf: (number: Sql) => Sql;
  /** A whole number in 128 bits. */
  readonly wideWhole: (value: Sql) => Sql;
  /** A whole number that fits into 64 bits, in these. */
  readonly whole: (value: Sql) => Sql;
  /** One row for each whole number from 0 to below the count, in a SELECT list. */
  readonly eachBelow: (count: Sql) => Sql;
  /** Exact quantile of a number, interpolated like percentile_cont. */
  readonly quantile: (value: Sql, share: number) => Sql;
  /** Exact count of distinct values, for use with a filter. */
  readonly countDistinct: (value: Sql, when: Sql | null) => Sql;
  /** Aggregate restricted to rows: sum(x) FILTER (WHERE …) or its equivalent. */
  readonly sumWhen: (value: Sql, when: Sql | null) => Sql;
  /** Count of rows under a condition. */
  readonly countWhen: (when: Sql | null) => Sql;
  /** A number that differs, in practice, when a value does; only for values that one engine compares with its own. */
  readonly hash: (values: readonly Sql[]) => Sql;
  /** The value of a column on the row where another is smallest; ties broken by the order expression itself. */
  readonly firstBy: (value: Sql, order: Sql) => Sql;
  /** Days since 1970 of a day, as a whole number. */
  readonly dayNumber: (day: Sql) => Sql;
  /** Quotient of whole numbers that are not negative, without its remainder. */
  readonly wholeDivision: (value: Sql, divisor: number) => Sql;
  /** A number as a wide decimal with six decimals, so that sums are exact and do not depend on their order. */
  readonly decimalOf: (number: Sql) => Sql;
  /** Quantile under a condition, interpolated like percentile_cont. */
  readonly quantileWhen: (value: Sql, share: number, when: Sql | null) => Sql;
  /** The value of a column on the row where the order is largest, nulls left out; with a condition. */
  readonly lastWhen: (value: Sql, order: Sql, when: Sql | null) => Sql;
  /** Number that tells which of the grouping columns a result row leaves out: one bit each, the first the highest. */
  readonly groupingOf: (columns: readonly Sql[]) => Sql;
  /** Texts of a group as a list in an order. */
  readonly orderedTexts: (text: Sql, order: Sql) => Sql;
  /** The texts of such a list put together, with a separator. */
  readonly textsOf: (list: Sql, separator: string) => Sql;
  /** The first (1) or last (-1) text of such a list. */
  readonly textAt: (list: Sql, place: 1 | -1) => Sql;
  /** A pair that orders rows by its first part and then by its second. */
  readonly pair: (first: Sql, second: Sql) => Sql;
  /** Whether a text contains another, case ignored. */
  readonly containsText: (text: Sql, part: Sql) => Sql;
  /** Any value as text. */
  readonly textOf: (value: Sql) => Sql;
  /** Regular expression match. */
  readonly matches: (text: Sql, pattern: string) => Sql;
  /** What stands before the first separator of a text; the whole text when it has none. */
  readonly beforeFirst: (text: Sql, separator: string) => Sql;
  /** First capture group, empty text when there is no match. */
  readonly capture: (text: Sql, pattern: string) => Sql;
  /** Text of a value inside JSON text by keys; null when absent. */
  readonly jsonText: (json: Sql, path: readonly string[]) => Sql;
  /** Reading files into tables of text. */
  readonly files: FileDialect;
  /** Computing with lists. */
  readonly lists: ListDialect;
  /** From the text of untrusted files to values. */
  readonly texts: TextDialect;
}
