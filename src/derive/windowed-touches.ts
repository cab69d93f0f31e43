import { join, type Sql, sql } from "../sql/fragment.ts";
import { windowOf } from "./attribution-window.ts";
import type { DeriveContext } from "./derived.ts";
import { isByAccount, ofTheirs } from "./goal-conversions.ts";

/**
 * Returns the query of the touches that earn credit for conversions: at or before the instant (or in the
 * same second, which is all that many sources record), not older than the window. One row per conversion and touch: the columns asked for, with the aliases c and t.
 *
 * @param context window, level and people
 * @param conversions a query or table with journey, person, account, converted_at and stated_touch
 * @param columns what to select
 */
export function windowedTouchesSql(context: DeriveContext, conversions: Sql, columns: Sql): Sql {
  const { dialect, settings } = context;
  const age = sql`${dialect.epochMicroseconds(sql`c.converted_at`)} - ${dialect.epochMicroseconds(sql`t.touched_at`)}`;
  const second = (time: Sql): Sql =>
    dialect.wholeDivision(dialect.epochMicroseconds(time), 1_000_000);
  const isInside = sql`${second(sql`t.touched_at`)} <= ${second(sql`c.converted_at`)}
    AND ${age} <= ${windowOf(settings, sql`t.touch_kind`, sql`t.channel`)}`;
  const pairs = (match: Sql): Sql => sql`SELECT ${columns} FROM ${conversions} AS c
    JOIN derived.touchpoints AS t ON ${match} AND ${isInside}
    WHERE ${ofTheirs(context, sql`t.person`)}`;
  const [byParty, isAlone] = isByAccount(context)
    ? [
        [
          pairs(sql`coalesce(t.account, t.person) = coalesce(c.account, c.person)`),
          pairs(
            sql`t.person = c.person AND coalesce(t.account, t.person) <> coalesce(c.account, c.person)`,
          ),
        ],
        sql`c.person IS NULL AND c.account IS NULL`,
      ]
    : [[pairs(sql`t.person = c.person`)], sql`c.person IS NULL`];
  return join([...byParty, pairs(sql`t.touch = c.stated_touch AND ${isAlone}`)], " UNION ALL ");
}
