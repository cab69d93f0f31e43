import { LastpennyError } from "../errors.ts";
import { sources } from "../sources/index.ts";
import type { Command } from "./command.ts";
import { layoutTable } from "./layout.ts";
import { jsonText } from "./opening.ts";

/** `lastpenny sources`: what can be recognised, and by which columns. */
export const command: Command = {
  name: "sources",
  usage: "[VENDOR]",
  summary: "Lists what can be recognised, and by which columns.",
  options: { json: { type: "boolean", help: "print as JSON" } },
  run: async (args, terminal) => {
    const [wanted] = args.positionals;
    const listed = sources.filter(
      ({ id, vendor }) => wanted === undefined || vendor === wanted || id === wanted,
    );
    if (listed.length === 0) {
      const vendors = [...new Set(sources.map(({ vendor }) => vendor))];
      throw new LastpennyError(
        "usage",
        `nothing is known of ${wanted ?? ""}; there is ${vendors.join(", ")}`,
      );
    }
    if (args.flag("json")) {
      terminal.out(
        jsonText(listed.map(({ id, vendor, title, columns }) => ({ id, vendor, title, columns }))),
      );
      return 0;
    }
    const rows = listed.map(({ id, title, columns }) => [id, title, columns.join(", ")]);
    const titles = [
      { title: "source", max: 36 },
      { title: "what", max: 48 },
      { title: "columns", max: 400 },
    ];
    for (const line of layoutTable(titles, rows, 0, terminal.width)) terminal.out(line);
    return 0;
  },
};
