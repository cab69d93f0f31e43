import type { LedgerTableName } from "../ledger/tables.ts";

/**
 * An expression over the columns of a raw row, as data: it can be listed, documented, written to a mapping file and
 * compiled to SQL. Column names are matched without regard to case, spaces, dots, dashes and underscores; a `*` in a
 * name stands for any text.
 */
export type Expression =
  /** The text of a column, trimmed; empty text and the source's placeholders are null. `path` reads inside JSON. */
  | { readonly op: "text"; readonly column: string; readonly path?: readonly string[] }
  | { readonly op: "constant"; readonly value: string | number | boolean }
  /** A time; `zone` is used when the text has none (IANA name, or "workspace"), `unit` for epoch numbers. */
  | {
      readonly op: "time";
      readonly of: Expression;
      readonly zone?: string;
      readonly unit?: "seconds" | "milliseconds" | "microseconds";
    }
  | { readonly op: "day"; readonly of: Expression }
  /** An amount; micros and cents are divided exactly. */
  | { readonly op: "money"; readonly of: Expression; readonly unit?: "micros" | "cents" }
  | { readonly op: "number"; readonly of: Expression }
  | { readonly op: "boolean"; readonly of: Expression }
  /** Currency code; symbols such as € are understood. */
  | { readonly op: "currency"; readonly of: Expression }
  /** Value by table, case ignored; `otherwise` for the rest, and a rejection when it is missing. */
  | {
      readonly op: "oneOf";
      readonly of: Expression;
      readonly values: Readonly<Record<string, string>>;
      readonly otherwise?: string | null;
    }
  /** The first that is not null. */
  | { readonly op: "first"; readonly of: readonly Expression[] }
  /** Texts put together; null parts are left out. */
  | { readonly op: "joined"; readonly of: readonly Expression[]; readonly with: string }
  /** The value on any row of the same group, for exports that fill only a group's first row. */
  | { readonly op: "filled"; readonly of: Expression; readonly by: string }
  /** The sum over all rows of the same group, such as an order's lines. */
  | { readonly op: "total"; readonly of: Expression; readonly by: string }
  /** 1, 2, 3 … for the rows of a group in the order of the file. */
  | { readonly op: "ordinal"; readonly by: readonly Expression[] }
  /** The part of a column's name that its `*` stands for, such as EUR for "Amount spent (*)". */
  | { readonly op: "header"; readonly column: string }
  /**
   * A column of the row with this natural key in a ledger table, brought by another file of the same key space; null
   * when that file was not loaded before. Sources that look up are loaded after those that do not.
   */
  | {
      readonly op: "lookup";
      readonly table: LedgerTableName;
      readonly key: readonly Expression[];
      readonly column: string;
      /** What brings the row, for people: without it, the row that looks it up waits as a reject with code `waiting`. */
      readonly waitsFor?: string;
      /** How long: until the row is there, or only until a source of `after` was loaded, where there need not be a row. */
      readonly waits?: "row" | "file";
    }
  /** A parameter of an address, such as utm_source. */
  | { readonly op: "urlParameter"; readonly of: Expression; readonly name: string }
  /** Kind of ad click id found in an address: gclid, fbclid … */
  | { readonly op: "clickId"; readonly of: Expression }
  /** First capture group of a regular expression. */
  | { readonly op: "capture"; readonly of: Expression; readonly pattern: string }
  /** Sum of the amounts that the first group of a regular expression finds in a text; 0 where it finds none. */
  | { readonly op: "sumOfMatches"; readonly of: Expression; readonly pattern: string }
  /** Text or whole number under a name in JSON such as `[{"key": "page", "value": {"string_value": "/"}}]`. */
  | { readonly op: "parameter"; readonly of: Expression; readonly name: string }
  | { readonly op: "lower"; readonly of: Expression }
  /** Arithmetic on money or numbers; null counts as 0 unless all are null. */
  | { readonly op: "sum"; readonly of: readonly Expression[] }
  | { readonly op: "product"; readonly of: readonly Expression[] }
  /** of × part / whole, exact and rounded half-even to six decimals, or fewer; null when the whole is 0. */
  | {
      readonly op: "share";
      readonly of: Expression;
      readonly part: Expression;
      readonly whole: Expression;
      readonly decimals?: number;
    }
  | { readonly op: "negative"; readonly of: Expression }
  /** Magnitude without sign. */
  | { readonly op: "absolute"; readonly of: Expression }
  | {
      readonly op: "when";
      readonly condition: Condition;
      readonly then: Expression;
      readonly otherwise?: Expression;
    }
  /** A hash of the whole raw row and its ordinal among equal rows of the file: for files without an id. */
  | { readonly op: "content" }
  /** Normalised identifier of an account: company id in the source, or domain. */
  | { readonly op: "accountId"; readonly of: Expression }
  | { readonly op: "accountDomain"; readonly of: Expression }
  /** Identifier of a person by the source's own id, where it is not the row's own person. */
  | { readonly op: "personId"; readonly of: Expression };

/** A condition over a raw row. */
export type Condition =
  /** One of the texts; case is ignored. */
  | { readonly test: "is"; readonly of: Expression; readonly values: readonly string[] }
  | { readonly test: "present"; readonly of: Expression }
  /** A regular expression that is found in the text; case is ignored. */
  | { readonly test: "matches"; readonly of: Expression; readonly pattern: string }
  | { readonly test: "positive"; readonly of: Expression }
  | { readonly test: "negative"; readonly of: Expression }
  | { readonly test: "not"; readonly of: Condition }
  | { readonly test: "all"; readonly of: readonly Condition[] }
  | { readonly test: "any"; readonly of: readonly Condition[] };

/** Who a row is about. All identifiers given are linked; the row takes the first of id, e-mail, phone, anonymous. */
export interface Who {
  readonly id?: Expression;
  readonly email?: Expression;
  readonly phone?: Expression;
  readonly anonymous?: Expression;
  /** Further ids of the source that name the same person: a merged record, the contact that a lead became. */
  readonly sameAs?: readonly Expression[];
}

/** How one raw row becomes a row of one ledger table. */
export interface Recording {
  readonly into: LedgerTableName;
  readonly when?: Condition;
  /** Natural key inside the source's key space. */
  readonly key: readonly Expression[];
  readonly version?: Expression;
  readonly deleted?: Condition;
  readonly who?: Who;
  readonly set: Readonly<Record<string, Expression>>;
}

/** A file, table or payload format of a vendor, as data. */
export interface Source {
  /** vendor/format, such as shopify/orders-export. */
  readonly id: string;
  readonly vendor: string;
  /** What people call it, such as "Orders export (CSV)". */
  readonly title: string;
  /** Ids of rows from sources with the same key space are the same things; the vendor by default. */
  readonly keySpace?: string;
  /** Columns that a file must have to be recognised. */
  readonly columns: readonly string[];
  /** Columns that speak for this source, where several match. */
  readonly also?: readonly string[];
  /** Columns that speak against it: a file that has one is something else. */
  readonly without?: readonly string[];
  /** File names that speak for it, where columns alone cannot tell. */
  readonly fileName?: RegExp;
  /** True when the columns alone are too common: a file with another name is something else. */
  readonly needsFileName?: boolean;
  /** True when a file with a column that is neither in `columns` nor in `also` is something else. */
  readonly isClosed?: boolean;
  /** Texts that mean "missing", besides empty text. */
  readonly placeholders?: readonly string[];
  /** Column that holds an array (or JSON text of one) to be unnested: one raw row per element, as column `item`. */
  readonly unnest?: string;
  /** Zone of times without one: IANA name, or "workspace". */
  readonly zone?: string;
  /** Date order when the file itself does not tell. */
  readonly dayFirst?: boolean;
  /** Rows that carry nothing to record (totals, other event types): kept as rejects with this reason. */
  readonly skip?: { readonly when: Condition; readonly reason: string };
  /** Sources whose rows are looked up here: of the files given together, theirs are loaded first. */
  readonly after?: readonly string[];
  readonly record: readonly Recording[];
}
