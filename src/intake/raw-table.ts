/**
 * One file, archive member or sheet, read into a temporary table of text columns and nothing else.
 * Row number = rowid + 1. Times in Parquet become ISO text, nested values JSON text.
 */
export interface RawTable {
  /** Name of the temporary table; `dropRawTable` frees it. */
  readonly table: string;
  /** File as given, with `!member` for archives and `#sheet` for workbooks. */
  readonly file: string;
  /** File name without folder, for recognition. */
  readonly fileName: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly fileHash: string;
  /** What was found out while reading: encoding, delimiter, format. */
  readonly format: Readonly<Record<string, string>>;
  /** Records that could not be split into columns. */
  readonly broken: readonly BrokenRecord[];
}

/** A record that could not be split into columns. */
export interface BrokenRecord {
  readonly line: number;
  readonly reason: string;
  readonly raw: string;
}

/** What one load did: read = taken + repeated + rejected, in rows of the file. */
export interface Receipt {
  readonly load: number;
  readonly source: string;
  readonly file: string;
  readonly read: number;
  readonly taken: number;
  readonly repeated: number;
  readonly rejected: number;
  /** The commonest reasons of rejection with a count and a first example. */
  readonly reasons: readonly {
    readonly code: string;
    readonly field: string | null;
    readonly reason: string;
    readonly count: number;
    readonly line: number;
  }[];
  /** Rows written per ledger table. */
  readonly wrote: Readonly<Record<string, number>>;
  /** Things to know: ambiguous dates read as month first, unknown currency … */
  readonly warnings: readonly {
    readonly code: string;
    readonly params: Readonly<Record<string, string>>;
  }[];
}
