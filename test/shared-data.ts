import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../shared/data", import.meta.url));

/**
 * Returns the path of a public data file that tests read but the repository does not hold.
 *
 * @param parts path below the data folder
 * @returns null, with a loud notice, where the folder is absent
 */
export function sharedData(...parts: readonly string[]): string | null {
  const path = [folder, ...parts].join("/");
  if (existsSync(path)) return path;
  process.stderr.write(
    `\n!!! SKIPPED: ${parts.join("/")} is not beside this checkout (../shared/data)\n`,
  );
  return null;
}
