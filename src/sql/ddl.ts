import type { Columns } from "../ledger/table.ts";
import type { Dialect } from "./dialect.ts";
import { identifier, join, raw, type Sql, sql } from "./fragment.ts";

/**
 * Returns the statement that makes a table.
 *
 * @param dialect the engine's types
 * @param schema ledger or derived
 * @param name the table
 * @param columns its columns in storage order
 */
export function createTable(
  dialect: Pick<Dialect, "types">,
  schema: string,
  name: string,
  columns: Columns,
): Sql {
  const definitions = Object.entries(columns).map(
    ([column, { type }]) => sql`${identifier(column)} ${raw(dialect.types[type])}`,
  );
  return sql`CREATE TABLE IF NOT EXISTS ${identifier(schema, name)} (${join(definitions)})`;
}
