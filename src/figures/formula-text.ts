import { type Algebra, evaluate } from "../catalogue/evaluate.ts";
import type { Comparison, Formula } from "../catalogue/formula.ts";

/** How the names and constants of a formula are written. */
export interface Wording {
  /** A measure or metric; `periodsBack` is 1 inside previous(). */
  readonly name: (id: string, variant: string | null, periodsBack: number) => string;
  readonly constant: (name: "days" | "months" | "fte_hours", periodsBack: number) => string;
}

interface Written {
  readonly text: string;
  /** How strongly the outermost operator binds; brackets go around what binds weaker. */
  readonly binding: number;
}

const signs: Readonly<Record<Comparison, string>> = {
  "<": "<",
  "<=": "≤",
  ">": ">",
  ">=": "≥",
  "=": "=",
};

const atom = (text: string): Written => ({ text, binding: 9 });

function infix(sign: string, binding: number, isAssociative: boolean) {
  return (left: Written, right: Written): Written => {
    const first = left.binding < binding ? `(${left.text})` : left.text;
    const isWeak = isAssociative ? right.binding < binding : right.binding <= binding;
    return { text: `${first} ${sign} ${isWeak ? `(${right.text})` : right.text}`, binding };
  };
}

/**
 * Writes a formula with the signs − × ÷ and only the brackets that are needed.
 *
 * @param formula a parsed formula
 * @param wording how names and constants are written, such as their numbers
 * @example formulaText(parseFormula("(a - b) / b"), …) // "(482,310 − 116,954) ÷ 116,954"
 */
export function formulaText(formula: Formula, wording: Wording): string {
  const algebra: Algebra<Written> = {
    number: atom,
    name: (id, variant, back) => {
      const text = wording.name(id, variant, back);
      return { text, binding: /^-/.test(text) ? 6 : 9 };
    },
    constant: (name, back) => atom(wording.constant(name, back)),
    negate: ({ text, binding }) => ({ text: binding < 7 ? `−(${text})` : `−${text}`, binding: 6 }),
    add: infix("+", 4, true),
    subtract: infix("−", 4, false),
    multiply: infix("×", 5, true),
    divide: infix("÷", 5, false),
    compare: (operator, left, right) => infix(signs[operator], 3, false)(left, right),
    and: infix("and", 2, true),
    or: infix("or", 1, true),
    min: (left, right) => atom(`min(${left.text}, ${right.text})`),
    max: (left, right) => atom(`max(${left.text}, ${right.text})`),
  };
  return evaluate(formula, algebra).text;
}
