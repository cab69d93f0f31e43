import type { Dialect } from "../sql/dialect.ts";
import type { Sql } from "../sql/fragment.ts";

/** A cell: decimals, days and UTC times come as text (`2025-01-31 08:00:00`), 64-bit and larger integers as bigint. */
export type Cell = string | number | bigint | boolean | null;

/** One result row by column name. */
export type Row = Readonly<Record<string, Cell>>;

/** What the statements of a transaction need. */
export interface TransactionOptions {
  /**
   * No statement needs rows in the order in which others were written, unless it says so: tables are then written by all
   * threads. Never for rows of files, whose place is their line.
   */
  readonly anyOrder?: boolean;
}

/** Runs SQL and keeps rows. One process and one connection own a workspace's file. */
export interface Store {
  readonly dialect: Dialect;
  /**
   * Returns all rows of a statement.
   *
   * @throws LastpennyError `query_failed`, `out_of_memory`
   */
  query(statement: Sql): Promise<readonly Row[]>;
  /**
   * Hands the rows of a statement over as columns, some thousand rows at a time: for more rows than objects can be made of.
   *
   * @throws LastpennyError `query_failed`, `out_of_memory`
   */
  scan(statement: Sql, take: (columns: readonly (readonly Cell[])[]) => void): Promise<void>;
  /**
   * Runs a statement and returns the number of rows it changed.
   *
   * @throws LastpennyError `query_failed`, `out_of_memory`
   */
  run(statement: Sql): Promise<number>;
  /** Runs a function as one transaction: everything in it is kept, or nothing. */
  transaction<Result>(work: () => Promise<Result>, options?: TransactionOptions): Promise<Result>;
  /** Writes everything to disk and frees the file. */
  close(): Promise<void>;
}
