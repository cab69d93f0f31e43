import { factor, solve } from "./dense.ts";

/** Rows with the same features; feature numbers that are 1, all others are 0. */
export interface BinaryGroup {
  readonly features: readonly number[];
  readonly successes: number;
  readonly failures: number;
}

/** A fitted logistic regression: log odds = intercept + Σ coefficients of the features that are 1. */
export interface LogisticFit {
  readonly intercept: number;
  readonly coefficients: Float64Array;
}

const mostSteps = 100;

/**
 * Fits a logistic regression with a ridge penalty on the coefficients, not on the intercept, by Newton's method with
 * halved steps (le Cessie and van Houwelingen 1992, Applied Statistics 41(1)). The optimum is unique for a ridge above 0
 * and at least one success and one failure.
 *
 * @param groups the data
 * @param size features
 * @param ridge weight of half the sum of squared coefficients, above 0
 */
export function fitLogistic(
  groups: readonly BinaryGroup[],
  size: number,
  ridge: number,
): LogisticFit {
  let fit: LogisticFit = { intercept: logOdds(groups), coefficients: new Float64Array(size) };
  let loss = penalised(groups, fit, ridge);
  for (let step = 0; step < mostSteps; step++) {
    const change = newtonStep(groups, fit, ridge);
    let part = 1;
    let next = moved(fit, change, part);
    let nextLoss = penalised(groups, next, ridge);
    while (nextLoss > loss && part > 1e-6) {
      part /= 2;
      next = moved(fit, change, part);
      nextLoss = penalised(groups, next, ridge);
    }
    if (nextLoss > loss) return fit;
    fit = next;
    loss = nextLoss;
    if (change.every((each) => Math.abs(each) < 1e-10)) return fit;
  }
  return fit;
}

/**
 * Log likelihood of one success and of one failure.
 *
 * @param fit the regression
 * @param features that are 1
 */
export function logLikelihoods(
  { intercept, coefficients }: LogisticFit,
  features: readonly number[],
): { readonly success: number; readonly failure: number } {
  const odds = features.reduce((sum, each) => sum + (coefficients[each] as number), intercept);
  const soft = Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)));
  return { success: odds - soft, failure: -soft };
}

/**
 * Log odds of success over all groups.
 *
 * @param groups the data, with at least one success and one failure
 */
export function logOdds(groups: readonly BinaryGroup[]): number {
  const successes = groups.reduce((sum, group) => sum + group.successes, 0);
  const failures = groups.reduce((sum, group) => sum + group.failures, 0);
  return Math.log(successes / failures);
}

function penalised(groups: readonly BinaryGroup[], fit: LogisticFit, ridge: number): number {
  const squares = fit.coefficients.reduce((sum, each) => sum + each * each, 0);
  return groups.reduce(
    (loss, { features, successes, failures }) => {
      const { success, failure } = logLikelihoods(fit, features);
      return loss - successes * success - failures * failure;
    },
    (ridge / 2) * squares,
  );
}

/** The step of all parameters, the intercept last. */
function newtonStep(
  groups: readonly BinaryGroup[],
  { intercept, coefficients }: LogisticFit,
  ridge: number,
): Float64Array {
  const size = coefficients.length;
  const width = size + 1;
  const gradient = new Float64Array(width);
  const curvature = new Float64Array(width * width);
  coefficients.forEach((each, feature) => {
    gradient[feature] = -ridge * each;
    curvature[feature * width + feature] = ridge;
  });
  for (const { features, successes, failures } of groups) {
    const odds = features.reduce((sum, each) => sum + (coefficients[each] as number), intercept);
    const chance = 1 / (1 + Math.exp(-odds));
    const rows = successes + failures;
    const slope = successes - rows * chance;
    const weight = rows * chance * (1 - chance);
    const last = features.length;
    for (let one = 0; one <= last; one++) {
      const row = one === last ? size : (features[one] as number);
      gradient[row] = (gradient[row] as number) + slope;
      for (let other = 0; other <= last; other++) {
        const cell = row * width + (other === last ? size : (features[other] as number));
        curvature[cell] = (curvature[cell] as number) + weight;
      }
    }
  }
  return solve(factor(curvature, width), gradient);
}

function moved(fit: LogisticFit, change: Float64Array, part: number): LogisticFit {
  return {
    intercept: fit.intercept + part * (change.at(-1) ?? 0),
    coefficients: fit.coefficients.map(
      (each, feature) => each + part * (change[feature] as number),
    ),
  };
}
