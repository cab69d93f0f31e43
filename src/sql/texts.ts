import type { Sql } from "./fragment.ts";

/** The part of a dialect that turns the text of untrusted files into values. */
export interface TextDialect {
  /** Number of a row of a raw table, counted from 1. */
  readonly rowNumber: Sql;
  /** Time from ISO text as it is written: no zone is applied, one in the text is left out. Null when it is none. */
  readonly localTimeFromText: (text: Sql) => Sql;
  /** UTC time from text by a strptime format that reads a zone (%z or %Z), null when it does not fit. */
  readonly zonedTimeFromFormat: (text: Sql, format: string) => Sql;
  /** UTC time from decimal text of an epoch time whose unit is 10 to the power -`digits` seconds; null when none. */
  readonly timeFromEpochText: (text: Sql, digits: 0 | 3 | 6) => Sql;
  /** Local time in a zone of a UTC time. */
  readonly toLocal: (time: Sql, zone: string) => Sql;
  /** The day as a UTC time at midnight. */
  readonly timeOfDay: (day: Sql) => Sql;
  /** Money from plain decimal text in a unit of 10 to the power -`digits`, exact; null when it is none or too large. */
  readonly moneyFromUnits: (text: Sql, digits: 2 | 6) => Sql;
  /** Money from text in scientific notation, null when money cannot hold it exactly. */
  readonly moneyFromExponent: (text: Sql) => Sql;
  /** Money from a number, rounded to six decimals; null when it does not fit. */
  readonly moneyFromNumber: (number: Sql) => Sql;
  /** Product of two amounts, rounded to six decimals; null when it does not fit. */
  readonly multiplyMoney: (left: Sql, right: Sql) => Sql;
  /** of × part / whole, exact, rounded half-even to six decimals; null when the whole is 0. */
  readonly shareOfMoney: (of: Sql, part: Sql, whole: Sql, decimals?: number) => Sql;
  /** Sum of amounts; null when it does not fit. */
  readonly addMoney: (parts: readonly Sql[]) => Sql;
  /** Text without white space (also no-break spaces and byte order marks) at both ends; null when none is left. */
  readonly tidy: (text: Sql) => Sql;
  /** Aggregate: true when `tidy` would change any of the texts; rare white space behind a text is not seen. */
  readonly anyUntidy: (text: Sql) => Sql;
  /** Aggregate: true when the condition holds on any row. */
  readonly any: (condition: Sql) => Sql;
  /** Aggregate: one of the values, where all rows of a group agree. */
  readonly common: (value: Sql) => Sql;
  /** Aggregate: the texts of a group put together in any order, with a separator. */
  readonly joined: (text: Sql, separator: string) => Sql;
  /** True when the text contains the part, case respected. */
  readonly hasPart: (text: Sql, part: string) => Sql;
  /** Text with every match of a regular expression replaced; `\1` stands for the first group. */
  readonly replaced: (text: Sql, pattern: string, by: string) => Sql;
  /** Text with characters replaced one for one; those without a counterpart are removed. */
  readonly translated: (text: Sql, from: string, to: string) => Sql;
  /** Text with every digit as 9 and every Latin letter as A. */
  readonly shapeOf: (text: Sql) => Sql;
  /** Texts put together with a separator; nulls are left out. */
  readonly joinedText: (separator: string, parts: readonly Sql[]) => Sql;
  /** Text of an address parameter, percent signs decoded. */
  readonly urlDecoded: (text: Sql) => Sql;
  /** JSON text of an object. */
  readonly jsonObject: (members: readonly (readonly [string, Sql])[]) => Sql;
  /** Text of a member of an object given as JSON text; null when it has none. */
  readonly jsonMember: (json: Sql, name: string) => Sql;
  /** Sum of the amounts that the first group of a regular expression finds; null when one of them is none. */
  readonly sumOfMatches: (text: Sql, pattern: string) => Sql;
  /** A list of keys and values given as JSON text, for `keysOf` and `valueOfKey`; null when it is none. */
  readonly keyedValues: (json: Sql) => Sql;
  readonly keysOf: (list: Sql) => Sql;
  /** Text or whole number of a key, the first of several; null when the list has none. */
  readonly valueOfKey: (list: Sql, keys: Sql, name: string) => Sql;
  /** One row per element of an array given as JSON text; the text itself when it is none, null when it is empty. */
  readonly jsonElements: (json: Sql) => Sql;
  /** 1, 2, 3 … within a group in the order of a column. */
  readonly ordinalWithin: (group: readonly Sql[], order: Sql) => Sql;
  /** Sum of the amounts of a group; null when it does not fit. */
  readonly totalWithin: (amount: Sql, group: Sql) => Sql;
  /** First value of a group that is not null, in the order of a column. */
  readonly firstWithin: (value: Sql, group: Sql, order: Sql) => Sql;
}
