import { factor, solve } from "./dense.ts";

/** Rows put together by their features, which are 1 or 0. */
export interface BinaryGroups {
  /** What is 1 in group g: `features[k]` for k from `starts[g]` to below `starts[g + 1]`, none twice. */
  readonly starts: Int32Array;
  readonly features: Int32Array;
  /** Rows of each group, by outcome. */
  readonly successes: Float64Array;
  readonly failures: Float64Array;
}

/** A fitted logistic regression: log odds = intercept + Σ coefficients of the features that are 1. */
export interface LogisticFit {
  readonly intercept: number;
  readonly coefficients: Float64Array;
}

const mostSteps = 100;

/** Part of the loss that can be rounding alone. */
const rounding = 1e-11;

/** A step up to here ends the search: Newton's next one would be about its square. */
const smallStep = 1e-8;

/**
 * Fits a logistic regression with a ridge penalty on the coefficients, not on the intercept, by Newton's method with
 * halved steps (le Cessie and van Houwelingen 1992, Applied Statistics 41(1)). The optimum is unique for a ridge above 0
 * and at least one success and one failure.
 *
 * @param groups the data
 * @param size features
 * @param ridge weight of half the sum of squared coefficients, above 0
 * @param start where to begin: a fit to similar data needs fewer steps
 */
export function fitLogistic(
  groups: BinaryGroups,
  size: number,
  ridge: number,
  start: LogisticFit = { intercept: logOdds(groups), coefficients: new Float64Array(size) },
): LogisticFit {
  let fit = start;
  let shape = lossShape(groups, fit, ridge);
  const isWorse = (other: LossShape) => !(other.loss <= shape.loss * (1 + rounding));
  for (let step = 0; step < mostSteps; step++) {
    const change = solve(factor(shape.curvature, size + 1), shape.gradient);
    if (change.every((each) => Math.abs(each) < smallStep)) return moved(fit, change, 1);
    let part = 1;
    let next = moved(fit, change, part);
    let nextShape = lossShape(groups, next, ridge);
    while (isWorse(nextShape) && part > 1e-6) {
      part /= 2;
      next = moved(fit, change, part);
      nextShape = lossShape(groups, next, ridge);
    }
    if (isWorse(nextShape)) return fit;
    fit = next;
    shape = nextShape;
  }
  return fit;
}

/**
 * Log odds of a group.
 *
 * @param fit the regression
 * @param groups the data
 * @param group number of the group
 */
export function logOddsOf(
  { intercept, coefficients }: LogisticFit,
  { starts, features }: Pick<BinaryGroups, "starts" | "features">,
  group: number,
): number {
  let odds = intercept;
  const to = starts[group + 1] as number;
  for (let at = starts[group] as number; at < to; at++) {
    odds += coefficients[features[at] as number] as number;
  }
  return odds;
}

/**
 * Log likelihood of a failure; that of a success is this plus the log odds.
 *
 * @param odds log odds of success
 */
export function logLikelihoodOfFailure(odds: number): number {
  return -Math.max(odds, 0) - Math.log1p(Math.exp(-Math.abs(odds)));
}

/**
 * Log odds of success over all groups.
 *
 * @param groups the data, with at least one success and one failure
 */
export function logOdds({ successes, failures }: BinaryGroups): number {
  const sum = (counts: Float64Array) => counts.reduce((total, each) => total + each, 0);
  return Math.log(sum(successes) / sum(failures));
}

/** The penalised loss at a point, its slope downwards and its curvature; the intercept is the last parameter. */
interface LossShape {
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
}

function lossShape(groups: BinaryGroups, fit: LogisticFit, ridge: number): LossShape {
  const { starts, features, successes, failures } = groups;
  const size = fit.coefficients.length;
  const width = size + 1;
  const gradient = new Float64Array(width);
  const curvature = new Float64Array(width * width);
  let loss = 0;
  for (let group = 0; group < successes.length; group++) {
    const won = successes[group] as number;
    const rows = won + (failures[group] as number);
    if (rows === 0) continue;
    const odds = logOddsOf(fit, groups, group);
    loss -= won * odds + rows * logLikelihoodOfFailure(odds);
    const chance = 1 / (1 + Math.exp(-odds));
    const slope = won - rows * chance;
    const weight = rows * chance * (1 - chance);
    gradient[size] = (gradient[size] as number) + slope;
    curvature[size * width + size] = (curvature[size * width + size] as number) + weight;
    const from = starts[group] as number;
    const to = starts[group + 1] as number;
    for (let one = from; one < to; one++) {
      const row = features[one] as number;
      const base = row * width;
      gradient[row] = (gradient[row] as number) + slope;
      curvature[base + size] = (curvature[base + size] as number) + weight;
      for (let other = from; other < one; other++) {
        const cell = base + (features[other] as number);
        curvature[cell] = (curvature[cell] as number) + weight;
      }
    }
  }
  return {
    ...penalised(loss, gradient, fit.coefficients, ridge),
    curvature: whole(curvature, width, ridge),
  };
}

function penalised(
  loss: number,
  gradient: Float64Array,
  coefficients: Float64Array,
  ridge: number,
): Omit<LossShape, "curvature"> {
  let squares = 0;
  coefficients.forEach((each, feature) => {
    squares += each * each;
    gradient[feature] = (gradient[feature] as number) - ridge * each;
  });
  return { loss: loss + (ridge / 2) * squares, gradient };
}

/** The curvature from its pairs, each added once: what a feature shares with itself is what it shares with the intercept. */
function whole(pairs: Float64Array, width: number, ridge: number): Float64Array {
  const size = width - 1;
  const curvature = Float64Array.from(pairs);
  for (let row = 0; row < width; row++) {
    for (let at = 0; at < row; at++) {
      const both = (pairs[row * width + at] as number) + (pairs[at * width + row] as number);
      curvature[row * width + at] = both;
      curvature[at * width + row] = both;
    }
    if (row < size) curvature[row * width + row] = (pairs[row * width + size] as number) + ridge;
  }
  return curvature;
}

function moved(fit: LogisticFit, change: Float64Array, part: number): LogisticFit {
  return {
    intercept: fit.intercept + part * (change.at(-1) ?? 0),
    coefficients: fit.coefficients.map(
      (each, feature) => each + part * (change[feature] as number),
    ),
  };
}
