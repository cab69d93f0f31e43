import type { Comparison, Formula, FormulaConstant, FormulaFunction } from "./formula.ts";

/**
 * How the parts of a formula become values of one kind: exact numbers, SQL, sets of names.
 * `periodsBack` is 0 in the period asked for and 1 inside previous().
 */
export interface Algebra<Value> {
  readonly number: (text: string) => Value;
  /** A measure, or a metric where the formula was not expanded. */
  readonly name: (id: string, variant: string | null, periodsBack: number) => Value;
  readonly constant: (name: FormulaConstant, periodsBack: number) => Value;
  readonly negate: (value: Value) => Value;
  readonly add: (left: Value, right: Value) => Value;
  readonly subtract: (left: Value, right: Value) => Value;
  readonly multiply: (left: Value, right: Value) => Value;
  readonly divide: (left: Value, right: Value) => Value;
  readonly compare: (operator: Comparison, left: Value, right: Value) => Value;
  readonly and: (left: Value, right: Value) => Value;
  readonly or: (left: Value, right: Value) => Value;
  readonly min: (left: Value, right: Value) => Value;
  readonly max: (left: Value, right: Value) => Value;
}

const arithmetic = { "+": "add", "-": "subtract", "*": "multiply", "/": "divide" } as const;

/**
 * Folds a formula into one value. `change(x)` is x − previous(x).
 *
 * @param formula a parsed formula
 * @param algebra what each part becomes
 * @param periodsBack periods before the one asked for; 0 by default
 */
export function evaluate<Value>(formula: Formula, algebra: Algebra<Value>, periodsBack = 0): Value {
  const of = (part: Formula, back = periodsBack): Value => evaluate(part, algebra, back);
  switch (formula.kind) {
    case "number":
      return algebra.number(formula.text);
    case "name":
      return algebra.name(formula.id, formula.variant, periodsBack);
    case "constant":
      return algebra.constant(formula.name, periodsBack);
    case "negate":
      return algebra.negate(of(formula.of));
    case "arithmetic":
      return algebra[arithmetic[formula.operator]](of(formula.left), of(formula.right));
    case "compare":
      return algebra.compare(formula.operator, of(formula.left), of(formula.right));
    case "logic":
      return algebra[formula.operator](of(formula.left), of(formula.right));
    case "call":
      return evaluateCall(formula.name, formula.of, algebra, periodsBack);
  }
}

function evaluateCall<Value>(
  name: FormulaFunction,
  [first, second]: readonly [Formula, ...Formula[]],
  algebra: Algebra<Value>,
  periodsBack: number,
): Value {
  const now = () => evaluate(first, algebra, periodsBack);
  const before = () => evaluate(first, algebra, periodsBack + 1);
  if (name === "previous") return before();
  if (name === "change") return algebra.subtract(now(), before());
  return algebra[name](now(), evaluate(second ?? first, algebra, periodsBack));
}

/** A name that a formula uses, and in which period. */
export interface UsedName {
  readonly id: string;
  readonly variant: string | null;
  readonly periodsBack: number;
}

/**
 * Returns the names that a formula uses, each once per period, in the order of the text.
 *
 * @param formula a parsed formula
 */
export function namesIn(formula: Formula): readonly UsedName[] {
  const union = (left: readonly UsedName[], right: readonly UsedName[]) => [
    ...left,
    ...right.filter(
      (name) =>
        !left.some(
          (known) =>
            known.id === name.id &&
            known.variant === name.variant &&
            known.periodsBack === name.periodsBack,
        ),
    ),
  ];
  return evaluate<readonly UsedName[]>(formula, {
    number: () => [],
    name: (id, variant, periodsBack) => [{ id, variant, periodsBack }],
    constant: () => [],
    negate: (names) => names,
    add: union,
    subtract: union,
    multiply: union,
    divide: union,
    compare: (_, left, right) => union(left, right),
    and: union,
    or: union,
    min: union,
    max: union,
  });
}
