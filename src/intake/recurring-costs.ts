import { createHash } from "node:crypto";
import {
  type CostRow,
  expandRecurringCost,
  parseRecurringCost,
} from "../ledger/recurring-costs.ts";
import type { Settings } from "../ledger/settings.ts";
import { sources } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";
import { identifier, join, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { loadRawTable } from "./load.ts";
import type { RawTable, Receipt } from "./raw-table.ts";

const sourceId = "settings/costs";
const table = "recurring_costs";
const columns = [
  "id",
  "from_day",
  "to_day",
  "kind",
  "amount",
  "currency",
  "tool",
  "automation",
  "channel",
  "campaign",
  "note",
] as const satisfies readonly (keyof CostRow)[];

/** What recording recurring costs needs. */
export interface RecurringCostsRequest {
  readonly settings: Settings;
  /** First and last day of the ledger: entries without a start begin with it, and none goes on after it. */
  readonly since: string;
  readonly until: string;
  readonly clock: () => Date;
}

/**
 * Brings the recurring costs of the settings into the ledger, up to the last day that it covers. Rows of entries that
 * were changed or taken out disappear; nothing is done when nothing changed.
 *
 * @param store the workspace
 * @param request settings and days
 * @returns the receipt, or null when the ledger holds these rows already
 * @throws LastpennyError `cost_invalid`
 */
export async function recordRecurringCosts(
  store: Store,
  request: RecurringCostsRequest,
): Promise<Receipt | null> {
  const { settings, since, until, clock } = request;
  const rows = settings.costs
    .map(parseRecurringCost)
    .flatMap((cost) => expandRecurringCost(cost, { since, until, currency: settings.currency }));
  const fileHash = createHash("sha256").update(JSON.stringify(rows)).digest("hex");
  if ((await lastHash(store)) === (rows.length > 0 ? fileHash : null)) return null;
  const source = recurringCostSource();
  await store.run(sql`DELETE FROM "ledger"."costs" WHERE "source" = ${sourceId}`);
  await makeRawTable(store, rows);
  const rawTable: RawTable = {
    table,
    file: "lastpenny.yaml",
    fileName: "lastpenny.yaml",
    columns,
    rows: rows.length,
    fileHash,
    format: {},
    broken: [],
  };
  const receipt = await loadRawTable(store, { rawTable, source, settings, clock });
  await store.run(sql`DROP TABLE ${identifier(table)}`);
  return receipt;
}

function recurringCostSource(): Source {
  const template = sources.find(({ id }) => id === "template/costs");
  if (!template) throw new Error("there is no template of costs");
  return { ...template, id: sourceId, vendor: "settings", keySpace: "settings" };
}

async function lastHash(store: Store): Promise<string | null> {
  const [row] = await store.query(
    sql`SELECT "file_hash" FROM "ledger"."loads" WHERE "source" = ${sourceId} ORDER BY "load" DESC LIMIT 1`,
  );
  return typeof row?.file_hash === "string" ? row.file_hash : null;
}

async function makeRawTable(store: Store, rows: readonly CostRow[]): Promise<void> {
  const names = join(columns.map((column) => identifier(column)));
  const definitions = join(columns.map((column) => sql`${identifier(column)} VARCHAR`));
  await store.run(sql`CREATE OR REPLACE TEMPORARY TABLE ${identifier(table)} (${definitions})`);
  const values = rows.map((row) => sql`(${join(columns.map((column) => sql`${row[column]}`))})`);
  if (values.length > 0) {
    await store.run(sql`INSERT INTO ${identifier(table)} (${names}) VALUES ${join(values)}`);
  }
}
