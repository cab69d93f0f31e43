import type { Sql } from "./fragment.ts";

/** How a text file is split into records. */
export interface CsvLayout {
  readonly delimiter: string;
  /** Empty for none. */
  readonly quote: string;
  readonly escape: string;
  /** Physical lines in front of the header or first record. */
  readonly skipLines: number;
  readonly hasHeader: boolean;
  /** Unique names, in file order. */
  readonly columns: readonly string[];
}

/** What an engine that runs beside the files can do with them; all tables are temporary, all columns text. */
export interface FileDialect {
  /** Rows of a UTF-8 text file; records that do not fit go to the table named `rejects`. */
  readonly csvRows: (path: string, layout: CsvLayout, rejects: string, maxLineBytes: number) => Sql;
  /** Records that did not fit, from the table named `rejects`: position of its first byte from 1, kinds, reason, raw; at most `rawLength` characters. */
  readonly csvRejects: (rejects: string, rawLength: number) => Sql;
  /** Statements that drop the tables of rejects. */
  readonly dropRejects: (rejects: string) => readonly Sql[];
  /** Values of a JSON array file as column `json`. */
  readonly jsonArray: (path: string, maxValueBytes: number) => Sql;
  /** JSON values that follow each other as column `json`. */
  readonly jsonValues: (path: string, maxValueBytes: number) => Sql;
  /** True for text that is one JSON value. */
  readonly isJson: (text: Sql) => Sql;
  /** Kind of a JSON value: OBJECT, ARRAY, … */
  readonly jsonKind: (json: Sql) => Sql;
  /** List of the keys of a JSON object. */
  readonly jsonKeys: (json: Sql) => Sql;
  /** List of the texts at top-level keys; nested values as JSON text. */
  readonly jsonTexts: (json: Sql, keys: readonly string[]) => Sql;
  /** The n-th element of a list, from 1. */
  readonly element: (list: Sql, position: number) => Sql;
  /** Elements of the array at a top-level key, one row each, when used in SELECT. */
  readonly jsonElements: (json: Sql, key: string) => Sql;
  /** Kind of the value at a top-level key; null when absent. */
  readonly jsonKindAt: (json: Sql, key: string) => Sql;
  /** Positions of a list's elements from 1, beside `eachOf` in SELECT. */
  readonly placesOf: (list: Sql) => Sql;
  /** One row per element of a list, when used in SELECT. */
  readonly eachOf: (list: Sql) => Sql;
  /** Rows of a Parquet file with their own types. */
  readonly parquetRows: (path: string) => Sql;
  /** Names and types of a query's columns: column_name, column_type. */
  readonly describe: (query: Sql) => Sql;
  /** Text of a value of an engine type: exact decimals, whole doubles without a point, ISO times, JSON for nested. */
  readonly textOf: (value: Sql, engineType: string) => Sql;
  /** Physical position of a row, from 0. */
  readonly rowPosition: Sql;
}
