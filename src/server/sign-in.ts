import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";
import { LastpennyError } from "../errors.ts";
import { readIfThere, writeWhole } from "../store/whole-file.ts";

/** Somebody who is signed in. There is one for now; routes take it from here, so that more can follow. */
export interface Person {
  readonly id: string;
  readonly role: "owner";
}

/** Who may ask. */
export interface SignIn {
  /** False where everybody who reaches the server may ask. */
  readonly isNeeded: boolean;
  /**
   * Signs somebody in.
   *
   * @returns the token of the new session
   * @throws LastpennyError `sign_in_needed` when the password is wrong, or after too many wrong ones
   */
  readonly enter: (password: string, from: string) => Promise<string>;
  /** Returns who has a session; null when nobody does. */
  readonly personOf: (token: string | undefined) => Person | null;
  readonly leave: (token: string | undefined) => void;
}

const fileSchema = z.object({ passwordHash: z.string().startsWith("$argon2") });
const pathOf = (folder: string): string => join(folder, "sign-in.json");

/**
 * Returns the hash of the workspace's password; null when none was set.
 *
 * @param folder the workspace
 */
export function savedPassword(folder: string): string | null {
  const text = readIfThere(pathOf(folder));
  if (text === null) return null;
  const parsed = fileSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data.passwordHash;
  throw new LastpennyError(
    "settings_invalid",
    `${pathOf(folder)} holds no password: remove it and set one with lastpenny serve --set-password`,
  );
}

/**
 * Sets the workspace's password; only its hash is kept.
 *
 * @param folder the workspace
 * @param password at least 8 characters
 * @returns its hash
 * @throws LastpennyError `usage` when it is too short
 */
export async function savePassword(folder: string, password: string): Promise<string> {
  const passwordHash = await hashOf(password);
  writeWhole(pathOf(folder), `${JSON.stringify({ passwordHash })}\n`);
  return passwordHash;
}

/**
 * Returns the argon2id hash of a password.
 *
 * @param password at least 8 characters
 * @throws LastpennyError `usage` when it is too short
 */
export async function hashOf(password: string): Promise<string> {
  if ([...password].length < 8) {
    throw new LastpennyError("usage", "the password needs at least 8 characters");
  }
  return hash(password);
}

const hours = 3_600_000;
/** A session ends so long after its last request, and so long after it began whatever happens. */
const lifetimes = { idle: 12 * hours, whole: 30 * 24 * hours } as const;

/** Wrong passwords from one address before it has to wait, and how long: twice as long with each further one. */
const patience = { free: 5, firstWaitMs: 2_000, mostWaitMs: 15 * 60_000, forgetMs: hours } as const;

/** Addresses that are remembered for wrong passwords, and sessions at once. */
const most = 10_000;

interface Session {
  readonly begun: number;
  readonly seen: number;
}

interface Failures {
  readonly count: number;
  readonly last: number;
}

/**
 * Makes the door of a server.
 *
 * @param passwordHash argon2 hash; null lets everybody in
 * @param now milliseconds of the clock
 */
export function makeSignIn(passwordHash: string | null, now: () => number = Date.now): SignIn {
  const sessions = new Map<string, Session>();
  const failures = new Map<string, Failures>();
  let verifying: Promise<unknown> = Promise.resolve();
  const check = (password: string): Promise<boolean> => {
    // One at a time: each takes memory on purpose.
    const result = verifying.then(() => verify(passwordHash ?? "", password)).catch(() => false);
    verifying = result;
    return result;
  };
  return {
    isNeeded: passwordHash !== null,
    enter: async (password, from) => {
      refuseHurry(failures.get(from), now());
      noteFailure(failures, from, now());
      if (passwordHash === null || !(await check(password))) {
        throw new LastpennyError("sign_in_needed", "the password is wrong");
      }
      failures.delete(from);
      const token = randomBytes(32).toString("base64url");
      keep(sessions, keyOf(token), { begun: now(), seen: now() });
      return token;
    },
    personOf: (token) => {
      if (passwordHash === null) return owner;
      const key = token === undefined ? "" : keyOf(token);
      const session = sessions.get(key);
      if (!session) return null;
      const isOver =
        now() - session.seen > lifetimes.idle || now() - session.begun > lifetimes.whole;
      if (isOver) sessions.delete(key);
      else sessions.set(key, { ...session, seen: now() });
      return isOver ? null : owner;
    },
    leave: (token) => {
      if (token !== undefined) sessions.delete(keyOf(token));
    },
  };
}

const owner: Person = { id: "owner", role: "owner" };

const keyOf = (token: string): string => createHash("sha256").update(token).digest("base64");

function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}

/** Counted before the password is looked at, so that many at once do not slip through. */
function noteFailure(failures: Map<string, Failures>, from: string, at: number): void {
  const known = failures.get(from);
  const count = known && at - known.last < patience.forgetMs ? known.count + 1 : 1;
  keep(failures, from, { count, last: at });
}

function refuseHurry(known: Failures | undefined, at: number): void {
  if (!known || known.count < patience.free) return;
  const wait = Math.min(
    patience.firstWaitMs * 2 ** (known.count - patience.free),
    patience.mostWaitMs,
  );
  const left = Math.ceil((known.last + wait - at) / 1000);
  if (left <= 0) return;
  throw new LastpennyError(
    "sign_in_needed",
    `too many wrong passwords: wait ${left} s before the next`,
    { retryAfter: String(left) },
  );
}
