import { type LedgerTableName, ledgerTable } from "../ledger/tables.ts";
import { identifier, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext } from "./derived.ts";

/**
 * Returns the table that holds the events of the people to be computed: the ledger's, or for few people a copy of theirs.
 *
 * @param context the people to be computed
 */
export function eventsOf({ isPartial }: Pick<DeriveContext, "isPartial">): Sql {
  return isPartial ? identifier("touched_events") : identifier("ledger", "events");
}

/**
 * Returns the table that holds the person of each identifier of the people to be computed: that of everybody, or for
 * few people a copy of their part.
 *
 * @param context the people to be computed
 */
export function identityMapOf({ isPartial }: Pick<DeriveContext, "isPartial">): Sql {
  return isPartial ? identifier("touched_identity_map") : identifier("derived", "identity_map");
}

/**
 * Returns the query of a ledger table's live rows with their `person`, for the people to be computed. It is the one
 * place where a row's raw identity becomes a person.
 *
 * @param context the people to be computed
 * @param table name of a ledger table that has the column `identity`
 * @param columns what to select, with the alias `e` for the table; `e.*` for all
 */
export function resolvedRows(context: DeriveContext, table: LedgerTableName, columns: Sql): Sql {
  const person = sql`coalesce(m.person, e.identity)`;
  const alive = ledgerTable(table).nature === "entity" ? sql` AND deleted IS NOT TRUE` : sql``;
  return sql`SELECT ${person} AS person, ${columns}
    FROM (
      SELECT * FROM ${table === "events" ? eventsOf(context) : identifier("ledger", table)}
      WHERE ${context.identities(sql`identity`)}${alive}
    ) AS e
    LEFT JOIN ${identityMapOf(context)} AS m ON m.identity = e.identity
    WHERE ${context.people(person)}`;
}
