import { readFileSync, renameSync, writeFileSync } from "node:fs";

/**
 * Writes a small file so that whoever reads it meanwhile finds all of the old text or all of the new.
 *
 * @param path of the file; its folder exists
 * @param text what it is to hold
 * @param mode who may read it
 */
export function writeWhole(path: string, text: string, mode = 0o600): void {
  writeFileSync(`${path}.next`, text, { mode });
  renameSync(`${path}.next`, path);
}

/**
 * Returns the text of a file; null when there is none (any more).
 *
 * @param path of the file
 */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
