import { namesIn } from "../catalogue/evaluate.ts";
import type { Formula } from "../catalogue/formula.ts";
import {
  add,
  compareExact,
  divide,
  type Exact,
  fraction,
  multiply,
  parseExact,
  subtract,
  zero,
} from "../ledger/exact.ts";
import { type BuildContext, termAt } from "./build.ts";
import { type GroupValues, groupKey } from "./cells.ts";
import { decimalText } from "./decimal.ts";
import type { AskedMetric } from "./request.ts";
import { type Span, spanKey } from "./spans.ts";
import { sidesOf } from "./term.ts";

/** What one group adds to a change; the parts add up to the whole exactly. */
interface Contribution {
  readonly group: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly contribution: string;
  /** Ratios: because the group's share of the denominator changed. */
  readonly mix?: string;
  /** Ratios: because the group's own rate changed. */
  readonly rate?: string;
}

/** Why a value changed against its comparison, by one dimension. */
export interface Decomposition {
  readonly dimension: string;
  readonly method: "difference" | "bennet";
  readonly before: string;
  readonly after: string;
  readonly change: string;
  readonly contributions: readonly Contribution[];
  /** Change − sum of the contributions: what belongs to no single group, such as people who are in several. */
  readonly overlap: string;
}

/** A change before it is written as text. */
interface ExactContribution {
  readonly group: string | null;
  readonly before: Exact | null;
  readonly after: Exact | null;
  readonly contribution: Exact;
  readonly mix?: Exact;
  readonly rate?: Exact;
}

interface GroupOfTwo {
  readonly name: string | null;
  readonly values: GroupValues;
}

/**
 * Splits the change of a metric over the groups of the request's one dimension.
 *
 * Sums: each group's difference. Ratios A ÷ B: with shares w = Bg ÷ B and rates r = Ag ÷ Bg, the rate effect is
 * Δr × (w₀ + w₁) ÷ 2 and the mix effect is Δw × ((r₀ + r₁) ÷ 2 − r̄), r̄ the mean of both totals: the symmetric indicator of
 * Bennet, "The theory of measurement of changes in cost of living", Journal of the Royal Statistical Society 83 (1920),
 * 455–462. It leaves no residual. A group without a rate in one of the periods has only a mix effect.
 *
 * @param context answer data of a request with one dimension and a comparison
 * @param metric the metric
 * @returns null when the formula is neither a sum nor a ratio of sums, or a value is missing
 */
export function decompositionOf(context: BuildContext, metric: AskedMetric): Decomposition | null {
  const { request } = context;
  const [dimension] = request.by;
  const after = termAt(context, metric.formula, request.period, null).value;
  const against = request.comparison?.span;
  const before = against && termAt(context, metric.formula, against, null).value;
  if (dimension === undefined || !against || !after || !before) return null;
  const groups = groupsOf(context, [request.period, against]);
  const parts = isLinear(metric.formula)
    ? groups.map((group) => differenceIn(context, metric.formula, group, against))
    : ratioParts(context, metric.formula, groups, against);
  if (!parts) return null;
  const change = subtract(after, before);
  const explained = parts.reduce((sum, { contribution }) => add(sum, contribution), zero);
  return {
    dimension,
    method: isLinear(metric.formula) ? "difference" : "bennet",
    before: decimalText(before),
    after: decimalText(after),
    change: decimalText(change),
    contributions: [...parts].sort(bySize).map(written),
    overlap: decimalText(subtract(change, explained)),
  };
}

function written(part: ExactContribution): Contribution {
  return {
    group: part.group,
    before: part.before && decimalText(part.before),
    after: part.after && decimalText(part.after),
    contribution: decimalText(part.contribution),
    ...(part.mix ? { mix: decimalText(part.mix) } : {}),
    ...(part.rate ? { rate: decimalText(part.rate) } : {}),
  };
}

const size = ({ numerator, denominator }: Exact): Exact => ({
  numerator: numerator < 0n ? -numerator : numerator,
  denominator,
});

function bySize(a: ExactContribution, b: ExactContribution): number {
  const order = compareExact(size(b.contribution), size(a.contribution));
  if (order !== 0) return order;
  return (a.group ?? "\uffff") < (b.group ?? "\uffff") ? -1 : 1;
}

/** Groups that have rows in any of the stretches. */
function groupsOf({ values }: BuildContext, spans: readonly Span[]): readonly GroupOfTwo[] {
  const found = new Map<string, GroupOfTwo>();
  for (const { cells, groups } of values.cells.values()) {
    for (const [key, group] of groups) {
      const isThere = spans.some((span) => cells.get(spanKey(span))?.has(key));
      if (isThere) found.set(groupKey(group), { name: group[0] ?? null, values: group });
    }
  }
  return [...found.values()];
}

function differenceIn(
  context: BuildContext,
  formula: Formula,
  group: GroupOfTwo,
  against: Span,
): ExactContribution {
  const after = termAt(context, formula, context.request.period, group.values).value;
  const before = termAt(context, formula, against, group.values).value;
  const contribution = subtract(after ?? zero, before ?? zero);
  return { group: group.name, before, after, contribution };
}

function ratioParts(
  context: BuildContext,
  formula: Formula,
  groups: readonly GroupOfTwo[],
  against: Span,
): readonly ExactContribution[] | null {
  const sides = sidesOf(formula);
  const factor = factorOf(formula);
  if (!sides || !factor || !isLinear(sides.numerator) || !isLinear(sides.denominator)) return null;
  const at = (side: Formula, span: Span, group: GroupValues | null) =>
    termAt(context, side, span, group).value ?? zero;
  const { period } = context.request;
  const totals = [against, period].map((span) => ({
    span,
    numerator: at(sides.numerator, span, null),
    denominator: at(sides.denominator, span, null),
  }));
  const [before, after] = totals;
  const [rate0, rate1] = totals.map((one) => divide(one.numerator, one.denominator));
  if (!before || !after || !rate0 || !rate1) return null;
  const middle = half(add(rate0, rate1));
  return groups.map(({ name, values }) => {
    const pick = (span: Span, total: Exact) => {
      const numerator = at(sides.numerator, span, values);
      const denominator = at(sides.denominator, span, values);
      return {
        rate: divide(numerator, denominator),
        weight: divide(denominator, total) ?? zero,
        part: divide(numerator, total) ?? zero,
      };
    };
    const old = pick(against, before.denominator);
    const now = pick(period, after.denominator);
    const moved = multiply(middle, subtract(now.weight, old.weight));
    const contribution = subtract(subtract(now.part, old.part), moved);
    const rate =
      old.rate && now.rate
        ? multiply(subtract(now.rate, old.rate), half(add(old.weight, now.weight)))
        : zero;
    return {
      group: name,
      before: old.rate && multiply(old.rate, factor),
      after: now.rate && multiply(now.rate, factor),
      contribution: multiply(contribution, factor),
      rate: multiply(rate, factor),
      mix: multiply(subtract(contribution, rate), factor),
    };
  });
}

function half(value: Exact): Exact {
  return multiply(value, fraction(1n, 2n));
}

/** A sum of measures, each times a number: its total is the sum over groups wherever its measures add up. */
function isLinear(formula: Formula): boolean {
  switch (formula.kind) {
    case "name":
      return true;
    case "negate":
      return isLinear(formula.of);
    case "arithmetic": {
      const { operator, left, right } = formula;
      if (operator === "+" || operator === "-") return isLinear(left) && isLinear(right);
      const isRightFree = namesIn(right).length === 0;
      if (isRightFree) return isLinear(left);
      return operator === "*" && namesIn(left).length === 0 && isLinear(right);
    }
    default:
      return false;
  }
}

/** The number with which a formula multiplies its ratio; null when it is not a fixed number. */
function factorOf(formula: Formula): Exact | null {
  if (formula.kind !== "arithmetic") return null;
  const { operator, left, right } = formula;
  if (operator === "/" && namesIn(right).length > 0) return fraction(1n);
  const [inner, outer] = namesIn(right).length === 0 ? [left, right] : [right, left];
  const factor = factorOf(inner);
  if (!factor || outer.kind !== "number") return null;
  const number = parseExact(outer.text);
  if (operator === "*") return multiply(factor, number);
  return operator === "/" ? divide(factor, number) : null;
}
