import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isSeq, parseDocument } from "yaml";
import { LastpennyError } from "../errors.ts";
import { parseRecurringCost } from "../ledger/recurring-costs.ts";
import type { Command } from "./command.ts";
import { refreshed } from "./import.ts";
import { layoutTable } from "./layout.ts";
import { type Opened, pathOf, withWorkspace } from "./opening.ts";

const example = 'lastpenny costs add "licence 900 EUR monthly from 2025-01-01 for HubSpot"';

/** `lastpenny costs`: recurring costs, spread exactly over days. */
export const command: Command = {
  name: "costs",
  usage: '[add "…" | remove N]',
  summary: "Lists, adds or removes recurring costs, which are spread exactly over days.",
  options: {},
  examples: [example, 'lastpenny costs add "staff 0.6 FTE at 62,000/year"'],
  run: async (args, terminal) => {
    const [action, ...words] = args.positionals;
    const folder = pathOf(terminal, args.text("workspace") ?? "lastpenny");
    if (action === "add") {
      const entry = words.join(" ");
      if (entry.trim() === "") throw new LastpennyError("usage", `say which cost: ${example}`);
      parseRecurringCost(entry);
      changeCosts(folder, (costs) => [...costs, entry]);
    } else if (action === "remove") {
      const index = Number(words[0]) - 1;
      changeCosts(folder, (costs) => {
        if (costs[index] === undefined)
          throw new LastpennyError(
            "usage",
            `no entry has the number ${words[0] ?? "(none given)"}: lastpenny costs lists them`,
          );
        return costs.filter((_cost, position) => position !== index);
      });
    } else if (action !== undefined) {
      throw new LastpennyError("usage", `say add or remove, not ${action}`);
    }
    return withWorkspace(
      args,
      terminal,
      async (opened) => {
        if (action !== undefined) await refreshed(opened, terminal);
        for (const line of costLines(opened)) terminal.out(line);
        return 0;
      },
      { create: action !== undefined },
    );
  },
};

/** Changes the list in the settings file and leaves the rest of it, comments too, as it is. */
function changeCosts(
  folder: string,
  change: (costs: readonly unknown[]) => readonly unknown[],
): void {
  const file = join(folder, "lastpenny.yaml");
  if (!existsSync(file)) {
    throw new LastpennyError(
      "file_unreadable",
      `no workspace in ${folder}: make one with lastpenny measure`,
    );
  }
  const document = parseDocument(readFileSync(file, "utf8"));
  const costs = document.get("costs", true);
  const known: unknown = isSeq(costs) ? costs.toJSON() : [];
  document.set("costs", change(Array.isArray(known) ? known : []));
  writeFileSync(file, document.toString());
}

function costLines({ workspace, t }: Opened): string[] {
  const entries = workspace.settings.costs.map(parseRecurringCost);
  if (entries.length === 0) return [t("costs.none")];
  const columns = ["", "kind", "amount", "every", "from", "to", "for"].map((title) => ({ title }));
  const rows = entries.map((cost, index) => [
    String(index + 1),
    cost.kind,
    `${cost.fte === undefined ? "" : `${cost.fte} FTE × `}${cost.amount} ${cost.currency ?? workspace.settings.currency}`,
    cost.every,
    cost.from ?? "–",
    cost.to ?? "–",
    cost.tool ?? cost.automation ?? "",
  ]);
  return layoutTable(columns, rows, 0);
}
