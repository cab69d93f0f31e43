import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Settings } from "../ledger/settings.ts";
import type { Store } from "../store/store.ts";

/** What an answer is computed from. */
export interface FiguresContext {
  readonly store: Store;
  readonly settings: Settings;
  readonly catalogue: Catalogue;
  /** The UTC instant until which the ledger is known, such as 2025-06-30T23:59:59Z. */
  readonly asOf: string;
}
