import type { Settings } from "../ledger/settings.ts";
import type { Columns } from "../ledger/table.ts";
import type { Dialect } from "../sql/dialect.ts";
import type { Sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";

/** What a derived table's SQL may use. */
export interface DeriveContext {
  readonly dialect: Dialect;
  readonly settings: Settings;
  /**
   * Condition that keeps the people to be computed: all of them, a slice, or the touched ones. Rows without a person
   * form one group of their own and are kept like a person's rows.
   *
   * @param person the column that holds the person
   */
  readonly people: (person: Sql) => Sql;
  /**
   * Condition that keeps the ledger rows whose identity belongs to those people: cheaper than {@link people}, since it
   * is asked before identities are resolved. It may be left out; it never replaces `people`.
   *
   * @param identity the column that holds the raw identity
   */
  readonly identities: (identity: Sql) => Sql;
  /**
   * The people are few: looking for their rows first costs less than computing everybody's, and the temporary table
   * `touched_events` holds their events for the tables that read `ledger.events`, `touched_identity_map` their identifiers.
   */
  readonly isPartial?: boolean;
  /** Rows that a statement takes together where their lists have to fit into memory. */
  readonly rowsPerSlice?: number | undefined;
  /** Temporary tables that several tables read, by name, and the people whose rows they hold. */
  readonly kept?: Map<string, DeriveContext["people"]>;
  /** The instant until which the ledger is known (UTC, as text); nothing is derived from the wall clock. */
  readonly asOf: string;
  /** First day of the year of the earliest instant that the ledger holds; without it, calendars reach back to 1970. */
  readonly since?: string;
  /** Schema of the tables of another attribution than the workspace's; without it they lie in `derived`. */
  readonly lens?: string;
}

/** What a table reads of another: news elsewhere do not concern it. */
export interface Reading {
  readonly columns: readonly string[];
  /** Condition on the rows that it reads; all of them without it. */
  readonly where?: Sql;
}

/** What a table reads of others, by their names. */
export type Reads = Readonly<Record<string, Reading>>;

/** How a table with millions of rows is stored under a name of its own; under its name there is a view. */
export interface Stored {
  readonly columns: Columns;
  /**
   * The query of the table's columns over the stored rows.
   *
   * @param context engine and settings
   * @param rows the stored table
   */
  readonly view: (context: Pick<DeriveContext, "dialect" | "settings">, rows: Sql) => Sql;
}

/**
 * A table computed from the ledger, and the fact that measures read.
 *
 * `person` tables are recomputed for touched people only; `whole` tables are small and recomputed whole. Either way
 * the result is the same as a rebuild: a row of a person table depends on rows of that person (or on rows without a
 * person, for the rows without one), on whole inputs, on `premises` and, if so declared, on `asOf`; on nothing else.
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
  /** What is read of derived inputs with a person, by name, where that is little of it. */
  readonly reads?: Reads | ((context: DeriveContext) => Reads);
  /** Derived inputs of which a row depends on rows of other people as well (told by `premises` when these change). */
  readonly readsOthers?: readonly string[];
  /** The ledger table without whose rows this one has none. */
  readonly onlyWith?: string;
  /** The select reads `asOf`, or only its calendar day: when that moves, the table is recomputed whole. */
  readonly usesAsOf?: boolean | "day";
  /**
   * Query of the people (`identity`) whose rows change when `asOf` moves forward, over the tables as the last refresh
   * left them: with it, only these are recomputed.
   *
   * @param context with the new `asOf`
   * @param before the last one
   */
  readonly matured?: (context: DeriveContext, before: string) => Sql;
  /**
   * A query about the ledger as a whole on which every row depends (which sources report deliveries, are there any
   * orders); when its few rows change, the table is recomputed whole.
   */
  readonly premises?: (context: DeriveContext) => Sql;
  /**
   * A query that gives a row when rows of new loads can have changed the answer to `premises`, for a ledger that only
   * grew; null when that cannot be told from them. It spares asking about the whole ledger again.
   *
   * @param context settings
   * @param answer what `premises` gave before
   * @param isNew condition on the rows of a ledger table that came since
   */
  readonly premisesMoved?: (
    context: DeriveContext,
    answer: string,
    isNew: (table: string) => Sql,
  ) => Sql | null;
  /** Writes, before the select is run, the temporary tables that it reads. */
  readonly prepare?: (store: Store, context: DeriveContext) => Promise<void>;
  /**
   * Query of the people (`person`) whose rows in later tables a change of this `whole` table concerns, over the
   * temporary tables `rows_before` and `rows_after`; without it, a change concerns everybody.
   */
  readonly concerned?: (context: DeriveContext) => Sql;
  /** What the statements of `prepare` compute, where these are SQL: when it changes, so do the rows. */
  readonly definition?: (context: DeriveContext) => Sql;
  /** How the rows are stored, where that is not column by column. */
  readonly stored?: Stored;
  /** Temporary tables that nobody reads once everybody's rows are written. */
  readonly done?: readonly string[];
  /**
   * Selects that together give everybody's rows, in the order in which they are to lie, for a table too large for one
   * statement.
   */
  readonly slices?: (store: Store, context: DeriveContext) => Promise<readonly Sql[]>;
  readonly select: (context: DeriveContext) => Sql;
}
