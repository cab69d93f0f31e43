import { randomBytes } from "node:crypto";
import type { z } from "@hono/zod-openapi";
import { LastpennyError } from "../errors.ts";
import type { job as jobSchema } from "./schemas/data.ts";

/** Work that goes on after its request. */
export type Job = z.output<typeof jobSchema>;

/** Puts news into a job. */
export type TellJob = (
  news: Partial<Pick<Job, "progress" | "outcomes" | "totals" | "left">>,
) => void;

/** The jobs of a server, as long as it runs. */
export interface Jobs {
  /** Starts work and returns at once. */
  readonly start: (
    kind: Job["kind"],
    files: Job["files"],
    work: (tell: TellJob) => Promise<void>,
  ) => Job;
  /** @throws LastpennyError `not_found` */
  readonly of: (id: string) => Job;
  /** The latest first. */
  readonly all: () => readonly Job[];
  /** Calls a function with each change; the result ends that. */
  readonly onChange: (listener: (job: Job) => void) => () => void;
  /** Waits until nothing is at work. */
  readonly settled: () => Promise<void>;
}

/** Jobs that are remembered. */
const most = 100;

/** Progress is told so often at most. */
const tellEveryMs = 200;

/**
 * Makes the list of jobs.
 *
 * @param now the clock
 * @param failed told what broke unforeseen
 */
export function makeJobs(now: () => Date, failed: (error: unknown) => void): Jobs {
  const jobs = new Map<string, Job>();
  const listeners = new Set<(job: Job) => void>();
  const working = new Set<Promise<void>>();
  const put = (job: Job, isTold = true) => {
    jobs.set(job.id, job);
    if (isTold) for (const listener of listeners) listener(job);
  };
  const run = async (id: string, work: (tell: TellJob) => Promise<void>) => {
    let toldAt = 0;
    const change = (news: Partial<Job>) => {
      const known = jobs.get(id);
      if (!known) return;
      const isOnlyProgress = Object.keys(news).join() === "progress";
      const isTold = !isOnlyProgress || now().getTime() - toldAt >= tellEveryMs;
      if (isTold) toldAt = now().getTime();
      put({ ...known, ...news }, isTold);
    };
    try {
      await work((news) => change({ state: "running", ...news }));
      change({ state: "done", finishedAt: now().toISOString(), progress: null });
    } catch (error) {
      if (!(error instanceof LastpennyError)) failed(error);
      const told =
        error instanceof LastpennyError
          ? { code: error.code, detail: error.message }
          : { code: "internal", detail: "something went wrong; the server's log has it" };
      change({ state: "failed", finishedAt: now().toISOString(), progress: null, error: told });
    }
  };
  return {
    start: (kind, files, work) => {
      const job: Job = {
        ...{ id: randomBytes(8).toString("hex"), kind, state: "waiting", files },
        ...{ startedAt: now().toISOString(), finishedAt: null, progress: null, outcomes: [] },
        ...{ totals: { read: 0, taken: 0, repeated: 0, rejected: 0 }, left: [], error: null },
      };
      put(job);
      const [oldest] = jobs.keys();
      if (jobs.size > most && oldest !== undefined) jobs.delete(oldest);
      const done = run(job.id, work);
      working.add(done);
      void done.finally(() => working.delete(done));
      return job;
    },
    of: (id) => {
      const found = jobs.get(id);
      if (found) return found;
      throw new LastpennyError("not_found", `no job has the id ${id}`, { id });
    },
    all: () => [...jobs.values()].reverse(),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settled: async () => {
      await Promise.all(working);
    },
  };
}
