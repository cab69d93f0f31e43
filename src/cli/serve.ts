import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { LastpennyError } from "../errors.ts";
import { cliTexts } from "../locales/cli-texts.ts";
import { jsonLog, type Log } from "../server/log.ts";
import { isLoopbackHost, type RunningServer, startServer } from "../server/server.ts";
import { hashOf, savedPassword, savePassword } from "../server/sign-in.ts";
import { ownerOf } from "../store/lock.ts";
import type { Workspace } from "../workspace.ts";
import { openWorkspace } from "../workspace.ts";
import type { Arguments, Command } from "./command.ts";
import { refreshed } from "./import.ts";
import { localeOf, type Opened, pathOf } from "./opening.ts";
import type { Terminal } from "./terminal.ts";

/** Where `vite build` puts the app, beside the compiled server. */
const appFolder = fileURLToPath(new URL("../../dist/web", import.meta.url));

/** `lastpenny serve`: the app and the HTTP API on a workspace. */
export const command: Command = {
  name: "serve",
  usage: "",
  summary: "Serves the app and the HTTP API on a workspace.",
  options: {
    host: { type: "string", value: "HOST", help: "address to listen on (default 127.0.0.1)" },
    port: { type: "string", value: "PORT", help: "port (default 4747, or the next free one)" },
    "set-password": { type: "boolean", help: "ask for a new password, then serve" },
    log: { type: "boolean", help: "a line of JSON per request, to standard error" },
  },
  examples: [
    "lastpenny serve",
    "lastpenny serve --workspace ./shop --port 8080",
    "LASTPENNY_PASSWORD=… lastpenny serve --host 0.0.0.0",
  ],
  run: async (args, terminal) => {
    const isAskedToStop = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
    const server = await serving(args, terminal);
    await isAskedToStop;
    terminal.note("Stopping …");
    await server.stop();
    return 0;
  },
};

/**
 * Starts the server that the options describe and says where it is.
 *
 * @param args options of `lastpenny serve`
 * @param terminal where it says so, and where a password is asked for
 * @throws LastpennyError `usage`, and as opening a workspace does
 */
async function serving(args: Arguments, terminal: Terminal): Promise<RunningServer> {
  const folder = pathOf(terminal, args.text("workspace") ?? "lastpenny");
  const owner = ownerOf(folder);
  if (owner) {
    throw new LastpennyError("workspace_locked", `this workspace is served already: ${owner.url}`, {
      url: owner.url,
    });
  }
  const workspace = await openWorkspace(folder, { create: true, now: terminal.now });
  try {
    const locale = localeOf(args) ?? workspace.settings.locale;
    const { width, style } = terminal;
    const opened: Opened = { workspace, locale, t: cliTexts(locale), width, style };
    await refreshed(opened, terminal);
    const server = await startServer(workspace, await optionsOf(args, terminal, workspace));
    const { name, demo } = workspace.settings;
    terminal.out(`${name}${demo ? " (Demo)" : ""}: ${style("cyan", server.url)}`);
    terminal.out(opened.t("serve.stop"));
    return server;
  } catch (error) {
    await workspace.close();
    throw error;
  }
}

async function optionsOf(args: Arguments, terminal: Terminal, { folder, settings }: Workspace) {
  const host = args.text("host") ?? settings.server.host;
  const passwordHash = await passwordOf(args, terminal, folder, host);
  const write = jsonLog(terminal.note, terminal.now);
  const log: Log = (line) => {
    if (args.flag("log") || line.level !== "info") write(line);
  };
  const port = portOf(args.text("port")) ?? settings.server.port;
  return { host, port, passwordHash, appFolder, now: terminal.now, log };
}

function portOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const port = Number(given);
  if (/^\d{1,5}$/.test(given) && port <= 65_535) return port;
  throw new LastpennyError("usage", `--port has to be a number from 0 to 65535: ${given}`);
}

/** The password of the environment, the saved one, or a new one that is asked for where others can reach the server. */
async function passwordOf(
  args: Arguments,
  terminal: Terminal,
  folder: string,
  host: string,
): Promise<string | null> {
  const given = process.env.LASTPENNY_PASSWORD;
  if (given !== undefined && given !== "") return hashOf(given);
  const saved = savedPassword(folder);
  const isAsked = args.flag("set-password") || (saved === null && !isLoopbackHost(host));
  if (!isAsked) return saved;
  const entered = await terminal.secret?.("Password for the app: ");
  if (entered === undefined || entered === null) return saved;
  const again = await terminal.secret?.("Once more: ");
  if (again !== entered) throw new LastpennyError("usage", "the two passwords differ");
  return savePassword(folder, entered);
}
