import type { Signals } from '../../src/contracts/voxels.ts';
import { MapSearch } from '../../src/solvers/map-search.ts';
import { STUDY_BOUNDS } from '../../src/solvers/bounds.ts';
import { SeparableLeastSquares } from '../../src/solvers/separable.ts';
import { studyPrior } from './study-prior.ts';

/** What a voxel, or a training step, needs at least. */
export interface Work {
  readonly exponentials: number;
  readonly multiplyAdds: number;
}

/** Rates per axis of the grid a search starts from, and pairs looked at per rate of Dp: two show the way down. */
const GRID = 20;
const PAIRS = 2;

/**
 * The grid's projections of the signals (one per rate and b-value) and its pairs (5 multiply-adds each); then 18 per
 * b-value and evaluation of the sum of squares with its derivatives, and one exponential, all others being its powers;
 * the grid's start is an exponential too. The rest is left out: the search's own bookkeeping, bounds, order.
 */
export function leastSquaresWork({ n, bValues, values }: Signals): Work {
  const b = bValues.slice(1);
  const solver = new SeparableLeastSquares(b, STUDY_BOUNDS);
  let evaluations = 0;
  for (let i = 0; i < n; i++) {
    solver.solve(values, i * bValues.length + 1);
    evaluations += solver.evaluations;
  }
  const each = evaluations / n;
  return { exponentials: each + 1, multiplyAdds: gridWork(b.length) + 18 * b.length * each };
}

/**
 * The same grid; then per evaluation of the posterior an exponential for each b-value and rate and for each of the
 * three coordinates, 18 multiply-adds per b-value and about 70 for the prior and the Hessian.
 */
export function mapWork({ n, bValues, values }: Signals): Work {
  const b = bValues.slice(1);
  const search = new MapSearch(b, studyPrior);
  for (let i = 0; i < n; i++) search.run(values, i * bValues.length + 1);
  const each = search.evaluations / n;
  const { length } = b;
  return {
    exponentials: (2 * length + 3) * each,
    multiplyAdds: gridWork(length) + (18 * length + 70) * each,
  };
}

function gridWork(bValues: number): number {
  return GRID * bValues + GRID * PAIRS * 5;
}

/**
 * A network from 7 signals to 3 outputs, ELU between: in use per voxel; in training per step on `batch` voxels, where every
 * weight serves three times (once where there is nothing below), every hidden unit needs an exponential and the
 * loss two per signal and 10 multiply-adds, and Adam 10 per parameter.
 */
export function networkWork(hidden: readonly number[], batch = 0): Work {
  const widths = [7, ...hidden, 3];
  const units = hidden.reduce((sum, width) => sum + width, 0);
  const weights = widths.slice(1).reduce((sum, width, l) => sum + width * widths[l], 0);
  if (batch === 0) return { exponentials: units, multiplyAdds: weights };
  const perVoxel = 3 * weights - widths[0] * widths[1] + 10 * widths[0];
  const parameters = weights + units + 3;
  return {
    exponentials: batch * (units + 2 * widths[0]),
    multiplyAdds: batch * perVoxel + 10 * parameters,
  };
}
