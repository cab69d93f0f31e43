import { addDays, addMonths, startOfBucket, toLocalDay } from "../ledger/calendar.ts";
import type { Settings } from "../ledger/settings.ts";

/**
 * Returns the period that is shown when none is asked for: the last full month that the ledger covers, or, where it
 * covers no full month, all that there is. The day of the last instant counts as complete, also
 * when the instant is its midnight: exports that tell days only put everything there.
 *
 * @param asOf the latest UTC instant that the ledger records
 * @param settings the workspace's calendar
 * @param firstDay first day that the ledger knows, when there is one
 */
export function lastFullPeriod(
  asOf: string,
  settings: Settings,
  firstDay?: string,
): { readonly from: string; readonly to: string } {
  const end = addDays(toLocalDay(settings.time_zone, asOf), 1);
  const to = startOfBucket("month", end, settings);
  const from = addMonths(to, -1);
  if (firstDay === undefined || firstDay <= from) return { from, to };
  return { from: firstDay < end ? firstDay : addDays(end, -1), to: end };
}
