import { Cholesky } from '../solvers/cholesky.ts';

/** A fitted logistic regression on standardised features. */
export interface LogisticModel {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
  /** The intercept, then a weight per feature. */
  readonly weights: readonly number[];
}

/** The penalty on squared weights, the intercept excepted: it keeps them finite where the classes can be separated. */
const RIDGE = 1;
const LARGEST_STEPS = 50;
const CONVERGED = 1e-9;

/**
 * Logistic regression with a ridge penalty of 1/2 lambda |w|² on standardised features (le Cessie and van Houwelingen 1992), by Newton's
 * method (iteratively reweighted least squares), whose steps are halved where they do not help. Nothing in it is random.
 *
 * @param features rows of cases
 * @param positive 1 for a positive case
 */
export function fitLogistic(
  features: readonly (readonly number[])[],
  positive: readonly number[],
): LogisticModel {
  const [n, p] = [features.length, features[0].length];
  const mean = Array.from({ length: p }, (_, j) => features.reduce((sum, row) => sum + row[j], 0) / n);
  const sd = mean.map(
    (m, j) => Math.sqrt(features.reduce((sum, row) => sum + (row[j] - m) ** 2, 0) / n) || 1,
  );
  const rows = features.map((row) => [1, ...row.map((value, j) => (value - mean[j]) / sd[j])]);
  const cholesky = new Cholesky(p + 1);
  const free = new Uint8Array(p + 1);
  let weights = new Float64Array(p + 1);
  let objective = penalised(rows, positive, weights);
  for (let step = 0; step < LARGEST_STEPS; step++) {
    const gradient = new Float64Array(p + 1);
    const hessian = new Float64Array((p + 1) * (p + 1));
    rows.forEach((row, i) => {
      const probability = sigmoid(dot(row, weights));
      const curvature = probability * (1 - probability);
      for (let a = 0; a <= p; a++) {
        gradient[a] += (probability - positive[i]) * row[a];
        for (let b = 0; b <= p; b++) hessian[a * (p + 1) + b] += curvature * row[a] * row[b];
      }
    });
    for (let a = 1; a <= p; a++) {
      gradient[a] += RIDGE * weights[a];
      hessian[a * (p + 1) + a] += RIDGE;
    }
    // An intercept that every case agrees on has no curvature left.
    hessian[0] += 1e-9;
    const change = new Float64Array(p + 1);
    if (!cholesky.factorise(hessian, free))
      throw new Error('the Hessian of the logistic regression is not positive definite');
    cholesky.solve(gradient, change);
    const stepped = (scale: number) => weights.map((weight, a) => weight - scale * change[a]);
    let scale = 1;
    while (penalised(rows, positive, stepped(scale)) > objective && scale > 1e-6) scale /= 2;
    weights = stepped(scale);
    objective = penalised(rows, positive, weights);
    if (Math.max(...change.map(Math.abs)) * scale < CONVERGED) break;
  }
  return { mean, sd, weights: [...weights] };
}

/** The probability of being positive. */
export function logisticProbability(
  { mean, sd, weights }: LogisticModel,
  features: readonly number[],
): number {
  return sigmoid(
    features.reduce((sum, value, j) => sum + (weights[j + 1] * (value - mean[j])) / sd[j], weights[0]),
  );
}

function penalised(
  rows: readonly (readonly number[])[],
  positive: readonly number[],
  weights: Float64Array,
): number {
  let sum = 0;
  rows.forEach((row, i) => {
    const x = dot(row, weights) * (positive[i] === 1 ? 1 : -1);
    sum += x > 0 ? Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)) - x;
  });
  for (let a = 1; a < weights.length; a++) sum += (RIDGE / 2) * weights[a] ** 2;
  return sum;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const dot = (row: readonly number[], weights: Float64Array): number =>
  row.reduce((sum, value, a) => sum + value * weights[a], 0);
