import type { Settings } from "../ledger/settings.ts";
import { join, literal, type Sql, sql } from "../sql/fragment.ts";

const dayMicroseconds = 86_400_000_000;

/** Microseconds in a number of days, which may be a fraction. */
function microsecondsOf(days: number): Sql {
  return literal(Math.round(days * dayMicroseconds));
}

/**
 * Returns for how many microseconds a touch earns credit: by its kind, its channel, or as for all.
 *
 * @param settings the windows
 * @param kind the column that holds the kind of touch
 * @param channel the column that holds its channel
 */
export function windowOf(
  { attribution }: Pick<Settings, "attribution">,
  kind: Sql,
  channel: Sql,
): Sql {
  const { window_days, channel_windows, view_window_days } = attribution;
  const channels = Object.entries(channel_windows).map(
    ([name, days]) => sql`WHEN ${channel} = ${literal(name)} THEN ${microsecondsOf(days)}`,
  );
  return sql`CASE WHEN ${kind} = 'view' THEN ${microsecondsOf(view_window_days)} ${join(channels, " ")}
    ELSE ${microsecondsOf(window_days)} END`;
}

/**
 * Returns the longest window in seconds.
 *
 * @param settings the windows
 */
export function longestWindow({ attribution }: Pick<Settings, "attribution">): number {
  return Math.round(attribution.window_days * 86_400);
}
