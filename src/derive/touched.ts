import { type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { count, keep } from "./components.ts";
import type { DeriveState } from "./state.ts";

/**
 * Rows without a person form one group; it goes by this number, which no identifier hashes to in practice, and is
 * recomputed by every refresh that finds anything new.
 */
const nobody = sql`0`;

/** Keeps rows of touched people and of nobody. */
export const touchedPeople = (person: Sql): Sql =>
  sql`coalesce(${person}, ${nobody}) IN (SELECT person FROM touched_people)`;

/** Keeps rows with an identifier of touched people, or with none. */
export const touchedIdentities = (identity: Sql): Sql =>
  sql`coalesce(${identity}, ${nobody}) IN (SELECT identity FROM touched_identities)`;

/**
 * Writes the people concerned since the last refresh to the temporary tables `touched_people` and
 * `touched_identities`: whoever owned or owns a touched identifier or one that changed hands.
 *
 * @param store the workspace, with `resolved_identities` written
 * @param state what the last refresh saw
 */
export async function keepTouched(store: Store, state: DeriveState): Promise<void> {
  await store.run(
    sql`CREATE TABLE IF NOT EXISTS derived.identity_map (identity UBIGINT, person UBIGINT)`,
  );
  await keep(
    store,
    "changed_hands",
    sql`SELECT coalesce(n.identity, o.identity) AS identity
      FROM resolved_identities AS n FULL JOIN derived.identity_map AS o ON o.identity = n.identity
      WHERE n.person IS DISTINCT FROM o.person`,
  );
  await keep(
    store,
    "touched_people",
    sql`WITH touched AS (
        SELECT identity FROM ledger.touched WHERE identity IS NOT NULL
        UNION SELECT identity FROM changed_hands
      )
      SELECT coalesce(n.person, t.identity) AS person
      FROM touched AS t LEFT JOIN resolved_identities AS n ON n.identity = t.identity
      UNION
      SELECT coalesce(o.person, t.identity)
      FROM touched AS t LEFT JOIN derived.identity_map AS o ON o.identity = t.identity
      UNION SELECT ${nobody}`,
  );
  await keep(
    store,
    "touched_identities",
    sql`SELECT person AS identity FROM touched_people
      UNION
      SELECT n.identity FROM resolved_identities AS n JOIN touched_people AS t ON t.person = n.person`,
  );
  void state;
}

/** Returns how many people are touched, without the group of nobody. */
export async function countTouched(store: Store): Promise<number> {
  return (await count(store, sql`SELECT count(*) AS n FROM touched_people`)) - 1;
}
