import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Algebra, evaluate, namesIn } from "../../src/catalogue/evaluate.ts";
import { type Formula, parseFormula } from "../../src/catalogue/formula.ts";
import { nearest } from "../../src/catalogue/nearest.ts";
import { latexFormula, writtenFormula } from "../../src/catalogue/written-formula.ts";
import { LastpennyError } from "../../src/errors.ts";

const values: Readonly<Record<string, readonly [number, number]>> = {
  a: [6, 5],
  b: [3, 4],
  c: [2, 1],
};

const numbers: Algebra<number> = {
  number: Number,
  name: (id, _, periodsBack) => values[id]?.[periodsBack] ?? Number.NaN,
  constant: (name, periodsBack) => ({ days: 31 - periodsBack, months: 1, fte_hours: 160 })[name],
  negate: (value) => -value,
  add: (left, right) => left + right,
  subtract: (left, right) => left - right,
  multiply: (left, right) => left * right,
  divide: (left, right) => left / right,
  compare: (operator, left, right) =>
    Number(
      {
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
        "=": left === right,
      }[operator],
    ),
  and: (left, right) => Number(left !== 0 && right !== 0),
  or: (left, right) => Number(left !== 0 || right !== 0),
  min: Math.min,
  max: Math.max,
};

const worth = (text: string) => evaluate(parseFormula(text), numbers);

const words = {
  name: (id: string, variant: string | null, back: number) =>
    `${id}${variant ? `@${variant}` : ""}${back ? "′" : ""}`,
  constant: (name: string) => name,
  min: "min({x}, {y})",
  max: "max({x}, {y})",
  and: "and",
  or: "or",
};
const written = (text: string) => writtenFormula(parseFormula(text), words);

function refusal(text: string): { readonly message: string; readonly position: string } {
  try {
    parseFormula(text);
  } catch (error) {
    if (error instanceof LastpennyError && error.code === "formula_invalid")
      return { message: error.message, position: error.details.position ?? "" };
    throw error;
  }
  throw new Error(`parsed: ${text}`);
}

describe("formulas", () => {
  it.each([
    ["a - b - c", 1],
    ["a / b / c", 1],
    ["a + b * c", 12],
    ["(a + b) * c", 18],
    ["-a * -b", 18],
    ["a - -b", 9],
    ["1.5 * c + .5", 3.5],
    ["previous(a) - b", 2],
    ["change(a / b) * 4", 3],
    ["min(a, b) + max(b, c)", 6],
    ["a > b and b > c", 1],
    ["a < b or b < c and a > b", 0],
    ["a = 6 and (b < 0 or c >= 2)", 1],
    ["a / days()", 6 / 31],
    ["previous(days())", 30],
  ])("%s is %d", (text, expected) => {
    expect(worth(text)).toBe(expected);
  });

  it.each([
    ["a +", "4", "expected a measure, a number or `(` but found the end"],
    ["(a", "3", "expected `)` but found the end"],
    ["a b", "3", "expected an operator but found `b`"],
    ["a $ b", "3", "unexpected character `$`"],
    ["a   + %", "7", "unexpected character `%`"],
    ["mean(a)", "1", "unknown function `mean`"],
    ["1 < 2 < 3", "7", "expected `and` or `or` but found `<`"],
    ["min(a)", "6", "expected `,` but found `)`"],
    ["clv@ 3", "6", "expected the name of a variant but found `3`"],
    ["", "1", "found the end"],
    ["a and", "6", "found the end"],
    ["days(3)", "6", "expected `)` but found `3`"],
  ])("says where `%s` goes wrong", (text, position, what) => {
    expect(refusal(text).message).toContain(what);
    expect(refusal(text).position).toBe(position);
  });

  it("refuse a thousand parentheses without a stack overflow", () => {
    expect(refusal("(".repeat(1000)).message).toContain("too many nested");
  });

  it("name what they use, and in which period", () => {
    expect(namesIn(parseFormula("(a - previous(a)) / previous(clv@purchases) + a"))).toEqual([
      { id: "a", variant: null, periodsBack: 0 },
      { id: "a", variant: null, periodsBack: 1 },
      { id: "clv", variant: "purchases", periodsBack: 1 },
    ]);
  });

  it("never crash on junk other than with their own error", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab1.+-*/()<>=@, previous") }), (text) => {
        try {
          parseFormula(text);
        } catch (error) {
          expect(error).toBeInstanceOf(LastpennyError);
        }
      }),
    );
  });
});

const formulas: fc.Arbitrary<string> = fc.letrec<{ formula: string }>((tie) => ({
  formula: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("a", "b", "c", "2", "0.5"),
    fc
      .tuple(tie("formula"), fc.constantFrom("+", "-", "*", "/"), tie("formula"))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie("formula").map((inner) => `(-${inner})`),
    tie("formula").map((inner) => `previous(${inner})`),
  ),
})).formula;

describe("written formulas", () => {
  it.each([
    ["(a - b) / b", "(a − b) ÷ b"],
    ["a - (b - c)", "a − (b − c)"],
    ["(a - b) - c", "a − b − c"],
    ["a / (b * c)", "a ÷ (b × c)"],
    ["(a > b or a > c) and b > c", "(a > b or a > c) and b > c"],
    ["change(a) / previous(a)", "(a − a′) ÷ a′"],
    ["max(0, a - b)", "max(0, (a − b))"],
    ["-(a + b)", "−(a + b)"],
  ])("%s reads %s", (text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it("put numbers in, with parentheses around negative ones only where they are needed", () => {
    const printed = { a: "−5.00", b: "116,954.00", c: "−1" };
    const put = (text: string) =>
      writtenFormula(parseFormula(text), {
        ...words,
        name: (id) => printed[id as keyof typeof printed],
      });
    expect(put("(a - b) / b")).toBe("(−5.00 − 116,954.00) ÷ 116,954.00");
    expect(put("b - a")).toBe("116,954.00 − (−5.00)");
    expect(put("b * c")).toBe("116,954.00 × (−1)");
  });

  it("mean the same as what was parsed", () => {
    const depth = (formula: Formula): boolean =>
      namesIn(formula).every(({ periodsBack }) => periodsBack <= 1);
    fc.assert(
      fc.property(formulas, (text) => {
        const formula = parseFormula(text);
        fc.pre(depth(formula));
        const plain = writtenFormula(formula, {
          ...words,
          name: (id, _, back) => (back ? `previous(${id})` : id),
        });
        const again = plain.replaceAll("−", "-").replaceAll("×", "*").replaceAll("÷", "/");
        expect(evaluate(parseFormula(again), numbers)).toEqual(evaluate(formula, numbers));
      }),
    );
  });

  it("become LaTeX fractions with every special character escaped", () => {
    const latex = latexFormula(parseFormula("(a + b) / c * 100"), {
      ...words,
      name: (id) => ({ a: "50 % of $", b: "x_1 & {y}" })[id] ?? id,
    });
    expect(latex).toBe(
      "\\frac{\\text{50 \\% of \\$} + \\text{x\\_1 \\& \\{y\\}}}{\\text{c}} \\times 100",
    );
  });
});

describe("the nearest known word", () => {
  it.each([
    ["reveneu", "revenue"],
    ["revnue", "revenue"],
    ["Cost", "cost"],
    ["costs", "cost"],
    ["xyzzy", null],
  ])("to %s is %s", (word, expected) => {
    expect(nearest(word, ["revenue", "cost", "orders"])).toBe(expected);
  });
});
