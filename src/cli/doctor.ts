import { statSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { ledgerTables } from "../ledger/tables.ts";
import { warningText } from "../locales/warning-texts.ts";
import { identifier, join as joinSql, literal, sql } from "../sql/fragment.ts";
import { version } from "../version.ts";
import type { Command } from "./command.ts";
import { layoutTable } from "./layout.ts";
import { type Opened, withWorkspace } from "./opening.ts";

/** `lastpenny doctor`: whether the workspace is well; exit code 1 when something needs attention. */
export const command: Command = {
  name: "doctor",
  usage: "",
  summary:
    "Looks the workspace over: versions, sizes, open rejects, suspicious data, whether the books tie out.",
  options: {},
  run: (args, terminal) =>
    withWorkspace(args, terminal, async (opened) => {
      for (const line of layoutTable([{ title: "" }, { title: "" }], await facts(opened), 0))
        terminal.out(line);
      const found = await opened.workspace.warnings();
      const books = await opened.workspace.reconcile();
      terminal.out("");
      for (const warning of found) terminal.out(`! ${warningText(warning, opened.locale)}`);
      const failed = books.checks.filter(({ ties }) => !ties).length;
      terminal.out(
        books.ties
          ? `✓ ${opened.t("reconcile.ok", { checks: books.checks.length })}`
          : `✗ ${opened.t("reconcile.bad", { count: failed })} lastpenny reconcile`,
      );
      if (found.length === 0) terminal.out(`✓ ${opened.t("warnings.none")}`);
      return books.ties && found.length === 0 ? 0 : 1;
    }),
};

async function facts({ workspace }: Opened): Promise<string[][]> {
  const { store, settings, folder } = workspace;
  const counts = joinSql(
    ledgerTables.map(
      ({ name }) =>
        sql`SELECT ${literal(name)} AS "name", count(*) AS "rows" FROM ${identifier("ledger", name)}`,
    ),
    " UNION ALL ",
  );
  const tables = await store.query(counts);
  const [rejects] = await store.query(
    sql`SELECT count(*) AS "rows" FROM "ledger"."rejects" WHERE "state" = 'open'`,
  );
  const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  return [
    ["lastpenny", version()],
    ["Node.js", process.versions.node],
    ["machine", `${availableParallelism()} cores, ${megabytes(totalmem())}`],
    ["workspace", folder],
    ["size", megabytes(statSync(join(folder, "workspace.duckdb")).size)],
    ["memory, threads", `${settings.memory}, ${settings.threads}`],
    ["open rejects", String(rejects?.rows ?? 0)],
    ...tables
      .filter((row) => Number(row.rows) > 0)
      .map((row) => [String(row.name), String(row.rows)]),
  ];
}
