import type { Dialect } from "../sql/dialect.ts";
import { raw, type Sql, sql } from "../sql/fragment.ts";

/** How the numbers of one column of one file are written; chosen once, from the data. */
export interface NumberFormat {
  readonly decimal: "." | ",";
  /** True when some texts may be in scientific notation. */
  readonly hasExponents: boolean;
  /** A text that could be read either way, when nothing else in the column tells. */
  readonly ambiguous: string | null;
}

/** What is assumed before a file was looked at. */
export const plainFormat: NumberFormat = { decimal: ".", hasExponents: true, ambiguous: null };

/** What the texts of a column that hold a comma, or several dots, say about its decimal sign. */
export interface NumberEvidence {
  readonly comma: number;
  readonly point: number;
  readonly sample: string | null;
}

/**
 * Chooses the decimal sign of a column. `1.234,56` and `0,5` speak for the comma, `1,234.56` for the point; when
 * nothing speaks, a comma with three digits behind it separates thousands, with a warning.
 *
 * @param evidence counted over the column
 * @param hasExponents whether some texts may be in scientific notation
 */
export function chooseNumberFormat(evidence: NumberEvidence, hasExponents: boolean): NumberFormat {
  const isSure = evidence.comma > 0 !== evidence.point > 0;
  return {
    decimal: evidence.comma > evidence.point ? "," : ".",
    hasExponents,
    ambiguous: isSure ? null : evidence.sample,
  };
}

/** Texts that speak for a comma or a point as the decimal sign, once cleaned by `cleanNumberSql`. */
export const numberEvidence = {
  comma: "[0-9],[0-9]{1,2}$|[0-9],[0-9]{4,}$|\\.[0-9]{3},|\\.[0-9]{3}\\.[0-9]{3}$|^-?0?,[0-9]+$",
  point: "[0-9]\\.[0-9]{1,2}$|[0-9]\\.[0-9]{4,}$|,[0-9]{3}\\.|,[0-9]{3},[0-9]{3}$|^-?0?\\.[0-9]+$",
} as const;

const lookAlikes = {
  from: "０１２３４５６７８９．，－＋（）％−–’‘ʼ´`\u00a0\u2007\u202f\u2009\u3000",
  to: "0123456789.,-+()%--'''''     ",
} as const;

/** Three capitals are taken for a currency code: a list of all codes would be compiled anew for every column. */
const currencyMark =
  "(?:[A-Z]{0,2}\\p{Sc}|Rp\\.?|RM|kr\\.?|zł|Kč|Ft|Fr\\.?|руб\\.?|元|円|[A-Z]{3})";

const currencySteps: readonly (readonly [string, string])[] = [
  [`^([-+(]*)\\s*${currencyMark}\\s*([-+]?)`, "\\1\\2"],
  [`\\s*${currencyMark}([-)]*)$`, "\\1"],
];

const signSteps: readonly (readonly [string, string])[] = [
  ["^\\((.*)\\)$", "-\\1"],
  ["^([0-9].*?)\\s*-$", "-\\1"],
  ["^([-+])\\s+", "\\1"],
  ["\\s+%$", "%"],
];

/**
 * A number's text without look-alike characters, its minus in front; an amount's also without its currency:
 * `(1,234.00) €` → `-1,234.00`.
 *
 * @param dialect the engine
 * @param text the tidied text
 * @param as what it is
 */
export function cleanNumberSql(dialect: Dialect, text: Sql, as: "money" | "number"): Sql {
  const { replaced, translated } = dialect.texts;
  const steps = as === "money" ? [...currencySteps, ...signSteps] : signSteps;
  return steps.reduce(
    (piece, [pattern, by]) => replaced(piece, pattern, by),
    translated(text, lookAlikes.from, lookAlikes.to),
  );
}

/** Plain decimal text of a number with separators of thousands, otherwise text that is none. */
function plainSql(dialect: Dialect, text: Sql, decimal: "." | ",", as: "money" | "number"): Sql {
  const { replaced, translated } = dialect.texts;
  const clean = cleanNumberSql(dialect, text, as);
  const group = decimal === "." ? "[,' ]" : "[.' ]";
  const point = decimal === "." ? "\\." : ",";
  const digits = `[0-9]{1,3}(?:${group}[0-9]{2,3})*${group}[0-9]{3}|[0-9]*`;
  // Only what fits loses its mark, so that anything else is no number; the text is cleaned only once.
  const fitting = replaced(
    sql`'!' || ${clean}`,
    `^!([-+]?(?:${digits})(?:${point}[0-9]*)?%?)$`,
    "\\1",
  );
  return decimal === "." ? translated(fitting, ",' ", "") : translated(fitting, ",.' ", ".");
}

const exponent = "^[-+]?[0-9.]+[eE][-+]?[0-9]+$";

/**
 * Amount of a text, null when it is none. More than six decimals are rounded to six, half away from zero; scientific
 * notation counts only when six decimals hold it exactly.
 *
 * @param dialect the engine
 * @param text the tidied text
 * @param format of the column
 * @param unit micros and cents are divided exactly
 */
export function moneySql(
  dialect: Dialect,
  text: Sql,
  format: NumberFormat,
  unit?: "micros" | "cents",
): Sql {
  const read = (plain: Sql): Sql => {
    if (unit === "micros") return dialect.texts.moneyFromUnits(plain, 6);
    if (unit === "cents") return dialect.texts.moneyFromUnits(plain, 2);
    return dialect.moneyFromText(plain);
  };
  const separated = read(plainSql(dialect, text, format.decimal, "money"));
  const either = format.decimal === "." ? sql`coalesce(${read(text)}, ${separated})` : separated;
  if (!format.hasExponents || unit) return either;
  return sql`CASE WHEN ${dialect.matches(text, exponent)} THEN ${dialect.texts.moneyFromExponent(text)} ELSE ${either} END`;
}

/**
 * Number of a text, null when it is none; `12.5%` is 0.125.
 *
 * @param dialect the engine
 * @param text the tidied text
 * @param format of the column
 */
export function numberSql(dialect: Dialect, text: Sql, format: NumberFormat): Sql {
  const plain = plainSql(dialect, text, format.decimal, "number");
  const percent = sql`${dialect.numberFromText(dialect.texts.replaced(plain, "%$", ""))} / ${raw("100.0")}`;
  const separated = sql`CASE WHEN ${text} LIKE '%\\%' ESCAPE '\\' OR ${text} LIKE '%％' THEN ${percent} ELSE ${dialect.numberFromText(plain)} END`;
  if (format.decimal === ".") return sql`coalesce(${dialect.numberFromText(text)}, ${separated})`;
  return sql`CASE WHEN ${dialect.matches(text, exponent)} THEN ${dialect.numberFromText(text)} ELSE ${separated} END`;
}
