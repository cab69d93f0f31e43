import type { LedgerTable } from "./table.ts";
import { carts, orderHeaders, orders, products } from "./tables/commerce.ts";
import { accounts, associations, dealHistory, deals, people, stages } from "./tables/crm.ts";
import { events } from "./tables/events.ts";
import { assignments, followers, placements, surveys } from "./tables/feedback.ts";
import { identities, identityLinks, merges } from "./tables/identity.ts";
import { adAccounts, automations, campaigns, costs, rates, tasks } from "./tables/spend.ts";

/** Every table of the ledger, in the order in which the documentation lists them. */
export const ledgerTables = [
  events,
  stages,
  deals,
  dealHistory,
  orders,
  orderHeaders,
  carts,
  costs,
  surveys,
  tasks,
  assignments,
  placements,
  followers,
  people,
  accounts,
  associations,
  campaigns,
  automations,
  products,
  adAccounts,
  rates,
  identities,
  identityLinks,
  merges,
] as const satisfies readonly LedgerTable[];

/** The name of a ledger table. */
export type LedgerTableName = (typeof ledgerTables)[number]["name"];

/**
 * Returns the declaration of a ledger table.
 *
 * @param name the table's name
 */
export function ledgerTable(name: LedgerTableName): LedgerTable {
  const found = ledgerTables.find((table) => table.name === name);
  if (!found) throw new Error(`no such ledger table: ${name}`);
  return found;
}
