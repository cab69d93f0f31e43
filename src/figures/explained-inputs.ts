import type { Formula } from "../catalogue/formula.ts";
import { writtenFormula } from "../catalogue/written-formula.ts";
import type { Exact } from "../ledger/exact.ts";
import type { AskedMeasure } from "./asked.ts";
import { type BuildContext, termAt } from "./build.ts";
import type { FiguresContext } from "./context.ts";
import { decimalText } from "./decimal.ts";
import { ownSql } from "./rows.ts";
import { previousSpan, type Span } from "./spans.ts";
import { cellOf, measureTerm } from "./values.ts";

/** A part of a formula: a metric with parts of its own, or a measure with the SQL that gave it. */
export interface ExplainedInput {
  readonly kind: "metric" | "measure";
  readonly id: string;
  readonly variant: string | null;
  /** 1 where the formula looks at the period before. */
  readonly periodsBack: number;
  readonly value: string | null;
  readonly unit: string;
  /** Metrics: their formula, and with the numbers put in. */
  readonly formula?: string;
  readonly withNumbers?: string;
  /** Measures: rows behind it, the fact, what it leaves out, its SQL with the values written in. */
  readonly rows?: string;
  readonly fact?: string;
  readonly sql?: string;
  readonly inputs: readonly ExplainedInput[];
}

function spanAt({ request, settings }: BuildContext, periodsBack: number): Span {
  return periodsBack === 0 ? request.period : previousSpan(request.period, settings);
}

/** How functions and conditions are written where no language is asked for. */
const operators = { min: "min({x}, {y})", max: "max({x}, {y})", and: "and", or: "or" } as const;

const nothing = "–";
const textOf = (value: Exact | null) => (value ? decimalText(value) : nothing);

/**
 * Writes a formula with the numbers put in.
 *
 * @param context what the engine said
 * @param formula over measures
 */
export function withNumbers(context: BuildContext, formula: Formula): string {
  return writtenFormula(formula, {
    ...operators,
    name: (id, _variant, back) =>
      textOf(measureTerm(context.values, id, spanAt(context, back), null).value),
    constant: (name, back) =>
      textOf(termAt(context, { kind: "constant", name }, spanAt(context, back), null).value),
  });
}

/**
 * Writes a formula with the names of its measures and metrics.
 *
 * @param formula a parsed formula
 */
export function inWords(formula: Formula): string {
  return writtenFormula(formula, {
    ...operators,
    name: (id, variant, back) => {
      const name = variant ? `${id}@${variant}` : id;
      return back === 0 ? name : `previous(${name})`;
    },
    constant: (name) => `${name}()`,
  });
}

/**
 * Returns the names of a formula as a tree: a measure ends a branch, a metric opens its own formula.
 *
 * @param context catalogue and store
 * @param built what the engine said
 * @param formula as the catalogue writes it
 * @param periodsBack 1 inside previous()
 */
export function inputsOf(
  context: FiguresContext,
  built: BuildContext,
  formula: Formula,
  periodsBack = 0,
): readonly ExplainedInput[] {
  const found = new Map<string, ExplainedInput>();
  collectInputs(context, built, formula, periodsBack, found);
  return [...found.values()];
}

function collectInputs(
  context: FiguresContext,
  built: BuildContext,
  formula: Formula,
  back: number,
  found: Map<string, ExplainedInput>,
): void {
  const into = (part: Formula, at = back) => collectInputs(context, built, part, at, found);
  switch (formula.kind) {
    case "name": {
      const input = inputOf(context, built, formula, back);
      found.set(`${input.id}@${input.variant ?? ""} ${back}`, input);
      return;
    }
    case "negate":
      into(formula.of);
      return;
    case "arithmetic":
    case "compare":
    case "logic":
      into(formula.left);
      into(formula.right);
      return;
    case "call": {
      const looksBack = formula.name === "previous" || formula.name === "change";
      for (const part of formula.of) {
        if (formula.name !== "previous") into(part);
        if (looksBack) into(part, back + 1);
      }
      return;
    }
    default:
      return;
  }
}

function inputOf(
  context: FiguresContext,
  built: BuildContext,
  { id, variant }: { readonly id: string; readonly variant: string | null },
  periodsBack: number,
): ExplainedInput {
  const span = spanAt(built, periodsBack);
  const cells = variant === null ? built.values.cells.get(id) : undefined;
  const at = { id, variant, periodsBack };
  if (cells) {
    const value = measureTerm(built.values, id, span, null).value;
    const cell = cellOf(built.values, id, span, null);
    return {
      kind: "measure",
      ...at,
      value: value && decimalText(value),
      unit: unitOf(context, cells.measure),
      rows: String(cell?.rows ?? 0n),
      fact: cells.measure.fact,
      sql: ownSql(
        { measure: cells.measure, span, filter: built.request.filter },
        context.store.dialect,
      ),
      inputs: [],
    };
  }
  const resolved = context.catalogue.resolve(variant ? `${id}@${variant}` : id);
  const value = termAt(built, resolved.expanded, span, null).value;
  return {
    kind: "metric",
    ...at,
    variant: resolved.variant.id,
    value: value && decimalText(value),
    unit: resolved.metric.unit,
    formula: resolved.variant.formula,
    withNumbers: withNumbersAt(built, resolved.expanded, periodsBack),
    inputs: inputsOf(context, built, resolved.formula, periodsBack),
  };
}

function withNumbersAt(built: BuildContext, formula: Formula, periodsBack: number): string {
  if (periodsBack === 0) return withNumbers(built, formula);
  const period = spanAt(built, periodsBack);
  return withNumbers({ ...built, request: { ...built.request, period } }, formula);
}

function unitOf({ catalogue }: FiguresContext, measure: AskedMeasure): string {
  return catalogue.measures.find(({ id }) => id === measure.id)?.unit ?? "count";
}
