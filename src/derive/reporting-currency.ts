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
  const key = `${zone} ${until}`;
  const offsets = zoneOffsets.get(key) ?? offsetsBetween(zone, "1970-01-01", until);
  zoneOffsets.set(key, offsets);
  return localDaySql(context.dialect, time, offsets);
}

/**
 * Returns the query of rates into the reporting currency: day, currency, rate (DECIMAL(18,9)), one row for each day
 * that has a rate or lies up to seven days after one. A rate quoted straight into the reporting currency is preferred;
 * otherwise the opposite quotation is turned over, half-even at nine decimals.
 *
 * @param context reporting currency and engine
 */
export function dailyRatesSql({ dialect, settings }: DeriveContext): Sql {
  const reporting = literal(settings.currency);
  const rate = dialect.rateOf(sql`rate`);
  const later = join(Array.from({ length: rateKeepsDays + 1 }, (_, days) => raw(`(${days})`)));
  return sql`SELECT ${dialect.addDays(sql`q.day`, sql`later.days`)} AS day, q.currency, q.rate
  FROM (
    SELECT day, currency, rate, lead(day) OVER (PARTITION BY currency ORDER BY day) AS next_day
    FROM (
      SELECT day, currency, rate,
        row_number() OVER (PARTITION BY day, currency ORDER BY turned, source, row_key) AS choice
      FROM (
        SELECT day, upper(trim(currency)) AS currency, ${rate} AS rate, 0 AS turned, source, row_key
        FROM ledger.rates
        WHERE upper(trim(base)) = ${reporting} AND deleted IS NOT TRUE AND ${rate} > 0
        UNION ALL
        SELECT day, upper(trim(base)), ${dialect.inverseRate(rate)}, 1, source, row_key
        FROM ledger.rates
        WHERE upper(trim(currency)) = ${reporting} AND deleted IS NOT TRUE AND ${rate} > 0
      ) AS quoted
    ) AS ranked
    WHERE choice = 1
  ) AS q
  CROSS JOIN (VALUES ${later}) AS later(days)
  WHERE q.next_day IS NULL OR ${dialect.addDays(sql`q.day`, sql`later.days`)} < q.next_day`;
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
  { settings }: Pick<DeriveContext, "settings">,
  { currency, rate }: Priced,
): Sql {
  const known = join(Object.keys(minorDigits).map(literal));
  return sql`CASE
    WHEN ${currency} IS NULL OR ${currency} NOT IN (${known}) THEN 'currency_unknown'
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
