import { LastpennyError } from "../errors.ts";

/** Runs work when a place is free, in the order in which it was given. */
export type Queue = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Makes a queue.
 *
 * @param places how many pieces of work run at once
 * @param mostWaiting how many may wait; further ones are refused with `too_busy`
 */
export function queue(places: number, mostWaiting: number): Queue {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= places) {
      if (waiting.length >= mostWaiting) {
        throw new LastpennyError(
          "too_busy",
          `${waiting.length} questions are waiting already: ask again in a moment`,
          { waiting: String(waiting.length) },
        );
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // A place goes to the next in line without becoming free in between.
      if (next) next();
      else running -= 1;
    }
  };
}
