// Runs before anything is installed: Node's own modules only.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Runs a program in the checkout with its output shown.
 *
 * @param {string} command program
 * @param {readonly string[]} args arguments
 * @returns {number} exit code
 */
export function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", env: process.env });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

/**
 * Runs an installed tool by its script, without a shell.
 *
 * @param {string} script path below node_modules
 * @param {readonly string[]} args arguments
 * @returns {number} exit code
 */
export function runTool(script, args) {
  return run(process.execPath, [join(root, "node_modules", script), ...args]);
}

/** Stops with a sentence when Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(`lastpenny needs Node 20.19 or newer; this is ${process.versions.node}\n`);
  process.exit(1);
}

/**
 * Installs the dependencies when they are missing or older than the lock file. Not with `npm ci`: it stops where a
 * registry lacks the optional binaries of other platforms.
 */
export function install() {
  const installed = join(root, "node_modules", ".package-lock.json");
  const lock = join(root, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  process.stdout.write("Installing dependencies (once) …\n");
  const npm = process.env.npm_execpath;
  const args = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  const code = npm ? run(process.execPath, [npm, ...args]) : run("npm", args);
  if (code !== 0) process.exit(code);
}

/** Compiles src/ to dist/, and the app to dist/web, when a source file is newer than the last build. */
export function build() {
  const stamp = join(root, "dist", ".built");
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= newest(join(root, "src"))) return;
  process.stdout.write("Building …\n");
  const code = runTool("typescript/bin/tsc", ["-p", "tsconfig.build.json"]) || buildApp();
  if (code !== 0) process.exit(code);
  writeFileSync(stamp, "");
}

/** The app in the browser: dist/web. */
function buildApp() {
  const options = ["--config", "src/web/vite.config.ts", "--logLevel", "warn"];
  return runTool("vite/bin/vite.js", ["build", ...options]);
}

function newest(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => {
      const { mtimeMs } = statSync(join(entry.parentPath ?? entry.path, entry.name));
      return Math.max(latest, mtimeMs);
    }, 0);
}
