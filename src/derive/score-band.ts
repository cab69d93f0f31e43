import type { Column } from "../ledger/table.ts";
import { join, literal, type Sql, sql } from "../sql/fragment.ts";

const limits = [0, 20, 40, 60, 80] as const;
const highest = 100;

/** The column that holds the band of a person's lead score. */
export const scoreBandColumn = {
  type: "text",
  meaning:
    "Band of the person's latest lead score: below 0, 0-20 (20 left out), 20-40, 40-60, 60-80, 80-100 (100 included), over 100.",
} as const satisfies Column;

/**
 * Returns the band of a lead score; null without a score.
 *
 * @param score the latest score of the person
 */
export function scoreBand(score: Sql): Sql {
  const bands = limits.slice(1).map((limit, index) => {
    const name = `${limits[index]}-${limit}`;
    return sql`WHEN ${score} < ${literal(limit)} THEN ${literal(name)}`;
  });
  return sql`CASE WHEN ${score} < 0 THEN 'below 0' ${join(bands, " ")}
    WHEN ${score} <= ${literal(highest)} THEN ${literal(`${limits.at(-1)}-${highest}`)}
    WHEN ${score} > ${literal(highest)} THEN ${literal(`over ${highest}`)} END`;
}
