import { createInterface } from "node:readline/promises";
import { styleText } from "node:util";

/** A look that text can have on a terminal that shows it. */
export type Look = "bold" | "dim" | "green" | "yellow" | "red" | "cyan";

/** What a command needs of the world; tests pass another one. */
export interface Terminal {
  /** Writes a line of the result to standard output. */
  readonly out: (line: string) => void;
  /** Writes a line about the work to standard error. */
  readonly note: (line: string) => void;
  /** Shows what is being done: one line that replaces itself on a terminal, now and then a line elsewhere. */
  readonly progress: (line: string) => void;
  /** Asks a question with yes or no; null when nobody can answer. */
  readonly confirm: (question: string) => Promise<boolean | null>;
  readonly style: (look: Look, text: string) => string;
  readonly width: number;
  readonly folder: string;
  readonly now: () => Date;
}

const quietMs = 5_000;

/** The terminal that the program was started in. */
export function processTerminal(): Terminal {
  const { stdout, stderr, stdin } = process;
  const isColoured = stdout.isTTY === true && process.env.NO_COLOR === undefined;
  let isProgressShown = false;
  let lastNoteAt = Date.now();
  const clear = () => {
    if (isProgressShown) stderr.write("\r\u001b[K");
    isProgressShown = false;
  };
  return {
    out: (line) => {
      clear();
      stdout.write(`${line}\n`);
    },
    note: (line) => {
      clear();
      stderr.write(`${line}\n`);
    },
    progress: (line) => {
      if (stderr.isTTY) {
        clear();
        stderr.write(line.slice(0, (stderr.columns ?? 80) - 1));
        isProgressShown = true;
      } else if (Date.now() - lastNoteAt > quietMs) {
        lastNoteAt = Date.now();
        stderr.write(`${line}\n`);
      }
    },
    confirm: async (question) => {
      if (!stdin.isTTY || !stderr.isTTY) return null;
      clear();
      const prompt = createInterface({ input: stdin, output: stderr });
      const answer = await prompt.question(`${question} [y/N] `);
      prompt.close();
      return /^y(es)?$/i.test(answer.trim());
    },
    style: (look, text) => (isColoured ? styleText(look, text) : text),
    width: stdout.columns ?? 100,
    folder: process.cwd(),
    now: () => new Date(),
  };
}
