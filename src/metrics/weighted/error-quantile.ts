import type { Metric } from '../../contracts/metric.ts';
import { parameterUnit } from './parameter-unit.ts';
import { weightedQuantile } from './quantile.ts';

/** A quantile of estimate minus truth, for box plots: five of them draw a box with its whiskers. */
export function errorQuantile(q: number): Metric {
  return {
    label: `${100 * q} % quantile of the error`,
    definition: `${100 * q} % quantile of estimate minus truth over voxels that did not fail`,
    unit: parameterUnit,
    interval: false,
    over: ({ estimate, truth }) =>
      weightedQuantile(
        estimate.map((value, i) => value - truth[i]),
        q,
      ),
  };
}
