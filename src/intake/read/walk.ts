import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { LastpennyError } from "../../errors.ts";

/** Something that was passed over, and why. */
export interface PassedOver {
  readonly file: string;
  readonly reason: string;
}

/** Files that never hold rows, by the end of their name. */
const notData =
  /\.(md|html?|pdf|docx?|pptx?|png|jpe?g|gif|svg|webp|mp4|ya?ml|toml|sql|[cm]?[jt]sx?|py|ipynb|sh|exe|log|css|lock)$/i;

/**
 * Lists the files at a path: itself, or everything below it in the order of names. Hidden files and files that cannot hold
 * rows are passed over.
 *
 * @param path a file or folder
 * @param depthLimit folders inside folders
 * @param passOver told about what is left out
 * @throws LastpennyError `file_unreadable` when the path does not exist or folders form a loop
 */
export async function filesAt(
  path: string,
  depthLimit: number,
  passOver: (what: PassedOver) => void,
): Promise<readonly string[]> {
  const info = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (info.isFile()) return [path];
  if (!info.isDirectory()) {
    throw new LastpennyError("file_unreadable", `${path} is neither a file nor a folder`);
  }
  return below(path, [], depthLimit, passOver);
}

function unreadable(path: string, cause: unknown): LastpennyError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: "does not exist",
    EACCES: "may not be read: check its permissions",
    ELOOP: "is a link that points to itself: remove the link",
  };
  return new LastpennyError(
    "file_unreadable",
    `${path} ${reasons[code] ?? `cannot be read (${code})`}`,
    { file: path },
    { cause },
  );
}

async function below(
  folder: string,
  above: readonly string[],
  depthLimit: number,
  passOver: (what: PassedOver) => void,
): Promise<readonly string[]> {
  const real = await realpath(folder);
  if (above.includes(real) || above.length > depthLimit) {
    throw new LastpennyError(
      "file_unreadable",
      `${folder} leads back to ${real}: remove the link that makes this loop`,
      { file: folder },
    );
  }
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw unreadable(folder, cause);
  });
  const files: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const reason = reasonToPassOver(entry.name);
    if (reason) {
      passOver({ file: path, reason });
      continue;
    }
    const kind = await kindOf(path, entry);
    if (kind === "folder")
      files.push(...(await below(path, [...above, real], depthLimit, passOver)));
    else if (kind === "file") files.push(path);
    else passOver({ file: path, reason: "not a file" });
  }
  return files;
}

/**
 * Tells why a file is not read when a whole folder or archive is.
 *
 * @param path path or member name
 * @returns null when it is read
 */
export function reasonToPassOver(path: string): string | null {
  const name = basename(path);
  if (name.startsWith(".") || name === "Thumbs.db" || path.startsWith("__MACOSX/")) return "hidden";
  return notData.test(name) ? "not a data format" : null;
}

async function kindOf(path: string, entry: Dirent): Promise<"file" | "folder" | "other"> {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "folder";
  if (!entry.isSymbolicLink()) return "other";
  const info = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (info.isDirectory()) return "folder";
  return info.isFile() ? "file" : "other";
}
