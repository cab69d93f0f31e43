import type { Command } from "./command.ts";
import { refreshed } from "./import.ts";
import { importLines } from "./import-lines.ts";
import { jsonText, withWorkspace } from "./opening.ts";

/** `lastpenny replay`: reads rejected rows again, after a mapping was corrected. */
export const command: Command = {
  name: "replay",
  usage: "",
  summary: "Reads all rejected rows again, with the mappings as they are now.",
  options: { json: { type: "boolean", help: "print as JSON" } },
  run: (args, terminal) =>
    withWorkspace(args, terminal, async (opened) => {
      const { receipts, left } = await opened.workspace.replay();
      await refreshed(opened, terminal);
      if (args.flag("json")) {
        terminal.out(jsonText({ receipts, left }));
        return 0;
      }
      const files = receipts.map((receipt) => ({
        kind: "loaded" as const,
        file: receipt.file,
        source: receipt.source,
        title: "",
        receipt,
      }));
      if (receipts.length + left.length === 0) terminal.out(opened.t("rejects.none"));
      if (files.length > 0)
        for (const line of importLines({ files }, "", opened.t)) terminal.out(line);
      for (const { file, rows, reason } of left)
        terminal.out(opened.t(`replay.${reason}`, { file, rows }));
      return 0;
    }),
};
