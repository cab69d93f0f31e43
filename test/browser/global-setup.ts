import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

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

/** Makes a simulated company, and an empty workspace, and serves both; the tests read their addresses from the environment. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const prepare: { readonly build: () => void } = await import(
    new URL("../../scripts/prepare.mjs", import.meta.url).href
  );
  prepare.build();
  const folder = mkdtempSync(join(tmpdir(), "lastpenny-browser-"));
  const workspace = join(folder, "workspace");
  const empty = join(folder, "empty");
  must(["simulate", ...company, "--out", folder]);
  for (const one of [workspace, empty]) mkdirSync(one, { recursive: true });
  copyFileSync(join(folder, "lastpenny.yaml"), join(workspace, "lastpenny.yaml"));
  must(["import", join(folder, "exports"), "--workspace", workspace]);
  const [full, bare] = await Promise.all([serve(workspace), serve(empty)]);
  process.env.LASTPENNY_ADDRESS = full.address;
  process.env.LASTPENNY_EMPTY_ADDRESS = bare.address;
  return async () => {
    await Promise.all([stopped(full.server), stopped(bare.server)]);
    rmSync(folder, { recursive: true, force: true });
  };
}
