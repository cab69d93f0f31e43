/**
 * The declaration of a table: DDL, documentation, import templates and types all come from it.
 *
 * Types: `text` any text · `time` a UTC instant · `day` a date of the workspace's calendar · `count` a 64-bit
 * integer · `number` a double, never money · `money` DECIMAL(18,6) in the row's own currency · `boolean` ·
 * `identity` 64 bits naming one identifier of a person · `key` 128 bits · `json` a JSON text · `small` a 32-bit integer.
 */
export type ColumnType =
  | "text"
  | "time"
  | "day"
  | "count"
  | "number"
  | "money"
  | "boolean"
  | "identity"
  | "key"
  | "json"
  | "small";

/** One column of a recorded or derived table. */
export interface Column {
  readonly type: ColumnType;
  /** One sentence: what the value means. */
  readonly meaning: string;
  /** A row without it cannot be used. */
  readonly required?: boolean;
  /** A text that has to be a decimal number above zero, such as an exact rate. */
  readonly isDecimal?: true;
  /** The closed list of values, where there is one. */
  readonly oneOf?: readonly string[];
}

/** The columns of a table by name. */
export type Columns = Readonly<Record<string, Column>>;

/**
 * A table of the ledger.
 *
 * `event` rows never change: a known key is a repeat. `entity` rows are restated by their vendor: the newest version
 * of a key replaces the older one.
 */
export interface LedgerTable {
  readonly name: string;
  readonly nature: "event" | "entity";
  /** Completes the sentence "a row is …". */
  readonly row: string;
  /** The column that places a row in time, where it has one. */
  readonly time?: string;
  readonly columns: Columns;
}

/** Columns that every ledger table carries in front of its own; intake fills them. */
export const commonColumns = {
  row_key: { type: "key", meaning: "Hash of the source and the vendor's own id." },
  source: { type: "text", meaning: "The source that brought the row, such as shopify/orders." },
  load: { type: "count", meaning: "Number of the load that brought the row." },
} as const satisfies Columns;

/** Further columns of entity tables. */
export const entityColumns = {
  version: { type: "time", meaning: "When the vendor last changed the row; null when unknown." },
  row_hash: { type: "key", meaning: "Hash of the content, to tell a change from a repeat." },
  deleted: { type: "boolean", meaning: "True when the vendor says that the row was deleted." },
} as const satisfies Columns;

/**
 * Returns all columns of a ledger table in storage order.
 *
 * @param table the table's declaration
 */
export function allColumns(table: LedgerTable): Columns {
  return table.nature === "entity"
    ? { ...commonColumns, ...entityColumns, ...table.columns }
    : { ...commonColumns, ...table.columns };
}
