import type { Statistic } from '../../contracts/metric.ts';
import { failedVoxels, weightSum } from './weight-sum.ts';

/** Mean of the finite `values`, each counted as often as its weight says. */
export function weightedMean(values: Float64Array): Statistic {
  const failed = failedVoxels(values);
  const finite = values.map((value) => (Number.isFinite(value) ? value : 0));
  const ones = new Uint8Array(values.length).fill(1);
  return (weights) => weightedSum(weights ?? ones, finite) / weightSum(weights, values.length, failed);
}

function weightedSum(weights: Uint8Array, values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += weights[i] * values[i];
  return sum;
}
