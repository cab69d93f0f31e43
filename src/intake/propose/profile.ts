import { identifier, sql } from "../../sql/fragment.ts";
import type { Store } from "../../store/store.ts";
import type { RawTable } from "../raw-table.ts";
import { placeholderWords } from "./words.ts";

/** Kinds of value that can be told from text. */
export type ValueKind = "time" | "number" | "email" | "currency" | "boolean" | "url" | "text";

/** What the values of a column look like. */
export interface ColumnProfile {
  readonly column: string;
  /** Share of the filled values that are of each kind; a value can be of several. */
  readonly shares: Readonly<Record<ValueKind, number>>;
  /** Share of the rows that have a value. */
  readonly filled: number;
  /** Different values per filled value. */
  readonly distinct: number;
  readonly hasFractions: boolean;
  /** The commonest values first. */
  readonly values: readonly string[];
  /** Placeholders found among the values, as written. */
  readonly placeholders: readonly string[];
}

/** Rows that are looked at, evenly spread over the file. */
const sampleRows = 2000;

const tests: Readonly<Record<Exclude<ValueKind, "text">, (text: string) => boolean>> = {
  time: isTime,
  number: (text) => /^[-+(]?\s*[€$£¥]?\s*-?\d[\d.,'\s]*\)?\s*(%|€|[A-Z]{3})?$/.test(text),
  email: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
  currency: (text) => /^([A-Z]{3}|[€$£¥])$/.test(text),
  boolean: (text) => /^(0|1|true|false|yes|no|y|n|ja|nein|是|否|ya|tidak)$/i.test(text),
  url: (text) => /^(https?:\/\/|www\.)\S+$/i.test(text),
};

function isTime(text: string): boolean {
  return (
    /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}/.test(text) ||
    /^\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})(\D|$)/.test(text) ||
    /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(text) ||
    /^1[0-9]{9}([0-9]{3})?$/.test(text) ||
    /^(\d{1,2}\.? [A-Za-zä]{3,9}\.?,? \d{4}|[A-Za-z]{3,9} \d{1,2},? \d{4})/.test(text)
  );
}

/**
 * Looks at the values of every column of a raw table.
 *
 * @param store where the table is
 * @param raw the table
 */
export async function profileColumns(
  store: Store,
  raw: RawTable,
): Promise<readonly ColumnProfile[]> {
  const step = Math.max(1, Math.floor(raw.rows / sampleRows));
  const position = store.dialect.files.rowPosition;
  const rows = await store.query(
    sql`SELECT * FROM ${identifier(raw.table)} WHERE ${position} % ${step} = 0 ORDER BY ${position} LIMIT ${sampleRows}`,
  );
  return raw.columns.map((column) => {
    const texts = rows.map((row) => String(row[column] ?? "").trim());
    return profileOf(column, texts);
  });
}

function profileOf(column: string, texts: readonly string[]): ColumnProfile {
  const isPlaceholder = (text: string) => placeholderWords.includes(text.toLowerCase());
  const given = texts.filter((text) => text !== "");
  const filled = given.filter((text) => !isPlaceholder(text));
  const share = (test: (text: string) => boolean) =>
    filled.length === 0 ? 0 : filled.filter(test).length / filled.length;
  const counts = new Map<string, number>();
  for (const text of filled) counts.set(text, (counts.get(text) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    column,
    shares: {
      time: share(tests.time),
      number: share(tests.number),
      email: share(tests.email),
      currency: share(tests.currency),
      boolean: share(tests.boolean),
      url: share(tests.url),
      text: 1,
    },
    filled: texts.length === 0 ? 0 : filled.length / texts.length,
    distinct: filled.length === 0 ? 0 : counts.size / filled.length,
    hasFractions: filled.some((text) => /\d[.,]\d{1,2}$/.test(text)),
    values: ranked.slice(0, 200).map(([text]) => text),
    placeholders: [...new Set(given.filter(isPlaceholder))],
  };
}
