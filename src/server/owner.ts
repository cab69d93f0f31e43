import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LastpennyError } from "../errors.ts";
import type { Workspace, WorkspaceBeside } from "../workspace.ts";
import { answerCache } from "./answer-cache.ts";
import { type Queue, queue } from "./queue.ts";

/** How many questions are computed at once: each uses all threads of the engine. */
const atOnce = 2;

/** How many may wait before further ones are refused. */
const mostWaiting = 500;

/** The one process that has a workspace open: it orders who reads and who writes. */
export interface Owner {
  /** The workspace that writes, for its settings, catalogue and folder; ask through `read` and `write`. */
  readonly workspace: () => Workspace;
  /** Changes whenever a figure may have changed. */
  readonly version: () => string;
  /**
   * Reads in one snapshot, also while a file is being loaded.
   *
   * @throws LastpennyError `query_interrupted` when it takes too long, `too_busy`
   */
  readonly read: <Result>(work: (workspace: Workspace) => Promise<Result>) => Promise<Result>;
  /** Reads once per version: the same name gives the same result until something changes. */
  readonly readOnce: <Result>(
    name: string,
    work: (workspace: Workspace) => Promise<Result>,
  ) => Promise<Result>;
  /** As `readOnce`, for questions that keep tables of their own. */
  readonly writeOnce: Owner["readOnce"];
  /** Keeps what was made of kept results, for as long as the version lasts. */
  readonly keepOnce: <Result>(name: string, make: () => Promise<Result>) => Promise<Result>;
  /** Writes, one after the other. */
  readonly write: <Result>(work: (workspace: Workspace) => Promise<Result>) => Promise<Result>;
  /** Says that figures may have changed. */
  readonly changed: () => void;
  /** Calls a function with each new version; the result ends that. */
  readonly onChange: (listener: (version: string) => void) => () => void;
  /** Takes settings and own metrics as the files say now, where they changed. */
  readonly reread: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Makes this process the owner of an open workspace.
 *
 * @param opened the workspace, which is closed with the owner
 */
export async function ownerOver(opened: Workspace): Promise<Owner> {
  let workspace = opened;
  let files = filesOf(workspace.folder);
  let changes = 0;
  const listeners = new Set<(version: string) => void>();
  const cache = answerCache();
  const writing = queue(1, mostWaiting);
  const reading = queue(atOnce, mostWaiting);
  let readers = await readersOf(workspace);
  const version = () => `${process.pid.toString(36)}-${changes}`;
  const changed = () => {
    changes += 1;
    cache.clear();
    for (const listener of listeners) listener(version());
  };
  const read: Owner["read"] = (work) =>
    reading(async () => {
      const reader = readers.pop();
      if (!reader) throw new Error("more reads than readers");
      const pool = readers;
      try {
        return await inTime(reader, workspace.settings.server.query_seconds, work);
      } finally {
        pool.push(reader);
      }
    });
  return {
    workspace: () => workspace,
    version,
    read,
    readOnce: (name, work) => cache.of(`${version()} ${name}`, () => read(work)),
    writeOnce: (name, work) =>
      cache.of(`${version()} ${name}`, () => writing(() => work(workspace))),
    keepOnce: (name, make) => cache.of(`${version()} ${name}`, make),
    write: (work) => writing(() => work(workspace)),
    changed,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reread: () =>
      writing(async () => {
        const now = filesOf(workspace.folder);
        if (now === files) return;
        const next = workspace.reread();
        files = now;
        await next.refresh();
        await alone(reading, async () => {
          workspace = next;
          await closeAll(readers);
          readers = await readersOf(workspace);
        });
        changed();
      }),
    close: async () => {
      await writing(() => alone(reading, () => closeAll(readers)));
      await workspace.close();
    },
  };
}

/** Text of the files that a workspace takes its settings and own metrics from. */
function filesOf(folder: string): string {
  return ["lastpenny.yaml", "metrics.yaml"]
    .map((name) => join(folder, name))
    .map((path) => (existsSync(path) ? readFileSync(path, "utf8") : ""))
    .join("\u0000");
}

async function readersOf(workspace: Workspace): Promise<WorkspaceBeside[]> {
  const readers: WorkspaceBeside[] = [];
  for (let index = 0; index < atOnce; index += 1) readers.push(await workspace.beside());
  return readers;
}

async function closeAll(readers: readonly WorkspaceBeside[]): Promise<void> {
  for (const { workspace } of readers) await workspace.close();
}

/** Runs while nothing else of the queue does. */
async function alone<Result>(gate: Queue, work: () => Promise<Result>): Promise<Result> {
  let free: (() => void) | undefined;
  const done = new Promise<void>((resolve) => {
    free = resolve;
  });
  const places = Array.from({ length: atOnce }, () => {
    let entered: (() => void) | undefined;
    const isIn = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const left = gate(() => {
      entered?.();
      return done;
    });
    return { isIn, left };
  });
  try {
    await Promise.all(places.map(({ isIn }) => isIn));
    return await work();
  } finally {
    free?.();
    await Promise.all(places.map(({ left }) => left));
  }
}

/** Works in one snapshot and stops whatever statement runs when the time is over. */
async function inTime<Result>(
  { workspace, interrupt }: WorkspaceBeside,
  seconds: number,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  let isOver = false;
  let stopping: NodeJS.Timeout | undefined;
  const deadline = setTimeout(() => {
    isOver = true;
    interrupt();
    // Between two statements there is nothing to stop.
    stopping = setInterval(interrupt, 50);
  }, seconds * 1000);
  try {
    return await workspace.store.transaction(() => work(workspace));
  } catch (error) {
    if (!isOver) throw error;
    throw new LastpennyError(
      "query_interrupted",
      `the question took longer than ${seconds} s and was stopped: ask for a shorter period or fewer groups, or raise server.query_seconds in lastpenny.yaml`,
      { seconds: String(seconds) },
      { cause: error },
    );
  } finally {
    clearTimeout(deadline);
    clearInterval(stopping);
  }
}
