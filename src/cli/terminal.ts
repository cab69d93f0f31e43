import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { styleText } from "node:util";
import { printable, shorten } from "./layout.ts";

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
  /** Asks for something that is not shown; null when nobody can answer. */
  readonly secret?: (question: string) => Promise<string | null>;
  readonly style: (look: Look, text: string) => string;
  /** Cells of a line; endless where nobody looks at a terminal. */
  readonly width: number;
  readonly folder: string;
  readonly now: () => Date;
}

const quietMs = 5_000;

/** The terminal that the program was started in. */
export function processTerminal(): Terminal {
  const { stdout, stderr, stdin } = process;
  let isReaderGone = false;
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    // The reader, such as `head`, has seen enough; the work goes on to its end.
    if (error.code !== "EPIPE") throw error;
    isReaderGone = true;
  });
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
      if (!isReaderGone) stdout.write(`${stdout.isTTY ? harmless(line) : line}\n`);
    },
    note: (line) => {
      clear();
      stderr.write(`${stderr.isTTY ? harmless(line) : line}\n`);
    },
    progress: (line) => {
      if (stderr.isTTY) {
        clear();
        stderr.write(shorten(line, (stderr.columns ?? 80) - 1));
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
    secret: async (question) => {
      if (!stdin.isTTY || !stderr.isTTY) return null;
      clear();
      stderr.write(question);
      const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
      const prompt = createInterface({ input: stdin, output: silence, terminal: true });
      const answer = await prompt.question("");
      prompt.close();
      stderr.write("\n");
      return answer;
    },
    style: (look, text) => (isColoured ? styleText(look, text) : text),
    width: stdout.isTTY ? (stdout.columns ?? 80) : widthAskedFor(process.env.COLUMNS),
    folder: process.cwd(),
    now: () => new Date(),
  };
}

function widthAskedFor(columns = ""): number {
  return /^[1-9]\d{1,3}$/.test(columns) ? Number(columns) : Number.POSITIVE_INFINITY;
}

/**
 * Returns text that a terminal shows and does not obey: only colours and line breaks keep their meaning.
 *
 * @param text what is to be printed, with names and values of people's data in it
 */
export function harmless(text: string): string {
  return text.split("\n").map(harmlessLine).join("\n");
}

const csi = "\u001b[";

function harmlessLine(line: string): string {
  const [first = "", ...others] = line.split(csi);
  const shown = others.map((part) => {
    const [colour] = /^[\d;]*m/.exec(part) ?? [];
    return colour === undefined
      ? printable(csi + part)
      : csi + colour + printable(part.slice(colour.length));
  });
  return printable(first) + shown.join("");
}
