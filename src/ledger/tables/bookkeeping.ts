import type { Columns } from "../table.ts";

/** Tables in the schema `ledger` that intake keeps about its own work. */
export const bookkeepingTables = {
  loads: {
    load: { type: "count", meaning: "Number of the load." },
    source: { type: "text", meaning: "Source or mapping that read it." },
    file: { type: "text", meaning: "File (and member or sheet), as given." },
    file_hash: { type: "text", meaning: "SHA-256 of the file." },
    started_at: { type: "time", meaning: "Start." },
    finished_at: { type: "time", meaning: "End." },
    read: { type: "count", meaning: "Rows read." },
    taken: { type: "count", meaning: "Rows that brought something new." },
    repeated: { type: "count", meaning: "Rows that brought nothing new." },
    rejected: { type: "count", meaning: "Rows that could not be used." },
  },
  rejects: {
    load: { type: "count", meaning: "Load that met the row." },
    source: { type: "text", meaning: "Source or mapping that was applied." },
    file: { type: "text", meaning: "File (and member or sheet)." },
    line: {
      type: "count",
      meaning:
        "Number of the row among those that could be split into columns, counted from 1 without the header; of a broken record, the physical line of the file on which it starts, counted from 1.",
    },
    field: { type: "text", meaning: "Field that is at fault, when it is one." },
    code: { type: "text", meaning: "Reason as a code." },
    reason: { type: "text", meaning: "Reason in words." },
    raw: {
      type: "json",
      meaning:
        "The row as it was read, as JSON; of a broken record, its text as `lastpenny_record`.",
    },
    state: { type: "text", meaning: "open, or replayed once the row was taken." },
  },
  touched: {
    identity: {
      type: "identity",
      meaning: "Identifier whose rows changed since the last refresh.",
    },
  },
} as const satisfies Readonly<Record<string, Columns>>;
