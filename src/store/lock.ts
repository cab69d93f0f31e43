import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { LastpennyError } from "../errors.ts";

/** What the lock needs to know of the machine. */
export interface LockEffects {
  readonly pid: number;
  /** True while a process with this id runs on this machine. */
  readonly isRunning: (pid: number) => boolean;
}

const machine: LockEffects = {
  pid: process.pid,
  isRunning: (pid) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return error instanceof Error && "code" in error && error.code === "EPERM";
    }
  },
};

const lockSchema = z.object({ pid: z.int() });

/**
 * Takes a workspace for this process: opening its file twice would lose committed rows without an error.
 *
 * @param folder the workspace
 * @param effects the machine; tests pass another
 * @returns a function that gives the workspace free
 * @throws LastpennyError `workspace_locked` when another running process has it
 */
export function lockWorkspace(folder: string, effects: LockEffects = machine): () => void {
  const path = join(folder, "workspace.lock");
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(path, JSON.stringify({ pid: effects.pid }), { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "EEXIST";
      if (!isTaken || attempt > 2) throw error;
      const owner = ownerOf(path);
      if (owner !== null && effects.isRunning(owner)) {
        throw new LastpennyError(
          "workspace_locked",
          `another process has this workspace open: process ${owner}, workspace ${folder}; wait for it or end it`,
          { pid: String(owner), workspace: folder },
        );
      }
      rmSync(path, { force: true });
    }
  }
}

function ownerOf(path: string): number | null {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(path, "utf8"))).pid;
  } catch {
    return null;
  }
}
