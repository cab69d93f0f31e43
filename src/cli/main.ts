import { LastpennyError } from "../errors.ts";
import { type Command, helpOf, readArguments } from "./command.ts";
import { layoutTable } from "./layout.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/** Every command: its name and how to load it. */
const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  measure: () => import("./measure.ts"),
  serve: () => import("./serve.ts"),
  import: () => import("./import.ts"),
  sources: () => import("./sources.ts"),
  ask: () => import("./ask.ts"),
  explain: () => import("./explain.ts"),
  attribute: () => import("./attribute.ts"),
  paths: () => import("./paths.ts"),
  credit: () => import("./credit.ts"),
  metrics: () => import("./metrics.ts"),
  rejects: () => import("./rejects.ts"),
  replay: () => import("./replay.ts"),
  costs: () => import("./costs.ts"),
  rates: () => import("./rates.ts"),
  merges: () => import("./merges.ts"),
  reconcile: () => import("./reconcile.ts"),
  doctor: () => import("./doctor.ts"),
  simulate: () => import("./simulate.ts"),
};

/**
 * Runs the command line.
 *
 * @param args what follows the program's name
 * @param terminal where it reads and writes; tests pass another one
 * @returns the exit code: 0 done, 1 the command found something wrong, 2 it was used wrongly or failed
 */
export async function main(
  args: readonly string[],
  terminal: Terminal = processTerminal(),
): Promise<number> {
  const [name = "help", ...rest] = args;
  try {
    if (name === "--version" || name === "-v") return await printVersion(terminal);
    if (["help", "--help", "-h"].includes(name)) return await printHelp(rest[0], terminal);
    const command = await loadCommand(name);
    const given = readArguments(command, rest);
    if (given.flag("help")) {
      terminal.out(helpOf(command));
      return 0;
    }
    return await command.run(given, terminal);
  } catch (error) {
    return report(error, args, terminal);
  }
}

async function loadCommand(name: string): Promise<Command> {
  const load = commands[name];
  if (!load) {
    throw new LastpennyError(
      "usage",
      `unknown command: ${name} (one of ${Object.keys(commands).join(", ")})`,
    );
  }
  return (await load()).command;
}

async function printHelp(name: string | undefined, terminal: Terminal): Promise<number> {
  if (name) {
    terminal.out(helpOf(await loadCommand(name)));
    return 0;
  }
  const loaded = await Promise.all(Object.keys(commands).map(loadCommand));
  terminal.out("lastpenny measures what marketing automation returns, to the last penny.\n");
  const rows = loaded.map((command) => [
    `${command.name} ${command.usage}`.trim(),
    command.summary,
  ]);
  const columns = [{ title: "" }, { title: "", max: 100 }];
  for (const line of layoutTable(columns, rows, 2, terminal.width)) terminal.out(line);
  terminal.out("\nlastpenny COMMAND --help tells more.");
  return 0;
}

async function printVersion(terminal: Terminal): Promise<number> {
  const { version } = await import("../version.ts");
  terminal.out(version());
  return 0;
}

function report(error: unknown, args: readonly string[], terminal: Terminal): number {
  if (error instanceof LastpennyError) {
    terminal.note(`${terminal.style("red", "error")} ${error.message}`);
    terminal.note(terminal.style("dim", `(${error.code}: see docs/errors.md)`));
  } else if (isRefusedByDisk(error)) {
    terminal.note(`${terminal.style("red", "error")} ${error.message}`);
    terminal.note(
      "Choose a folder that can be written to (--workspace DIR), or make room on the disk.",
    );
  } else {
    terminal.note(`${terminal.style("red", "unexpected error")} ${String(error)}`);
    terminal.note("This is a bug in lastpenny. Run again with --debug and report what it shows.");
  }
  if (args.includes("--debug") && error instanceof Error) terminal.note(error.stack ?? "");
  return 2;
}

/** True when the machine, and not the program, is the reason: no permission, no room. */
function isRefusedByDisk(error: unknown): error is Error {
  const refusals = ["EACCES", "EPERM", "EROFS", "ENOSPC", "ENOTDIR", "EEXIST"];
  return error instanceof Error && "code" in error && refusals.includes(String(error.code));
}
