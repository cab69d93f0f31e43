import { identifier, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";

/**
 * Writes the connected components of a graph to the temporary table `name`: node and label, the smallest node of its
 * component. Nodes without an edge are left out.
 *
 * Each round hangs every node onto its smallest neighbour, follows these parents to their root by pointer jumping, and
 * contracts the graph; at least half of the nodes vanish per round, whatever the order of the edges.
 *
 * @param store where the edges are
 * @param name the temporary table to write
 * @param edges a query of pairs `a`, `b`
 */
export async function components(store: Store, name: string, edges: Sql): Promise<void> {
  const labels = identifier(name);
  await keep(store, "component_edges", sql`SELECT DISTINCT a, b FROM (${edges}) AS e WHERE a <> b`);
  await keep(
    store,
    name,
    sql`SELECT a AS node, a AS label FROM component_edges UNION SELECT b, b FROM component_edges`,
  );
  while ((await count(store, sql`SELECT count(*) AS n FROM component_edges`)) > 0) {
    await findRoots(store);
    await keep(
      store,
      name,
      sql`SELECT l.node, coalesce(p.parent, l.label) AS label
        FROM ${labels} AS l LEFT JOIN component_parents AS p ON p.node = l.label`,
    );
    await keep(
      store,
      "component_edges",
      sql`SELECT DISTINCT x.parent AS a, y.parent AS b
        FROM component_edges AS e
        JOIN component_parents AS x ON x.node = e.a
        JOIN component_parents AS y ON y.node = e.b
        WHERE x.parent <> y.parent`,
    );
  }
}

async function findRoots(store: Store): Promise<void> {
  await keep(
    store,
    "component_parents",
    sql`SELECT node, least(node, min(neighbour)) AS parent FROM (
      SELECT a AS node, b AS neighbour FROM component_edges
      UNION ALL SELECT b, a FROM component_edges
    ) AS n GROUP BY node`,
  );
  const unfinished = sql`SELECT count(*) AS n FROM component_parents AS p
    JOIN component_parents AS q ON q.node = p.parent WHERE q.parent <> p.parent`;
  while ((await count(store, unfinished)) > 0) {
    await keep(
      store,
      "component_parents",
      sql`SELECT p.node, q.parent FROM component_parents AS p
        JOIN component_parents AS q ON q.node = p.parent`,
    );
  }
}

/** Replaces a temporary table by the rows of a query. */
export async function keep(store: Store, name: string, query: Sql): Promise<void> {
  await store.run(sql`CREATE OR REPLACE TEMPORARY TABLE ${identifier(name)} AS ${query}`);
}

/** Returns the number that a query gives as `n`. */
export async function count(store: Store, query: Sql): Promise<number> {
  const [row] = await store.query(query);
  return Number(row?.n ?? 0);
}
