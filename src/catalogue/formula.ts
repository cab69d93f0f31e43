import { LastpennyError } from "../errors.ts";

/** Comparisons that a flag's formula may use. */
export type Comparison = "<" | "<=" | ">" | ">=" | "=";

/** Functions of one formula: the period before, the change since it, the smaller and the larger. */
export type FormulaFunction = "previous" | "change" | "min" | "max";

/** Numbers that the question and the settings give: length of the period, monthly hours of one full-time job. */
export type FormulaConstant = "days" | "months" | "fte_hours";

/** A parsed formula. `name` is a measure or a metric, with the variant where one is named. */
export type Formula =
  | { readonly kind: "number"; readonly text: string }
  | {
      readonly kind: "name";
      readonly id: string;
      readonly variant: string | null;
      /** Place in the text, counted from 1. */
      readonly position: number;
    }
  | { readonly kind: "constant"; readonly name: FormulaConstant }
  | { readonly kind: "negate"; readonly of: Formula }
  | {
      readonly kind: "arithmetic";
      readonly operator: "+" | "-" | "*" | "/";
      readonly left: Formula;
      readonly right: Formula;
    }
  | {
      readonly kind: "compare";
      readonly operator: Comparison;
      readonly left: Formula;
      readonly right: Formula;
    }
  | {
      readonly kind: "logic";
      readonly operator: "and" | "or";
      readonly left: Formula;
      readonly right: Formula;
    }
  | {
      readonly kind: "call";
      readonly name: FormulaFunction;
      readonly of: readonly [Formula, ...Formula[]];
      readonly position: number;
    };

interface Token {
  readonly type: "number" | "name" | "symbol" | "end";
  readonly text: string;
  /** Counted from 1. */
  readonly position: number;
}

const tokenPattern =
  /\s*(?:(?<number>\d+(?:\.\d+)?|\.\d+)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<symbol><=|>=|[-+*/()<>=,@]))/y;
const parameterCounts = { previous: 1, change: 1, min: 2, max: 2 } as const;
const constants: readonly string[] = ["days", "months", "fte_hours"];
const binding: Readonly<Record<string, number>> = {
  ...{ or: 1, and: 2, "<": 3, "<=": 3, ">": 3, ">=": 3, "=": 3 },
  ...{ "+": 4, "-": 4, "*": 5, "/": 5 },
};
const bindingOfComparison = 3;
const bindingOfMinus = 6;
const deepest = 60;

function refuse(text: string, position: number, what: string): LastpennyError {
  return new LastpennyError("formula_invalid", `${what} at position ${position} of \`${text}\``, {
    position: String(position),
    formula: text,
  });
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < end) {
    const start = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (!match?.groups) {
      const at = start + (text.slice(start).match(/^\s*/)?.[0].length ?? 0);
      throw refuse(text, at + 1, `unexpected character \`${text[at]}\``);
    }
    const { number, name, symbol } = match.groups;
    const type = number ? "number" : name ? "name" : "symbol";
    const found = number ?? name ?? symbol ?? "";
    tokens.push({ type, text: found, position: tokenPattern.lastIndex - found.length + 1 });
  }
  return [...tokens, { type: "end", text: "the end", position: end + 1 }];
}

function combine(operator: string, left: Formula, right: Formula): Formula {
  switch (operator) {
    case "and":
    case "or":
      return { kind: "logic", operator, left, right };
    case "+":
    case "-":
    case "*":
    case "/":
      return { kind: "arithmetic", operator, left, right };
    default:
      return { kind: "compare", operator: operator as Comparison, left, right };
  }
}

/** The tokens of a formula and the place in them. */
interface Cursor {
  readonly text: string;
  readonly peek: () => Token;
  readonly take: () => Token;
  depth: number;
}

function cursorOver(text: string): Cursor {
  const tokens = tokensOf(text);
  const end: Token = { type: "end", text: "the end", position: text.length + 1 };
  let next = 0;
  return {
    text,
    peek: () => tokens[next] ?? end,
    take: () => tokens[next++] ?? end,
    depth: 0,
  };
}

function unexpected({ text }: Cursor, token: Token, wanted: string): LastpennyError {
  const found = token.type === "end" ? "the end" : `\`${token.text}\``;
  return refuse(text, token.position, `expected ${wanted} but found ${found}`);
}

function expect(cursor: Cursor, symbol: string): void {
  const token = cursor.take();
  if (token.type !== "symbol" || token.text !== symbol)
    throw unexpected(cursor, token, `\`${symbol}\``);
}

function call(cursor: Cursor, name: Token): Formula {
  expect(cursor, "(");
  if (constants.includes(name.text)) {
    expect(cursor, ")");
    return { kind: "constant", name: name.text as FormulaConstant };
  }
  if (!Object.hasOwn(parameterCounts, name.text)) {
    const known = [...Object.keys(parameterCounts), ...constants].join(", ");
    const what = `unknown function \`${name.text}\` (there are ${known})`;
    throw refuse(cursor.text, name.position, what);
  }
  const of: [Formula, ...Formula[]] = [expression(cursor, 0)];
  while (of.length < parameterCounts[name.text as FormulaFunction]) {
    expect(cursor, ",");
    of.push(expression(cursor, 0));
  }
  expect(cursor, ")");
  return { kind: "call", name: name.text as FormulaFunction, of, position: name.position };
}

function named(cursor: Cursor, { text: id, position, ...token }: Token): Formula {
  if (id === "and" || id === "or")
    throw unexpected(cursor, { ...token, text: id, position }, "a value");
  if (cursor.peek().text === "(") return call(cursor, { ...token, text: id, position });
  if (cursor.peek().text !== "@") return { kind: "name", id, variant: null, position };
  cursor.take();
  const variant = cursor.take();
  if (variant.type !== "name") throw unexpected(cursor, variant, "the name of a variant");
  return { kind: "name", id, variant: variant.text, position };
}

function operand(cursor: Cursor): Formula {
  const token = cursor.take();
  if (token.type === "number") return { kind: "number", text: token.text };
  if (token.type === "name") return named(cursor, token);
  if (token.text === "-") return { kind: "negate", of: expression(cursor, bindingOfMinus) };
  if (token.text !== "(") throw unexpected(cursor, token, "a measure, a number or `(`");
  const inner = expression(cursor, 0);
  expect(cursor, ")");
  return inner;
}

function expression(cursor: Cursor, weakest: number): Formula {
  if (++cursor.depth > deepest)
    throw refuse(cursor.text, cursor.peek().position, "too many nested parentheses");
  let left = operand(cursor);
  for (;;) {
    const strength = binding[cursor.peek().text] ?? 0;
    if (strength <= weakest) break;
    const operator = cursor.take();
    if (strength === bindingOfComparison && left.kind === "compare")
      throw unexpected(cursor, operator, "`and` or `or`");
    left = combine(operator.text, left, expression(cursor, strength));
  }
  cursor.depth--;
  return left;
}

/**
 * Parses a formula by operator precedence (Pratt, "Top down operator precedence", 1973): or, and, comparison, sum,
 * product, sign.
 *
 * @param text such as `(revenue - cost) / cost`
 * @throws formula_invalid with the position of the first character that does not fit
 */
export function parseFormula(text: string): Formula {
  const cursor = cursorOver(text);
  const formula = expression(cursor, 0);
  if (cursor.peek().type !== "end") throw unexpected(cursor, cursor.peek(), "an operator");
  return formula;
}
