import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { LastpennyError } from "../errors.ts";
import { writeWhole } from "./whole-file.ts";

/** What the lock needs to know of the machine. */
export interface LockEffects {
  readonly pid: number;
  /** True while a process with this id runs on this machine. */
  readonly isRunning: (pid: number) => boolean;
  /** When a process was started, as text that no later process with its id has; null where that cannot be told. */
  readonly startOf?: (pid: number) => string | null;
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
  startOf: (pid) => {
    try {
      // Behind the name in brackets, the 20th field is the start in ticks since the machine was started.
      const [, fields = ""] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
      const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
      return `${fields.split(" ")[19]} ${boot}`;
    } catch {
      return null;
    }
  },
};

/** Where the owner of a workspace takes calls from other processes. */
export interface OwnerAddress {
  readonly url: string;
  /** What a call has to show; only who can read the lock file knows it. */
  readonly token: string;
  readonly version: string;
}

const lockSchema = z.object({
  pid: z.int(),
  start: z.string().nullish(),
  serves: z
    .object({ url: z.url({ protocol: /^http$/ }), token: z.string(), version: z.string() })
    .optional(),
});

type Lock = z.output<typeof lockSchema>;

const pathOf = (folder: string): string => join(folder, "workspace.lock");

/**
 * Takes a workspace for this process: opening its file twice would lose committed rows without an error.
 *
 * @param folder the workspace
 * @param effects the machine; tests pass another
 * @returns a function that gives the workspace free
 * @throws LastpennyError `workspace_locked` when another running process has it
 */
export function lockWorkspace(folder: string, effects: LockEffects = machine): () => void {
  const path = pathOf(folder);
  mkdirSync(dirname(path), { recursive: true });
  const own: Lock = { pid: effects.pid, start: effects.startOf?.(effects.pid) ?? null };
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(path, JSON.stringify(own), { flag: "wx", mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "EEXIST";
      if (!isTaken || attempt > 2) throw error;
      const lock = readLock(folder);
      if (lock !== null && isHeld(lock, effects)) {
        throw new LastpennyError(
          "workspace_locked",
          `another process has this workspace open: process ${lock.pid}, workspace ${folder}; wait for it or end it`,
          { pid: String(lock.pid), workspace: folder },
        );
      }
      rmSync(path, { force: true });
    }
  }
}

/**
 * Tells other processes where this one, which has the workspace, takes their calls.
 *
 * @param folder the workspace
 * @param serves address and token
 * @param effects the machine; tests pass another
 */
export function announceOwner(
  folder: string,
  serves: OwnerAddress,
  effects: LockEffects = machine,
): void {
  const lock: Lock = { pid: effects.pid, start: effects.startOf?.(effects.pid) ?? null, serves };
  writeWhole(pathOf(folder), JSON.stringify(lock));
}

/**
 * Returns where the process that has a workspace open takes calls; null when none does.
 *
 * @param folder the workspace
 * @param effects the machine; tests pass another
 */
export function ownerOf(folder: string, effects: LockEffects = machine): OwnerAddress | null {
  const lock = readLock(folder);
  return lock?.serves && lock.pid !== effects.pid && isHeld(lock, effects) ? lock.serves : null;
}

/** A process that has ended leaves its lock behind, and its id may have gone to another one since. */
function isHeld({ pid, start }: Lock, { isRunning, startOf }: LockEffects): boolean {
  if (!isRunning(pid)) return false;
  const now = startOf?.(pid) ?? null;
  return now === null || (start ?? null) === null || start === now;
}

function readLock(folder: string): Lock | null {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(pathOf(folder), "utf8")));
  } catch {
    return null;
  }
}
