import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorkspace } from "../../src/index.ts";
import type { LogLine } from "../../src/server/log.ts";
import { startServer } from "../../src/server/server.ts";

// January: 100.00 + 50.00 - 20.00 EUR from two customers; February: 60.00 EUR from one of them. Costs: 310 EUR in January.
const orders = `order,line,line_type,booked_at,amount,currency,email,country
1,1,sale,2025-01-05T10:00:00Z,100.00,EUR,ann@shop.example,DE
2,1,sale,2025-01-20T10:00:00Z,50.00,EUR,bob@shop.example,ID
2,2,refund,2025-01-25T10:00:00Z,-20.00,EUR,bob@shop.example,ID
3,1,sale,2025-02-10T10:00:00Z,60.00,EUR,ann@shop.example,DE
4,1,sale,someday,10.00,EUR,ann@shop.example,DE
`;
const costs = `from_day,to_day,kind,amount,currency,channel
2025-01-01,2025-01-31,media,310.00,EUR,paid search
`;

/** A question with a known answer: 130.00 EUR. */
export const january = { metrics: ["revenue"], from: "2025-01-01", to: "2025-02-01" } as const;

/** How the server of a test differs. */
interface Differing {
  readonly host?: string;
  readonly passwordHash?: string | null;
  readonly settings?: string;
  readonly appFolder?: string;
  /** Starts without any rows. */
  readonly isEmpty?: boolean;
}

/** A server with a workspace of its own. */
export interface TestServer {
  readonly url: string;
  /** The workspace's folder. */
  readonly home: string;
  readonly folder: string;
  readonly log: readonly LogLine[];
  readonly get: (path: string, init?: RequestInit) => Promise<Response>;
  /** Asks and reads JSON. */
  readonly json: (path: string, init?: RequestInit) => Promise<Json>;
  readonly post: (path: string, body: unknown, init?: RequestInit) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

/** JSON that a test looks into. */
// biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
export type Json = any;

/**
 * Starts a server on a workspace with a few orders and costs.
 *
 * @param differing what is not as usual
 */
export async function testServer(differing: Differing = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "lastpenny-server-"));
  const home = join(folder, "home");
  const now = () => new Date();
  const made = await openWorkspace(home, { create: true, now });
  await made.close();
  writeFileSync(join(home, "lastpenny.yaml"), differing.settings ?? "name: Toko\n");
  writeFileSync(join(folder, "orders.csv"), orders);
  writeFileSync(join(folder, "costs.csv"), costs);
  const workspace = await openWorkspace(home, { now });
  if (!differing.isEmpty) {
    await workspace.import(join(folder, "orders.csv"));
    await workspace.import(join(folder, "costs.csv"));
  }
  await workspace.refresh();
  const log: LogLine[] = [];
  const running = await startServer(workspace, {
    host: differing.host ?? "127.0.0.1",
    port: 0,
    passwordHash: differing.passwordHash ?? null,
    appFolder: differing.appFolder ?? join(folder, "no-app"),
    now,
    log: (line) => log.push(line),
  });
  const get = (path: string, init?: RequestInit) => fetch(running.url + path, init);
  return {
    url: running.url,
    home,
    folder,
    log,
    get,
    json: async (path, init) => (await get(path, init)).json(),
    post: (path, body, init = {}) =>
      get(path, {
        method: "POST",
        body: JSON.stringify(body),
        ...init,
        headers: { "content-type": "application/json", ...init.headers },
      }),
    stop: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Uploads files and waits until they are imported.
 *
 * @param server where to
 * @param files name and content
 * @param fields of the form
 * @returns the job when it is over
 */
export async function upload(
  server: TestServer,
  files: readonly (readonly [name: string, content: string | Uint8Array<ArrayBuffer>])[],
  fields: Readonly<Record<string, string>> = {},
): Promise<Json> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const [name, content] of files) form.append("files", new Blob([content]), name);
  const response = await server.get("/api/uploads", { method: "POST", body: form });
  const job = (await response.json()) as Json;
  return response.ok ? finishedJob(server, job.id) : job;
}

/**
 * Waits until a job is over.
 *
 * @param server where it runs
 * @param id of the job
 */
export async function finishedJob(server: TestServer, id: string): Promise<Json> {
  for (;;) {
    const job = await server.json(`/api/jobs/${id}`);
    if (job.state === "done" || job.state === "failed") return job;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
