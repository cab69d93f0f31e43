import { nearest } from "../catalogue/nearest.ts";
import { literal, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";

/** Names that are offered instead of one that does not exist. */
const offered = 5;

/**
 * Returns orders, deals and goal events whose names are like one that does not exist: those that contain it or that it contains, otherwise
 * those that begin or end alike and differ by few letters.
 *
 * @param store the workspace
 * @param name what was asked for
 */
export async function nearConversions(
  store: Pick<Store, "query">,
  name: string,
): Promise<readonly string[]> {
  const bare = name.replace(/^\W+/, "").toLowerCase();
  if (bare === "") return [];
  const conversions = sql`SELECT DISTINCT conversion FROM derived.credits`;
  const like = await store.query(
    sql`SELECT conversion FROM (${conversions}) AS known
      WHERE position(${bare} IN lower(conversion)) > 0 OR (length(conversion) > 2 AND position(lower(conversion) IN ${bare}) > 0)
      ORDER BY abs(length(conversion) - ${bare.length}), conversion LIMIT ${literal(offered)}`,
  );
  if (like.length > 0) return like.map((row) => String(row.conversion));
  const half = Math.ceil(bare.length / 2);
  const alike = await store.query(
    sql`SELECT conversion FROM (${conversions}) AS known
      WHERE abs(length(conversion) - ${name.length}) < 3
        AND (position(${bare.slice(0, half)} IN lower(conversion)) > 0 OR position(${bare.slice(-half)} IN lower(conversion)) > 0)
      ORDER BY conversion LIMIT 10000`,
  );
  const found = nearest(name, new Set(alike.map((row) => String(row.conversion))));
  return found === null ? [] : [found];
}

/**
 * Returns the latest orders, deals or goal events, to show what their names look like.
 *
 * @param store the workspace
 */
export async function latestConversions(store: Pick<Store, "query">): Promise<readonly string[]> {
  const rows = await store.query(
    sql`SELECT conversion, max(converted_at) AS latest FROM derived.credits
      GROUP BY conversion ORDER BY latest DESC, conversion LIMIT 3`,
  );
  return rows.map((row) => String(row.conversion));
}
