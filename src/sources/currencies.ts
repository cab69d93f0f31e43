import { join, literal, sql } from "../sql/fragment.ts";
import { absent, asText, type Scope, type Value } from "./compile-scope.ts";

/** Signs and everyday names of currencies that mean one currency; ¥ is taken as yen, kr and ambiguous ones stay. */
export const currencySigns: Readonly<Record<string, string>> = {
  "€": "EUR",
  EURO: "EUR",
  EUROS: "EUR",
  $: "USD",
  US$: "USD",
  $US: "USD",
  "US DOLLAR": "USD",
  A$: "AUD",
  AU$: "AUD",
  C$: "CAD",
  CA$: "CAD",
  HK$: "HKD",
  NT$: "TWD",
  NZ$: "NZD",
  S$: "SGD",
  SG$: "SGD",
  R$: "BRL",
  "£": "GBP",
  "¥": "JPY",
  "￥": "JPY",
  "JP¥": "JPY",
  "CN¥": "CNY",
  RMB: "CNY",
  元: "CNY",
  円: "JPY",
  "₹": "INR",
  "₩": "KRW",
  "₽": "RUB",
  "₺": "TRY",
  "₫": "VND",
  "₱": "PHP",
  "฿": "THB",
  "₪": "ILS",
  "₴": "UAH",
  "₦": "NGN",
  RP: "IDR",
  RM: "MYR",
  ZŁ: "PLN",
  KČ: "CZK",
  FT: "HUF",
  "FR.": "CHF",
};

/**
 * A currency's ISO code: signs are translated, anything else is kept in capitals, so that an unknown currency marks
 * its row and loses none.
 *
 * @param scope the file and what is being compiled
 * @param value the text
 */
export function currencyValue(scope: Pick<Scope, "dialect">, value: Value): Value {
  if (value.isAbsent) return absent("text", value.field);
  const text = asText(scope, value);
  const upper = sql`upper(${text.sql})`;
  const branches = Object.entries(currencySigns).map(
    ([sign, code]) => sql`WHEN ${literal(sign)} THEN ${literal(code)}`,
  );
  const { outcomes: _, ...rest } = text;
  const isCode = scope.dialect.matches(upper, "^[A-Z]{3}$");
  return {
    ...rest,
    sql: sql`CASE WHEN ${isCode} AND ${upper} <> 'RMB' THEN ${upper} ELSE CASE ${upper} ${join(branches, " ")} ELSE ${upper} END END`,
  };
}
