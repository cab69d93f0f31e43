import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyWithHostileNames } from "./hostile-names.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const lastpenny = [join(root, "bin", "lastpenny.js")];

/** Small, so that the tests begin soon; every source of the simulation is in it. */
const company = ["--people", "600", "--months", "8", "--seed", "7"];

function must(args: readonly string[]): void {
  const made = spawnSync(process.execPath, [...lastpenny, ...args], { encoding: "utf8" });
  if (made.status !== 0)
    throw new Error(`lastpenny ${args.join(" ")}: ${made.stdout}${made.stderr}`);
}

/** Starts the real server on a free port and waits for the address that it prints. */
async function serve(workspace: string): Promise<{ server: ChildProcess; address: string }> {
  const args = [...lastpenny, "serve", "--workspace", workspace, "--port", "0"];
  const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const address = await new Promise<string>((found, failed) => {
    let said = "";
    const hear = (chunk: Buffer) => {
      said += String(chunk);
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (match) found(match[0]);
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.on("exit", () => failed(new Error(`the server ended: ${said}`)));
  });
  return { server, address };
}

async function stopped(server: ChildProcess): Promise<void> {
  const ended = new Promise((done) => server.once("exit", done));
  server.kill("SIGTERM");
  await ended;
}

/**
 * Serves a simulated company, the same with hostile names, and an empty workspace; the tests read their addresses from the
 * environment. Where it has them already, the servers behind them are tested.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env.LASTPENNY_ADDRESS) return async () => undefined;
  const prepare: { readonly build: () => void } = await import(
    new URL("../../scripts/prepare.mjs", import.meta.url).href
  );
  prepare.build();
  const folder = mkdtempSync(join(tmpdir(), "lastpenny-browser-"));
  const workspace = join(folder, "workspace");
  const hostile = join(folder, "hostile");
  const empty = join(folder, "empty");
  must(["simulate", ...company, "--out", folder]);
  copyWithHostileNames(join(folder, "exports"), join(folder, "hostile-exports"));
  for (const one of [workspace, hostile, empty]) mkdirSync(one, { recursive: true });
  for (const one of [workspace, hostile]) {
    copyFileSync(join(folder, "lastpenny.yaml"), join(one, "lastpenny.yaml"));
  }
  must(["import", join(folder, "exports"), "--workspace", workspace]);
  must(["import", join(folder, "hostile-exports"), "--workspace", hostile]);
  const served = await Promise.all([workspace, hostile, empty].map(serve));
  const [full, strange, bare] = served.map(({ address }) => address);
  Object.assign(process.env, {
    LASTPENNY_ADDRESS: full,
    LASTPENNY_HOSTILE_ADDRESS: strange,
    LASTPENNY_EMPTY_ADDRESS: bare,
  });
  return async () => {
    await Promise.all(served.map(({ server }) => stopped(server)));
    rmSync(folder, { recursive: true, force: true });
  };
}
