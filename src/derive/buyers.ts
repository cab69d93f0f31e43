import { literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext } from "./derived.ts";

/**
 * Returns who buys: the person, or the account where only that is known; with `customers.unit: account` the other way
 * round.
 *
 * @param context the settings
 * @param person the column that holds the person
 * @param account the column that holds the account
 */
export function buyerOf(
  { settings }: Pick<DeriveContext, "settings">,
  person: Sql,
  account: Sql,
): Sql {
  return settings.customers.unit === "account"
    ? sql`coalesce(${account}, ${person})`
    : sql`coalesce(${person}, ${account})`;
}

/**
 * Premise of tables whose rows go by the buyer: where buyers are accounts, rows of one person depend on those of
 * colleagues, so anything new about orders, deals or who works where concerns every row.
 *
 * @param context the settings
 */
export function accountsPremise({ dialect, settings }: DeriveContext): Sql {
  const isNameless =
    settings.customers.unit === "account"
      ? sql`TRUE`
      : sql`identity IS NULL AND account IS NOT NULL`;
  const news = (table: Sql, where: Sql): Sql =>
    sql`(SELECT ${dialect.textOf(sql`count(*)`)} || ' ' || coalesce(${dialect.textOf(sql`max(load)`)}, '') FROM ${table} WHERE ${where})`;
  return sql`SELECT ${news(sql`ledger.orders`, isNameless)} || ', ' || ${news(sql`ledger.order_headers`, isNameless)}
    || ', ' || ${news(sql`ledger.deals`, isNameless)} || ', ' || ${news(sql`ledger.associations`, sql`TRUE`)}
    || ', ' || ${literal(settings.customers.unit)} AS premise`;
}

/**
 * Returns the query of buyers one of whose orders stops counting as recent while the ledger goes on.
 *
 * @param context the settings and the end of the ledger
 * @param before the end at the last refresh
 */
export function lapsedBuyersSql(context: DeriveContext, before: string): Sql {
  const { dialect, settings } = context;
  const seconds = settings.customers.active_days * 86_400;
  const placed = (asOf: string): Sql =>
    dialect.addSeconds(sql`CAST(${asOf} AS ${raw(dialect.types.time)})`, -seconds);
  return sql`SELECT ${buyerOf(context, sql`person`, sql`account`)} AS identity FROM derived.purchases
    WHERE placed_at > ${placed(before)} AND placed_at <= ${placed(context.asOf)}`;
}

/**
 * Returns the query of who a deal is about: vendor, deal, person, account; what the deal itself does not say comes from
 * its associations, the first by key.
 *
 * @param context engine
 * @param vendorOf the vendor of a source column
 */
export function dealPartiesSql({ dialect }: DeriveContext, vendorOf: (source: Sql) => Sql): Sql {
  const first = (kind: string): Sql =>
    dialect.firstBy(
      sql`CASE WHEN a.to_kind = ${literal(kind)} THEN coalesce(m.person, a.to_identity) END`,
      sql`CASE WHEN a.to_kind = ${literal(kind)} THEN a.row_key END`,
    );
  return sql`SELECT ${vendorOf(sql`a.source`)} AS vendor, a.from_id AS deal,
      ${first("person")} AS person, ${first("account")} AS account
    FROM ledger.associations AS a
    LEFT JOIN derived.identity_map AS m ON m.identity = a.to_identity
    WHERE a.from_kind = 'deal' AND a.to_identity IS NOT NULL AND a.deleted IS NOT TRUE
    GROUP BY 1, 2`;
}
