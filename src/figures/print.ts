import { type Exact, fraction, multiply, parseExact, toDecimal } from "../ledger/exact.ts";
import type { Figure } from "./figure.ts";

/** A language of the interface. */
export type FigureLocale = "en" | "zh-Hans" | "zh-Hant" | "id";

const tags = { en: "en-US", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", id: "id-ID" } as const;

/** What stands where there is no value. */
const noValue = "–";

const words = {
  en: { yes: "yes", no: "no", pp: " pp", fte: " FTE", none: "(none)" },
  "zh-Hans": { yes: "是", no: "否", pp: " 个百分点", fte: " 全职人力", none: "（无）" },
  "zh-Hant": { yes: "是", no: "否", pp: " 個百分點", fte: " 全職人力", none: "（無）" },
  id: { yes: "ya", no: "tidak", pp: " poin persentase", fte: " FTE", none: "(tidak ada)" },
} as const satisfies Readonly<Record<FigureLocale, Readonly<Record<string, string>>>>;

const timeUnits: Readonly<Record<string, { readonly unit: string; readonly digits: number }>> = {
  days: { unit: "day", digits: 1 },
  hours: { unit: "hour", digits: 1 },
  minutes: { unit: "minute", digits: 1 },
  seconds: { unit: "second", digits: 0 },
  months: { unit: "month", digits: 1 },
};

/** A value with its unit, as a figure, its numerator or its comparison carries them. */
export interface Printable {
  readonly value: string | null;
  readonly unit: string;
  readonly currency?: string;
}

/**
 * Prints a value for people: the one formatter of every surface. It works on decimal text, so no digit is lost, and rounds
 * half-even to the digits that are shown.
 *
 * @param figure a value with its unit
 * @param locale language of the interface
 * @returns "–" where there is no value
 * @example printFigure({ value: "0.1234", unit: "percent" }, "en") // "12.3%"
 */
export function printFigure(figure: Printable, locale: FigureLocale): string {
  const { value, unit } = figure;
  if (value === null) return noValue;
  const exact = parseExact(value);
  switch (unit) {
    case "money":
    case "money_per_day":
      return money(exact, figure.currency ?? "EUR", locale, false);
    case "percent":
      return percent(exact, locale, false);
    case "flag":
      return exact.numerator === 0n ? words[locale].no : words[locale].yes;
    case "count":
      return plain(exact, locale, isWhole(exact) ? [0, 0] : [0, 2], false);
    case "points":
      return plain(exact, locale, [1, 1], false);
    case "fte":
      return `${plain(exact, locale, [2, 2], false)}${words[locale].fte}`;
    default:
      return time(exact, unit, locale) ?? plain(exact, locale, [2, 2], false);
  }
}

/**
 * Prints the change against the comparison: percentage points for shares, percent otherwise, always with its sign.
 *
 * @param figure a figure
 * @param locale language of the interface
 * @returns "–" where nothing can be compared
 */
export function printDelta(
  figure: Pick<Figure, "comparison" | "unit">,
  locale: FigureLocale,
): string {
  const { comparison } = figure;
  if (!comparison || comparison.delta === null) return noValue;
  const delta = parseExact(comparison.delta);
  if (comparison.deltaUnit === "percent") return percent(delta, locale, true);
  if (comparison.deltaUnit === "pp") {
    const points = multiply(delta, fraction(100n));
    const digits = shownDigits(points, 1, 1);
    return `${plain(points, locale, [digits, digits], true)}${words[locale].pp}`;
  }
  return plain(delta, locale, figure.unit === "flag" ? [0, 0] : [1, 1], true);
}

/**
 * Prints the value of a dimension; a missing one has a name of its own.
 *
 * @param value of the group
 * @param locale language of the interface
 */
export function printGroup(value: string | null, locale: FigureLocale): string {
  return value === null || value === "" ? words[locale].none : value;
}

/**
 * Returns a value for a data file: a plain decimal with a point, empty where there is none.
 *
 * @param figure a value
 */
export function csvValue(figure: Pick<Printable, "value">): string {
  return figure.value ?? "";
}

function isWhole({ denominator }: Exact): boolean {
  return denominator === 1n;
}

/** More digits where a value other than zero would be shown as zero. */
function shownDigits(value: Exact, digits: number, more: number): number {
  const isLost = value.numerator !== 0n && /^-?[0.]*$/.test(toDecimal(value, digits));
  return isLost ? digits + more : digits;
}

type Options = Omit<Intl.NumberFormatOptions, "minimumFractionDigits" | "maximumFractionDigits">;

/** Rounds exactly, then lets the locale write the digits; decimal text is formatted without becoming a float. */
function formatter(
  locale: FigureLocale,
  [least, most]: readonly [number, number],
  options: Options,
): Intl.NumberFormat {
  return new Intl.NumberFormat(tags[locale], {
    ...options,
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  });
}

const signed = (isSigned: boolean): Options => (isSigned ? { signDisplay: "exceptZero" } : {});

/** Decimal text is a number to Intl; the type of TypeScript's library says so only for literals. */
const numeric = (text: string) => text.replace(/^-(0(?:\.0*)?)$/, "$1") as `${number}`;

function plain(
  value: Exact,
  locale: FigureLocale,
  digits: readonly [number, number],
  isSigned: boolean,
): string {
  return formatter(locale, digits, signed(isSigned)).format(numeric(toDecimal(value, digits[1])));
}

function percent(value: Exact, locale: FigureLocale, isSigned: boolean): string {
  const digits = shownDigits(multiply(value, fraction(100n)), 1, 1);
  const options: Options = { style: "percent", ...signed(isSigned) };
  return formatter(locale, [digits, digits], options).format(numeric(toDecimal(value, digits + 2)));
}

function time(value: Exact, unit: string, locale: FigureLocale): string | null {
  const known = timeUnits[unit];
  if (!known) return null;
  const digits = shownDigits(value, known.digits, 1);
  const options: Options = { style: "unit", unit: known.unit, unitDisplay: "long" };
  return formatter(locale, [0, digits], options).format(numeric(toDecimal(value, digits)));
}

function money(value: Exact, currency: string, locale: FigureLocale, isSigned: boolean): string {
  const options: Options = { style: "currency", currency, ...signed(isSigned) };
  const usual = new Intl.NumberFormat(tags[locale], options).resolvedOptions();
  const digits = shownDigits(value, usual.maximumFractionDigits ?? 2, 4);
  const parts = formatter(
    locale,
    [Math.min(digits, usual.maximumFractionDigits ?? 2), digits],
    options,
  ).formatToParts(numeric(toDecimal(value, digits)));
  return parts
    .map((part) => (part.type === "currency" ? symbolOf(part.value, currency) : part.value))
    .join("");
}

/** A bare $ could be any dollar: all but the US one show which (TWD prints as $ in zh-TW). */
function symbolOf(symbol: string, currency: string): string {
  if (symbol !== "$" || currency === "USD") return symbol;
  const parts = new Intl.NumberFormat("en-US", { style: "currency", currency }).formatToParts(0);
  const known = parts.find(({ type }) => type === "currency")?.value ?? "$";
  return known === "$" ? currency : known;
}
