// Runs before anything is installed: Node's own modules only.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

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

/** Compiles src/ to dist/ and builds the app into dist/web/, each when a source file is newer than its last build. */
export function build() {
  buildWhenNewer("dist/.built", "Building …", "typescript/bin/tsc", ["-p", "tsconfig.build.json"]);
  const config = join("src", "web", "vite.config.ts");
  if (!existsSync(join(root, config))) return;
  const args = ["build", "--config", config, "--logLevel", "warn"];
  buildWhenNewer("dist/.built-web", "Building the app …", "vite/bin/vite.js", args, packAssets);
}

/** Packs the app's text files once, so that the server does not have to for every visitor. */
function packAssets() {
  const folder = join(root, "dist", "web");
  const names = readdirSync(folder, { recursive: true }).map(String);
  for (const name of names.filter((one) => /\.(js|css|svg)$/.test(one))) {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    if (bytes.length < 1024) continue;
    writeFileSync(`${path}.br`, brotliCompressSync(bytes));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

function buildWhenNewer(stampFile, sentence, script, args, after = () => undefined) {
  const stamp = join(root, stampFile);
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= newest(join(root, "src"))) return;
  process.stdout.write(`${sentence}\n`);
  const code = runTool(script, args);
  if (code !== 0) process.exit(code);
  after();
  writeFileSync(stamp, "");
}

function newest(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => {
      const { mtimeMs } = statSync(join(entry.parentPath ?? entry.path, entry.name));
      return Math.max(latest, mtimeMs);
    }, 0);
}
