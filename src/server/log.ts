/** What happened: names, numbers and codes only, never what people asked for or what rows hold. */
export interface LogLine {
  readonly level: "info" | "warning" | "error";
  readonly what: string;
  readonly [field: string]: string | number | undefined;
}

/** Takes lines of the log. */
export type Log = (line: LogLine) => void;

/**
 * Writes lines of JSON with the time first.
 *
 * @param write where a line goes
 * @param now the clock
 */
export function jsonLog(write: (line: string) => void, now: () => Date): Log {
  return (line) => write(JSON.stringify({ time: now().toISOString(), ...line }));
}
