import { LastpennyError } from "../../errors.ts";
import type { BrokenRecord } from "../raw-table.ts";
import type { FoundLayout } from "./layout.ts";
import type { Limits } from "./limits.ts";
import { splitRecords, type TextRecord } from "./records.ts";
import { decodedText, writeText } from "./transcode.ts";

/** What was left out of the rewritten file. */
export interface RewriteResult {
  readonly broken: readonly BrokenRecord[];
  readonly longestBytes: number;
}

const faults = {
  open_quote: "a quote is not closed",
  text_after_quote: "text follows a closing quote",
} as const;

/**
 * Writes the good records of a damaged or unusual text file to a plain CSV file.
 *
 * @param path the file, in UTF-8
 * @param copy the file to write
 * @param layout how it is split
 * @param limits the longest record
 * @param label name of the file in messages
 * @throws LastpennyError `file_too_large` for a record beyond the limit
 */
export async function rewrite(
  path: string,
  copy: string,
  layout: FoundLayout,
  limits: Limits,
  label: string,
): Promise<RewriteResult> {
  const broken: BrokenRecord[] = [];
  let longestBytes = 0;
  const width = layout.columns.length;
  async function* lines(): AsyncGenerator<string> {
    yield writeRecord(layout.columns);
    let isHeader = layout.hasHeader;
    const text = decodedText(path, "utf-8");
    for await (const record of splitRecords(text, layout, width, limits.recordBytes)) {
      if (record.line <= layout.skipLines) continue;
      if (isHeader) {
        isHeader = false;
        continue;
      }
      const fields = fitted(record.fields, layout);
      const reason = faultOf(record, fields, width);
      if (reason !== null) {
        broken.push({ line: record.line, reason, raw: record.raw.slice(0, limits.brokenLength) });
        continue;
      }
      const line = writeRecord(fields);
      if (line.length * 3 > longestBytes)
        longestBytes = Math.max(longestBytes, Buffer.byteLength(line));
      yield line;
    }
  }
  try {
    await writeText(copy, lines());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LastpennyError(
      "file_too_large",
      `${label}, ${error.message}: a record is longer than ${limits.recordBytes} bytes; check the file's line ends and quotes`,
      { file: label },
      { cause: error },
    );
  }
  return { broken, longestBytes };
}

function fitted(fields: readonly string[], layout: FoundLayout): readonly string[] {
  const width = layout.columns.length;
  if (fields.length > width && fields.slice(width).every((field) => field === "")) {
    return fields.slice(0, width);
  }
  if (fields.length < width && layout.padsShort) {
    return [...fields, ...Array.from({ length: width - fields.length }, () => "")];
  }
  return fields;
}

function faultOf(record: TextRecord, fields: readonly string[], width: number): string | null {
  if (record.fault) return faults[record.fault];
  if (fields.length !== width) return `${fields.length} columns instead of ${width}`;
  return record.raw.includes("\uFFFD") ? "bytes that are not in the file's encoding" : null;
}

function writeRecord(fields: readonly string[]): string {
  const text = fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(",");
  return `${text}\n`;
}
