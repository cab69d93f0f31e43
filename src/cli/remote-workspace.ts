import { LastpennyError } from "../errors.ts";
import { type Call, type CallLine, type CallName, calls, decode, encode } from "../server/wire.ts";
import { duckdb } from "../sql/duckdb.ts";
import type { OwnerAddress } from "../store/lock.ts";
import type { Cell, Row, Store } from "../store/store.ts";
import { version } from "../version.ts";
import { loadCatalogue, loadSettings, type Workspace } from "../workspace.ts";

/**
 * Reaches a workspace through the process that has it open.
 *
 * @param folder the workspace
 * @param owner where that process takes calls
 * @throws LastpennyError `workspace_locked` when it is of another version or does not answer
 */
export async function remoteWorkspace(folder: string, owner: OwnerAddress): Promise<Workspace> {
  if (owner.version !== version()) {
    throw new LastpennyError(
      "workspace_locked",
      `lastpenny ${owner.version} serves this workspace and this is ${version()}: stop the other one, or use its commands`,
      { workspace: folder },
    );
  }
  await callOwner(owner, { kind: "hello" });
  const names = Object.keys(calls) as CallName[];
  const functions = Object.fromEntries(
    names.map((name) => [name, (...args: readonly unknown[]) => callFunction(owner, name, args)]),
  ) as Pick<Workspace, CallName>;
  const remote: Workspace = {
    ...functions,
    folder,
    settings: loadSettings(folder),
    catalogue: loadCatalogue(folder),
    store: remoteStore(owner),
    beside: async () => ({ workspace: remote, interrupt: () => undefined }),
    reread: () => remote,
    close: async () => undefined,
  };
  return remote;
}

function remoteStore(owner: OwnerAddress): Store {
  const query: Store["query"] = async (statement) =>
    (await callOwner(owner, { kind: "query", statement })) as readonly Row[];
  return {
    dialect: duckdb,
    query,
    scan: async (statement, take) => {
      const rows = await query(statement);
      const names = Object.keys(rows[0] ?? {});
      take(names.map((name) => rows.map((row): Cell => row[name] ?? null)));
    },
    run: async (statement) => Number(await callOwner(owner, { kind: "run", statement })),
    transaction: async () => {
      throw new Error("no transaction is held open for another process");
    },
    close: async () => undefined,
  };
}

interface WithProgress {
  readonly onProgress?: (progress: unknown) => void;
}

function callFunction(
  owner: OwnerAddress,
  name: CallName,
  args: readonly unknown[],
): Promise<unknown> {
  const options = args.find(
    (arg): arg is WithProgress => typeof arg === "object" && arg !== null && "onProgress" in arg,
  );
  return callOwner(owner, { kind: "call", name, args }, options?.onProgress);
}

async function callOwner(
  { url, token }: OwnerAddress,
  call: Call,
  onProgress: (progress: unknown) => void = () => undefined,
): Promise<unknown> {
  const response = await answered(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: encode(call),
  });
  for await (const text of linesOf(response)) {
    const line = decode(text) as CallLine;
    if (line.kind === "progress") onProgress(line.progress);
    if (line.kind === "error") throw line.error;
    if (line.kind === "result") return line.result;
  }
  throw unanswered(url);
}

const unanswered = (url: string, cause?: unknown): LastpennyError =>
  new LastpennyError(
    "workspace_locked",
    `the process that serves this workspace does not answer at ${url}: end it, or try again`,
    { url },
    { cause },
  );

async function answered(url: string, request: RequestInit): Promise<Response> {
  try {
    const response = await fetch(`${url}/internal/call`, request);
    if (response.ok) return response;
    throw new Error(`status ${response.status}`);
  } catch (cause) {
    throw unanswered(url, cause);
  }
}

async function* linesOf({ body }: Response): AsyncGenerator<string> {
  if (!body) return;
  let rest = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
