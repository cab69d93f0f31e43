/** Bounds that keep a hostile or broken file from filling memory or disk. */
export interface Limits {
  /** Longest record of a text file, or value of a JSON file, in bytes. */
  readonly recordBytes: number;
  /** Everything that one archive may expand to, in bytes. */
  readonly expandedBytes: number;
  /** Expansion that is never suspicious, in bytes; beyond it the ratio counts. */
  readonly freeBytes: number;
  /** Expanded bytes per packed byte, beyond `freeBytes`; real exports stay below 100. */
  readonly ratio: number;
  readonly archiveMembers: number;
  /** Expanded size of a workbook, which is read in memory, in bytes. */
  readonly workbookBytes: number;
  readonly columns: number;
  /** Folders inside folders. */
  readonly depth: number;
  /** Characters of a broken record that are kept. */
  readonly brokenLength: number;
}

const mebibyte = 1024 * 1024;

/** The limits that apply unless a caller asks for others. */
export const defaultLimits: Limits = {
  recordBytes: 64 * mebibyte,
  expandedBytes: 64 * 1024 * mebibyte,
  freeBytes: 1024 * mebibyte,
  ratio: 200,
  archiveMembers: 10_000,
  workbookBytes: 512 * mebibyte,
  columns: 4096,
  depth: 40,
  brokenLength: 1_000_000,
};
