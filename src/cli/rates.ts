import { LastpennyError } from "../errors.ts";
import { sql } from "../sql/fragment.ts";
import type { Command } from "./command.ts";
import { refreshed } from "./import.ts";
import { importLines, importProgress } from "./import-lines.ts";
import { layoutTable } from "./layout.ts";
import { pathOf, withWorkspace } from "./opening.ts";

/** `lastpenny rates`: dated currency rates. */
export const command: Command = {
  name: "rates",
  usage: "[import FILE]",
  summary:
    "Lists the currency rates that are known, or imports a file with columns day, currency, base, rate.",
  options: {},
  examples: ["lastpenny rates import rates.csv"],
  run: (args, terminal) =>
    withWorkspace(
      args,
      terminal,
      async (opened) => {
        const { workspace, t } = opened;
        const [action, file] = args.positionals;
        if (action === "import" && file !== undefined) {
          const path = pathOf(terminal, file);
          const onProgress = importProgress(terminal, t);
          const report = await workspace.import(path, { as: "template/rates", onProgress });
          for (const line of importLines(report, path, t)) terminal.out(line);
          await refreshed(opened, terminal);
          return report.files.every(({ kind }) => kind === "loaded") ? 0 : 1;
        }
        if (action !== undefined) throw new LastpennyError("usage", "say: rates import FILE");
        const rows = await workspace.store.query(
          sql`SELECT "currency", "base", count(*) AS "days", CAST(min("day") AS VARCHAR) AS "first_day",
              CAST(max("day") AS VARCHAR) AS "last_day"
            FROM "ledger"."rates" WHERE "deleted" IS NOT TRUE GROUP BY 1, 2 ORDER BY 1, 2`,
        );
        const columns = ["currency", "base", "days", "from", "to"].map((title) => ({ title }));
        const cells = rows.map((row) =>
          [row.currency, row.base, row.days, row.first_day, row.last_day].map(String),
        );
        for (const line of layoutTable(columns, cells, 0)) terminal.out(line);
        return 0;
      },
      { create: true },
    ),
};
