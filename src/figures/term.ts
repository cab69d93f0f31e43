import { type Algebra, evaluate } from "../catalogue/evaluate.ts";
import type { Formula } from "../catalogue/formula.ts";
import { daysBetween } from "../ledger/calendar.ts";
import {
  add,
  compareExact,
  divide,
  type Exact,
  exactOf,
  fraction,
  multiply,
  negate,
  one,
  parseExact,
  subtract,
  zero,
} from "../ledger/exact.ts";
import type { Settings } from "../ledger/settings.ts";
import type { Reason } from "./figure.ts";
import { previousSpan, type Span } from "./spans.ts";

/** A value, or why there is none. */
export interface Term {
  readonly value: Exact | null;
  /** Empty while there is a value. */
  readonly problems: readonly Reason[];
}

/** What a formula is computed over: one stretch of time. */
export interface TermContext {
  readonly span: Span;
  readonly settings: Settings;
  /** Value of a measure over a stretch. */
  readonly measure: (id: string, span: Span) => Term;
}

const known = (value: Exact): Term => ({ value, problems: [] });

function both(left: Term, right: Term, compute: (a: Exact, b: Exact) => Exact): Term {
  if (left.value === null || right.value === null) {
    return { value: null, problems: distinctReasons([...left.problems, ...right.problems]) };
  }
  return known(compute(left.value, right.value));
}

/**
 * Returns each reason once, in the order of first appearance.
 *
 * @param reasons any reasons
 */
export function distinctReasons(reasons: readonly Reason[]): readonly Reason[] {
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}

const flag = (holds: boolean): Exact => (holds ? one : zero);
const isTrue = (value: Exact) => value.numerator !== 0n;

/**
 * Evaluates a formula exactly: nothing is rounded, and what cannot be computed says why. A division by zero has no
 * value (`zero_denominator`).
 *
 * @param formula over measures only
 * @param context stretch of time and the measures' values
 */
export function termOf(formula: Formula, context: TermContext): Term {
  const spanAt = (back: number) =>
    back === 0 ? context.span : previousSpan(context.span, context.settings);
  const algebra: Algebra<Term> = {
    number: (text) => known(parseExact(text)),
    name: (id, _variant, back) => context.measure(id, spanAt(back)),
    constant: (name, back) => known(constantOf(name, spanAt(back), context.settings)),
    negate: (term) => (term.value === null ? term : known(negate(term.value))),
    add: sumOfKnown,
    subtract: (left, right) => both(left, right, subtract),
    multiply: (left, right) => both(left, right, multiply),
    divide: quotient,
    compare: (operator, left, right) =>
      both(left, right, (a, b) => flag(holds(operator, compareExact(a, b)))),
    and: (left, right) => both(left, right, (a, b) => flag(isTrue(a) && isTrue(b))),
    or: (left, right) => both(left, right, (a, b) => flag(isTrue(a) || isTrue(b))),
    min: (left, right) => both(left, right, (a, b) => (compareExact(a, b) <= 0 ? a : b)),
    max: (left, right) => both(left, right, (a, b) => (compareExact(a, b) >= 0 ? a : b)),
  };
  return evaluate(formula, algebra);
}

/** A part for which nothing was ever recorded counts as 0 beside one that is known: networks without saves have likes. */
function sumOfKnown(left: Term, right: Term): Term {
  const isUnheard = ({ value, problems }: Term) =>
    value === null && problems.every(({ code }) => code === "never_recorded");
  if (left.value !== null && isUnheard(right)) return left;
  if (right.value !== null && isUnheard(left)) return right;
  return both(left, right, add);
}

function quotient(left: Term, right: Term): Term {
  if (left.value === null || right.value === null) {
    return { value: null, problems: distinctReasons([...left.problems, ...right.problems]) };
  }
  const value = divide(left.value, right.value);
  return value ? known(value) : { value, problems: [{ code: "zero_denominator", params: {} }] };
}

function holds(operator: "<" | "<=" | ">" | ">=" | "=", order: -1 | 0 | 1): boolean {
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "=":
      return order === 0;
  }
}

/** Days of a stretch; months are whole where the stretch is, otherwise days ÷ (365.25 ÷ 12). */
function constantOf(name: "days" | "months" | "fte_hours", span: Span, settings: Settings): Exact {
  if (name === "fte_hours") return exactOf(settings.fte_hours_per_month);
  const days = span.isHour
    ? fraction(1n, 24n)
    : fraction(BigInt(daysBetween(span.firstDay, span.nextDay)));
  if (name === "days") return days;
  const months = wholeMonths(span);
  return months === null ? multiply(days, fraction(1200n, 36_525n)) : fraction(BigInt(months));
}

function wholeMonths({ firstDay, nextDay, isHour }: Span): number | null {
  if (isHour || !firstDay.endsWith("-01") || !nextDay.endsWith("-01")) return null;
  const months = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return months(nextDay) - months(firstDay);
}

/** The two sides of a ratio. */
export interface Ratio {
  readonly numerator: Formula;
  readonly denominator: Formula;
}

/**
 * Returns the two sides of a ratio: those of the division that the formula is, apart from constant factors.
 *
 * @param formula over measures only
 * @returns null when the formula is no ratio of measures
 */
export function sidesOf(formula: Formula): Ratio | null {
  if (formula.kind !== "arithmetic") return null;
  const { left, right, operator } = formula;
  if (operator === "/") {
    if (hasNames(right)) return { numerator: left, denominator: right };
    return sidesOf(left);
  }
  if (operator !== "*") return null;
  if (!hasNames(right)) return sidesOf(left);
  return hasNames(left) ? null : sidesOf(right);
}

function hasNames(formula: Formula): boolean {
  switch (formula.kind) {
    case "name":
      return true;
    case "number":
    case "constant":
      return false;
    case "negate":
      return hasNames(formula.of);
    case "call":
      return formula.of.some(hasNames);
    default:
      return hasNames(formula.left) || hasNames(formula.right);
  }
}
