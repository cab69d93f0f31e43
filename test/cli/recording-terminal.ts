import type { Terminal } from "../../src/cli/terminal.ts";

/** A terminal that keeps what is written. */
export interface RecordingTerminal extends Terminal {
  readonly output: () => string;
  readonly notes: () => string;
}

/**
 * Returns a terminal for tests.
 *
 * @param folder the folder that the command is run in
 * @param answer what a person answers to every question; null when nobody is there
 */
export function recordingTerminal(
  folder: string,
  answer: boolean | null = null,
): RecordingTerminal {
  const lines: string[] = [];
  const notes: string[] = [];
  return {
    out: (line) => lines.push(line),
    note: (line) => notes.push(line),
    progress: () => undefined,
    confirm: async () => answer,
    style: (_look, text) => text,
    width: 100,
    folder,
    now: () => new Date("2026-01-15T12:00:00Z"),
    output: () => lines.join("\n"),
    notes: () => notes.join("\n"),
  };
}
