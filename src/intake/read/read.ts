import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { LastpennyError } from "../../errors.ts";
import { identifier, sql } from "../../sql/fragment.ts";
import type { Store } from "../../store/store.ts";
import type { RawTable } from "../raw-table.ts";
import { stageCsv, type TextFile } from "./csv.ts";
import { type Fingerprint, fingerprint, legacyEncodingOf, utf16Of } from "./encoding.ts";
import { stageJson } from "./json.ts";
import type { TextOptions } from "./layout.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { stageParquet } from "./parquet.ts";
import type { Staged, Staging } from "./stage.ts";
import { decodedText, writeText } from "./transcode.ts";
import { filesAt, type PassedOver, reasonToPassOver } from "./walk.ts";
import { sheetsOf } from "./workbook.ts";
import { gunzip, memberNames, unzip } from "./zip.ts";

/** What reading may be told. */
export interface ReadOptions {
  /** What is known about text files: delimiter, header, columns, encoding. */
  readonly text?: TextOptions;
  readonly limits?: Partial<Limits>;
  /** Told about hidden files and the like. */
  readonly passOver?: (what: PassedOver) => void;
  /** Told about a file of a folder or archive that cannot be read; without it, reading stops with the error. */
  readonly unreadable?: (file: string, error: LastpennyError) => void;
  /** Folder for copies of packed or re-encoded files. */
  readonly temporaryFolder?: string;
}

/** A file on disk under the name that people know it by. */
interface Input {
  readonly path: string;
  readonly file: string;
  readonly fileName: string;
  /** Inside an archive; there are no archives inside archives. */
  readonly isMember: boolean;
}

interface Reading {
  readonly store: Store;
  readonly folder: string;
  readonly limits: Limits;
  readonly options: ReadOptions;
}

const sampleBytes = 256 * 1024;

/**
 * Reads a file, or every file of a folder, into temporary tables of text columns, in the order of names. The caller drops
 * each table when it is done with it.
 *
 * @param store where the tables are made
 * @param path a file or folder
 * @param options what is known about the files, limits, whom to tell
 * @throws LastpennyError `file_unreadable`, `file_too_large`, `format_unknown`
 */
export async function* readFiles(
  store: Store,
  path: string,
  options: ReadOptions = {},
): AsyncGenerator<RawTable> {
  const limits = { ...defaultLimits, ...options.limits };
  const files = await filesAt(path, limits.depth, options.passOver ?? (() => undefined));
  if (files.length === 0) {
    throw new LastpennyError("file_unreadable", `${path} holds no file that could be read`);
  }
  for (const file of files) {
    const folder = await mkdtemp(join(options.temporaryFolder ?? tmpdir(), "lastpenny-"));
    try {
      const input = { path: file, file, fileName: basename(file), isMember: false };
      const reading = { store, folder, limits, options };
      yield* tolerating(reading, file, files.length > 1, readInput(reading, input));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/**
 * Frees a raw table.
 *
 * @param store where it was made
 * @param raw the table
 */
export async function dropRawTable(store: Store, raw: RawTable): Promise<void> {
  await store.run(sql`DROP TABLE IF EXISTS ${identifier(raw.table)}`);
}

/** Reports a file that cannot be read instead of stopping at it, where the caller wants that. */
async function* tolerating(
  reading: Reading,
  file: string,
  isOneOfMany: boolean,
  tables: AsyncGenerator<RawTable>,
): AsyncGenerator<RawTable> {
  try {
    yield* tables;
  } catch (error) {
    const tell = reading.options.unreadable;
    if (!tell || !isOneOfMany || !(error instanceof LastpennyError)) throw error;
    tell(file, error);
  }
}

async function* readInput(reading: Reading, input: Input): AsyncGenerator<RawTable> {
  const head = await headOf(input);
  const kind = await kindOf(input, head);
  if (kind === "gzip" || kind === "zip") {
    if (input.isMember) {
      throw new LastpennyError(
        "format_unknown",
        `${input.file} is an archive inside an archive: unpack the outer one and give the folder`,
      );
    }
    yield* kind === "gzip" ? readGzip(reading, input) : readZip(reading, input);
  } else if (kind === "workbook") yield* readWorkbook(reading, input);
  else if (kind === "parquet") yield await readParquet(reading, input);
  else yield await readText(reading, input, head);
}

async function headOf(input: Input): Promise<Buffer> {
  try {
    const handle = await open(input.path);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw new LastpennyError("file_unreadable", `${input.file} cannot be opened`, {}, { cause });
  }
}

type Kind = "gzip" | "zip" | "workbook" | "parquet" | "text";

/** Formats that are known and not read, by their first bytes (as Latin-1). */
const refused: readonly (readonly [string, string])[] = [
  ["\xd0\xcf\x11\xe0", "an old Excel file: save it as .xlsx or CSV"],
  ["%PDF", "a PDF: export the data as CSV"],
  ["\x89PNG", "a picture"],
  ["\xff\xd8\xff", "a picture"],
  ["7z\xbc\xaf", "a 7-Zip archive: unpack it and give the folder"],
  ["Rar!", "a RAR archive: unpack it and give the folder"],
  ["BZh", "packed with bzip2: unpack it"],
  ["\x28\xb5\x2f\xfd", "packed with zstd: unpack it"],
  ["\xfd7zXZ", "packed with xz: unpack it"],
  ["SQLite format 3", "a SQLite database: export its tables as CSV"],
];

async function kindOf(input: Input, head: Buffer): Promise<Kind> {
  if (head.length === 0) {
    throw new LastpennyError("format_unknown", `${input.file} is empty: nothing to read`);
  }
  const magic = head.subarray(0, 16).toString("latin1");
  if (magic.startsWith("\x1f\x8b")) return "gzip";
  if (magic.startsWith("PK\x03\x04") || magic.startsWith("PK\x05\x06")) {
    const names = await memberNames(input.path, input.file);
    return names.includes("xl/workbook.xml") ? "workbook" : "zip";
  }
  if (magic.startsWith("PAR1")) return "parquet";
  const known = refused.find(([start]) => magic.startsWith(start));
  if (known) throw new LastpennyError("format_unknown", `${input.file} is ${known[1]}`);
  const isBinary = head.includes(0) && utf16Of(head) === null && controlShare(head) > 0.05;
  if (isBinary) {
    throw new LastpennyError(
      "format_unknown",
      `${input.file} is not text, JSON, Parquet or a workbook: export it as CSV`,
    );
  }
  return "text";
}

function controlShare(head: Buffer): number {
  const controls = head.reduce(
    (count, byte) => count + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0),
    0,
  );
  return controls / head.length;
}

async function* readGzip(reading: Reading, input: Input): AsyncGenerator<RawTable> {
  const path = `${reading.folder}/unpacked`;
  await gunzip(input.path, path, reading.limits, input.file);
  const fileName = input.fileName.replace(/\.gz$/i, "");
  yield* readInput(reading, { path, file: input.file, fileName, isMember: true });
  await rm(path, { force: true });
}

async function* readZip(reading: Reading, input: Input): AsyncGenerator<RawTable> {
  const isWanted = (name: string) => {
    const reason = reasonToPassOver(name);
    if (reason) reading.options.passOver?.({ file: `${input.file}!${name}`, reason });
    return reason === null;
  };
  let members = 0;
  for await (const member of unzip(
    input.path,
    reading.folder,
    reading.limits,
    input.file,
    isWanted,
  )) {
    members += 1;
    const file = `${input.file}!${member.name}`;
    const inner = { path: member.path, file, fileName: basename(member.name), isMember: true };
    yield* tolerating(reading, file, true, readInput(reading, inner));
    await rm(member.path, { force: true });
  }
  if (members === 0) {
    throw new LastpennyError("format_unknown", `${input.file} holds no file that could be read`);
  }
}

async function* readWorkbook(reading: Reading, input: Input): AsyncGenerator<RawTable> {
  const { hash } = await fingerprint(input.path);
  const sheets = await sheetsOf(input.path, reading.folder, reading.limits, input.file);
  if (sheets.length === 0) {
    throw new LastpennyError(
      "format_unknown",
      `${input.file} has only empty sheets: nothing to read`,
    );
  }
  for (const sheet of sheets) {
    const file = `${input.file}#${sheet.sheet}`;
    const { columns, header } = reading.options.text ?? {};
    const text = {
      delimiter: ",",
      ...(columns ? { columns } : {}),
      ...(header === undefined ? {} : { header }),
    };
    const staging = { ...stagingFor(reading, file), text };
    const staged = await stageCsv(staging, sheet);
    const format = { ...staged.format, format: "xlsx", sheet: sheet.sheet };
    yield await rawTable(staging, { ...input, file }, { ...staged, format }, hash);
  }
}

async function readParquet(reading: Reading, input: Input): Promise<RawTable> {
  const staging = stagingFor(reading, input.file);
  const [staged, { hash }] = await Promise.all([
    stageParquet(staging, input.path),
    fingerprint(input.path),
  ]);
  return rawTable(staging, input, staged, hash);
}

/** Text goes to the engine as it is, while its bytes are checked; text that turns out not to be UTF-8 is read again. */
async function readText(reading: Reading, input: Input, head: Buffer): Promise<RawTable> {
  const staging = stagingFor(reading, input.file);
  const { encoding, print } = await encodingOf(reading, input, head);
  if (encoding === "utf-8") {
    const file = textFile(input.path, head);
    const [first, seen] = await Promise.all([
      stageText(staging, file).catch((error: unknown) => error),
      print ?? fingerprint(input.path),
    ]);
    const late =
      seen.isUtf8 || reading.options.text?.encoding ? "utf-8" : legacyEncodingOf(seen.evidence);
    if (late === "utf-8") {
      if (first instanceof Error) throw first;
      return rawTable(staging, input, withEncoding(first as Staged, "utf-8"), seen.hash);
    }
    return readDecoded(staging, input, late, seen);
  }
  return readDecoded(staging, input, encoding, print ?? (await fingerprint(input.path)));
}

/** Tells the encoding from the beginning of a file; the whole file is looked at only when that is not UTF-8. */
async function encodingOf(
  reading: Reading,
  input: Input,
  head: Buffer,
): Promise<{ readonly encoding: string; readonly print: Fingerprint | null }> {
  const given = reading.options.text?.encoding?.toLowerCase();
  if (given) return { encoding: given === "utf8" ? "utf-8" : given, print: null };
  const wide = utf16Of(head);
  if (wide) return { encoding: wide, print: null };
  if (!new TextDecoder("utf-8").decode(head, { stream: true }).includes("\uFFFD")) {
    return { encoding: "utf-8", print: null };
  }
  const print = await fingerprint(input.path);
  return { encoding: print.isUtf8 ? "utf-8" : legacyEncodingOf(print.evidence), print };
}

async function readDecoded(
  staging: Staging,
  input: Input,
  encoding: string,
  print: Fingerprint,
): Promise<RawTable> {
  const path = `${staging.folder}/${staging.table}.txt`;
  await writeText(path, decodedText(input.path, encoding));
  const head = await headOf({ ...input, path });
  if (head.length === 0) {
    throw new LastpennyError("format_unknown", `${input.file} is empty: nothing to read`);
  }
  const staged = await stageText(staging, textFile(path, head));
  return rawTable(staging, input, withEncoding(staged, encoding), print.hash);
}

function withEncoding(staged: Staged, encoding: string): Staged {
  return { ...staged, format: { ...staged.format, encoding } };
}

function textFile(path: string, head: Buffer): TextFile {
  const isWhole = head.length < sampleBytes;
  return { path, isWhole, sample: new TextDecoder("utf-8").decode(head, { stream: !isWhole }) };
}

function stageText(staging: Staging, file: TextFile): Promise<Staged> {
  const isJson = /^\s*(\[\s*[[{"\]\d]|\{\s*["}])/.test(file.sample);
  return isJson ? stageJson(staging, file) : stageCsv(staging, file);
}

let tables = 0;

function stagingFor(reading: Reading, label: string): Staging {
  tables += 1;
  const { store, folder, limits, options } = reading;
  return { store, folder, limits, label, table: `raw_${tables}`, text: options.text ?? {} };
}

async function rawTable(
  staging: Staging,
  input: Input,
  staged: Staged,
  fileHash: string,
): Promise<RawTable> {
  const [count] = await staging.store.query(
    sql`SELECT count(*) AS rows FROM ${identifier(staging.table)}`,
  );
  return {
    table: staging.table,
    file: input.file,
    fileName: input.fileName,
    columns: staged.columns,
    rows: Number(count?.rows ?? 0),
    fileHash,
    format: staged.format,
    broken: staged.broken,
  };
}
