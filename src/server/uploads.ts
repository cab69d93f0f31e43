import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join, sep } from "node:path";
import { finished } from "node:stream/promises";
import { z } from "zod";
import { LastpennyError } from "../errors.ts";
import { readIfThere, writeWhole } from "../store/whole-file.ts";
import { readForm } from "./multipart.ts";

/** A file that was uploaded. */
interface UploadedFile {
  readonly name: string;
  readonly bytes: number;
}

/** An upload on disk, with the fields of its form. */
export interface Upload {
  readonly id: string;
  readonly folder: string;
  readonly files: readonly UploadedFile[];
  readonly fields: Readonly<Record<string, string>>;
}

/** What an upload may be. */
interface UploadLimits {
  readonly bytes: number;
}

const mostFieldLength = 10_000;

const rootOf = (workspace: string): string => join(workspace, "uploads");
const waitingPath = (workspace: string): string => join(rootOf(workspace), "waiting.json");

/**
 * Writes the files of a form to disk as they arrive, each upload into a folder of its own.
 *
 * @param workspace its folder
 * @param body the request's bytes
 * @param contentType with the form's boundary
 * @param limits largest size
 * @throws LastpennyError `file_too_large`, `request_invalid`; nothing is left on disk then
 */
export async function receiveUpload(
  workspace: string,
  body: AsyncIterable<Uint8Array>,
  contentType: string,
  limits: UploadLimits,
): Promise<Upload> {
  const id = `${new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14)}-${randomBytes(4).toString("hex")}`;
  const folder = join(rootOf(workspace), id);
  mkdirSync(folder, { recursive: true });
  try {
    const form = await writeForm(folder, readForm(limited(body, limits.bytes), contentType));
    if (form.files.length > 0) return { id, folder, ...form };
    throw new LastpennyError("request_invalid", "the form has no file");
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function* limited(body: AsyncIterable<Uint8Array>, most: number) {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > most) {
      const megabytes = Math.floor(most / 2 ** 20);
      throw new LastpennyError(
        "file_too_large",
        `the upload is larger than ${megabytes} MB: raise server.upload_megabytes, or use lastpenny import`,
        { megabytes: String(megabytes) },
      );
    }
    yield chunk;
  }
}

/** Where the bytes of a part go. */
interface Sink {
  readonly bytes: (bytes: Buffer) => Promise<void>;
  readonly end: () => Promise<void>;
}

const nowhere: Sink = { bytes: async () => undefined, end: async () => undefined };

async function writeForm(
  folder: string,
  pieces: ReturnType<typeof readForm>,
): Promise<Pick<Upload, "files" | "fields">> {
  const files: UploadedFile[] = [];
  const fields: Record<string, string> = {};
  let sink = nowhere;
  try {
    for await (const piece of pieces) {
      if (piece.kind === "part") {
        sink = piece.fileName
          ? fileSink(folder, freeName(safeName(piece.fileName), files), files)
          : fieldSink(piece.name, fields);
      } else if (piece.kind === "bytes") {
        await sink.bytes(piece.bytes);
      } else {
        await sink.end();
        sink = nowhere;
      }
    }
  } finally {
    await sink.end().catch(() => undefined);
  }
  return { files, fields };
}

function fieldSink(name: string, fields: Record<string, string>): Sink {
  let text = "";
  return {
    bytes: async (bytes) => {
      text += bytes.toString("utf8");
      if (text.length > mostFieldLength) {
        throw new LastpennyError("request_invalid", `the form's field ${name} is too long`);
      }
    },
    end: async () => {
      fields[name] = text;
    },
  };
}

function fileSink(folder: string, name: string, files: UploadedFile[]): Sink {
  const stream = createWriteStream(join(folder, name), { flags: "wx", mode: 0o600 });
  const done = finished(stream);
  done.catch(() => undefined);
  let count = 0;
  return {
    bytes: async (bytes) => {
      count += bytes.length;
      if (!stream.write(bytes)) await Promise.race([once(stream, "drain"), done]);
    },
    end: async () => {
      stream.end();
      await done;
      files.push({ name, bytes: count });
    },
  };
}

/**
 * Returns a file name that leads nowhere else and that every disk takes.
 *
 * @param given name as the browser tells it
 */
export function safeName(given: string): string {
  const base = given.split(/[\\/]/).at(-1) ?? "";
  const clean = base
    .normalize("NFC")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f\u007f<>:"|?*!#[\]{}\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "_")
    .replace(/^\.+/, "")
    .trim();
  const [, stem = "", ending = ""] = /^(.*?)((?:\.[A-Za-z0-9]{1,10}){0,2})$/s.exec(clean) ?? [];
  const short = [...stem].slice(0, 60).join("");
  return `${short === "" ? "file" : short}${ending}`;
}

function freeName(name: string, files: readonly UploadedFile[]): string {
  const isTaken = (wanted: string) =>
    files.some((file) => file.name.toLowerCase() === wanted.toLowerCase());
  for (let number = 2; ; number += 1) {
    const wanted = number === 2 ? name : name.replace(/(\.[^.]*)?$/, ` (${number - 1})$1`);
    if (!isTaken(wanted)) return wanted;
  }
}

/**
 * Returns the name of a file as people know it: without the folder in which an upload lies.
 *
 * @param file as the ledger has it
 * @param workspace its folder
 */
export function shownFile(file: string, workspace: string): string {
  const root = rootOf(workspace) + sep;
  return file.startsWith(root)
    ? file.slice(root.length).split(sep).slice(1).join(sep)
    : (file.split(sep).at(-1) ?? file);
}

const waitingSchema = z.record(z.string(), z.array(z.string()));

/**
 * Returns which uploads wait for which mapping: folders by the mapping's name.
 *
 * @param workspace its folder
 */
export function waitingUploads(workspace: string): Readonly<Record<string, readonly string[]>> {
  const text = readIfThere(waitingPath(workspace));
  const parsed = waitingSchema.safeParse(text === null ? {} : JSON.parse(text));
  const isThere = (id: string) => existsSync(join(rootOf(workspace), id));
  return Object.fromEntries(
    Object.entries(parsed.data ?? {}).map(([mapping, ids]) => [mapping, ids.filter(isThere)]),
  );
}

/**
 * Keeps which uploads wait for which mapping.
 *
 * @param workspace its folder
 * @param waiting ids of uploads by the mapping's name
 */
export async function keepWaiting(
  workspace: string,
  waiting: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  mkdirSync(rootOf(workspace), { recursive: true });
  writeWhole(waitingPath(workspace), JSON.stringify(waiting));
}

/**
 * Returns the folder of an upload.
 *
 * @param workspace its folder
 * @param id of the upload
 */
export const uploadFolder = (workspace: string, id: string): string => join(rootOf(workspace), id);

/**
 * Removes uploads that nothing waits for.
 *
 * @param workspace its folder
 */
export async function dropUploads(workspace: string): Promise<void> {
  const kept = new Set(Object.values(waitingUploads(workspace)).flat());
  const names = await readdir(rootOf(workspace)).catch(() => []);
  for (const name of names) {
    if (/^\d{14}-[0-9a-f]{8}$/.test(name) && !kept.has(name)) {
      await rm(uploadFolder(workspace, name), { recursive: true, force: true });
    }
  }
}
