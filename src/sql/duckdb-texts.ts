import { join, literal, raw, type Sql, sql } from "./fragment.ts";
import type { TextDialect } from "./texts.ts";

const zero = { 0: "0", 2: "0.01", 3: "0.001", 6: "0.000001" } as const;
const spaces = " \t\n\r\v\f\u00a0\u2007\u202f\u3000\ufeff";
const wide = (value: Sql): Sql => sql`CAST(${value} AS DECIMAL(19,6))`;
const micros = (value: Sql): Sql => sql`CAST(CAST(${value} AS DECIMAL(38,6)) * 1000000 AS HUGEINT)`;

/** What DuckDB 1.5 does with the text of untrusted files. */
export const duckdbTexts: TextDialect = {
  rowNumber: raw("(rowid + 1)"),
  localTimeFromText: (text) => sql`TRY_CAST(${text} AS TIMESTAMP)`,
  zonedTimeFromFormat: (text, format) =>
    sql`CASE WHEN ${text} >= '0' AND ${text} < ':' OR lower(${text}) NOT IN ('epoch', 'infinity', '-infinity') THEN try_strptime(${text}, ${literal(format)}) AT TIME ZONE 'UTC' END`,
  timeFromEpochText: (text, digits) => {
    const unit = raw(String(10 ** (6 - digits)));
    // Reading a decimal of this size takes a hundred times as long as reading a whole number.
    const isWhole = sql`regexp_full_match(${text}, ${literal(`[0-9]{1,${12 + digits}}`)})`;
    return sql`CASE WHEN ${isWhole} THEN make_timestamp(TRY_CAST(${text} AS BIGINT) * ${unit}) ELSE make_timestamp(TRY_CAST(TRY_CAST(${text} AS DECIMAL(24,6)) * ${unit} AS BIGINT)) END`;
  },
  toLocal: (time, zone) => sql`((${time}) AT TIME ZONE 'UTC' AT TIME ZONE ${literal(zone)})`,
  timeOfDay: (day) => sql`CAST(${day} AS TIMESTAMP)`,
  moneyFromUnits: (text, digits) =>
    sql`TRY_CAST(TRY_CAST(${text} AS DECIMAL(31,6)) * ${raw(zero[digits])} AS DECIMAL(18,6))`,
  moneyFromExponent: (text) =>
    sql`CASE WHEN TRY_CAST(${text} AS DECIMAL(38,20)) = TRY_CAST(${text} AS DECIMAL(18,6)) THEN TRY_CAST(${text} AS DECIMAL(18,6)) END`,
  moneyFromNumber: (number) => sql`TRY_CAST(${number} AS DECIMAL(18,6))`,
  multiplyMoney: (left, right) => sql`TRY_CAST(${wide(left)} * ${wide(right)} AS DECIMAL(18,6))`,
  shareOfMoney: (of, part, whole, decimals = 6) => {
    const unit = raw(`CAST(${10 ** -decimals} AS DECIMAL(7,6))`);
    const divisor = sql`abs(${micros(whole)}) * ${raw(String(10 ** (6 - decimals)))}`;
    return sql`CASE WHEN ${whole} <> 0 THEN TRY_CAST(half_even_units(${micros(of)} * ${micros(part)} * CAST(sign(${whole}) AS HUGEINT), ${divisor}) * ${unit} AS DECIMAL(18,6)) END`;
  },
  addMoney: (parts) =>
    sql`TRY_CAST(${join(
      parts.map((part) => sql`CAST(${part} AS DECIMAL(38,6))`),
      " + ",
    )} AS DECIMAL(18,6))`,
  tidy: (text) => sql`nullif(trim(${text}, ${literal(spaces)}), '')`,
  // Everything up to the space sorts before "!"; behind a text only the common white space is looked for.
  anyUntidy: (text) =>
    sql`coalesce(min(${text}) < '!', FALSE) OR coalesce(bool_or(suffix(${text}, ' ') OR suffix(${text}, chr(9)) OR contains(${text}, chr(160))), FALSE)`,
  any: (condition) => sql`coalesce(bool_or(${condition}), FALSE)`,
  common: (value) => sql`any_value(${value})`,
  joined: (text, separator) => sql`string_agg(${text}, ${literal(separator)})`,
  hasPart: (text, part) => sql`contains(${text}, ${literal(part)})`,
  replaced: (text, pattern, by) =>
    sql`regexp_replace(${text}, ${literal(pattern)}, ${literal(by)}, 'g')`,
  translated: (text, from, to) => sql`translate(${text}, ${literal(from)}, ${literal(to)})`,
  shapeOf: (text) =>
    sql`regexp_replace(translate(${text}, '0123456789', '9999999999'), '[A-Za-z]', 'A', 'g')`,
  joinedText: (separator, parts) => sql`concat_ws(${literal(separator)}, ${join(parts)})`,
  urlDecoded: (text) => sql`url_decode(replace(${text}, '+', ' '))`,
  jsonObject: (members) =>
    sql`CAST(json_object(${join(members.map(([name, value]) => sql`${literal(name)}, ${value}`))}) AS VARCHAR)`,
  jsonMember: (json, name) =>
    sql`TRY(json_extract_string(${json}, ${literal(`$."${name.replaceAll('"', '\\"')}"`)}))`,
  sumOfMatches: (text, pattern) =>
    sql`CASE WHEN ${text} IS NOT NULL THEN TRY(CAST(coalesce(list_sum(list_transform(regexp_extract_all(${text}, ${literal(pattern)}, 1), lambda amount: CAST(amount AS DECIMAL(18,6)))), 0) AS DECIMAL(18,6))) END`,
  keyedValues: (json) =>
    sql`TRY(from_json(${json}, '[{"key": "VARCHAR", "value": {"string_value": "VARCHAR", "int_value": "VARCHAR"}}]'))`,
  keysOf: (list) => sql`list_transform(${list}, lambda pair: pair.key)`,
  valueOfKey: (list, keys, name) => {
    const value = sql`${list}[list_position(${keys}, ${literal(name)})].value`;
    return sql`coalesce(${value}.string_value, ${value}.int_value)`;
  },
  jsonElements: (json) =>
    sql`unnest(coalesce(CASE WHEN TRY_CAST(${json} AS JSON[]) = [] THEN [NULL] ELSE TRY_CAST(TRY_CAST(${json} AS JSON[]) AS VARCHAR[]) END, [${json}]))`,
  ordinalWithin: (group, order) =>
    sql`row_number() OVER (PARTITION BY ${join(group)} ORDER BY ${order})`,
  totalWithin: (amount, group) =>
    sql`TRY_CAST(sum(${amount}) OVER (PARTITION BY ${group}) AS DECIMAL(18,6))`,
  firstWithin: (value, group, order) =>
    sql`first_value(${value} IGNORE NULLS) OVER (PARTITION BY ${group} ORDER BY ${order} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`,
};
