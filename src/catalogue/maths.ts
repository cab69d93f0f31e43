import temml from "temml";
import type { Formula } from "./formula.ts";
import { type FormulaWords, latexFormula } from "./written-formula.ts";

/**
 * Draws a formula as MathML, which every browser shows without fonts or scripts.
 *
 * @param formula a parsed formula
 * @param words names of the parts
 */
export function formulaMaths(formula: Formula, words: FormulaWords): string {
  return temml.renderToString(latexFormula(formula, words), { displayMode: true });
}
