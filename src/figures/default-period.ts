import { addDays, addMonths, startOfBucket, startOfDay, toLocalDay } from "../ledger/calendar.ts";
import type { Settings } from "../ledger/settings.ts";

/**
 * Returns the period that is shown when none is asked for: the last full month that the ledger covers, or, where it
 * covers no full month, all that there is. The day of the last instant counts as complete.
 *
 * @param asOf the UTC instant until which the ledger is known
 * @param settings the workspace's calendar
 * @param firstDay first day that the ledger knows, when there is one
 */
export function lastFullPeriod(
  asOf: string,
  settings: Settings,
  firstDay?: string,
): { readonly from: string; readonly to: string } {
  const day = toLocalDay(settings.time_zone, asOf);
  const isMidnight = Date.parse(startOfDay(settings.time_zone, day)) === Date.parse(asOf);
  const end = isMidnight ? day : addDays(day, 1);
  const to = startOfBucket("month", end, settings);
  const from = addMonths(to, -1);
  if (firstDay === undefined || firstDay <= from) return { from, to };
  return { from: firstDay < end ? firstDay : addDays(end, -1), to: end };
}
