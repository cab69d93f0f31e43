import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { LastpennyError } from "../errors.ts";
import { announceOwner } from "../store/lock.ts";
import { version } from "../version.ts";
import type { Workspace } from "../workspace.ts";
import type { ServerEvent } from "./api.ts";
import { makeApp } from "./app.ts";
import { makeEvents } from "./events.ts";
import { makeJobs } from "./jobs.ts";
import { keptLists } from "./kept.ts";
import type { Log } from "./log.ts";
import { ownerOver } from "./owner.ts";
import { makeSignIn } from "./sign-in.ts";
import { staticFiles } from "./static-files.ts";
import { dropUploads } from "./uploads.ts";

/** How a server is started. */
export interface ServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** argon2 hash; null asks nobody who they are. */
  readonly passwordHash: string | null;
  /** Folder of the built app. */
  readonly appFolder: string;
  readonly now: () => Date;
  readonly log: Log;
}

/** A server that runs. */
export interface RunningServer {
  readonly url: string;
  /** Takes no more requests, finishes those that run, writes everything to disk and gives the workspace free. */
  readonly stop: () => Promise<void>;
}

/** Ports that are tried after the first, where that one is in use. */
const furtherPorts = 20;

/** Milliseconds that running requests may take to finish when the server stops. */
const graceMs = 10_000;

const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1"]);

/**
 * Whether only this machine can reach a server at a host.
 *
 * @param host name or address to listen on
 */
export const isLoopbackHost = (host: string): boolean => loopback.has(host);

/**
 * Serves an open workspace: brings it up to date, listens, and tells the command line where.
 *
 * @param workspace open, and closed when the server stops
 * @param options where it listens, and who may ask
 * @throws LastpennyError `usage` when others could reach it and no password is set, or no port is free
 */
export async function startServer(
  workspace: Workspace,
  options: ServerOptions,
): Promise<RunningServer> {
  const { host, port, passwordHash, now, log } = options;
  const isLoopback = isLoopbackHost(host);
  if (!isLoopback && passwordHash === null) {
    throw new LastpennyError(
      "usage",
      `others could reach the server at ${host}: set a password first (lastpenny serve --host ${host} asks for one, or LASTPENNY_PASSWORD)`,
      { host },
    );
  }
  const { folder, settings } = workspace;
  rmSync(join(folder, "uploads", "waiting.json.next"), { force: true });
  await dropUploads(folder);
  const owner = await ownerOver(workspace);
  const jobs = makeJobs(now, (error) =>
    log({ level: "error", what: "job failed", error: error instanceof Error ? error.name : "" }),
  );
  const events = makeEvents(owner, jobs);
  const told = (what: "views" | "annotations"): ServerEvent => ({ event: "kept", what });
  const kept = keptLists(folder, now, (what) => events.send(told(what)));
  const token = randomBytes(32).toString("hex");
  const publicUrl = settings.server.public_url;
  const app = makeApp({
    served: {
      ...{ owner, jobs, kept, version: version(), startedAt: now() },
      signIn: makeSignIn(passwordHash),
    },
    ...{ events, token, log },
    door: { isLoopback, publicUrl: publicUrl === null ? null : new URL(publicUrl) },
    files: staticFiles(options.appFolder),
  });
  const server = await listen(app.fetch, host, port);
  const url = urlOf(server, host);
  announceOwner(folder, { url: localUrlOf(server, host), token, version: version() });
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    events.close();
    await closed(server);
    await jobs.settled();
    await owner.close();
  };
  return {
    url,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

type Fetch = Parameters<typeof serve>[0]["fetch"];

async function listen(fetch: Fetch, host: string, port: number): Promise<Server> {
  const last = port === 0 ? 0 : Math.min(port + furtherPorts, 65_535);
  for (let tried = port; tried <= last; tried += 1) {
    const server = await listenAt(fetch, host, tried);
    if (server) return server;
  }
  throw new LastpennyError(
    "usage",
    `the ports ${port} to ${last} are all in use: choose another with --port`,
    { port: String(port) },
  );
}

/** A server at a port; null when the port is in use. */
function listenAt(fetch: Fetch, hostname: string, port: number): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname, port, overrideGlobalObjects: false }, () =>
      resolve(server),
    ) as Server;
    // Large uploads over slow lines take their time; headers do not.
    server.requestTimeout = 6 * 3_600_000;
    server.headersTimeout = 30_000;
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(error);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host);

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${bracketed(host)}:${port}`;
}

/** Address for the command line of this machine: every address includes the loopback. */
function localUrlOf(server: Server, host: string): string {
  const all: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
  return urlOf(server, all[host] ?? host);
}
