import type { Interval } from '../contracts/metric.ts';
import { Z95 } from './normal.ts';

/** A statistic as a function of the means of some columns: its value at them and its derivatives there. */
export interface FunctionOfMeans {
  readonly value: number;
  /** First derivatives, one per column. */
  readonly gradient: readonly number[];
  /** Second derivatives, symmetric. */
  readonly hessian: readonly (readonly number[])[];
}

/** With fewer rows, or a sampling distribution that is more skew than this, the expansion is not trusted. */
const LEAST_ROWS = 100;
const MOST_SKEW = 0.4;

/**
 * The 95 % interval of a smooth function of means over many rows in closed form: the 2.5 and 97.5 % quantiles of its bootstrap
 * distribution by a second-order Cornish-Fisher expansion. With u the linear part of the function for each row, the
 * distribution has the standard deviation sd(u) / sqrt(n) (delta method), a bias from the second derivatives, and a skewness
 * from the third moment of u and the second derivatives (Hall, The Bootstrap and Edgeworth Expansion, 1992, sections 2.3 to
 * 2.6). Null where the expansion does not hold, because there are few rows or a few of them outweigh all others: bootstrap
 * then.
 *
 * @param table rows of `columns` numbers
 * @param at computes the function from the means
 */
export function intervalOfMeans(
  table: Float64Array,
  columns: number,
  at: (means: readonly number[]) => FunctionOfMeans,
): Interval | null {
  const n = table.length / columns;
  if (n < LEAST_ROWS) return null;
  const means = new Array<number>(columns).fill(0);
  for (let i = 0; i < table.length; i++) means[i % columns] += table[i] / n;
  const { value, gradient, hessian } = at(means);
  // Means over rows of u², u³, u x_j and x_j x_k, x centred.
  let second = 0;
  let third = 0;
  const withU = new Float64Array(columns);
  const covariance = new Float64Array(columns * columns);
  for (let from = 0; from < table.length; from += columns) {
    let u = 0;
    for (let j = 0; j < columns; j++) u += gradient[j] * (table[from + j] - means[j]);
    second += u * u;
    third += u * u * u;
    for (let j = 0; j < columns; j++) {
      const x = table[from + j] - means[j];
      withU[j] += u * x;
      for (let k = 0; k < columns; k++) covariance[j * columns + k] += x * (table[from + k] - means[k]);
    }
  }
  if (!(second > 0)) return second === 0 ? { low: value, high: value } : null;
  let curved = 0;
  let shift = 0;
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k < columns; k++) {
      curved += (hessian[j][k] * withU[j] * withU[k]) / (n * n);
      shift += (hessian[j][k] * covariance[j * columns + k]) / (2 * n * n);
    }
  }
  const variance = second / n;
  const skewness = (third / n + 3 * curved) / (variance ** 1.5 * Math.sqrt(n));
  if (!(Math.abs(skewness) <= MOST_SKEW)) return null;
  const error = Math.sqrt(variance / n);
  const middle = value + shift + (error * skewness * (Z95 ** 2 - 1)) / 6;
  return { low: middle - Z95 * error, high: middle + Z95 * error };
}

/** A product of powers of the means: ratios, and their squares. */
export function productOfPowers(means: readonly number[], powers: readonly number[]): FunctionOfMeans {
  const value = means.reduce((product, mean, j) => product * mean ** powers[j], 1);
  return {
    value,
    gradient: powers.map((power, j) => (value * power) / means[j]),
    hessian: powers.map((p, j) =>
      powers.map((q, k) => (value * p * (j === k ? q - 1 : q)) / (means[j] * means[k])),
    ),
  };
}
