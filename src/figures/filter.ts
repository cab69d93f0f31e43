import { LastpennyError } from "../errors.ts";

/** A filter as a tree. Positions count characters from 1. */
export type Filter =
  | { readonly op: "and"; readonly parts: readonly Filter[] }
  | { readonly op: "or"; readonly parts: readonly Filter[] }
  | { readonly op: "not"; readonly part: Filter }
  | FilterTest;

/** A test of one dimension; a missing value passes only the test for null. */
export type FilterTest = {
  readonly dimension: string;
  readonly position: number;
} & (
  | { readonly op: "in"; readonly values: readonly string[] }
  | { readonly op: "contains"; readonly text: string }
  | { readonly op: "null" }
);

interface Token {
  readonly kind: "name" | "text" | "sign" | "end";
  readonly text: string;
  readonly position: number;
}

const tokenPattern =
  /\s+|(?<text>"(?:[^"]|"")*"|'(?:[^']|'')*')|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<number>-?\d+(?:\.\d+)?)|(?<sign>!=|<>|[=(),])/uy;

function fail(message: string, position: number, text: string): never {
  throw new LastpennyError("filter_invalid", `${message} at position ${position} of: ${text}`, {
    position: String(position),
    filter: text,
  });
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  while (pattern.lastIndex < text.length) {
    const position = pattern.lastIndex + 1;
    const groups = pattern.exec(text)?.groups;
    if (!groups) fail(`unexpected character ${text.slice(position - 1, position)}`, position, text);
    else if (groups.text !== undefined)
      tokens.push({ kind: "text", text: unquoted(groups.text), position });
    else if (groups.number !== undefined)
      tokens.push({ kind: "text", text: groups.number, position });
    else if (groups.name !== undefined) tokens.push({ kind: "name", text: groups.name, position });
    else if (groups.sign !== undefined) tokens.push({ kind: "sign", text: groups.sign, position });
  }
  return tokens;
}

function unquoted(text: string): string {
  const quote = text.slice(0, 1);
  return text.slice(1, -1).replaceAll(quote + quote, quote);
}

/** Words that cannot be the name of a dimension. */
const words = new Set(["and", "or", "not", "in", "is", "null", "contains"]);

/** Reads tokens one after the other. */
interface Reader {
  /** Takes the name of a dimension. */
  readonly name: () => Token;
  /** Takes a word or sign when it comes next. */
  readonly took: (text: string) => boolean;
  readonly value: () => string;
  readonly expected: (what: string) => never;
}

function readerOf(text: string): Reader {
  const tokens = tokensOf(text);
  const end: Token = { kind: "end", text: "the end", position: text.length + 1 };
  let index = 0;
  const peek = () => tokens[index] ?? end;
  const expected = (what: string) =>
    fail(`expected ${what}, found ${peek().text}`, peek().position, text);
  const next = () => {
    const token = peek();
    index += 1;
    return token;
  };
  const took = (wanted: string) => {
    const { kind, text: found } = peek();
    const isThere = kind !== "text" && found.toLowerCase() === wanted;
    if (isThere) index += 1;
    return isThere;
  };
  const value = () => (peek().kind === "text" ? next().text : expected("a quoted value"));
  const name = () =>
    peek().kind === "name" && !words.has(peek().text.toLowerCase())
      ? next()
      : expected("a dimension");
  return { name, took, value, expected };
}

/**
 * Parses a filter such as `country = "DE" and channel in ("email", "paid search") and not campaign contains "brand"`.
 * Tests: `=`, `!=`, `in (…)`, `not in (…)`, `contains`, `not contains`, `is null`, `is not null`; `not` binds
 * closest, then `and`, then `or`. A quote inside quoted text is written twice.
 *
 * @param text the filter
 * @throws LastpennyError `filter_invalid` with the position
 */
export function parseFilter(text: string): Filter {
  const reader = readerOf(text);
  const filter = parseEither(reader);
  if (!reader.took("the end")) reader.expected("and, or, or the end");
  return filter;
}

function parseEither(reader: Reader): Filter {
  const parts = [parseBoth(reader)];
  while (reader.took("or")) parts.push(parseBoth(reader));
  return parts.length === 1 && parts[0] ? parts[0] : { op: "or", parts };
}

function parseBoth(reader: Reader): Filter {
  const parts = [parseSingle(reader)];
  while (reader.took("and")) parts.push(parseSingle(reader));
  return parts.length === 1 && parts[0] ? parts[0] : { op: "and", parts };
}

function parseSingle(reader: Reader): Filter {
  if (reader.took("not")) return { op: "not", part: parseSingle(reader) };
  if (!reader.took("(")) return parseTest(reader);
  const inner = parseEither(reader);
  if (!reader.took(")")) reader.expected("a closing bracket");
  return inner;
}

function parseTest(reader: Reader): Filter {
  const name = reader.name();
  const at = { dimension: name.text, position: name.position };
  if (reader.took("is")) {
    const isNegated = reader.took("not");
    if (!reader.took("null")) reader.expected("null");
    return negatedIf(isNegated, { ...at, op: "null" });
  }
  const isNegated = reader.took("not");
  if (reader.took("in"))
    return negatedIf(isNegated, { ...at, op: "in", values: parseList(reader) });
  if (reader.took("contains")) {
    return negatedIf(isNegated, { ...at, op: "contains", text: reader.value() });
  }
  if (isNegated) reader.expected("in or contains");
  if (reader.took("=")) return { ...at, op: "in", values: [reader.value()] };
  if (!reader.took("!=") && !reader.took("<>")) reader.expected("=, !=, in, contains or is");
  return negatedIf(true, { ...at, op: "in", values: [reader.value()] });
}

function parseList(reader: Reader): readonly string[] {
  if (!reader.took("(")) reader.expected("an opening bracket");
  const values = [reader.value()];
  while (reader.took(",")) values.push(reader.value());
  if (!reader.took(")")) reader.expected("a comma or a closing bracket");
  return values;
}

function negatedIf(isNegated: boolean, part: Filter): Filter {
  return isNegated ? { op: "not", part } : part;
}

/**
 * Returns the tests of a filter, in the order in which they are written.
 *
 * @param filter the tree
 */
export function testsOf(filter: Filter): readonly FilterTest[] {
  switch (filter.op) {
    case "and":
    case "or":
      return filter.parts.flatMap(testsOf);
    case "not":
      return testsOf(filter.part);
    default:
      return [filter];
  }
}

/**
 * Writes a filter back as text; parsing it gives the same tree.
 *
 * @param filter the tree
 */
export function filterText(filter: Filter): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  switch (filter.op) {
    case "and":
    case "or":
      return filter.parts.map((part) => `(${filterText(part)})`).join(` ${filter.op} `);
    case "not":
      return `not (${filterText(filter.part)})`;
    case "in":
      return `${filter.dimension} in (${filter.values.map(quoted).join(", ")})`;
    case "contains":
      return `${filter.dimension} contains ${quoted(filter.text)}`;
    case "null":
      return `${filter.dimension} is null`;
  }
}
