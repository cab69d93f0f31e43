import type { Settings } from "../ledger/settings.ts";
import type { Columns } from "../ledger/table.ts";
import type { Dialect } from "../sql/dialect.ts";
import type { Sql } from "../sql/fragment.ts";

/** What a derived table's SQL may use. */
export interface DeriveContext {
  readonly dialect: Dialect;
  readonly settings: Settings;
  /**
   * Condition that keeps the people to be computed: all of them, a slice, or the touched ones.
   *
   * @param person the column that holds the person
   */
  readonly people: (person: Sql) => Sql;
  /** The instant until which the ledger is known; nothing is derived from the wall clock. */
  readonly asOf: string;
}

/**
 * A table computed from the ledger, and the fact that measures read.
 *
 * `person` tables are recomputed for touched people only; `whole` tables are small and recomputed whole. Either way
 * the result is the same as a rebuild.
 */
export interface DerivedTable {
  readonly name: string;
  /** Completes the sentence "a row is …". */
  readonly row: string;
  readonly scope: "person" | "whole";
  /** The column that places a row in time by default, and what it is. */
  readonly time?: { readonly column: string; readonly is: "instant" | "day" };
  readonly columns: Columns;
  /** Dimensions by which the table can be broken down and filtered: dimension → column. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Columns that order the rows, a total order. */
  readonly order: readonly string[];
  /** Ledger and derived tables that it reads; derived ones stand earlier in the list of tables. */
  readonly inputs: readonly string[];
  readonly select: (context: DeriveContext) => Sql;
}
