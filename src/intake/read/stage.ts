import type { Store } from "../../store/store.ts";
import type { BrokenRecord } from "../raw-table.ts";
import type { TextOptions } from "./layout.ts";
import type { Limits } from "./limits.ts";

/** Where a file is staged and by which rules. */
export interface Staging {
  readonly store: Store;
  /** Name of the temporary table to make. */
  readonly table: string;
  /** Folder for rewritten copies; removed when reading ends. */
  readonly folder: string;
  readonly limits: Limits;
  readonly text: TextOptions;
  /** Name of the file in messages. */
  readonly label: string;
}

/** What became of one file, member or sheet. */
export interface Staged {
  readonly columns: readonly string[];
  readonly broken: readonly BrokenRecord[];
  readonly format: Readonly<Record<string, string>>;
}
