import type { CsvLayout } from "../../sql/files.ts";
import { uniqueNames } from "./column-names.ts";
import { type Splitting, splitText, type TextRecord } from "./records.ts";

/** What a caller may know about a text file better than its content shows. */
export interface TextOptions {
  /** One character, or "blanks" for runs of spaces. */
  readonly delimiter?: string;
  /** False for a file without a header line. */
  readonly header?: boolean;
  /** Names of the columns of a file without a header line. */
  readonly columns?: readonly string[];
  readonly encoding?: string;
}

/** A layout that was found, and how the file behaves. */
export interface FoundLayout extends CsvLayout {
  /** Lines in front of the header that are no records, such as a report's title. */
  readonly preamble: readonly string[];
  /** The file leaves out empty columns at the end of a record. */
  readonly padsShort: boolean;
  /** The engine cannot split by this layout. */
  readonly needsRewriting: boolean;
}

const delimiters = [",", ";", "\t", "|", "\u0001", "^", "~"] as const;

interface Candidate {
  readonly splitting: Splitting;
  readonly records: readonly TextRecord[];
  /** The commonest number of fields. */
  readonly width: number;
  /** Share of the records that have it. */
  readonly agreement: number;
}

function commonest(counts: readonly number[]): number {
  const tally = new Map<number, number>();
  for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1);
  const ranked = [...tally].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  return ranked[0]?.[0] ?? 0;
}

function candidateOf(sample: string, isWhole: boolean, delimiter: string): Candidate {
  const splitting = splittingOf(sample, delimiter);
  const records = splitText(sample, splitting, isWhole);
  const width = commonest(records.map((record) => record.fields.length));
  const same = records.filter((record) => record.fields.length === width && record.fault === null);
  return { splitting, records, width, agreement: same.length / Math.max(1, records.length) };
}

/** Programs that write `\"` inside quotes never double them. */
function splittingOf(sample: string, delimiter: string): Splitting {
  const isBackslash =
    /[^\\]\\"[^,;\t|\r\n]/.test(sample) && !/[^,;\t|\r\n]""[^,;\t|\r\n]/.test(sample);
  return { delimiter, quote: delimiter === "blanks" ? "" : '"', escape: isBackslash ? "\\" : '"' };
}

/** Fewer than half of the records agreeing means that the character is part of the text. */
const leastAgreement = 0.5;

/** A report may have this many lines of title, and then hardly any record that disagrees. */
const titles = { most: 20, agreement: 0.9 } as const;

function bestCandidate(sample: string, isWhole: boolean): Candidate {
  const ranked = delimiters
    .map((delimiter) => candidateOf(sample, isWhole, delimiter))
    .filter((candidate) => candidate.width > 1 && candidate.agreement >= leastAgreement)
    .sort((a, b) => b.agreement - a.agreement || b.width - a.width);
  const [first] = ranked;
  if (first && first.agreement >= titles.agreement) return first;
  const titled = delimiters
    .flatMap((delimiter) => belowTitles(candidateOf(sample, isWhole, delimiter)) ?? [])
    .filter(({ width }) => width >= (first?.width ?? 0))
    .sort((a, b) => b.width - a.width);
  const found = titled[0] ?? first;
  if (found) return found;
  const blanks = candidateOf(sample, isWhole, "blanks");
  const isTable = blanks.width > 1 && blanks.agreement > 0.95 && blanks.records.length > 2;
  return isTable ? blanks : candidateOf(sample, isWhole, ",");
}

/** The candidate judged by the records below a report's title, for reports with more title than rows. */
function belowTitles(candidate: Candidate): Candidate | null {
  const counts = candidate.records.map(({ fields }) => fields.length);
  const width = commonest(counts.filter((count) => count > 1));
  const start = counts.indexOf(width);
  if (start < 1 || start > titles.most) return null;
  const below = counts.slice(start);
  const agreement = below.filter((count) => count === width).length / below.length;
  return below.length > 1 && agreement >= titles.agreement
    ? { ...candidate, width, agreement }
    : null;
}

/** From this share of short records on, leaving out empty columns is the file's habit and not damage. */
const shortHabit = 0.1;

const numeric = /^[-+]?\(?[\d.,\s']*\d[\d.,\s']*%?\)?$/;
const yearOnly = /^(19|20)\d\d$/;
const dateLike = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d|$)/;
const emailLike = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function isValue(cell: string): boolean {
  const text = cell.trim();
  if (yearOnly.test(text)) return false;
  return numeric.test(text) || dateLike.test(text) || emailLike.test(text);
}

/** A first record is a header unless it looks like the values below it. */
function looksLikeHeader(records: readonly TextRecord[]): boolean {
  const [head, ...body] = records;
  if (!head) return true;
  const below = body.slice(0, 50);
  const isTyped = (index: number) => below.some((record) => isValue(record.fields[index] ?? ""));
  if (head.fields.some((cell, index) => !isValue(cell) && cell.trim() !== "" && isTyped(index)))
    return true;
  return !head.fields.some(isValue);
}

/**
 * Finds delimiter, quoting, header and column names from the beginning of a text file.
 *
 * @param sample the beginning, without byte order mark
 * @param isWhole true when the sample is the whole file
 * @param options what the caller knows
 */
export function findLayout(sample: string, isWhole: boolean, options: TextOptions): FoundLayout {
  const best = options.delimiter
    ? candidateOf(sample, isWhole, options.delimiter)
    : bestCandidate(sample, isWhole);
  const start = startOfTable(best);
  const table = best.records.slice(start);
  const hasHeader = options.header ?? (options.columns ? false : looksLikeHeader(table));
  const names = options.columns ?? (hasHeader ? (table[0]?.fields ?? []) : unnamed(best.width));
  const isShort = (record: TextRecord) => !record.fault && record.fields.length < names.length;
  return {
    ...best.splitting,
    skipLines: Math.max(0, (table[0]?.line ?? 1) - 1),
    hasHeader,
    columns: uniqueNames(names),
    preamble: best.records.slice(0, start).map((record) => record.raw),
    padsShort: table.filter(isShort).length > table.length * shortHabit,
    needsRewriting: best.splitting.delimiter === "blanks" || table[0]?.fault != null,
  };
}

/** Lines above the table, such as a report's title, have less than half as many fields as it. */
function startOfTable({ records, width }: Candidate): number {
  return Math.max(
    0,
    records.findIndex((record) => record.fields.length * 2 > width),
  );
}

function unnamed(width: number): readonly string[] {
  return Array.from({ length: width }, () => "");
}
