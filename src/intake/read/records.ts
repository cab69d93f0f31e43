/** How text is split: a delimiter, or runs of blanks. */
export interface Splitting {
  /** One character, or "blanks" for runs of spaces and tabs. */
  readonly delimiter: string;
  /** Empty for none. */
  readonly quote: string;
  readonly escape: string;
}

/** One record of a text file. */
export interface TextRecord {
  /** Physical line on which it starts, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** The text without its line end. */
  readonly raw: string;
  /** Null for a record that could be split. */
  readonly fault: "open_quote" | "text_after_quote" | null;
}

/** A record, and where the next one starts. */
interface Scan {
  readonly fields: readonly string[];
  readonly end: number;
  readonly next: number;
  readonly fault: TextRecord["fault"];
  /** The text ended before the record did. */
  readonly open: boolean;
}

function lineEnd(text: string, from: number): number {
  const feed = text.indexOf("\n", from);
  const limit = feed < 0 ? text.length : feed;
  const carriage = text.slice(from, limit).indexOf("\r");
  return carriage < 0 ? limit : from + carriage;
}

function afterLineEnd(text: string, end: number): number {
  return text[end] === "\r" && text[end + 1] === "\n" ? end + 2 : Math.min(end + 1, text.length);
}

/** The position of the closing quote, or -1 when there is none. */
function closingQuote(text: string, from: number, how: Splitting): number {
  let at = text.indexOf(how.quote, from);
  while (at >= 0) {
    const isDoubled = how.escape === how.quote && text[at + 1] === how.quote;
    const isEscaped =
      how.escape !== how.quote && escapesBefore(text, at, from, how.escape) % 2 === 1;
    if (!isDoubled && !isEscaped) return at;
    at = text.indexOf(how.quote, at + (isDoubled ? 2 : 1));
  }
  return -1;
}

function escapesBefore(text: string, at: number, from: number, mark: string): number {
  let count = 0;
  while (at - 1 - count >= from && text[at - 1 - count] === mark) count += 1;
  return count;
}

function unescaped(text: string, how: Splitting): string {
  if (!text.includes(how.escape)) return text;
  const escaped = `${how.escape}${how.quote}`;
  const plain = text.replaceAll(escaped, how.quote);
  return how.escape === how.quote ? plain : plain.replaceAll(how.escape + how.escape, how.escape);
}

function scanBlanks(text: string, from: number): Scan {
  const end = lineEnd(text, from);
  const line = text.slice(from, end).trim();
  const fields = line === "" ? [""] : line.split(/[ \t]+/);
  return { fields, end, next: afterLineEnd(text, end), fault: null, open: end >= text.length };
}

interface Field {
  readonly value: string;
  /** Position behind the field: at a delimiter, or at the record's end. */
  readonly end: number;
  readonly fault: TextRecord["fault"];
  /** The field ends the record. */
  readonly isLast: boolean;
}

function quotedField(text: string, from: number, how: Splitting): Field {
  const close = closingQuote(text, from + 1, how);
  if (close < 0) return { value: "", end: text.length, fault: "open_quote", isLast: true };
  const value = unescaped(text.slice(from + 1, close), how);
  const end = close + 1;
  const isLast = end >= text.length || text[end] === "\n" || text[end] === "\r";
  return {
    value,
    end,
    fault: isLast || text[end] === how.delimiter ? null : "text_after_quote",
    isLast,
  };
}

function plainField(text: string, from: number, lineStop: number, how: Splitting): Field {
  const delimiter = text.indexOf(how.delimiter, from);
  const isLast = delimiter < 0 || delimiter > lineStop;
  const end = isLast ? lineStop : delimiter;
  return { value: text.slice(from, end), end, fault: null, isLast };
}

function scanRecord(text: string, from: number, how: Splitting): Scan {
  if (how.delimiter === "blanks") return scanBlanks(text, from);
  const fields: string[] = [];
  let at = from;
  let lineStop = lineEnd(text, from);
  for (;;) {
    if (at > lineStop) lineStop = lineEnd(text, at);
    const isQuoted = how.quote !== "" && text[at] === how.quote;
    const field = isQuoted ? quotedField(text, at, how) : plainField(text, at, lineStop, how);
    if (field.fault) {
      const end = lineEnd(text, from);
      return {
        fields,
        end,
        next: afterLineEnd(text, end),
        fault: field.fault,
        open: field.fault === "open_quote" || end >= text.length,
      };
    }
    fields.push(field.value);
    if (field.isLast) {
      return {
        fields,
        end: field.end,
        next: afterLineEnd(text, field.end),
        fault: null,
        open: field.end >= text.length,
      };
    }
    at = field.end + 1;
  }
}

function countLines(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/**
 * Splits text into records with line ends of any kind, also mixed. A quote that is never closed, or closes in the middle of a
 * field, costs its own physical line only. Blank lines are no records.
 *
 * @param chunks the text in pieces
 * @param how delimiter, quote and escape
 * @param columns expected number of fields: a record over several lines that does not have it costs only its first line; 0 for any
 * @param maxLength longest record in characters
 * @throws RangeError for a record that is longer
 */
export async function* splitRecords(
  chunks: AsyncIterable<string> | Iterable<string>,
  how: Splitting,
  columns: number,
  maxLength: number,
): AsyncGenerator<TextRecord> {
  const state = { text: "", line: 1 };
  let enough = 0;
  for await (const chunk of chunks) {
    state.text += chunk;
    if (state.text.length < enough) continue;
    yield* drain(state, how, columns, false);
    if (state.text.length > maxLength) throw new RangeError(`line ${state.line}`);
    // A record that goes on is scanned again only when its text has doubled: long ones stay linear.
    enough = state.text.length * 2;
  }
  yield* drain(state, how, columns, true);
}

/**
 * Splits a whole text, such as the beginning of a file.
 *
 * @param text the text
 * @param how delimiter, quote and escape
 * @param isWhole false when the text was cut off: its last record is left out
 */
export function splitText(text: string, how: Splitting, isWhole: boolean): readonly TextRecord[] {
  return [...drain({ text, line: 1 }, how, 0, isWhole)];
}

function* drain(
  state: { text: string; line: number },
  how: Splitting,
  columns: number,
  isLast: boolean,
): Generator<TextRecord> {
  const { text } = state;
  let at = 0;
  while (at < text.length) {
    let scan = scanRecord(text, at, how);
    // A carriage return at the very end may be half of a line end.
    const mayGoOn = scan.open || (scan.next >= text.length && text.endsWith("\r"));
    if (mayGoOn && !isLast) break;
    const lines = countLines(text.slice(at, scan.end));
    if (scan.fault === null && lines > 0 && columns > 0 && scan.fields.length !== columns) {
      const end = lineEnd(text, at);
      scan = { ...scan, end, next: afterLineEnd(text, end), fault: "open_quote" };
    }
    const raw = text.slice(at, scan.end);
    if (raw.trim() !== "" || raw.includes(how.delimiter)) {
      yield { line: state.line, fields: scan.fields, raw, fault: scan.fault };
    }
    state.line += countLines(text.slice(at, scan.next));
    at = scan.next;
  }
  state.text = text.slice(at);
}
