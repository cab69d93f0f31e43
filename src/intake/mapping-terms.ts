import { ledgerTables } from "../ledger/tables.ts";
import type { Condition, Expression } from "../sources/source.ts";
import type { Term } from "./mapping-syntax.ts";

/** How one property of an expression or condition stands in a function's brackets. */
interface Slot {
  readonly property: string;
  readonly holds: "expression" | "condition" | "text" | "textOrNull" | "count";
  /** Takes all terms that are left. */
  readonly isList?: true;
  /** Written as property=term. */
  readonly isNamed?: true;
  readonly isOptional?: true;
  /** Written as 'text'='text', any number of them. */
  readonly isTable?: true;
  readonly oneOf?: readonly string[];
}

const of: Slot = { property: "of", holds: "expression" };
const allOf: Slot = { property: "of", holds: "expression", isList: true };
const named = (property: string, more: Partial<Slot> = {}): Slot => ({
  property,
  holds: "text",
  isNamed: true,
  ...more,
});
const text = (property: string): Slot => ({ property, holds: "text" });
const part = (property: string): Slot => ({ property, holds: "expression" });
const condition: Slot = { property: "condition", holds: "condition" };

/** The brackets of every expression; `constant` and plain columns need none. */
const expressionSlots: Readonly<Record<Exclude<Expression["op"], "constant">, readonly Slot[]>> = {
  text: [text("column"), { property: "path", holds: "text", isList: true, isOptional: true }],
  time: [
    of,
    named("zone", { isOptional: true }),
    named("unit", { isOptional: true, oneOf: ["seconds", "milliseconds", "microseconds"] }),
  ],
  day: [of],
  money: [of, named("unit", { isOptional: true, oneOf: ["micros", "cents"] })],
  number: [of],
  boolean: [of],
  currency: [of],
  oneOf: [
    of,
    named("otherwise", { isOptional: true, holds: "textOrNull" }),
    { property: "values", holds: "text", isTable: true },
  ],
  first: [allOf],
  joined: [allOf, named("with")],
  filled: [of, named("by")],
  total: [of, named("by")],
  ordinal: [{ property: "by", holds: "expression", isList: true }],
  header: [text("column")],
  lookup: [
    { ...text("table"), oneOf: ledgerTables.map((table) => table.name) },
    text("column"),
    { property: "key", holds: "expression", isList: true },
    named("waitsFor", { isOptional: true }),
    named("waits", { isOptional: true, oneOf: ["row", "file"] }),
  ],
  urlParameter: [of, text("name")],
  clickId: [of],
  capture: [of, text("pattern")],
  sumOfMatches: [of, text("pattern")],
  parameter: [of, text("name")],
  lower: [of],
  sum: [allOf],
  product: [allOf],
  share: [of, part("part"), part("whole"), named("decimals", { isOptional: true, holds: "count" })],
  negative: [of],
  absolute: [of],
  when: [condition, part("then"), { ...part("otherwise"), isOptional: true }],
  content: [],
  accountId: [of],
  accountDomain: [of],
  personId: [of],
};

const conditionSlots: Readonly<Record<Condition["test"], readonly Slot[]>> = {
  is: [of, { property: "values", holds: "text", isList: true }],
  present: [of],
  matches: [of, text("pattern")],
  positive: [of],
  negative: [of],
  not: [{ property: "of", holds: "condition" }],
  all: [{ property: "of", holds: "condition", isList: true }],
  any: [{ property: "of", holds: "condition", isList: true }],
};

/** The functions that a mapping file may use, for the documentation. */
export const mappingFunctions = {
  expressions: Object.keys(expressionSlots),
  conditions: Object.keys(conditionSlots),
} as const;

type Data = Readonly<Record<string, unknown>>;
type Call = Extract<Term, { readonly kind: "call" }>;

/**
 * Returns an expression as a term.
 *
 * @param expression the expression
 */
export function expressionTerm(expression: Expression): Term {
  if (expression.op === "constant") return { kind: "constant", value: expression.value };
  if (expression.op === "text" && !expression.path)
    return { kind: "column", name: expression.column };
  return callOf(expression.op, expressionSlots[expression.op], expression);
}

/**
 * Returns a condition as a term.
 *
 * @param condition the condition
 */
export function conditionTerm(condition: Condition): Term {
  return callOf(condition.test, conditionSlots[condition.test], condition);
}

function termOf(value: unknown, slot: Slot): Term {
  if (slot.holds === "expression") return expressionTerm(value as Expression);
  if (slot.holds === "condition") return conditionTerm(value as Condition);
  return { kind: "constant", value: value as string | number | null };
}

function callOf(name: string, slots: readonly Slot[], data: Data): Term {
  const terms: Term[] = [];
  const options: [string, Term][] = [];
  const entries: [string, Term][] = [];
  for (const slot of slots) {
    const value = data[slot.property];
    if (value === undefined) continue;
    if (slot.isTable) {
      entries.push(
        ...Object.entries(value as Data).map(([key, one]): [string, Term] => [
          key,
          termOf(one, slot),
        ]),
      );
    } else if (slot.isList)
      terms.push(...(value as readonly unknown[]).map((one) => termOf(one, slot)));
    else if (slot.isNamed) options.push([slot.property, termOf(value, slot)]);
    else terms.push(termOf(value, slot));
  }
  return { kind: "call", name, terms, options, entries };
}

/**
 * Returns the expression that a term means.
 *
 * @param term the term
 * @throws SyntaxError for an unknown function or wrong brackets
 */
export function expressionOf(term: Term): Expression {
  if (term.kind === "column") return { op: "text", column: term.name };
  if (term.kind === "constant") {
    if (term.value === null) throw new SyntaxError("null is no value: leave the line out");
    return { op: "constant", value: term.value };
  }
  const slots = (expressionSlots as Readonly<Record<string, readonly Slot[] | undefined>>)[
    term.name
  ];
  if (!slots) {
    const known = mappingFunctions.expressions.join(", ");
    throw new SyntaxError(`unknown function ${term.name}; known are ${known}`);
  }
  // The slots of an operation are exactly its properties.
  return { op: term.name, ...dataOf(term, slots) } as Expression;
}

/**
 * Returns the condition that a term means.
 *
 * @param term the term
 * @throws SyntaxError for an unknown condition or wrong brackets
 */
export function conditionOf(term: Term): Condition {
  const slots =
    term.kind === "call"
      ? (conditionSlots as Readonly<Record<string, readonly Slot[] | undefined>>)[term.name]
      : undefined;
  if (term.kind !== "call" || !slots) {
    const known = mappingFunctions.conditions.join(", ");
    throw new SyntaxError(`expected a condition; known are ${known}`);
  }
  return { test: term.name, ...dataOf(term, slots) } as Condition;
}

function readSlot(term: Term, slot: Slot, call: string): unknown {
  if (slot.holds === "expression") return expressionOf(term);
  if (slot.holds === "condition") return conditionOf(term);
  if (term.kind === "constant" && term.value === null && slot.holds === "textOrNull") return null;
  if (slot.holds === "count") {
    if (term.kind === "constant" && Number.isInteger(term.value)) return term.value;
    throw new SyntaxError(`${call}: ${slot.property} must be a whole number`);
  }
  // Names of columns and tables may be written without quotes.
  const value = term.kind === "column" ? term.name : term.kind === "constant" ? term.value : null;
  if (value === null) throw new SyntaxError(`${call}: ${slot.property} must be a text in quotes`);
  if (slot.oneOf && !slot.oneOf.includes(String(value))) {
    throw new SyntaxError(
      `${call}: ${slot.property} is ${value}; it must be one of ${slot.oneOf.join(", ")}`,
    );
  }
  return String(value);
}

function dataOf(call: Call, slots: readonly Slot[]): Data {
  const waiting = [...call.terms];
  const options = new Map(call.options);
  const data: [string, unknown][] = [];
  for (const slot of slots) {
    const value = take(slot, call, waiting, options);
    if (value !== undefined) data.push([slot.property, value]);
    else if (!slot.isOptional) throw new SyntaxError(`${call.name}: ${slot.property} is missing`);
  }
  const [extra] = [...options.keys(), ...(slots.some((slot) => slot.isTable) ? [] : call.entries)];
  if (waiting.length > 0 || extra !== undefined) {
    throw new SyntaxError(`${call.name} does not take ${String(extra ?? "so many terms")}`);
  }
  return Object.fromEntries(data);
}

function take(slot: Slot, call: Call, waiting: Term[], options: Map<string, Term>): unknown {
  const read = (term: Term) => readSlot(term, slot, call.name);
  if (slot.isTable) return Object.fromEntries(call.entries.map(([key, term]) => [key, read(term)]));
  if (slot.isList) {
    const list = waiting.splice(0).map(read);
    return list.length > 0 || !slot.isOptional ? list : undefined;
  }
  const term = slot.isNamed ? options.get(slot.property) : waiting.shift();
  options.delete(slot.isNamed ? slot.property : "");
  return term === undefined ? undefined : read(term);
}
