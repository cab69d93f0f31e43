import type { AppText } from "../../../locales/app-texts.ts";
import type { Translate } from "../../../locales/translate.ts";
import { useT } from "../../text/texts.tsx";

const named: Readonly<Record<string, AppText>> = {
  events: "data.table.events",
  stages: "data.table.stages",
  deals: "data.table.deals",
  deal_history: "data.table.deal_history",
  orders: "data.table.orders",
  order_headers: "data.table.order_headers",
  carts: "data.table.carts",
  costs: "data.table.costs",
  surveys: "data.table.surveys",
  tasks: "data.table.tasks",
  assignments: "data.table.assignments",
  placements: "data.table.placements",
  followers: "data.table.followers",
  people: "data.table.people",
  accounts: "data.table.accounts",
  associations: "data.table.associations",
  campaigns: "data.table.campaigns",
  automations: "data.table.automations",
  products: "data.table.products",
  ad_accounts: "data.table.ad_accounts",
  rates: "data.table.rates",
  identities: "data.table.identities",
  identity_links: "data.table.identity_links",
  merges: "data.table.merges",
};

/**
 * Returns what people call a table of the ledger.
 *
 * @param table its name
 * @param t texts
 */
export function tableName(table: string, t: Translate<AppText>): string {
  const text = named[table];
  return text ? t(text) : table;
}

/** Returns the function that names tables of the ledger. */
export function useTableNames(): (table: string) => string {
  const t = useT();
  return (table) => tableName(table, t);
}
