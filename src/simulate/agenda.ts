/** Things that will happen to one person, run in the order of their time. */
export interface Agenda {
  /** Adds something that happens at an instant, in seconds since 1970. */
  readonly at: (second: number, run: (second: number) => void) => void;
  /** Runs everything before an instant, what is added meanwhile included. */
  readonly runUntil: (end: number) => void;
}

interface Entry {
  readonly second: number;
  readonly run: (second: number) => void;
}

/** Returns an empty agenda. */
export function makeAgenda(): Agenda {
  const entries: Entry[] = [];
  return {
    at: (second, run) => {
      const whole = Math.floor(second);
      let place = entries.length;
      while (place > 0 && (entries[place - 1]?.second ?? 0) <= whole) place -= 1;
      entries.splice(place, 0, { second: whole, run });
    },
    runUntil: (end) => {
      for (let next = entries.pop(); next && next.second < end; next = entries.pop()) {
        next.run(next.second);
      }
    },
  };
}
