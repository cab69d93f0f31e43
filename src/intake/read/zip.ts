import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import yauzl from "yauzl";
import { LastpennyError } from "../../errors.ts";
import type { Limits } from "./limits.ts";

/** A member of an archive, expanded to a temporary file. */
export interface Member {
  readonly name: string;
  readonly path: string;
}

/** Counts what an archive expands to and stops it at the limits. */
function budget(packedBytes: number, limits: Limits, label: string): (bytes: number) => void {
  let total = 0;
  return (bytes) => {
    total += bytes;
    const isBomb = total > limits.freeBytes && total > packedBytes * limits.ratio;
    if (total <= limits.expandedBytes && !isBomb) return;
    throw new LastpennyError(
      "file_too_large",
      `${label} expands to more than ${total} bytes from ${packedBytes}: unpack it yourself if you trust it, and give the folder`,
      { file: label },
    );
  };
}

async function expand(from: Readable, path: string, spend: (bytes: number) => void): Promise<void> {
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        spend(chunk.length);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  await pipeline(from, meter, createWriteStream(path));
}

function damaged(label: string, cause: unknown): LastpennyError {
  if (cause instanceof LastpennyError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new LastpennyError(
    "format_unknown",
    `${label} is a damaged or unsafe archive (${message}): pack it again`,
    { file: label },
    { cause: cause as Error },
  );
}

/**
 * Expands a gzip file.
 *
 * @param path the file
 * @param to the file to write
 * @param limits bounds of what it may expand to
 * @param label name of the file in messages
 * @throws LastpennyError `file_too_large`, `format_unknown`
 */
export async function gunzip(
  path: string,
  to: string,
  limits: Limits,
  label: string,
): Promise<void> {
  const { size } = await stat(path);
  const unpacked = createReadStream(path).pipe(createGunzip());
  await expand(unpacked, to, budget(size, limits, label)).catch((cause: unknown) => {
    throw damaged(label, cause);
  });
}

/** Opens an archive and returns its entries; names that leave the folder are refused by the library. */
async function entriesOf(
  path: string,
  label: string,
): Promise<readonly [yauzl.ZipFile, readonly yauzl.Entry[]]> {
  try {
    const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
      yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, file) =>
        error ? reject(error) : resolve(file),
      );
    });
    const entries = await new Promise<readonly yauzl.Entry[]>((resolve, reject) => {
      const found: yauzl.Entry[] = [];
      zip.on("entry", (entry: yauzl.Entry) => {
        found.push(entry);
        zip.readEntry();
      });
      zip.on("end", () => resolve(found));
      zip.on("error", reject);
      zip.readEntry();
    }).catch((error: unknown) => {
      zip.close();
      throw error;
    });
    return [zip, entries];
  } catch (cause) {
    throw damaged(label, cause);
  }
}

/**
 * Returns the names of an archive's members.
 *
 * @throws LastpennyError `format_unknown`
 */
export async function memberNames(path: string, label: string): Promise<readonly string[]> {
  const [zip, entries] = await entriesOf(path, label);
  zip.close();
  return entries.map((entry) => entry.fileName);
}

/**
 * Returns what an archive says that it expands to, in bytes.
 *
 * @throws LastpennyError `format_unknown`
 */
export async function expandedSize(path: string, label: string): Promise<number> {
  const [zip, entries] = await entriesOf(path, label);
  zip.close();
  return entries.reduce((total, entry) => total + entry.uncompressedSize, 0);
}

/**
 * Expands the members of a zip archive one after the other, by name; each file is there until the next is asked for.
 *
 * @param path the archive
 * @param folder where the files go; members' own names are never used as paths
 * @param limits bounds of what it may expand to
 * @param label name of the file in messages
 * @param isWanted tells which members to expand
 * @throws LastpennyError `file_too_large`, `format_unknown`
 */
export async function* unzip(
  path: string,
  folder: string,
  limits: Limits,
  label: string,
  isWanted: (name: string) => boolean,
): AsyncGenerator<Member> {
  const { size } = await stat(path);
  const spend = budget(size, limits, label);
  const [zip, entries] = await entriesOf(path, label);
  try {
    if (entries.length > limits.archiveMembers) {
      throw new LastpennyError(
        "file_too_large",
        `${label} has ${entries.length} members, more than ${limits.archiveMembers}: unpack it and give the folder`,
      );
    }
    const wanted = entries
      .filter((entry) => !entry.fileName.endsWith("/") && isWanted(entry.fileName))
      .toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1));
    for (const [index, entry] of wanted.entries()) {
      const target = `${folder}/member-${index + 1}`;
      await expand(await streamOf(zip, entry, label), target, spend).catch((cause: unknown) => {
        throw damaged(`${label}!${entry.fileName}`, cause);
      });
      yield { name: entry.fileName, path: target };
    }
  } finally {
    zip.close();
  }
}

function streamOf(zip: yauzl.ZipFile, entry: yauzl.Entry, label: string): Promise<Readable> {
  const isEncrypted = (entry.generalPurposeBitFlag & 1) === 1;
  if (isEncrypted) {
    throw new LastpennyError(
      "format_unknown",
      `${label}!${entry.fileName} is protected by a password: unpack it and give the folder`,
    );
  }
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) =>
      error ? reject(damaged(label, error)) : resolve(stream),
    );
  });
}
