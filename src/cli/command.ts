import { type ParseArgsConfig, parseArgs } from "node:util";
import { LastpennyError } from "../errors.ts";
import type { Terminal } from "./terminal.ts";

/** An option of a command, as `parseArgs` takes it, with a line of help. */
export interface CommandOption {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for the value in the help, such as DIR. */
  readonly value?: string;
  readonly help: string;
}

/** What was given on the command line. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** Text of an option; undefined when it was not given. */
  readonly text: (name: string) => string | undefined;
  readonly texts: (name: string) => readonly string[];
  readonly flag: (name: string) => boolean;
}

/** One command: its help is made from this, and nothing else knows it. */
export interface Command {
  readonly name: string;
  /** What follows the name, such as "FILE…". */
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  readonly examples?: readonly string[];
  /** Runs the command and returns the exit code. */
  readonly run: (args: Arguments, terminal: Terminal) => Promise<number>;
}

/** Options that every command understands. */
export const commonOptions = {
  workspace: {
    type: "string",
    short: "w",
    value: "DIR",
    help: "the workspace (default ./lastpenny)",
  },
  lang: { type: "string", value: "LANG", help: "en, zh-Hans, zh-Hant or id" },
  help: { type: "boolean", short: "h", help: "show this help" },
  debug: { type: "boolean", help: "show where an unexpected error comes from" },
} as const satisfies Readonly<Record<string, CommandOption>>;

/**
 * Reads the arguments of a command.
 *
 * @param command the command
 * @param args what follows its name
 * @throws LastpennyError `usage` naming the wrong option
 */
export function readArguments(command: Command, args: readonly string[]): Arguments {
  const options: NonNullable<ParseArgsConfig["options"]> = {};
  for (const [name, option] of Object.entries({ ...commonOptions, ...command.options })) {
    const { type, short, multiple } = option as CommandOption;
    options[name] = { type, ...(short ? { short } : {}), ...(multiple ? { multiple } : {}) };
  }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const listOf = (name: string) =>
      [values[name] ?? []].flat().filter((value) => typeof value === "string");
    return {
      positionals,
      text: (name) => listOf(name).at(-1),
      texts: listOf,
      flag: (name) => values[name] === true,
    };
  } catch (cause) {
    // Behind the first sentence Node explains its own way of writing arguments.
    const [message = ""] = (cause instanceof Error ? cause.message : String(cause)).split(
      /\. |\.?\n/,
    );
    throw new LastpennyError(
      "usage",
      `${message} (see lastpenny ${command.name} --help)`,
      {},
      { cause },
    );
  }
}

/**
 * Returns an option that is a whole number above 0.
 *
 * @param args what was given
 * @param name the option's name
 * @throws LastpennyError `usage` for anything else
 */
export function countOf(args: Arguments, name: string): number | undefined {
  const given = args.text(name);
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new LastpennyError("usage", `--${name} has to be a whole number above 0: ${given}`);
}

/**
 * Returns the help of a command.
 *
 * @param command the command
 */
export function helpOf(command: Command): string {
  const rows = Object.entries({ ...command.options, ...commonOptions }).map(([name, entry]) => {
    const option = entry as CommandOption;
    const short = option.short ? `-${option.short}, ` : "    ";
    const value = option.value ? ` ${option.value}` : "";
    return [`  ${short}--${name}${value}`, option.help] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const examples = command.examples ?? [];
  return [
    `${command.summary}`,
    "",
    `  lastpenny ${command.name} ${command.usage}`.trimEnd(),
    "",
    ...rows.map(([left, help]) => `${left.padEnd(width)}${help}`),
    ...(examples.length > 0 ? ["", "Examples:", ...examples.map((line) => `  ${line}`)] : []),
  ].join("\n");
}
