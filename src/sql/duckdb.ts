import type { Dialect } from "./dialect.ts";
import { duckdbFiles } from "./duckdb-files.ts";
import { duckdbLists } from "./duckdb-lists.ts";
import { duckdbTexts } from "./duckdb-texts.ts";
import { join, literal, raw, type Sql, sql } from "./fragment.ts";

const separator = raw("chr(31)");

/** A whole number is a place in an array, anything else a key. */
function jsonStep(key: string): string {
  return /^[0-9]+$/.test(key) ? `[${key}]` : `."${key.replaceAll('"', '\\"')}"`;
}

/** Arithmetic on days is twice as fast as date_trunc, and stays a day. */
const startOf = {
  week: (day: Sql): Sql => sql`(${day} - CAST(isodow(${day}) - 1 AS INTEGER))`,
  month: (day: Sql): Sql => sql`(${day} - CAST(day(${day}) - 1 AS INTEGER))`,
  quarter: (day: Sql): Sql => sql`CAST(date_trunc('quarter', ${day}) AS DATE)`,
  year: (day: Sql): Sql => sql`CAST(date_trunc('year', ${day}) AS DATE)`,
} as const;

/** DuckDB 1.5. */
export const duckdb: Dialect = {
  name: "duckdb",
  types: {
    text: "VARCHAR",
    time: "TIMESTAMP",
    day: "DATE",
    count: "BIGINT",
    number: "DOUBLE",
    money: "DECIMAL(18,6)",
    boolean: "BOOLEAN",
    identity: "UBIGINT",
    key: "UHUGEINT",
    json: "VARCHAR",
    small: "INTEGER",
  },
  // concat_ws leaves out nulls, so each part is made text first: ('a', null) and (null, 'a') must differ.
  key: (parts) =>
    sql`md5_number(concat_ws(${separator}, ${join(parts.map((part) => sql`coalesce(${part}, '')`))}))`,
  keyText: (key) => sql`to_hex(${key})`,
  // The same as md5_number_lower, in a third of its time.
  identity: (parts) =>
    sql`CAST(md5_number(concat_ws(${separator}, ${join(parts.map((part) => sql`coalesce(${part}, '')`))})) >> 64 AS UBIGINT)`,
  // A text that is no time costs the zoned cast 0.7 ms; the plain cast turns it away in 3 µs.
  // A blank before the offset makes the engine look the offset up as the name of a zone, which takes a millisecond and
  // finds nothing.
  timeFromText: (text) =>
    sql`(CASE WHEN TRY_CAST(${text} AS TIMESTAMP) IS NOT NULL THEN TRY_CAST(replace(replace(${text}, ' +', '+'), ' -', '-') AS TIMESTAMPTZ) END AT TIME ZONE 'UTC')`,
  // strptime takes the words epoch and infinity for times, whatever the format.
  timeFromFormat: (text, format) =>
    sql`CASE WHEN ${text} >= '0' AND ${text} < ':' OR lower(${text}) NOT IN ('epoch', 'infinity', '-infinity') THEN try_strptime(${text}, ${literal(format)}) END`,
  toUtc: (local, zone) => sql`((${local}) AT TIME ZONE ${literal(zone)} AT TIME ZONE 'UTC')`,
  timeFromEpoch: (seconds) => sql`make_timestamp(CAST((${seconds}) * 1000000 AS BIGINT))`,
  secondsBetween: (from, to) => sql`((epoch_us(${to}) - epoch_us(${from})) / 1000000.0)`,
  addSeconds: (time, seconds) => sql`(${time} + to_seconds(${literal(seconds)}))`,
  epochMicroseconds: (time) => sql`epoch_us(${time})`,
  // Whole-number division cuts towards zero, so a million days are added first: days before 1970 need the floor.
  dayOfEpoch: (microseconds) =>
    sql`(DATE '1970-01-01' + CAST((${microseconds} + 86400000000000000) // 86400000000 - 1000000 AS INTEGER))`,
  startOfHour: (time) => sql`date_trunc('hour', ${time})`,
  startOf: (unit, day) => startOf[unit](day),
  addDays: (day, days) => sql`(${day} + CAST(${days} AS INTEGER))`,
  addMonths: (day, months) => sql`CAST(${day} + to_months(${literal(months)}) AS DATE)`,
  daysBetween: (from, to) => sql`(${to} - ${from})`,
  dayOf: (local) => sql`CAST(${local} AS DATE)`,
  moneyFromText: (text) => sql`TRY_CAST(${text} AS DECIMAL(18,6))`,
  numberFromText: (text) =>
    sql`nullif(nullif(nullif(TRY_CAST(${text} AS DOUBLE), 'nan'), 'inf'), '-inf')`,
  divideMoney: (money, divisor) =>
    /^10*$/.test(String(divisor))
      ? sql`CAST(CAST(${money} AS DECIMAL(38,6)) * ${raw((1 / divisor).toFixed(9))} AS DECIMAL(18,6))`
      : sql`divide_micros(${money}, ${literal(divisor)})`,
  convertMoney: (money, rate, digits) => sql`half_even(${money}, ${rate}, ${digits})`,
  divideRates: (rate, by) => sql`divide_rates(${rate}, ${by})`,
  rateOf: (value) => sql`TRY_CAST(${value} AS DECIMAL(38,15))`,
  spreadMoney: (money, count, index) => sql`spread_micros(${money}, ${count}, ${index})`,
  minorUnits: (money, digits) =>
    sql`CAST(CAST(${money} AS DECIMAL(38,6)) * ${raw((10 ** digits).toFixed(0))} AS BIGINT)`,
  // Widths are kept at 18 digits or below, where the engine computes in 64 bits.
  moneyOfUnits: (units, digits) =>
    digits === 0
      ? sql`CAST(${units} AS DECIMAL(18,6))`
      : sql`CAST(CAST(${units} AS DECIMAL(${raw(String(12 + (digits === 6 ? 0 : digits)))},0)) * CAST(${raw((10 ** -digits).toFixed(digits))} AS DECIMAL(${raw(String(digits))},${raw(String(digits))})) AS DECIMAL(18,6))`,
  quotient: (value, by) => sql`(${value} // ${by})`,
  portion: (total, weight, sum) => sql`portion(${total}, ${weight}, ${sum})`,
  portionRest: (total, weight, sum) => sql`portion_rest(${total}, ${weight}, ${sum})`,
  wholeOf: (number) => sql`CAST(round(${number}) AS BIGINT)`,
  wideWhole: (value) => sql`CAST(${value} AS HUGEINT)`,
  whole: (value) => sql`CAST(${value} AS BIGINT)`,
  eachBelow: (count) => sql`unnest(range(CAST(${count} AS BIGINT)))`,
  quantile: (value, share) => sql`quantile_cont(${value}, ${literal(share)})`,
  countDistinct: (value, when) =>
    when ? sql`count(DISTINCT ${value}) FILTER (WHERE ${when})` : sql`count(DISTINCT ${value})`,
  sumWhen: (value, when) => (when ? sql`sum(${value}) FILTER (WHERE ${when})` : sql`sum(${value})`),
  countWhen: (when) => (when ? sql`count(*) FILTER (WHERE ${when})` : sql`count(*)`),
  hash: (values) => sql`hash(${join(values)})`,
  firstBy: (value, order) => sql`arg_min(${value}, ${order})`,
  dayNumber: (day) => sql`(${day} - DATE '1970-01-01')`,
  wholeDivision: (value, divisor) => sql`((${value}) // ${literal(divisor)})`,
  decimalOf: (number) => sql`CAST(${number} AS DECIMAL(38,6))`,
  quantileWhen: (value, share, when) =>
    when
      ? sql`quantile_cont(${value}, ${literal(share)}) FILTER (WHERE ${when})`
      : sql`quantile_cont(${value}, ${literal(share)})`,
  lastWhen: (value, order, when) =>
    when
      ? sql`arg_max(${value}, ${order}) FILTER (WHERE ${when})`
      : sql`arg_max(${value}, ${order})`,
  groupingOf: (columns) => sql`GROUPING(${join(columns)})`,
  // An aggregate with ORDER BY keeps eight kilobytes per group; sorted lists need a tenth of its memory.
  orderedTexts: (text, order) => sql`list_sort(list(row(row(${order}), ${text})))`,
  textsOf: (list, separator) =>
    sql`array_to_string(list_transform(${list}, lambda listed: listed[2]), ${literal(separator)})`,
  textAt: (list, place) => sql`${list}[${literal(place)}][2]`,
  pair: (first, second) => sql`row(${first}, ${second})`,
  containsText: (text, part) => sql`contains(lower(${text}), lower(${part}))`,
  textOf: (value) => sql`CAST(${value} AS VARCHAR)`,
  matches: (text, pattern) => sql`regexp_matches(${text}, ${literal(pattern)})`,
  beforeFirst: (text, separator) => sql`split_part(${text}, ${literal(separator)}, 1)`,
  capture: (text, pattern) => sql`regexp_extract(${text}, ${literal(pattern)}, 1)`,
  jsonText: (json, path) =>
    sql`TRY(json_extract_string(${json}, ${literal(`$${path.map(jsonStep).join("")}`)}))`,
  files: duckdbFiles,
  lists: duckdbLists,
  texts: duckdbTexts,
};

/**
 * half_even(amount, rate, digits): amount × rate rounded half to even at `digits` decimals, in whole numbers.
 * The product has 21 decimals (6 of the amount, 15 of the rate) and is computed as HUGEINT, so nothing is lost.
 */
export const duckdbMacros = [
  // spread_micros(amount, count, index): whole division cuts towards zero, so the remainder has the amount's sign.
  `CREATE OR REPLACE MACRO spread_micros(amount, parts, part) AS (
     CAST(CAST(
       CAST(CAST(amount AS DECIMAL(38,6)) * 1000000 AS HUGEINT) // parts
         + CASE WHEN part < abs(CAST(CAST(amount AS DECIMAL(38,6)) * 1000000 AS HUGEINT) % parts)
             THEN sign(amount)::HUGEINT ELSE 0::HUGEINT END
       AS DECIMAL(32,0)) * 0.000001::DECIMAL(6,6) AS DECIMAL(18,6)))`,
  `CREATE OR REPLACE MACRO half_even_units(product, step) AS (
     CASE
       WHEN abs(product % step) * 2 > step OR (abs(product % step) * 2 = step AND (product // step) % 2 <> 0)
       THEN (product // step) + sign(product)::HUGEINT
       ELSE product // step
     END)`,
  // Products below 2^63 are computed in 64 bits, which takes a tenth of the time.
  `CREATE OR REPLACE MACRO portion(total, weight, whole) AS (
     CASE WHEN total <= 3000000000 AND weight <= 3000000000 THEN (total * weight) // whole
       ELSE CAST((CAST(total AS HUGEINT) * CAST(weight AS HUGEINT)) // whole AS BIGINT) END)`,
  `CREATE OR REPLACE MACRO portion_rest(total, weight, whole) AS (
     CASE WHEN total <= 3000000000 AND weight <= 3000000000 THEN (total * weight) % whole
       ELSE CAST((CAST(total AS HUGEINT) * CAST(weight AS HUGEINT)) % whole AS BIGINT) END)`,
  `CREATE OR REPLACE MACRO divide_rates(rate, by_rate) AS (
     CAST(CAST(half_even_units(
       CAST(CAST(rate AS DECIMAL(38,15)) * 1000000000000000 AS HUGEINT) * 1000000000000000::HUGEINT,
       CAST(CAST(by_rate AS DECIMAL(38,15)) * 1000000000000000 AS HUGEINT)
     ) AS DECIMAL(38,0)) * 0.000000000000001::DECIMAL(16,15) AS DECIMAL(38,15)))`,
  `CREATE OR REPLACE MACRO divide_micros(amount, divisor) AS (
     CAST(CAST(half_even_units(CAST(CAST(amount AS DECIMAL(38,6)) * 1000000 AS HUGEINT), divisor::HUGEINT)
       AS DECIMAL(32,0)) * 0.000001::DECIMAL(6,6) AS DECIMAL(18,6)))`,
  `CREATE OR REPLACE MACRO half_even(amount, rate, digits) AS (
     CAST(
       half_even_units(
         CAST(CAST(amount AS DECIMAL(38,6)) * 1000000 AS HUGEINT)
           * CAST(CAST(rate AS DECIMAL(38,15)) * 1000000000000000 AS HUGEINT),
         ([1000000000000000000000, 100000000000000000000, 10000000000000000000,
           1000000000000000000, 100000000000000000, 10000000000000000, 1000000000000000]::HUGEINT[])[digits + 1]
       ) * ([1000000, 100000, 10000, 1000, 100, 10, 1]::HUGEINT[])[digits + 1]
       AS DECIMAL(38,0)) * 0.000001::DECIMAL(7,6))::DECIMAL(18,6)`,
] as const;
