import type { ExportedRejects } from "../intake/export-rejects.ts";
import type { CliText } from "../locales/cli-texts.ts";
import type { Translate } from "../locales/translate.ts";
import { sql } from "../sql/fragment.ts";
import type { Row } from "../store/store.ts";
import { type Command, countOf } from "./command.ts";
import { layoutTable } from "./layout.ts";
import { jsonText, pathOf, withWorkspace } from "./opening.ts";

/** `lastpenny rejects`: rows that could not be used, by reason. */
export const command: Command = {
  name: "rejects",
  usage: "",
  summary: "Lists rows that could not be used, by reason; writes them out to be corrected.",
  options: {
    export: {
      type: "string",
      value: "DIR",
      help: "write them as CSV files, one per load, into this folder",
    },
    limit: { type: "string", value: "N", help: "reasons to list (default 50)" },
    json: { type: "boolean", help: "print as JSON" },
  },
  examples: [
    "lastpenny rejects",
    "lastpenny rejects --export ./to-correct",
    "lastpenny import ./to-correct",
  ],
  run: (args, terminal) =>
    withWorkspace(args, terminal, async ({ workspace, t, width }) => {
      const folder = args.text("export");
      if (folder !== undefined) {
        const files = await workspace.exportRejects(pathOf(terminal, folder));
        for (const line of exportLines(files, t)) terminal.out(line);
        return 0;
      }
      const rows = await workspace.store.query(
        sql`SELECT "file", "field", "code", "reason", count(*) AS "rows", min("line") AS "line"
          FROM "ledger"."rejects" WHERE "state" = 'open'
          GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1, 6 LIMIT ${countOf(args, "limit") ?? 50}`,
      );
      const lines = args.flag("json") ? [jsonText(rows)] : reasonLines(rows, t, width);
      for (const line of lines) terminal.out(line);
      return 0;
    }),
};

function reasonLines(rows: readonly Row[], t: Translate<CliText>, width: number): string[] {
  if (rows.length === 0) return [t("rejects.none")];
  const columns = [
    { title: t("rejects.count"), align: "right" as const },
    { title: t("files.file"), max: 50, cut: "middle" as const },
    { title: t("rejects.row"), align: "right" as const },
    { title: t("rejects.field"), max: 28 },
    { title: t("rejects.reason") },
  ];
  const cells = rows.map((row) =>
    [row.rows, row.file, row.line, row.field ?? "", row.reason].map(String),
  );
  return [...layoutTable(columns, cells, 0, width), t("rejects.hint")];
}

function exportLines(files: readonly ExportedRejects[], t: Translate<CliText>): string[] {
  if (files.length === 0) return [t("rejects.none")];
  return files.map(({ path, rows, needsFile }) =>
    needsFile ? t("rejects.needs_file", { path, rows }) : `${path}: ${rows}`,
  );
}
