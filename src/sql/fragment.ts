/** A value that can be bound to a statement. Money and times are bound as text and cast in SQL. */
export type SqlValue = string | number | bigint | boolean | null;

/** A piece of SQL with its bound values; pieces nest, so a pasted value cannot become SQL. */
export interface Sql {
  readonly strings: readonly string[];
  readonly values: readonly SqlValue[];
}

function isSql(value: unknown): value is Sql {
  return typeof value === "object" && value !== null && "strings" in value && "values" in value;
}

/**
 * Builds a piece of SQL: values become parameters, pieces are put in as they are.
 *
 * @example sql`SELECT ${column("revenue")} FROM ${table} WHERE day >= ${"2025-01-01"}::DATE`
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | SqlValue)[]): Sql {
  const outStrings: string[] = [strings[0] ?? ""];
  const outValues: SqlValue[] = [];
  parts.forEach((part, index) => {
    const after = strings[index + 1] ?? "";
    if (isSql(part)) appendPiece(outStrings, outValues, part);
    else {
      outValues.push(part);
      outStrings.push("");
    }
    outStrings[outStrings.length - 1] += after;
  });
  return { strings: outStrings, values: outValues };
}

function appendPiece(strings: string[], values: SqlValue[], piece: Sql): void {
  strings[strings.length - 1] += piece.strings[0] ?? "";
  strings.push(...piece.strings.slice(1));
  values.push(...piece.values);
}

/**
 * Trusted SQL text from this code base; never from a user or a file.
 *
 * @param text the SQL
 */
export function raw(text: string): Sql {
  return { strings: [text], values: [] };
}

/**
 * A quoted name of a column or table; dots separate schema and table only when given as separate parts.
 *
 * @param parts for example identifier("ledger", "events")
 */
export function identifier(...parts: readonly string[]): Sql {
  return raw(parts.map((part) => `"${part.replaceAll('"', '""')}"`).join("."));
}

/**
 * A literal, for the places where an engine takes no parameter (options of table functions, DDL, display).
 *
 * @param value the value; text is quoted
 */
export function literal(value: SqlValue): Sql {
  return raw(literalText(value));
}

function literalText(value: SqlValue): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  return String(value);
}

/**
 * Puts pieces together with a separator.
 *
 * @param pieces the pieces; none gives empty SQL
 * @param separator trusted text between them
 */
export function join(pieces: readonly Sql[], separator = ", "): Sql {
  const strings: string[] = [""];
  const values: SqlValue[] = [];
  pieces.forEach((piece, index) => {
    if (index > 0) strings[strings.length - 1] += separator;
    appendPiece(strings, values, piece);
  });
  return { strings, values };
}

/** Conditions that all have to hold; none gives TRUE. */
export function all(conditions: readonly Sql[]): Sql {
  if (conditions.length === 0) return raw("TRUE");
  return join(
    conditions.map((condition) => sql`(${condition})`),
    " AND ",
  );
}

/**
 * Returns the text with numbered parameters.
 *
 * @param piece the statement
 */
export function renderSql(piece: Sql): {
  readonly text: string;
  readonly values: readonly SqlValue[];
} {
  const text = piece.strings.reduce((out, part, index) => `${out}$${index}${part}`);
  return { text, values: piece.values };
}

/**
 * Returns the text with the values written in, for people to read and run.
 *
 * @param piece the statement
 */
export function displaySql(piece: Sql): string {
  return piece.strings.reduce(
    (out, part, index) => out + literalText(piece.values[index - 1] ?? null) + part,
  );
}
