import type { Interval, Statistic } from '../../contracts/metric.ts';
import { intervalOfMeans } from '../../statistics/interval-of-means.ts';

/** The mean of a score over the voxels that have one. */
export function meanScore(scores: Float64Array): Statistic {
  return (weights) => {
    let sum = 0;
    let total = 0;
    for (let i = 0; i < scores.length; i++) {
      if (!Number.isFinite(scores[i])) continue;
      const weight = weights ? weights[i] : 1;
      sum += weight * scores[i];
      total += weight;
    }
    return total > 0 ? sum / total : NaN;
  };
}

/**
 * Its 95 % interval over voxels. None where few voxels outweigh all others, such as those in which a curvature nearly
 * vanishes: their scores have no mean to speak of, which a bootstrap would not mend.
 */
export function meanScoreInterval(scores: Float64Array): Interval {
  const interval = intervalOfMeans(scores.filter(Number.isFinite), 1, ([mean]) => ({
    value: mean,
    gradient: [1],
    hessian: [[0]],
  }));
  return interval ?? { low: NaN, high: NaN };
}
