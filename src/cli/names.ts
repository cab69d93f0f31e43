export { daysText, metricName, reasonText } from "../reports/names.ts";

/**
 * Says when something happened on the clocks of a time zone, to the minute.
 *
 * @param instant as 2025-01-31T12:00:00Z
 * @param timeZone IANA zone
 */
export function localTime(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", {
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
    timeZone,
  }).format(new Date(instant));
}
