import type { Grain } from "../../figures/question.ts";
import { addDays, addMonths } from "../../ledger/calendar.ts";
import { intlTags, type Locale } from "../../locales/translate.ts";
import type { Period } from "../view/period.ts";

const dayOf = (day: string) => new Date(`${day.slice(0, 10)}T00:00:00Z`);

/** A browser may report a language that Intl does not know; ours are known. */
function dayFormat(locale: Locale): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(intlTags[locale], {
    timeZone: "UTC",
    year: "numeric",
    month: "short",
    day: "numeric",
  });
}

/**
 * Writes a calendar day, such as Nov 3, 2025.
 *
 * @param day such as 2025-11-03
 * @param locale language
 */
export function dayText(day: string, locale: Locale): string {
  return dayFormat(locale).format(dayOf(day));
}

/**
 * Writes a stretch of days, both ends included.
 *
 * @param period its first day and the day after its last
 * @param locale language
 */
export function daysText({ from, to }: Period, locale: Locale): string {
  const last = addDays(to, -1);
  if (last <= from) return dayText(from, locale);
  return dayFormat(locale).formatRange(dayOf(from), dayOf(last));
}

/**
 * Writes an instant in the workspace's zone.
 *
 * @param instant UTC, ISO text
 * @param zone IANA name
 * @param locale language
 */
export function instantText(instant: string, zone: string, locale: Locale): string {
  const iso = instant.includes("T") ? instant : instant.replace(" ", "T");
  const format = new Intl.DateTimeFormat(intlTags[locale], {
    timeZone: zone,
    dateStyle: "medium",
    timeStyle: "short",
  });
  return format.format(new Date(/Z$|[+-]\d\d:?\d\d$/.test(iso) ? iso : `${iso}Z`));
}

/**
 * Writes the bucket of a time series: Nov 3, 2025, the week from it, or November 2025.
 *
 * @param key first day, or for hours the first UTC instant
 * @param grain length of the bucket
 * @param zone IANA name, for hours
 * @param locale language
 */
export function bucketText(key: string, grain: Grain, zone: string, locale: Locale): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(intlTags[locale], { timeZone: "UTC", ...options });
  switch (grain) {
    case "hour":
      return instantText(key, zone, locale);
    case "week":
      return daysText({ from: key, to: addDays(key, 7) }, locale);
    case "month":
      return format({ year: "numeric", month: "long" }).format(dayOf(key));
    case "quarter":
    case "fiscal_quarter":
      return daysText({ from: key, to: addMonths(key, 3) }, locale);
    case "year":
      return format({ year: "numeric" }).format(dayOf(key));
    case "fiscal_year":
      return daysText({ from: key, to: addMonths(key, 12) }, locale);
    default:
      return dayText(key, locale);
  }
}
