import { type Offset, offsetsBetween } from "../ledger/calendar.ts";
import { minorDigits, minorDigitsOf } from "../ledger/money.ts";
import { localDaySql } from "../sql/calendar.ts";
import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext } from "./derived.ts";

/** Days after which a rate is too old to stand in for a day without one (weekends, holidays). */
const rateKeepsDays = 7;

const zoneOffsets = new Map<string, readonly Offset[]>();

/**
 * Returns the calendar day of a UTC time in the workspace's zone.
 *
 * @param context zone and end of the ledger
 * @param time the column
 */
export function localDay(context: DeriveContext, time: Sql): Sql {
  const zone = context.settings.time_zone;
  const until = `${Number(context.asOf.slice(0, 4)) + 2}-01-01`;
  const since = context.since ?? "1970-01-01";
  const key = `${zone} ${since} ${until}`;
  const offsets = zoneOffsets.get(key) ?? offsetsBetween(zone, since, until);
  zoneOffsets.set(key, offsets);
  return localDaySql(context.dialect, time, offsets);
}

/**
 * Returns the query of rates into the reporting currency: day, currency, rate (DECIMAL(38,15)), one row for each day
 * that has a rate or lies up to seven days after one. A rate quoted straight into the reporting currency is preferred;
 * then the opposite quotation, turned over; then two quotations of the day that share a currency. Quotients are rounded
 * half-even at fifteen decimals.
 *
 * @param context reporting currency and engine
 */
export function dailyRatesSql(context: DeriveContext): Sql {
  const { dialect } = context;
  const later = join(Array.from({ length: rateKeepsDays + 1 }, (_, days) => raw(`(${days})`)));
  return sql`SELECT ${dialect.addDays(sql`q.day`, sql`later.days`)} AS day, q.currency, q.rate
  FROM (
    SELECT day, currency, rate, lead(day) OVER (PARTITION BY currency ORDER BY day) AS next_day
    FROM (
      SELECT day, currency, rate,
        row_number() OVER (PARTITION BY day, currency ORDER BY detour, source, row_key, via) AS choice
      FROM (${quotationsSql(context)}) AS quoted
    ) AS ranked
    WHERE choice = 1
  ) AS q
  CROSS JOIN (VALUES ${later}) AS later(days)
  WHERE q.next_day IS NULL OR ${dialect.addDays(sql`q.day`, sql`later.days`)} < q.next_day`;
}

/** Every way to the reporting currency that the recorded rates offer, with the length of its detour. */
function quotationsSql({ dialect, settings }: DeriveContext): Sql {
  const reporting = literal(settings.currency);
  const recorded = sql`SELECT day, upper(trim(currency)) AS currency, upper(trim(base)) AS base,
      ${dialect.rateOf(sql`rate`)} AS rate, source, row_key
    FROM ledger.rates WHERE deleted IS NOT TRUE AND ${dialect.rateOf(sql`rate`)} > 0`;
  const ratio = (rate: string, by: string): Sql => dialect.divideRates(raw(rate), raw(by));
  return sql`WITH recorded AS (${recorded})
    SELECT day, currency, rate, 0 AS detour, source, row_key, '' AS via FROM recorded WHERE base = ${reporting}
    UNION ALL
    SELECT day, base, ${dialect.divideRates(dialect.rateOf(sql`'1'`), sql`rate`)}, 1, source, row_key, ''
    FROM recorded WHERE currency = ${reporting}
    UNION ALL
    SELECT a.day, a.currency, ${ratio("a.rate", "r.rate")}, 2, a.source, a.row_key, a.base
    FROM recorded AS a JOIN recorded AS r ON r.day = a.day AND r.base = a.base AND r.currency = ${reporting}
    WHERE a.currency <> ${reporting}
    UNION ALL
    SELECT a.day, a.base, ${ratio("r.rate", "a.rate")}, 2, a.source, a.row_key, a.currency
    FROM recorded AS a JOIN recorded AS r ON r.day = a.day AND r.currency = a.currency AND r.base = ${reporting}
    WHERE a.base <> ${reporting}`;
}

/**
 * Returns the currency code of a row: its own in capitals, otherwise the workspace's default; null when neither is known.
 *
 * @param context the settings
 * @param currency the row's currency as recorded
 */
export function currencyOf({ settings }: Pick<DeriveContext, "settings">, currency: Sql): Sql {
  return sql`coalesce(nullif(upper(trim(${currency})), ''), ${literal(settings.default_currency)})`;
}

/** What a conversion needs: the row's code from {@link currencyOf} and the rate joined for its day. */
export interface Priced {
  readonly currency: Sql;
  /** Column `rate` of {@link dailyRatesSql}, joined on currency and day; null when there is none. */
  readonly rate: Sql;
}

/**
 * Returns why an amount cannot be counted: currency_unknown, rate_missing, or null.
 *
 * @param context reporting currency
 * @param priced the row's currency and rate
 */
export function exclusionOf(
  { dialect, settings }: Pick<DeriveContext, "dialect" | "settings">,
  { currency, rate }: Priced,
): Sql {
  const known = dialect.matches(currency, `^(${Object.keys(minorDigits).join("|")})$`);
  return sql`CASE
    WHEN ${currency} IS NULL OR NOT ${known} THEN 'currency_unknown'
    WHEN ${currency} <> ${literal(settings.currency)} AND ${rate} IS NULL THEN 'rate_missing'
  END`;
}

/**
 * Returns an amount in the reporting currency, rounded half-even once; null when it cannot be converted.
 *
 * @param context reporting currency and engine
 * @param amount the amount in its own currency
 * @param priced the row's currency and rate
 * @param digits decimals to keep: those of the currency for revenue, 6 for costs
 */
export function inReportingCurrency(
  { dialect, settings }: Pick<DeriveContext, "dialect" | "settings">,
  amount: Sql,
  { currency, rate }: Priced,
  digits: number = minorDigitsOf(settings.currency),
): Sql {
  const reporting = literal(settings.currency);
  return sql`CASE WHEN ${currency} = ${reporting}
    THEN ${dialect.convertMoney(amount, dialect.rateOf(sql`'1'`), literal(digits))}
    ELSE ${dialect.convertMoney(amount, rate, literal(digits))} END`;
}
