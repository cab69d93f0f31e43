import { LastpennyError } from "../errors.ts";
import { sql } from "../sql/fragment.ts";
import type { Command } from "./command.ts";
import { refreshed } from "./import.ts";
import { importLines, importProgress } from "./import-lines.ts";
import { layoutTable } from "./layout.ts";
import { existingPathOf, type Opened, withWorkspace } from "./opening.ts";

/** `lastpenny rates`: dated currency rates. */
export const command: Command = {
  name: "rates",
  usage: "[import FILE]",
  summary:
    "Lists the currency rates that are known, or imports a file with columns day, currency, base, rate.",
  options: {},
  examples: ["lastpenny rates import rates.csv"],
  run: async (args, terminal) => {
    const [action, file] = args.positionals;
    if (action === undefined) {
      return withWorkspace(args, terminal, async (opened) => {
        for (const line of await rateLines(opened)) terminal.out(line);
        return 0;
      });
    }
    if (action !== "import" || file === undefined)
      throw new LastpennyError("usage", "say: rates import FILE");
    const path = existingPathOf(terminal, file);
    const work = async (opened: Opened) => {
      const { workspace, t, width } = opened;
      const onProgress = importProgress(terminal, t, path);
      const report = await workspace.import(path, { as: "template/rates", onProgress });
      for (const line of importLines(report, path, t, { width })) terminal.out(line);
      await refreshed(opened, terminal);
      return report.files.every(({ kind }) => kind === "loaded") ? 0 : 1;
    };
    return withWorkspace(args, terminal, work, { create: true });
  },
};

async function rateLines({ workspace, t }: Opened): Promise<readonly string[]> {
  const rows = await workspace.store.query(
    sql`SELECT "currency", "base", count(*) AS "days", CAST(min("day") AS VARCHAR) AS "first_day",
        CAST(max("day") AS VARCHAR) AS "last_day"
      FROM "ledger"."rates" WHERE "deleted" IS NOT TRUE GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  if (rows.length === 0) return [t("rates.none")];
  const columns = ["currency", "base", "days", "from", "to"].map((title) => ({ title }));
  const cells = rows.map((row) =>
    [row.currency, row.base, row.days, row.first_day, row.last_day].map(String),
  );
  return layoutTable(columns, cells, 0);
}
