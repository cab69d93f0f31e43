import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { LastpennyError } from "../errors.ts";
import { type CliText, cliTexts } from "../locales/cli-texts.ts";
import { type Locale, locales, type Translate } from "../locales/translate.ts";
import { ownerOf } from "../store/lock.ts";
import { type OpenOptions, openWorkspace, type Workspace } from "../workspace.ts";
import type { Arguments } from "./command.ts";
import { remoteWorkspace } from "./remote-workspace.ts";
import type { Terminal } from "./terminal.ts";

/** What a command gets that works on a workspace. */
export interface Opened {
  readonly workspace: Workspace;
  readonly locale: Locale;
  readonly t: Translate<CliText>;
  /** Cells of a printed line. */
  readonly width: number;
  readonly style: Terminal["style"];
}

/**
 * Opens the workspace that a command names, or reaches it through the process that serves it, runs the work and closes it,
 * whatever happens.
 *
 * @param args the command's arguments
 * @param terminal the folder that paths are relative to
 * @param work what to do
 * @param options whether a missing workspace is made
 */
export async function withWorkspace<Result>(
  args: Arguments,
  terminal: Terminal,
  work: (opened: Opened) => Promise<Result>,
  options: OpenOptions = {},
): Promise<Result> {
  const folder = pathOf(terminal, args.text("workspace") ?? "lastpenny");
  const owner = ownerOf(folder);
  const workspace = owner
    ? await remoteWorkspace(folder, owner)
    : await openWorkspace(folder, { now: terminal.now, ...options });
  try {
    const locale = localeOf(args) ?? workspace.settings.locale;
    const { width, style } = terminal;
    return await work({ workspace, locale, t: cliTexts(locale), width, style });
  } finally {
    await workspace.close();
  }
}

/**
 * Returns the language asked for with --lang.
 *
 * @param args the command's arguments
 * @throws LastpennyError `usage` for another language
 */
export function localeOf(args: Arguments): Locale | undefined {
  const asked = args.text("lang");
  if (asked === undefined) return undefined;
  const found = locales.find((locale) => locale === asked);
  if (found) return found;
  throw new LastpennyError("usage", `unknown language: ${asked} (one of ${locales.join(", ")})`);
}

/**
 * Returns a path as the person meant it.
 *
 * @param terminal the folder that the program was started in
 * @param path absolute, or relative to that folder
 */
export function pathOf(terminal: Pick<Terminal, "folder">, path: string): string {
  return isAbsolute(path) ? path : join(terminal.folder, path);
}

/**
 * Returns the path of something that is to be read.
 *
 * @param terminal the folder that the program was started in
 * @param path absolute, or relative to that folder
 * @throws LastpennyError `file_unreadable` when nothing is there
 */
export function existingPathOf(terminal: Pick<Terminal, "folder">, path: string): string {
  const found = pathOf(terminal, path);
  if (existsSync(found)) return found;
  throw new LastpennyError(
    "file_unreadable",
    `${found} does not exist: name the file or folder of your exports`,
    { path: found },
  );
}

/**
 * Returns text for machines: bigints become numbers in quotes.
 *
 * @param value anything of plain objects, lists and values
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner),
    2,
  );
}
