import { printFigure } from "../../../figures/print.ts";
import type { Locale } from "../../../locales/translate.ts";

/**
 * Writes a number of rows or files.
 *
 * @param count whole number
 * @param locale language
 */
export function countText(count: number | string, locale: Locale): string {
  return printFigure({ value: String(count), unit: "count" }, locale);
}

/**
 * Writes a share, such as how sure a mapping is.
 *
 * @param share from 0 to 1
 * @param locale language
 */
export function shareText(share: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(
    share,
  );
}

/**
 * Writes the size of files.
 *
 * @param bytes how many
 * @param locale language
 */
export function bytesText(bytes: number, locale: Locale): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = Math.min(
    units.length - 1,
    Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)),
  );
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1000 ** step);
}
