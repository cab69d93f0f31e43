import { join, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext } from "./derived.ts";
import { isByAccount, ofTheirs } from "./goal-conversions.ts";

/** What touches are looked for, and what is wanted of them. */
interface Windowed {
  /** A query or table with journey, person, account, converted_at and stated_touch. */
  readonly conversions: Sql;
  /** A query or table with touch, person, account and touched_at; that of touchpoints by default. */
  readonly touches?: Sql;
  /** What to select, with the aliases c and t. */
  readonly columns: Sql;
  /** Microseconds for which a touch earns credit. */
  readonly window: Sql;
}

/**
 * Returns the query of the touches that earn credit for conversions: at or before the instant (or in the
 * same second, which is all that many sources record), not older than the window. One row per conversion and touch.
 *
 * @param context level and people
 * @param windowed conversions, touches, columns and window
 */
export function windowedTouchesSql(
  context: DeriveContext,
  { conversions, touches = sql`derived.touchpoints`, columns, window }: Windowed,
): Sql {
  const times = { touchedAt: sql`t.touched_at`, convertedAt: sql`c.converted_at` };
  const isInside = insideWindowSql(context, { ...times, window });
  const pairs = (match: Sql): Sql => sql`SELECT ${columns} FROM ${conversions} AS c
    JOIN ${touches} AS t ON ${match} AND ${isInside}
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
  return join(
    [...byParty, pairs(sql`t.touch = c.stated_touch AND t.person IS NULL AND ${isAlone}`)],
    " UNION ALL ",
  );
}

/**
 * Returns the condition that a touch earns credit for a conversion, whoever they belong to.
 *
 * @param context engine
 * @param times instants of touch and conversion; microseconds for which the touch earns credit
 */
export function insideWindowSql(
  { dialect }: Pick<DeriveContext, "dialect">,
  times: { readonly touchedAt: Sql; readonly convertedAt: Sql; readonly window: Sql },
): Sql {
  const touchedAt = dialect.epochMicroseconds(times.touchedAt);
  const convertedAt = dialect.epochMicroseconds(times.convertedAt);
  const second = (time: Sql): Sql => dialect.wholeDivision(time, 1_000_000);
  return sql`${second(touchedAt)} <= ${second(convertedAt)} AND ${convertedAt} - ${touchedAt} <= ${times.window}`;
}
