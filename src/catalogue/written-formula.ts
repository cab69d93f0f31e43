import { type Algebra, evaluate } from "./evaluate.ts";
import type { Comparison, Formula, FormulaConstant } from "./formula.ts";

/** How the parts of a formula are written. */
export interface FormulaWords {
  /** A measure or metric; `periodsBack` is 1 inside previous(). */
  readonly name: (id: string, variant: string | null, periodsBack: number) => string;
  readonly constant: (name: FormulaConstant, periodsBack: number) => string;
  /** Templates with {x} and {y}, and the words between conditions. */
  readonly min: string;
  readonly max: string;
  readonly and: string;
  readonly or: string;
}

/** A written part and how strongly it holds together, to know where parentheses are needed. */
interface Written {
  readonly text: string;
  readonly strength: number;
}

const strengths = { or: 1, and: 2, compare: 3, sum: 4, product: 5, whole: 9 } as const;
const comparisons: Readonly<Record<Comparison, string>> = {
  "<": "<",
  "<=": "≤",
  ">": ">",
  ">=": "≥",
  "=": "=",
};

/** A leading minus binds like a sum: 3 − (−2), but −2 + 3. */
function whole(text: string): Written {
  return { text, strength: /^[-−]/.test(text) ? strengths.sum : strengths.whole };
}

function enclosed({ text, strength }: Written, atLeast: number): string {
  return strength < atLeast ? `(${text})` : text;
}

function between(symbol: string, strength: number, right = strength) {
  return (left: Written, other: Written): Written => ({
    text: `${enclosed(left, strength)} ${symbol} ${enclosed(other, right)}`,
    strength,
  });
}

function filled(template: string) {
  return (x: Written, y: Written): Written =>
    whole(template.replace(/\{([xy])\}/g, (_, slot: string) => enclosed(slot === "x" ? x : y, 9)));
}

function writing(words: FormulaWords): Algebra<Written> {
  return {
    number: whole,
    name: (id, variant, periodsBack) => whole(words.name(id, variant, periodsBack)),
    constant: (name, periodsBack) => whole(words.constant(name, periodsBack)),
    negate: (value) => ({
      text: `−${enclosed(value, strengths.product)}`,
      strength: strengths.sum,
    }),
    add: between("+", strengths.sum, strengths.product),
    subtract: between("−", strengths.sum, strengths.product),
    multiply: between("×", strengths.product, strengths.product + 1),
    divide: between("÷", strengths.product, strengths.product + 1),
    compare: (operator, left, right) =>
      between(comparisons[operator], strengths.compare, strengths.sum)(left, right),
    and: between(words.and, strengths.and),
    or: between(words.or, strengths.or),
    min: filled(words.min),
    max: filled(words.max),
  };
}

/**
 * Writes a formula for people, with as few parentheses as possible. Whatever `name` returns stands in it: names give
 * the formula in words, printed values the formula with the numbers put in.
 *
 * @param formula a parsed formula
 * @param words names or values of the parts
 * @example (Revenue − Cost) ÷ Cost, or (482,310.00 − 116,954.00) ÷ 116,954.00
 */
export function writtenFormula(formula: Formula, words: FormulaWords): string {
  return evaluate(formula, writing(words)).text;
}

const latexComparisons: Readonly<Record<Comparison, string>> = {
  ...comparisons,
  "<=": "\\le",
  ">=": "\\ge",
};

/** Text inside \text{}: every character that TeX reads as a command stands for itself. */
function latexText(text: string): string {
  const named: Readonly<Record<string, string>> = {
    "\\": "\\textbackslash ",
    "~": "\\textasciitilde ",
    "^": "\\textasciicircum ",
  };
  return `\\text{${text.replace(/[\\{}$&#%_~^]/g, (found) => named[found] ?? `\\${found}`)}}`;
}

function latexEnclosed({ text, strength }: Written, atLeast: number): string {
  return strength < atLeast ? `\\left(${text}\\right)` : text;
}

function latexBetween(symbol: string, strength: number, right = strength) {
  return (left: Written, other: Written): Written => ({
    text: `${latexEnclosed(left, strength)} ${symbol} ${latexEnclosed(other, right)}`,
    strength,
  });
}

function latexWriting(words: FormulaWords): Algebra<Written> {
  const symbol = (text: string): Written => ({ text, strength: strengths.whole });
  const list = (name: string) => (x: Written, y: Written) =>
    symbol(`\\${name}\\left(${x.text}, ${y.text}\\right)`);
  return {
    number: symbol,
    name: (id, variant, periodsBack) => symbol(latexText(words.name(id, variant, periodsBack))),
    constant: (name, periodsBack) => symbol(latexText(words.constant(name, periodsBack))),
    negate: (value) => ({
      text: `-${latexEnclosed(value, strengths.product)}`,
      strength: strengths.sum,
    }),
    add: latexBetween("+", strengths.sum, strengths.product),
    subtract: latexBetween("-", strengths.sum, strengths.product),
    multiply: latexBetween("\\times", strengths.product),
    divide: (above, below) => ({
      text: `\\frac{${above.text}}{${below.text}}`,
      strength: strengths.product,
    }),
    compare: (operator, left, right) =>
      latexBetween(latexComparisons[operator], strengths.compare, strengths.sum)(left, right),
    and: latexBetween(latexText(` ${words.and} `), strengths.and),
    or: latexBetween(latexText(` ${words.or} `), strengths.or),
    min: list("min"),
    max: list("max"),
  };
}

/**
 * Writes a formula as LaTeX, divisions as fractions.
 *
 * @param formula a parsed formula
 * @param words names of the parts
 */
export function latexFormula(formula: Formula, words: FormulaWords): string {
  return evaluate(formula, latexWriting(words)).text;
}
