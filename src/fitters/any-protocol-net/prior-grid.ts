import type { Distribution, TissuePrior } from '../../contracts/fitter.ts';
import { InputError } from '../../contracts/input-error.ts';
import { gaussLegendre, placeNodes, priorAxis, valueAt } from '../../solvers/quadrature.ts';
import type { PriorAxis } from '../../solvers/quadrature.ts';

/** Nodes per parameter: averages over the prior are then good to a percent, which is all that scales ask for. */
const NODES = 6;

/** One parameter's nodes and weights, which add up to 1, and the moments and ends of its distribution. */
export interface PriorNodes {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly mean: number;
  readonly sd: number;
  readonly low: number;
  readonly high: number;
  /** Coordinate in which the prior is laid out, and its mean and standard deviation in that. */
  readonly axis: PriorAxis;
  readonly middle: number;
  readonly spread: number;
}

/** How many functions of the tissue are estimated linearly: all powers and products of D, f and Dp up to the second. */
export const FUNCTIONS = 9;

/**
 * Tissue to average over: nodes and weights of a quadrature rule over the prior, and at every node nine functions of
 * the tissue that are orthonormal under it: D, f and Dp themselves, centred and in units of their standard deviations,
 * then their squares and products.
 */
export class PriorGrid {
  readonly D: PriorNodes;
  readonly f: PriorNodes;
  readonly Dp: PriorNodes;
  /** Per node, D slowest and Dp fastest. */
  readonly weights: Float64Array;
  /** nodes x FUNCTIONS, row-major. */
  readonly functions: Float64Array;

  /** @throws InputError where a parameter is constant: nothing can be learnt of it */
  constructor(prior: TissuePrior) {
    this.D = nodesOf(prior.D, 'D', Infinity);
    this.f = nodesOf(prior.f, 'f', 1);
    this.Dp = nodesOf(prior.Dp, 'Dp', Infinity);
    this.weights = new Float64Array(NODES ** 3);
    const columns = Array.from({ length: FUNCTIONS + 1 }, () => new Float64Array(NODES ** 3));
    let at = 0;
    for (let i = 0; i < NODES; i++) {
      for (let j = 0; j < NODES; j++) {
        for (let k = 0; k < NODES; k++, at++) {
          const x = (this.D.values[i] - this.D.mean) / this.D.sd;
          const y = (this.f.values[j] - this.f.mean) / this.f.sd;
          const z = (this.Dp.values[k] - this.Dp.mean) / this.Dp.sd;
          this.weights[at] = this.D.weights[i] * this.f.weights[j] * this.Dp.weights[k];
          [1, x, y, z, x * x, y * y, z * z, x * y, x * z, y * z].forEach((value, c) => {
            columns[c][at] = value;
          });
        }
      }
    }
    orthonormalise(columns, this.weights);
    this.functions = new Float64Array(NODES ** 3 * FUNCTIONS);
    for (let m = 0; m < NODES ** 3; m++) {
      for (let c = 0; c < FUNCTIONS; c++) this.functions[m * FUNCTIONS + c] = columns[c + 1][m];
    }
  }
}

function nodesOf(distribution: Distribution, name: string, most: number): PriorNodes {
  const axis = priorAxis(distribution, 0, most);
  if (!(axis.high > axis.low)) {
    throw new InputError(`any-protocol-net: ${name} of the tissue is constant; allowed: a distribution`);
  }
  const values = new Float64Array(NODES);
  const weights = new Float64Array(NODES);
  placeNodes(axis, gaussLegendre(NODES), axis.low, axis.high, values, weights);
  const sum = weights.reduce((all, weight) => all + weight);
  for (let k = 0; k < NODES; k++) weights[k] /= sum;
  const ofValue = moments(values, weights);
  const ofCoordinate = moments(axis.logarithmic ? values.map(Math.log) : values, weights);
  return {
    values,
    weights,
    mean: ofValue.mean,
    sd: ofValue.sd,
    low: valueAt(axis, axis.low),
    high: valueAt(axis, axis.high),
    axis,
    middle: ofCoordinate.mean,
    spread: ofCoordinate.sd,
  };
}

function moments(values: Float64Array, weights: Float64Array): { mean: number; sd: number } {
  const mean = values.reduce((sum, value, k) => sum + weights[k] * value, 0);
  const variance = values.reduce((sum, value, k) => sum + weights[k] * (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(variance) };
}

/** Gram and Schmidt's, twice over against rounding. */
function orthonormalise(columns: readonly Float64Array[], weights: Float64Array): void {
  const dot = (a: Float64Array, b: Float64Array) => weights.reduce((sum, w, m) => sum + w * a[m] * b[m], 0);
  columns.forEach((column, c) => {
    for (const other of [...columns.slice(0, c), ...columns.slice(0, c)]) {
      const along = dot(column, other);
      for (let m = 0; m < column.length; m++) column[m] -= along * other[m];
    }
    const norm = Math.sqrt(dot(column, column));
    for (let m = 0; m < column.length; m++) column[m] /= norm;
  });
}
