import { LastpennyError } from "../errors.ts";
import type { FileOutcome, ImportOptions, ImportReport } from "../intake/import.ts";
import type { Arguments, Command } from "./command.ts";
import { importLines, importProgress, proposalLines } from "./import-lines.ts";
import { existingPathOf, jsonText, type Opened, pathOf, withWorkspace } from "./opening.ts";
import type { Terminal } from "./terminal.ts";

/** Options of an import, shared with `measure`. */
export const importOptions = {
  as: {
    type: "string",
    value: "SOURCE",
    help: "what the files are, such as shopify/orders-export",
  },
  map: { type: "string", value: "FILE", help: "a mapping file to read them with" },
  accept: { type: "boolean", help: "use proposed mappings without asking" },
  files: { type: "boolean", help: "a line for every file, however many there are" },
  set: {
    type: "string",
    value: "COLUMN=VALUE",
    multiple: true,
    help: "a value that a proposed mapping lacks, such as from_day=2025-01-31",
  },
} as const;

/** `lastpenny import`: brings files into the ledger. */
export const command: Command = {
  name: "import",
  usage: "FILE…",
  summary: "Brings files or folders into the ledger; proposes a mapping for unknown files.",
  options: { ...importOptions, json: { type: "boolean", help: "print as JSON" } },
  examples: [
    "lastpenny import ./exports",
    "lastpenny import orders.csv --as shopify/orders-export",
    "lastpenny import ads.csv --accept --set from_day=2025-01-31",
  ],
  run: async (args, terminal) => {
    if (args.positionals.length === 0) throw new LastpennyError("usage", "name a file or folder");
    const paths = args.positionals.map((path) => existingPathOf(terminal, path));
    const work = async (opened: Opened) => {
      const files: FileOutcome[] = [];
      for (const path of paths) {
        const report = await importWithQuestions(path, args, opened, terminal);
        files.push(...report.files);
        if (args.flag("json")) continue;
        const look = { width: opened.width, everyFile: args.flag("files") };
        for (const line of importLines(report, path, opened.t, look)) terminal.out(line);
      }
      if (args.flag("json")) terminal.out(jsonText({ files }));
      await refreshed(opened, terminal);
      return files.some(({ kind }) => kind !== "loaded" && kind !== "passed_over") ? 1 : 0;
    };
    return withWorkspace(args, terminal, work, { create: true });
  },
};

/**
 * Imports a path; shows each proposed mapping and asks whether to use it, where a person can answer.
 *
 * @param path file or folder
 * @param args options of {@link importOptions}
 * @param opened the workspace
 * @param terminal where questions are asked
 */
export async function importWithQuestions(
  path: string,
  args: Arguments,
  opened: Opened,
  terminal: Terminal,
): Promise<ImportReport> {
  const { workspace, t, width } = opened;
  const options = { ...optionsOf(args, terminal), onProgress: importProgress(terminal, t, path) };
  const report = await workspace.import(path, options);
  const files = [...report.files];
  for (const [index, outcome] of files.entries()) {
    if (outcome.kind !== "proposed" || args.flag("json")) continue;
    for (const line of proposalLines(outcome, t, width)) terminal.out(line);
    if (outcome.proposal.missing.length > 0 || outcome.path === null) continue;
    if ((await terminal.confirm(t("mapping.question"))) !== true) continue;
    const again = await workspace.import(outcome.file, { ...options, map: outcome.path });
    files.splice(index, 1, ...again.files);
  }
  return { files };
}

function optionsOf(args: Arguments, terminal: Terminal): ImportOptions {
  const as = args.text("as");
  const map = args.text("map");
  const given = Object.fromEntries(
    args.texts("set").map((text) => {
      const [name = "", ...value] = text.split("=");
      return [name, value.join("=")];
    }),
  );
  return {
    ...(as === undefined ? {} : { as }),
    ...(map === undefined ? {} : { map: pathOf(terminal, map) }),
    ...(args.flag("accept") ? { accept: true } : {}),
    ...(Object.keys(given).length > 0 ? { given } : {}),
  };
}

/**
 * Brings the derived tables up to date and shows the progress.
 *
 * @param opened the workspace
 * @param terminal where progress is shown
 */
export async function refreshed({ workspace, t }: Opened, terminal: Terminal): Promise<void> {
  await workspace.refresh({
    onProgress: ({ table, step, of }) =>
      terminal.progress(t("progress.deriving", { table: `${table} ${step}/${of}` })),
  });
}
